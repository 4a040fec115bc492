import type { Operation } from '../../../shared/operation';
import { itemIn, withoutTokens } from '../common/answers';
import { forEachItem } from '../common/item';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create workspace',
	description: 'Create a workspace. Needs Tally Pro.',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			description: 'What the workspace is called',
		},
	],

	execute: forEachItem(async (item) => {
		const body = await item.client.call({
			method: 'POST',
			path: '/workspaces',
			expects: { member: 'id' },
			body: { name: item.text('name', 'Name') },
			bodyField: 'Name',
			plan: 'Pro',
		});
		return itemIn(withoutTokens(body));
	}),
};
