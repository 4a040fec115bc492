import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { ItemError } from '../../../nodes/shared/itemError';
import { nodeError, withNodeErrors } from '../../../nodes/shared/nodeError';

const context = { getNode: () => ({ name: 'Node', type: 'node' }) as INode };

it('is of the service where it has a code, with what to do', () => {
	const error = nodeError(context, new ItemError('It is gone', 'Choose another one.', 404), { itemIndex: 2 });
	expect(error).toBeInstanceOf(NodeApiError);
	expect(error).toMatchObject({
		message: 'It is gone',
		description: 'Choose another one.',
		httpCode: '404',
		context: { itemIndex: 2 },
	});
});

it('has no code where no answer came', () => {
	const error = nodeError(context, new ItemError('No answer', 'Try again.', 0));
	expect(error).toBeInstanceOf(NodeApiError);
	expect(error).toMatchObject({ httpCode: null });
});

it.each([404, undefined])('keeps its words, though n8n finds a code in them (%s)', (code) => {
	const message = 'n8n was not reached at https://superperm.example.com';
	expect(nodeError(context, new ItemError(message, 'Try again.', code)).message).toBe(message);
});

it('is of the node where the service was not asked, with what caused it', () => {
	const failed = new ItemError('"Limit" is not a whole number', 'Enter one.');
	failed.cause = new TypeError('broken');
	const error = nodeError(context, failed, { message: '3: "Limit" is not a whole number' });
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error).toMatchObject({ message: '3: "Limit" is not a whole number', description: 'Enter one.' });
	expect(error.cause).toBe(failed.cause);
});

describe('a hook', () => {
	it('gives what its work gives', async () => {
		expect(await withNodeErrors(context, (given) => Promise.resolve(given))).toBe(context);
	});

	// Of what a hook throws n8n shows the message alone.
	it.each([
		['It is gone', 404, 'It is gone. Choose another one.'],
		['It could not be removed: it is gone.', 404, 'It could not be removed: it is gone. Choose another one.'],
		['It is gone', undefined, 'It is gone. Choose another one.'],
	])('throws “%s” (%s) with what to do in the message', async (message, code, shown) => {
		const failed = new ItemError(message, 'Choose another one.', code);
		const error: unknown = await withNodeErrors(context, () => Promise.reject(failed)).catch(
			(thrown: unknown) => thrown,
		);
		expect(error).toBeInstanceOf(code === undefined ? NodeOperationError : NodeApiError);
		expect(error).toMatchObject({ message: shown });
		expect((error as NodeApiError).description ?? '').toBe('');
	});

	it('brings the advice of n8n’s own errors into the message', async () => {
		const work = () =>
			Promise.reject(new NodeOperationError(context.getNode(), 'No host', { description: 'Choose a region.' }));
		await expect(withNodeErrors(context, work)).rejects.toThrow('No host. Choose a region.');
	});

	it('lets pass what others throw', async () => {
		const other = new TypeError('broken');
		await expect(withNodeErrors(context, () => Promise.reject(other))).rejects.toBe(other);
	});
});
