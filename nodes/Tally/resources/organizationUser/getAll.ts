import type { Operation } from '../../../shared/operation';
import { limitFields } from '../../../shared/parameters/resultFields';
import { itemsIn, withoutTokens } from '../common/answers';
import { forEachItem } from '../common/item';
import { organizationIdField, organizationPath } from '../common/organization';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many organization users',
	description: 'Get the people of an organization',
	fields: [organizationIdField, ...limitFields],

	execute: forEachItem(async (item) => {
		const limit = item.limit();
		const path = `${await organizationPath(item)}/users`;
		const body = await item.client.call({
			method: 'GET',
			path,
			expects: 'list',
			chosen: { 'Organization ID': item.optionalId('organizationId', 'Organization ID') },
		});
		return itemsIn(withoutTokens(body)).slice(0, limit);
	}, 'Tally lists no people of this organization.'),
};
