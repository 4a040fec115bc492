import { NodeApiError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { failedItems } from '../failedItems';
import { attempt } from '../upload/attempt';
import { sentence } from '../upload/outcome';
import { isRefused, type Failed, type Refused } from '../upload/verdict';

/** What one input item led to: output items, however many, or a failure. */
export type Found = { readonly items: readonly IDataObject[] } | { readonly failed: Failed };

/**
 * Reads for one input item after the other; each output item is paired with the one it was read for.
 *
 * @param prepare takes what the item's parameters say and gives what reads; where one of its
 * expressions fails, that is the item's own failure.
 * @throws a NodeApiError for the first item that failed, unless the node continues on fail.
 */
export async function perItem(
	this: IExecuteFunctions,
	prepare: (item: number) => (() => Promise<Found>) | Refused,
): Promise<INodeExecutionData[]> {
	const input = this.getInputData();
	const failedItem = failedItems.call(this);
	const output: INodeExecutionData[] = [];
	for (let item = 0; item < input.length; item++) {
		const read = attempt(() => prepare(item));
		const found = isRefused(read) ? { failed: read } : await read();
		if ('items' in found) {
			for (const json of found.items) output.push({ json, pairedItem: { item } });
			continue;
		}
		const message = sentence(found.failed);
		if (!this.continueOnFail()) {
			throw new NodeApiError(this.getNode(), {}, { message, description: found.failed.advice, itemIndex: item });
		}
		output.push(failedItem(item, { error: message, details: { ...found.failed } }));
	}
	return output;
}
