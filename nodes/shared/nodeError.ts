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
		// 0 is none: no answer came.
		const httpCode = code === 0 ? undefined : String(code);
		return inOwnWords(new NodeApiError(context.getNode(), {}, { message, description, httpCode, itemIndex }), message);
	}
	const shown = inOwnWords(new NodeOperationError(context.getNode(), message, { description, itemIndex }), message);
	if (cause instanceof Error) shown.cause = cause;
	return shown;
}

/** n8n puts a sentence of its own in place of a message in which it finds a code, as EPERM in `https://superperm.com`. */
function inOwnWords<Shown extends NodeApiError | NodeOperationError>(shown: Shown, message: string): Shown {
	shown.message = message;
	return shown;
}

/**
 * Does the work of a hook or of a list. Of what they throw n8n shows the message alone (2.41; of a list also what a
 * NodeApiError has beside it), so what to do stands in it.
 *
 *     ItemError('The list does not end', 'Narrow it down.') → 'The list does not end. Narrow it down.'
 *
 * @throws NodeApiError or NodeOperationError in place of an ItemError, and whatever else its work throws
 */
export async function withNodeErrors<Context extends { getNode(): INode }, Result>(
	context: Context,
	work: (context: Context) => Promise<Result>,
): Promise<Result> {
	try {
		return await work(context);
	} catch (thrown) {
		if (thrown instanceof NodeOperationError) thrown.message = inOneText(thrown.message, thrown.description);
		throw thrown instanceof ItemError ? nodeError(context, withAdviceInMessage(thrown)) : thrown;
	}
}

function withAdviceInMessage({ message, advice, code, cause }: ItemError): ItemError {
	const whole = new ItemError(inOneText(message, advice), '', code);
	whole.cause = cause;
	return whole;
}

/** What happened, and what to do. */
function inOneText(message: string, advice: string | null | undefined): string {
	if (advice === undefined || advice === null || advice === '') return message;
	return `${message}${/[.!?]$/.test(message) ? '' : '.'} ${advice}`;
}
