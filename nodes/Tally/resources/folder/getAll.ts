import { limitFields } from '../../fields/results';
import { workspaceParameter } from '../../fields/workspace';
import type { Operation } from '../../operation';
import { itemsIn } from '../../run/answers';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many folders',
	description: 'Get the folders of a workspace. Needs Tally Pro.',
	fields: [workspaceParameter, ...limitFields],

	async run(input) {
		const path = `/workspaces/${input.id('workspaceId', 'Workspace')}/folders`;
		const limit = input.limit();
		const body = await input.line.call({ method: 'GET', path, field: 'Workspace', plan: 'Pro' });
		return itemsIn(body).slice(0, limit);
	},
};
