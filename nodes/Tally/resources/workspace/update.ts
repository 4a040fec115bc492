import type { Operation } from '../../../shared/operation';
import { itemIn, withoutTokens } from '../common/answers';
import { forEachItem } from '../common/item';
import { workspaceParameter } from '../common/workspace';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update workspace',
	description: 'Rename a workspace',
	fields: [
		workspaceParameter,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			description: 'The new name of the workspace',
		},
	],

	execute: forEachItem(async (item) => {
		const path = `/workspaces/${item.id('workspaceId', 'Workspace')}`;
		const name = item.text('name', 'Name');
		await item.client.call({ method: 'PATCH', path, expects: 'nothing', body: { name }, field: 'Workspace' });
		// Tally answers without a body.
		return itemIn(
			withoutTokens(await item.client.call({ method: 'GET', path, expects: { member: 'id' }, field: 'Workspace' })),
		);
	}),
};
