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
		const workspaceId = item.id('workspaceId', 'Workspace');
		const path = `/workspaces/${workspaceId}`;
		const name = item.text('name', 'Name');
		await item.client.call({
			method: 'PATCH',
			path,
			expects: 'nothing',
			body: { name },
			chosen: { Workspace: workspaceId },
		});
		// Tally answers without a body.
		return itemIn(
			withoutTokens(
				await item.client.call({ method: 'GET', path, expects: { member: 'id' }, chosen: { Workspace: workspaceId } }),
			),
		);
	}),
};
