import { isRecord } from '../../../shared/guards';
import type { Operation } from '../../../shared/operation';
import { idText } from '../../transport/ask';
import { askOnce, yesOrNo } from '../../transport/askOnce';
import { networkClient } from '../../transport/client';
import { onceItems } from '../../upload/onceItems';

/** @see https://developer.clevertap.com/docs/create-segment-api */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create segment',
	description:
		'Make an empty segment that Add Profiles fills. CleverTap has this in private beta, for the plans Advanced and Cutting Edge.',
	fields: [
		{
			displayName: 'Segment Name',
			name: 'segmentName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Gold customers',
			description: 'What the segment is called in the CleverTap dashboard',
		},
		{
			displayName: 'Your Segment ID',
			name: 'customerSegmentId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. gold',
			description: 'An ID of your own, which no other segment has. Add Profiles finds the segment by it.',
		},
	],

	async execute(context) {
		const client = networkClient(context);
		return await onceItems(context, async (parameters) => {
			const segmentName = parameters.text('segmentName', 'Segment Name');
			const customerSegmentId = parameters.text('customerSegmentId', 'Your Segment ID');
			const body = [{ segment_name: segmentName, customer_segment_id: customerSegmentId }];
			const request = { method: 'POST', path: '/api/createSegment', body } as const;
			const entry = (answer: unknown) => entryOf(answer, customerSegmentId);
			const answer = await askOnce(
				client,
				request,
				(said) => yesOrNo(said) ?? (entry(said) && { status: 'success', segments: said }),
			);
			const segmentId = idText(entry(answer)?.ct_segment_id);
			return { segmentName, customerSegmentId, ...(segmentId === undefined ? {} : { segmentId }) };
		});
	},
};

/**
 * What an answer says of the new segment. CleverTap documents that its IDs come back, not in which shape: wherever an
 * entry has our own ID, the segment was made.
 */
function entryOf(answer: unknown, customerSegmentId: string): Readonly<Record<string, unknown>> | undefined {
	const held = isRecord(answer) ? [answer, ...Object.values(answer).flat()] : [answer].flat();
	return held.filter(isRecord).find(({ customer_segment_id: id }) => id === customerSegmentId);
}
