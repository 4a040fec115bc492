import { NodeApiError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { failedItems } from '../failedItems';
import { sentence } from '../upload/outcome';
import type { Failed } from '../upload/verdict';

/** What one input item led to: any number of output items, or a failure. */
export type Found = { readonly items: readonly IDataObject[] } | { readonly failed: Failed };

/**
 * Reads for one input item after the other; each output item is paired with the one it was read for.
 *
 * @throws a NodeApiError for the first item that failed, unless the node continues on fail.
 */
export async function perItem(
	this: IExecuteFunctions,
	read: (item: number) => Promise<Found>,
): Promise<INodeExecutionData[]> {
	const input = this.getInputData();
	const failedItem = failedItems.call(this);
	const output: INodeExecutionData[] = [];
	for (let item = 0; item < input.length; item++) {
		const found = await read(item);
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
