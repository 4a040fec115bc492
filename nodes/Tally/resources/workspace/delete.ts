import type { Operation } from '../../../shared/operation';
import { forEachItem } from '../common/item';
import { workspaceParameter } from '../common/workspace';

export const deleteWorkspace: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete workspace',
	description: 'Delete a workspace. Its forms go to the trash with it. This can’t be undone here.',
	fields: [workspaceParameter],

	execute: forEachItem(async (item) => {
		const workspaceId = item.id('workspaceId', 'Workspace');
		const path = `/workspaces/${workspaceId}`;
		await item.client.call({ method: 'DELETE', path, expects: 'nothing', chosen: { Workspace: workspaceId } });
		return [{ deleted: true, workspaceId }];
	}),
};
