import type { Operation } from '../../operation';
import { itemIn } from '../../run/answers';
import { withoutTokens } from '../../run/secrets';

export const get: Operation = {
	value: 'get',
	name: 'Get Me',
	action: 'Get the account of the API key',
	description: 'Get the user to whom the API key belongs, with organization and plan',
	fields: [],

	async run(input) {
		return itemIn(withoutTokens(await input.line.call({ method: 'GET', path: '/users/me' })));
	},
};
