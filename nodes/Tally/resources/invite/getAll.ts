import { organizationIdField, organizationPath } from '../../fields/organization';
import { limitFields } from '../../fields/results';
import type { Operation } from '../../operation';
import { itemsIn } from '../../run/answers';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many invites',
	description: 'Get the invitations that are open',
	fields: [organizationIdField, ...limitFields],

	async run(input) {
		const limit = input.limit();
		const path = `${await organizationPath(input)}/invites`;
		const body = await input.line.call({ method: 'GET', path, field: 'Organization ID' });
		return itemsIn(body).slice(0, limit);
	},
};
