import { workspaceParameter } from '../../fields/workspace';
import type { Operation } from '../../operation';
import { itemIn } from '../../run/answers';
import { withoutTokens } from '../../run/secrets';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get workspace',
	description: 'Get one workspace with its members',
	fields: [workspaceParameter],

	async run(input) {
		const workspaceId = input.id('workspaceId', 'Workspace');
		const path = `/workspaces/${workspaceId}`;
		return itemIn(withoutTokens(await input.line.call({ method: 'GET', path, field: 'Workspace' })));
	},
};
