import { periodField, readBuckets } from '../../fields/period';
import { formParameter } from '../../forms/parameter';
import type { Operation } from '../../operation';

export const visits: Operation = {
	value: 'visits',
	name: 'Get Visits',
	action: 'Get visits of a form',
	description: 'Get the visits of a form over time, one item for each span of time',
	fields: [formParameter, periodField],

	async run(input) {
		return await readBuckets(input, 'visits');
	},
};
