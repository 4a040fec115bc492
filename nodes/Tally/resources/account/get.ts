import type { Operation } from '../../../shared/operation';
import { itemIn, withoutTokens } from '../common/answers';
import { forEachItem } from '../common/item';

export const get: Operation = {
	value: 'get',
	name: 'Get Me',
	action: 'Get the account of the API key',
	description: 'Get the user to whom the API key belongs, with organization and plan',
	fields: [],

	execute: forEachItem(async (item) => {
		return itemIn(
			withoutTokens(
				await item.client.call({ method: 'GET', path: '/users/me', expects: { member: ['id', 'organizationId'] } }),
			),
		);
	}),
};
