import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { readItemOptions } from '../fields/itemOptions';
import type { ItemOptions } from '../submission/item';

/** Whether a test shows the newest submission at once, or waits for the next one. */
export function testsWithNewest(context: IHookFunctions): boolean {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return options.testWith !== 'next';
}

/** Whether Tally gets its answer when the workflow has finished, or at once. */
export function answersWhenFinished(context: IHookFunctions): boolean {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return options.acknowledge === 'finished';
}

/** What the user wants of a submission. */
export interface TriggerOptions extends ItemOptions {
	downloadFiles: boolean;
	/** How the names of binary fields begin. */
	binaryPrefix: string;
}

/** The options as set; what is missing or odd, an expression's result for instance, is off. */
export function readOptions(context: IWebhookFunctions): TriggerOptions {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return {
		...readItemOptions(options),
		raw: options.raw === true,
		downloadFiles: options.downloadFiles === true,
		binaryPrefix: typeof options.binaryPrefix === 'string' ? options.binaryPrefix : 'file_',
	};
}
