import { workspaceParameter } from '../../fields/workspace';
import type { Operation } from '../../operation';

export const deleteWorkspace: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete workspace',
	description: 'Delete a workspace. Its forms go to the trash with it. This can’t be undone here.',
	fields: [workspaceParameter],

	async run(input) {
		const workspaceId = input.id('workspaceId', 'Workspace');
		const path = `/workspaces/${workspaceId}`;
		await input.line.call({ method: 'DELETE', path, field: 'Workspace' });
		return [{ deleted: true, workspaceId }];
	},
};
