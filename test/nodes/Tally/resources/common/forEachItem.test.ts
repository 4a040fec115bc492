import { NodeApiError, NodeOperationError, type OnError } from 'n8n-workflow';

import { dispatch } from '../../../../../nodes/shared/dispatch';
import { isRecord } from '../../../../../nodes/shared/guards';
import { ItemError } from '../../../../../nodes/shared/itemError';
import type { Operation, Resource } from '../../../../../nodes/shared/operation';
import { forEachItem } from '../../../../../nodes/Tally/resources/common/item';
import { nodeAsking, Refusal } from '../../../../support/tallyOperation';

const operation = (value: string, work: Parameters<typeof forEachItem>[0]): Operation => ({
	value,
	name: value,
	action: value,
	description: value,
	fields: [],
	execute: forEachItem(work),
});

/** Looks up what the item names; two items for each. */
const look = operation('look', async (item) => {
	const found = await item.client.call({
		method: 'GET',
		path: `/${String(item.value('what'))}`,
		expects: { member: 'id' },
		chosen: { What: 'GxdRaZ' },
	});
	return [{ found: isRecord(found) ? found.id : found } as never, { item: item.item }];
});
const told = operation('tell', () => Promise.resolve([{ told: true }]));
const complains = operation('complain', () => Promise.reject(new ItemError('"What" is odd', 'Mend it.')));
const breaks = operation('break', () => Promise.reject(new TypeError('broken')));
const resources: Resource[] = [
	{ value: 'thing', name: 'Thing', description: 'A thing', first: look, operations: [look, complains, breaks] },
	{ value: 'word', name: 'Word', description: 'A word', first: told, operations: [told] },
];

const three = [{ a: 0 }, { a: 1 }, { a: 2 }];

function run(operationName: string, replies: unknown[] = [], onError?: OnError, more: object = {}) {
	const parameters = { resource: 'thing', operation: operationName, what: (item: number) => `w${item}`, ...more };
	const { context, sent } = nodeAsking({ parameters, items: three, onError }, replies);
	return { output: dispatch(context, resources), sent, context };
}

it('asks for one item after the other, and pairs what comes of each', async () => {
	const { output, sent } = run('look', [{ id: 'x' }, { id: 'y' }, { id: 'z' }]);
	expect(await output).toEqual([
		['x', 'y', 'z'].flatMap((found, item) => [
			{ json: { found }, pairedItem: { item } },
			{ json: { item }, pairedItem: { item } },
		]),
	]);
	expect(sent).toEqual([['GET /w0'], ['GET /w1'], ['GET /w2']]);
});

it('runs the operation of the resource that is chosen', async () => {
	expect((await run('tell', [], undefined, { resource: 'word' }).output)[0]).toHaveLength(3);
});

it.each([
	['thing', 'tell'],
	['word', 'look'],
	['other', 'look'],
	[7, undefined],
])('has no operation of %j that is %j', async (resource, name) => {
	await expect(run('', [], undefined, { resource, operation: name }).output).rejects.toMatchObject({
		message: `This node has no operation "${String(name)}" for "${String(resource)}"`,
		description: 'Choose both again from the lists in the node.',
	});
});

describe('an item that fails', () => {
	const error = 'Tally has no what GxdRaZ';
	const details = { status: '404', advice: expect.stringContaining('It may have been deleted') as unknown };

	it('ends the run, and says which it was', async () => {
		const { output, sent } = run('look', [{ id: 'x' }, new Refusal(404)]);
		const reason = await output.catch((thrown: unknown) => thrown);
		expect(reason).toBeInstanceOf(NodeApiError);
		expect(reason).toMatchObject({ message: error, context: { itemIndex: 1 } });
		expect(sent).toHaveLength(2);
	});

	it('is told with its input where the run goes on', async () => {
		const [items] = await run('look', [{ id: 'x' }, new Refusal(404), { id: 'z' }], 'continueRegularOutput').output;
		expect(items).toHaveLength(5);
		expect(items?.[2]).toEqual({ json: { a: 1, error, details }, pairedItem: { item: 1 } });
		expect(items?.[3]).toEqual({ json: { found: 'z' }, pairedItem: { item: 2 } });
	});

	it('is told alone at the error output, to which n8n adds the input', async () => {
		const [items] = await run('look', [{ id: 'x' }, new Refusal(404), { id: 'z' }], 'continueErrorOutput').output;
		expect(items?.[2]).toEqual({ json: { error, details }, pairedItem: { item: 1 } });
	});

	it.each([
		['complain', '"What" is odd', 'Mend it.'],
		['break', 'broken', 'Correct the expressions in this node, or filter out the items for which they fail.'],
	])('without having been asked for (%s) has no status', async (name, message, advice) => {
		const [items] = await run(name, [], 'continueRegularOutput').output;
		expect(items?.[0]?.json).toEqual({ a: 0, error: message, details: { advice } });
		const reason = await run(name).output.catch((thrown: unknown) => thrown);
		expect(reason).toBeInstanceOf(NodeOperationError);
		expect(reason).toMatchObject({ message, context: { itemIndex: 0 } });
	});

	it('ends the run if that was cancelled, whatever the node does with errors', async () => {
		const { context, output } = run('look', [{ id: 'x' }, { id: 'y' }, { id: 'z' }]);
		await output;
		const cancelled = { ...context, continueOnFail: () => true, getExecutionCancelSignal: () => ({ aborted: true }) };
		await expect(dispatch(cancelled as never, resources)).rejects.toThrow('The execution was cancelled');
	});
});
