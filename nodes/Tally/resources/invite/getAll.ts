import type { Operation } from '../../../shared/operation';
import { limitFields } from '../../../shared/parameters/resultFields';
import { itemsIn } from '../common/answers';
import { forEachItem } from '../common/item';
import { organizationIdField, organizationPath } from '../common/organization';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many invites',
	description: 'Get the invitations that are open',
	fields: [organizationIdField, ...limitFields],

	execute: forEachItem(async (item) => {
		const limit = item.limit();
		const path = `${await organizationPath(item)}/invites`;
		const body = await item.client.call({
			method: 'GET',
			path,
			expects: 'list',
			chosen: { 'Organization ID': item.optionalId('organizationId', 'Organization ID') },
		});
		return itemsIn(body).slice(0, limit);
	}, 'No invitation is open.'),
};
