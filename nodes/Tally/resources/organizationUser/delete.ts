import type { Operation } from '../../../shared/operation';
import { forEachItem } from '../common/item';
import { organizationIdField, organizationPath } from '../common/organization';

export const deleteUser: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete organization user',
	description: 'Remove a person from the organization. That person’s API keys stop working. This can’t be undone.',
	fields: [
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			default: '',
			required: true,
			description: 'The ID that Get Many outputs',
		},
		organizationIdField,
	],

	execute: forEachItem(async (item) => {
		const userId = item.id('userId', 'User ID');
		const path = `${await organizationPath(item)}/users/${userId}`;
		await item.client.call({ method: 'DELETE', path, expects: 'nothing', field: 'User ID' });
		return [{ deleted: true, userId }];
	}),
};
