import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** `error` says in one line why an item failed, `details` the rest. */
type Said = { error: string; details: IDataObject };

/** Makes the items that failed: with the fields of their input, which on the error output n8n adds itself. */
export function failedItems(context: IExecuteFunctions): (item: number, said: Said) => INodeExecutionData {
	const goesOn = context.getNode().onError !== 'continueErrorOutput';
	return (item, said) => {
		const fields = goesOn ? context.getInputData()[item]?.json : {};
		const result = { json: { ...fields, ...said }, pairedItem: { item } };
		// n8n 2.41 moves to the error output what has just these names in its JSON. Older ones need this property,
		// and would put its message in place of all else if it were among those that they copy.
		return goesOn
			? result
			: Object.defineProperty(result, 'error', { value: { message: said.error }, enumerable: false });
	};
}
