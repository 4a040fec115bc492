import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../../shared/operation';
import { limitFields } from '../../../shared/parameters/resultFields';
import { readList } from '../../transport/pages';
import { withoutTokens } from '../common/answers';
import { forEachItem } from '../common/item';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many workspaces',
	description: 'Get many workspaces with their members',
	fields: [...limitFields],

	execute: forEachItem(async (item) => {
		const request = { method: 'GET', path: '/workspaces' } as const;
		const limit = item.limit();
		const workspaces = await readList(item.client, { request, name: 'items' }, { limit });
		return workspaces.map(withoutTokens) as IDataObject[];
	}, 'No workspace was found. Tally lists those that the API key can see.'),
};
