import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { resources } from '../../../../nodes/Tally/resources/resources';
import { chosen, nodeAsking } from '../../../support/tallyOperation';

const lists = resources.flatMap(({ value, operations }) =>
	operations
		.filter((operation) => ['getAll', 'getDeliveries', 'redeliver'].includes(operation.value))
		.map((operation) => [value, operation.value, operation] as const),
);
const chosenAll = {
	formId: chosen('GxdRaQ'),
	workspaceId: chosen('kb3o5R'),
	webhookId: chosen('wQ1k7w'),
	organizationId: 'atL65s',
	scope: 'all',
	limit: 50,
	returnAll: false,
};
/** A list without entries, whichever it is. */
const nothing = { items: [], questions: [], submissions: [], webhooks: [], events: [], blocks: [] };
const bare = ['folder', 'invite', 'organizationUser'];

it.each(lists)('%s: %s says why there may be nothing', async (resource, _name, operation) => {
	const hints: NodeExecutionHint[] = [];
	const replies = bare.includes(resource) ? [[]] : [nothing, nothing];
	const { context } = nodeAsking({ parameters: chosenAll }, replies);
	const shown = { ...context, addExecutionHints: (...more: NodeExecutionHint[]) => void hints.push(...more) };
	expect(await operation.execute(shown as unknown as IExecuteFunctions)).toEqual([]);
	expect(hints).toEqual([{ message: expect.stringMatching(/\.$/) as string, type: 'info', location: 'outputPane' }]);
});

it('there are eleven lists', () => {
	expect(lists).toHaveLength(11);
});
