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

	it('throws what n8n shows', async () => {
		const work = () => Promise.reject(new ItemError('It is gone', 'Choose another one.', 404));
		await expect(withNodeErrors(context, work)).rejects.toBeInstanceOf(NodeApiError);
	});

	it('lets pass what others throw', async () => {
		const other = new TypeError('broken');
		await expect(withNodeErrors(context, () => Promise.reject(other))).rejects.toBe(other);
	});
});
