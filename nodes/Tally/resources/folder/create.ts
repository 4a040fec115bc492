import { workspaceParameter } from '../../fields/workspace';
import type { Operation } from '../../operation';
import { itemIn } from '../../run/answers';

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
		{
			displayName: 'Parent Folder ID',
			name: 'parentId',
			type: 'string',
			default: '',
			description: 'The folder in which to put it; empty for the workspace itself',
		},
	],

	async run(input) {
		const workspaceId = input.id('workspaceId', 'Workspace');
		const parentId = input.optionalId('parentId', 'Parent Folder ID');
		return itemIn(
			await input.line.call({
				method: 'POST',
				path: `/workspaces/${workspaceId}/folders`,
				body: {
					name: input.text('name', 'Name'),
					...(parentId === undefined ? {} : { parentId }),
				},
				field: 'Workspace',
				plan: 'Pro',
			}),
		);
	},
};
