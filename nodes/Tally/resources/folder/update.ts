import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { requiredYesNo } from '../../../shared/yesNo';
import { forEachItem, requiredId } from '../common/item';
import { workspaceParameter } from '../common/workspace';
import { folderParameter, parentFolder } from './fields';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update folder',
	description: 'Rename or move a folder. Needs Tally Pro.',
	fields: [
		workspaceParameter,
		folderParameter,
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
				parentFolder('The folder into which to move it'),
			],
		},
	],

	execute: forEachItem(async (item) => {
		const workspaceId = item.id('workspaceId', 'Workspace');
		const folderId = item.id('folderId', 'Folder');
		const { moveToTop, name, parentId } = item.collection('updateFields');
		const changes: IDataObject = {
			...(name === undefined ? {} : { name }),
			...(parentId === undefined ? {} : { parentId: requiredId(parentId, 'Parent Folder') }),
			...(requiredYesNo(moveToTop, 'Move to Top') ? { parentId: null } : {}),
		};
		if (Object.keys(changes).length === 0) {
			throw new ItemError('"Update Fields" is empty', 'Add at least one field to change.');
		}
		const body = await item.client.call({
			method: 'PATCH',
			path: `/workspaces/${workspaceId}/folders/${folderId}`,
			expects: 'anything',
			body: changes,
			chosen: { Folder: folderId },
			plan: 'Pro',
		});
		// What Tally answers is not documented.
		const answer = isRecord(body) ? (body as IDataObject) : {};
		return [{ updated: true, id: folderId, workspaceId, ...changes, ...answer }];
	}),
};
