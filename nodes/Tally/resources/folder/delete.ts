import { folderIdField, workspaceParameter } from '../../fields/workspace';
import type { Operation } from '../../operation';

export const deleteFolder: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete folder',
	description: 'Delete a folder of a workspace. This can’t be undone. Needs Tally Pro.',
	fields: [workspaceParameter, folderIdField],

	async run(input) {
		const workspaceId = input.id('workspaceId', 'Workspace');
		const folderId = input.id('folderId', 'Folder ID');
		await input.line.call({
			method: 'DELETE',
			path: `/workspaces/${workspaceId}/folders/${folderId}`,
			field: 'Folder ID',
			plan: 'Pro',
		});
		return [{ deleted: true, folderId, workspaceId }];
	},
};
