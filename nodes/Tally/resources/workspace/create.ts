import type { Operation } from '../../operation';
import { itemIn } from '../../run/answers';
import { withoutTokens } from '../../run/secrets';

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

	async run(input) {
		const body = await input.line.call({
			method: 'POST',
			path: '/workspaces',
			body: { name: input.text('name', 'Name') },
			field: 'Name',
			plan: 'Pro',
		});
		return itemIn(withoutTokens(body));
	},
};
