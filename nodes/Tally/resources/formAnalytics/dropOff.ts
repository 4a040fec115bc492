import { periodField, readFigures } from '../../fields/period';
import { formParameter } from '../../forms/parameter';
import type { Operation } from '../../operation';
import { itemIn } from '../../run/answers';

export const dropOff: Operation = {
	value: 'dropOff',
	name: 'Get Drop-Off',
	action: 'Get drop-off of a form',
	description: 'Get at which questions respondents of a form stop',
	fields: [formParameter, periodField],

	async run(input) {
		const figures = await readFigures(input, 'drop-off');
		// Tally answers null while there is nothing to tell.
		return itemIn(figures ?? { stats: null, dataAvailableSince: null, data: [] });
	},
};
