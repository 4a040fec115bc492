import type { Operation } from '../../../shared/operation';
import { itemIn, withoutTokens } from '../common/answers';
import { forEachItem } from '../common/item';
import { workspaceParameter } from '../common/workspace';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get workspace',
	description: 'Get one workspace with its members',
	fields: [workspaceParameter],

	execute: forEachItem(async (item) => {
		const workspaceId = item.id('workspaceId', 'Workspace');
		const path = `/workspaces/${workspaceId}`;
		return itemIn(
			withoutTokens(
				await item.client.call({ method: 'GET', path, expects: { member: 'id' }, chosen: { Workspace: workspaceId } }),
			),
		);
	}),
};
