import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Why an item failed: in one line, and in all that is known of it. */
export interface Failure extends IDataObject {
	error: string;
	details: IDataObject;
}

/**
 * Makes the outputs of items that failed. With an error output n8n moves them there and adds the input's
 * fields itself; else they are added here. What it needs of n8n it asks for once: n8n copies the node each time.
 *
 * n8n 2.41 knows such an item by the names in its JSON. Older ones take only an item for failed that has an
 * `error` beside its JSON, and put its message in place of the JSON, unless it was not copied along.
 */
export function failedItems(context: IExecuteFunctions): (item: number, failure: Failure) => INodeExecutionData {
	const input = context.getInputData();
	const hasErrorOutput = context.getNode().onError === 'continueErrorOutput';
	return (item, failure) => {
		const pairedItem = { item };
		if (!hasErrorOutput) return { json: { ...input[item]?.json, ...failure }, pairedItem };
		const failed: INodeExecutionData = { json: failure, pairedItem };
		return Object.defineProperty(failed, 'error', { value: { message: failure.error }, enumerable: false });
	};
}

/** The output of one item that failed. */
export function failedItem(context: IExecuteFunctions, item: number, failure: Failure): INodeExecutionData {
	return failedItems(context)(item, failure);
}
