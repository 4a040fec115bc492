import { NodeApiError, NodeOperationError, type IExecuteFunctions, type OnError } from 'n8n-workflow';

import { ItemError } from '../../../nodes/shared/itemError';
import { perItem } from '../../../nodes/shared/perItem';
import { fakeNode } from '../../support/fakeNode';

const failureOf = ({ message, advice, code }: ItemError) => ({
	error: [code, message].filter((part) => part !== undefined).join(': '),
	details: { code, advice },
});
const failed = { code: 4001, advice: 'Choose another one.' };

/** Three items, of which the second fails. */
const read = (onError?: OnError, error: Error = new ItemError('Invalid event', 'Choose another one.', 4001)) =>
	perItem(
		fakeNode({ items: [{ in: 0 }, { in: 1 }, { in: 2 }], onError }),
		async ({ item }) => (item === 1 ? await Promise.reject(error) : [{ a: item }, { b: item }]),
		failureOf,
	);

const found = (item: number) => [
	{ json: { a: item }, pairedItem: { item } },
	{ json: { b: item }, pairedItem: { item } },
];
const error = '4001: Invalid event';

it('pairs what it found with the item it was read for, and goes on after one that failed', async () => {
	expect(await read('continueRegularOutput')).toEqual([
		...found(0),
		{ json: { in: 1, error, details: failed }, pairedItem: { item: 1 } },
		...found(2),
	]);
});

it('gives nothing but error and details where n8n moves the item to the error output', async () => {
	expect((await read('continueErrorOutput'))[2]).toEqual({ json: { error, details: failed }, pairedItem: { item: 1 } });
});

it('fails with the first item that failed, unless the node continues', async () => {
	const thrown = await read().catch((reason: unknown) => reason);
	expect(thrown).toBeInstanceOf(NodeApiError);
	expect(thrown).toMatchObject({ message: error, description: 'Choose another one.', context: { itemIndex: 1 } });
});

it('fails with an error of the node’s own where no service was asked', async () => {
	const thrown = await read(undefined, new ItemError('"ID" is empty', 'Fill it in.')).catch(
		(reason: unknown) => reason,
	);
	expect(thrown).toBeInstanceOf(NodeOperationError);
	expect(thrown).toMatchObject({ message: '"ID" is empty', description: 'Fill it in.', context: { itemIndex: 1 } });
});

describe('the hint of an empty output', () => {
	const hintsOf = async (found: object[], items: object[], onError?: OnError) => {
		const hints: unknown[] = [];
		const context = {
			...fakeNode({ items: items as never, onError }),
			addExecutionHints: (hint: unknown) => hints.push(hint),
		};
		const work = () =>
			found.length > 1 ? Promise.reject(new ItemError('No', 'Mend it.')) : Promise.resolve(found as never);
		await perItem(context, work, failureOf, 'There is none.');
		return hints;
	};

	it('is shown where nothing was found', async () => {
		expect(await hintsOf([], [{}, {}])).toEqual([{ message: 'There is none.', type: 'info', location: 'outputPane' }]);
	});

	it('is not shown beside what was found, nor beside a failure', async () => {
		expect(await hintsOf([{ a: 1 }], [{}])).toEqual([]);
		expect(await hintsOf([{}, {}], [{}], 'continueErrorOutput')).toEqual([]);
	});
});

it('takes what else is thrown for an expression of that item that fails', async () => {
	const items = await read('continueErrorOutput', new Error('No path back to node'));
	expect(items[2]?.json).toMatchObject({
		error: 'No path back to node',
		details: { advice: expect.stringContaining('Correct the expressions') as string },
	});
});

it('ends once the run is cancelled, whether the node continues or not', async () => {
	const cancelled = {
		...fakeNode({ items: [{}, {}], onError: 'continueRegularOutput' }),
		getExecutionCancelSignal: () => AbortSignal.abort(),
	} as unknown as IExecuteFunctions;
	const asked: number[] = [];
	const running = perItem(
		cancelled,
		async ({ item }) => {
			asked.push(item);
			return await Promise.reject(new Error('broken off'));
		},
		failureOf,
	);
	await expect(running).rejects.toThrow('The execution was cancelled');
	expect(asked).toEqual([0]);
});
