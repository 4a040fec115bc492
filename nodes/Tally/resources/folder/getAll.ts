import type { Operation } from '../../../shared/operation';
import { limitFields } from '../../../shared/parameters/resultFields';
import { itemsIn } from '../common/answers';
import { forEachItem } from '../common/item';
import { workspaceParameter } from '../common/workspace';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many folders',
	description: 'Get the folders of a workspace. Needs Tally Pro.',
	fields: [workspaceParameter, ...limitFields],

	execute: forEachItem(async (item) => {
		const workspaceId = item.id('workspaceId', 'Workspace');
		const path = `/workspaces/${workspaceId}/folders`;
		const limit = item.limit();
		const body = await item.client.call({
			method: 'GET',
			path,
			expects: 'list',
			chosen: { Workspace: workspaceId },
			plan: 'Pro',
		});
		return itemsIn(body).slice(0, limit);
	}, 'The workspace has no folders.'),
};
