import { formParameter } from '../../forms/parameter';
import type { Operation } from '../../operation';
import { itemIn } from '../../run/answers';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get form',
	description: 'Get one form with its settings and blocks',
	fields: [formParameter],

	async run(input) {
		return itemIn(await input.line.call({ method: 'GET', path: `/forms/${input.form()}`, field: 'Form' }));
	},
};
