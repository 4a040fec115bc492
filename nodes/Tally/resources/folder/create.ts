import type { Operation } from '../../../shared/operation';
import { itemIn } from '../common/answers';
import { forEachItem } from '../common/item';
import { workspaceParameter } from '../common/workspace';
import { parentFolder } from './fields';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create folder',
	description: 'Create a folder in a workspace. Needs Tally Pro.',
	fields: [
		workspaceParameter,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			description: 'What the folder is called',
		},
		parentFolder('The folder in which to put it; empty for the workspace itself'),
	],

	execute: forEachItem(async (item) => {
		const workspaceId = item.id('workspaceId', 'Workspace');
		const parentId = item.optionalId('parentId', 'Parent Folder');
		return itemIn(
			await item.client.call({
				method: 'POST',
				path: `/workspaces/${workspaceId}/folders`,
				expects: { member: 'id' },
				body: {
					name: item.text('name', 'Name'),
					...(parentId === undefined ? {} : { parentId }),
				},
				chosen: { Workspace: workspaceId, 'Parent Folder': parentId },
				bodyField: 'Name',
				plan: 'Pro',
			}),
		);
	}),
};
