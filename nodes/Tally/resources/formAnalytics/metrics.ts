import { periodField, readFigures } from '../../fields/period';
import { formParameter } from '../../forms/parameter';
import type { Operation } from '../../operation';
import { itemIn } from '../../run/answers';

export const metrics: Operation = {
	value: 'metrics',
	name: 'Get Metrics',
	action: 'Get metrics of a form',
	description: 'Get visits, submissions and the completion rate of a form',
	fields: [formParameter, periodField],

	async run(input) {
		return itemIn(await readFigures(input, 'metrics'));
	},
};
