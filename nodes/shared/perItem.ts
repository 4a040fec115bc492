import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { throwIfCancelled } from './cancel';
import { failedItem, type Failure } from './failedItem';
import { ItemError } from './itemError';
import { nodeError } from './nodeError';
import { ItemParameters } from './parameters/itemParameters';

/**
 * Does something for one input item after the other; each output item is paired with the one it came from.
 *
 * @param work gives the item's output; where it throws, that is the item's own failure
 * @param failureOf what an item that failed shows
 * @param hintIfEmpty what the editor shows above the output where there is nothing in it
 * @throws the first item's failure as a NodeApiError or NodeOperationError, unless the node continues on fail;
 * in any case when the execution is cancelled
 */
export async function perItem(
	context: IExecuteFunctions,
	work: (parameters: ItemParameters) => Promise<readonly IDataObject[]>,
	failureOf: (error: ItemError) => Failure,
	hintIfEmpty?: string,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	for (let item = 0; item < context.getInputData().length; item++) {
		try {
			const found = await work(new ItemParameters(context, item));
			for (const json of found) output.push({ json, pairedItem: { item } });
		} catch (thrown) {
			throwIfCancelled(context);
			const error = toItemError(thrown);
			const failure = failureOf(error);
			if (!context.continueOnFail()) throw nodeError(context, error, { message: failure.error, itemIndex: item });
			output.push(failedItem(context, item, failure));
		}
	}
	if (output.length === 0 && hintIfEmpty !== undefined) {
		context.addExecutionHints({ message: hintIfEmpty, type: 'info', location: 'outputPane' });
	}
	return output;
}

const EXPRESSION_ADVICE = 'Correct the expressions in this node, or filter out the items for which they fail.';

/** What n8n itself throws for an item is an expression that fails, in words of its own. */
export function toItemError(thrown: unknown): ItemError {
	if (thrown instanceof ItemError) return thrown;
	const { message, description } =
		thrown instanceof Error
			? (thrown as Error & { readonly description?: unknown })
			: { message: String(thrown), description: undefined };
	const advice = typeof description === 'string' && description !== '' ? description : EXPRESSION_ADVICE;
	const error = new ItemError(message, advice);
	error.cause = thrown;
	return error;
}
