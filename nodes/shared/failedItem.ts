import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Why an item failed: in one line, and in all that is known of it. */
export interface Failure extends IDataObject {
	error: string;
	details: IDataObject;
}

/**
 * The output of an item that failed. With an error output n8n moves it there and adds the input's fields
 * itself; else they are added here.
 *
 * n8n 2.41 knows such an item by the names in its JSON. Older ones take only an item for failed that has an
 * `error` beside its JSON, and put its message in place of the JSON, unless it was not copied along.
 */
export function failedItem(context: IExecuteFunctions, item: number, failure: Failure): INodeExecutionData {
	const pairedItem = { item };
	if (context.getNode().onError !== 'continueErrorOutput') {
		return { json: { ...context.getInputData()[item]?.json, ...failure }, pairedItem };
	}
	const failed: INodeExecutionData = { json: failure, pairedItem };
	return Object.defineProperty(failed, 'error', { value: { message: failure.error }, enumerable: false });
}
