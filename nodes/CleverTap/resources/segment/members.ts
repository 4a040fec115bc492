import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { ItemError } from '../../../shared/itemError';
import { parameterReader } from '../../../shared/parameters/reader';
import { BULK_MEMBERS, userFields } from '../../parameters/identifier';
import { toName, toText } from '../../parameters/text';
import { unknownChoice } from '../../parameters/unknownChoice';
import { ACCEPTED } from '../../result/verdict';
import { bulkItems } from '../../upload/bulkItems';

/** Profiles in one request, at most. */
const MAX_PROFILES = 100;

/** What the API calls the segment's two IDs. */
const SEGMENT_MEMBERS: ReadonlyMap<unknown, string> = new Map([
	['customer', 'customer_segment_id'],
	['cleverTap', 'ct_segment_id'],
]);

/** Which segment, and which user. */
export const memberFields: readonly INodeProperties[] = [
	{
		displayName: 'Identify Segment By',
		name: 'segmentBy',
		type: 'options',
		default: 'customer',
		description: 'Which of its IDs the next field holds',
		options: [
			{ name: 'CleverTap’s ID', value: 'cleverTap', description: 'The ID that CleverTap gave to the segment' },
			{ name: 'Your Segment ID', value: 'customer', description: 'The ID that you gave to the segment' },
		],
	},
	{
		displayName: 'Segment ID',
		name: 'segment',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. gold',
		description: 'A segment that the API has made: others can’t be changed this way',
	},
	...userFields('Whose profile it is. CleverTap makes a new profile for a user whom it does not know.'),
];

/**
 * Changes who is in a segment, a hundred users a request. Each change is an event that CleverTap bills and that a
 * campaign may wait for: nothing goes out twice on an unknown outcome.
 *
 * @see https://developer.clevertap.com/docs/update-segment-api
 */
export async function changeMembers(
	context: IExecuteFunctions,
	action: 'ADD' | 'REMOVE',
): Promise<INodeExecutionData[]> {
	const segmentByOf = parameterReader(context, 'segmentBy', 'customer');
	const segmentOf = parameterReader(context, 'segment', '');
	const kindOf = parameterReader(context, 'identifyBy', 'identity');
	const userOf = parameterReader(context, 'identifier', '');
	return await bulkItems<Readonly<Record<string, string>>>(context, {
		size: MAX_PROFILES,
		// CleverTap takes three at a time for the whole account.
		parallel: 3,
		accepted: ACCEPTED,
		mergesRepeats: true,
		onlyOnce: true,
		prepare: (item) => {
			const segmentMember = SEGMENT_MEMBERS.get(segmentByOf(item));
			if (segmentMember === undefined) throw unknownChoice('Identify Segment By', 'customer or cleverTap');
			const kind = kindOf(item);
			const userMember = BULK_MEMBERS.get(kind);
			if (userMember === undefined) throw unknownChoice('Identify User By', 'identity or objectId');
			const segment = toName(segmentOf(item));
			if (segment === '') {
				throw new ItemError('"Segment ID" is empty', 'Fill it in, or map a field that every item has.');
			}
			const user = toText(userOf(item), 'Identifier', 'an identity');
			return {
				record: { [userMember]: user },
				target: `${userMember}:${user}`,
				group: JSON.stringify({ [segmentMember]: segment, action }),
				sent: { segment, action, [String(kind)]: user },
			};
		},
		toRequest: (users, group) => ({
			method: 'POST',
			path: '/api/updateSegment',
			body: { bulk_profiles: [{ user_profiles: users, segments: [JSON.parse(group) as object] }] },
		}),
	});
}
