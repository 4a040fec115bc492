import { NodeApiError, type OnError } from 'n8n-workflow';

import { perItem } from '../../../nodes/CleverTap/read/perItem';
import { refused } from '../../../nodes/CleverTap/upload/verdict';
import { fakeNode } from '../../support/fakeNode';

const failed = refused('Invalid event', 'Choose another one.', 4001);

/** Three items, of which the second fails. */
const read = (onError?: OnError) =>
	perItem.call(
		fakeNode({ items: [{ in: 0 }, { in: 1 }, { in: 2 }], onError }),
		(item) => async () => await Promise.resolve(item === 1 ? { failed } : { items: [{ a: item }, { b: item }] }),
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

it('reads nothing for an item that was refused before', async () => {
	const asked: number[] = [];
	const output = await perItem.call(fakeNode({ items: [{}, {}], onError: 'continueRegularOutput' }), (item) => {
		if (item === 0) return failed;
		return async () => {
			asked.push(item);
			return await Promise.resolve({ items: [{ a: item }] });
		};
	});
	expect(output.map(({ json }) => json)).toEqual([{ error, details: failed }, { a: 1 }]);
	expect(asked).toEqual([1]);
});

it('stops for what goes wrong while it reads, such as a cancelled run', async () => {
	const cancelled = new Error('The execution was cancelled');
	const node = fakeNode({ items: [{}, {}], onError: 'continueRegularOutput' });
	await expect(perItem.call(node, () => async () => await Promise.reject(cancelled))).rejects.toBe(cancelled);
});
