import { workspaceParameter } from '../../fields/workspace';
import type { Operation } from '../../operation';
import { itemIn } from '../../run/answers';
import { withoutTokens } from '../../run/secrets';

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

	async run(input) {
		const path = `/workspaces/${input.id('workspaceId', 'Workspace')}`;
		const name = input.text('name', 'Name');
		await input.line.call({ method: 'PATCH', path, body: { name }, field: 'Workspace' });
		// Tally answers without a body.
		return itemIn(withoutTokens(await input.line.call({ method: 'GET', path, field: 'Workspace' })));
	},
};
