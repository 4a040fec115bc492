import type { IDataObject } from 'n8n-workflow';

import { limitFields } from '../../fields/results';
import type { Operation } from '../../operation';
import { withoutTokens } from '../../run/secrets';
import { readList } from '../../transport/lists';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many workspaces',
	description: 'Get many workspaces with their members',
	fields: [...limitFields],

	async run(input) {
		const request = { method: 'GET', path: '/workspaces' } as const;
		const limit = input.limit();
		const workspaces = await readList(input.line, { request, name: 'items' }, { limit });
		return workspaces.map(withoutTokens) as IDataObject[];
	},
};
