import type { IDataObject } from 'n8n-workflow';

import { folderIdField, workspaceParameter } from '../../fields/workspace';
import { isRecord } from '../../narrowing';
import type { Operation } from '../../operation';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update folder',
	description: 'Rename or move a folder. Needs Tally Pro.',
	fields: [
		workspaceParameter,
		folderIdField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What to change; all else stays as it is',
			options: [
				{
					displayName: 'Move to Top',
					name: 'moveToTop',
					type: 'boolean',
					default: false,
					description: 'Whether to move the folder out of its parent, to the workspace itself',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'The new name of the folder',
				},
				{
					displayName: 'Parent Folder ID',
					name: 'parentId',
					type: 'string',
					default: '',
					description: 'The folder into which to move it',
				},
			],
		},
	],

	async run(input) {
		const workspaceId = input.id('workspaceId', 'Workspace');
		const folderId = input.id('folderId', 'Folder ID');
		const { moveToTop, name, parentId } = input.collection('updateFields');
		const changes: IDataObject = {
			...(name === undefined ? {} : { name }),
			...(parentId === undefined ? {} : { parentId: input.checkedId(parentId, 'Parent Folder ID') }),
			...(moveToTop === true ? { parentId: null } : {}),
		};
		if (Object.keys(changes).length === 0) {
			throw input.wrong('"Update Fields" is empty', 'Add at least one field to change.');
		}
		const body = await input.line.call({
			method: 'PATCH',
			path: `/workspaces/${workspaceId}/folders/${folderId}`,
			body: changes,
			field: 'Folder ID',
			plan: 'Pro',
		});
		// What Tally answers is not documented.
		const answer = isRecord(body) ? (body as IDataObject) : {};
		return [{ updated: true, id: folderId, workspaceId, ...changes, ...answer }];
	},
};
