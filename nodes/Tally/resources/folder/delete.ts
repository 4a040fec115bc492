import type { Operation } from '../../../shared/operation';
import { forEachItem } from '../common/item';
import { workspaceParameter } from '../common/workspace';
import { folderParameter } from './fields';

export const deleteFolder: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete folder',
	description: 'Delete a folder of a workspace. This can’t be undone. Needs Tally Pro.',
	fields: [workspaceParameter, folderParameter],

	execute: forEachItem(async (item) => {
		const workspaceId = item.id('workspaceId', 'Workspace');
		const folderId = item.id('folderId', 'Folder');
		await item.client.call({
			method: 'DELETE',
			path: `/workspaces/${workspaceId}/folders/${folderId}`,
			expects: 'nothing',
			chosen: { Folder: folderId },
			plan: 'Pro',
		});
		return [{ deleted: true, folderId, workspaceId }];
	}),
};
