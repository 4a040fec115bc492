import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { ItemError } from './itemError';

/**
 * What went wrong, as the error that n8n shows for a whole node: a NodeApiError where the service said so.
 *
 * @param more what else is known: the item, and other words for what happened
 */
export function nodeError(
	context: { getNode(): INode },
	error: ItemError,
	{ message = error.message, itemIndex }: { message?: string; itemIndex?: number } = {},
): NodeApiError | NodeOperationError {
	const { advice: description, code, cause } = error;
	if (code !== undefined) {
		return new NodeApiError(context.getNode(), {}, { message, description, httpCode: String(code), itemIndex });
	}
	const shown = new NodeOperationError(context.getNode(), message, { description, itemIndex });
	if (cause instanceof Error) shown.cause = cause;
	return shown;
}

/**
 * Does the work of a hook or of a list, of which n8n shows the error itself.
 *
 * @throws NodeApiError or NodeOperationError in place of an ItemError
 */
export async function withNodeErrors<Context extends { getNode(): INode }, Result>(
	context: Context,
	work: (context: Context) => Promise<Result>,
): Promise<Result> {
	try {
		return await work(context);
	} catch (thrown) {
		throw thrown instanceof ItemError ? nodeError(context, thrown) : thrown;
	}
}
