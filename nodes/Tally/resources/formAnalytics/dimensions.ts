import { periodField, readFigures } from '../../fields/period';
import { formParameter } from '../../forms/parameter';
import type { Operation } from '../../operation';
import { itemIn } from '../../run/answers';

export const dimensions: Operation = {
	value: 'dimensions',
	name: 'Get Dimensions',
	action: 'Get dimensions of a form',
	description:
		'Get where visitors of a form come from and what they use: source, browser, system, device, country and city',
	fields: [formParameter, periodField],

	async run(input) {
		return itemIn(await readFigures(input, 'dimensions'));
	},
};
