import { organizationIdField, organizationPath } from '../../fields/organization';
import type { Operation } from '../../operation';

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

	async run(input) {
		const userId = input.id('userId', 'User ID');
		const path = `${await organizationPath(input)}/users/${userId}`;
		await input.line.call({ method: 'DELETE', path, field: 'User ID' });
		return [{ deleted: true, userId }];
	},
};
