import type { Operation } from '../../../shared/operation';
import { askOnce } from '../../transport/askOnce';
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
			await askOnce(client, {
				method: 'POST',
				path: '/api/createSegment',
				body: [{ segment_name: segmentName, customer_segment_id: customerSegmentId }],
			});
			return { segmentName, customerSegmentId };
		});
	},
};
