import { organizationIdField, organizationPath } from '../../fields/organization';
import { limitFields } from '../../fields/results';
import type { Operation } from '../../operation';
import { itemsIn } from '../../run/answers';
import { withoutTokens } from '../../run/secrets';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many organization users',
	description: 'Get the people of an organization',
	fields: [organizationIdField, ...limitFields],

	async run(input) {
		const limit = input.limit();
		const path = `${await organizationPath(input)}/users`;
		const body = await input.line.call({ method: 'GET', path, field: 'Organization ID' });
		return itemsIn(withoutTokens(body)).slice(0, limit);
	},
};
