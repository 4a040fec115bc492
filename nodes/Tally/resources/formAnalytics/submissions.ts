import { periodField, readBuckets } from '../../fields/period';
import { formParameter } from '../../forms/parameter';
import type { Operation } from '../../operation';

export const submissions: Operation = {
	value: 'submissions',
	name: 'Get Submissions',
	action: 'Get submission counts of a form',
	description: 'Get how many submissions a form had over time, one item for each span of time',
	fields: [formParameter, periodField],

	async run(input) {
		return await readBuckets(input, 'submissions');
	},
};
