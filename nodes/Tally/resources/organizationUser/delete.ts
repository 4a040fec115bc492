import type { Operation } from '../../../shared/operation';
import { choiceParameter } from '../common/choice';
import { forEachItem } from '../common/item';
import { organizationIdField, organizationPath } from '../common/organization';

export const deleteUser: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete organization user',
	description: 'Remove a person from the organization. That person’s API keys stop working. This can’t be undone.',
	fields: [
		choiceParameter({
			displayName: 'User',
			name: 'userId',
			searchListMethod: 'searchUsers',
			what: 'a user',
			example: 'w2Q7mD',
			description: 'Choose the person from the list, or give the ID that Get Many outputs',
			dependsOn: ['organizationId'],
		}),
		organizationIdField,
	],

	execute: forEachItem(async (item) => {
		const userId = item.id('userId', 'User');
		const path = `${await organizationPath(item)}/users/${userId}`;
		await item.client.call({ method: 'DELETE', path, expects: 'nothing', chosen: { User: userId } });
		return [{ deleted: true, userId }];
	}),
};
