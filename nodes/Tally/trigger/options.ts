import type { IDataObject, IHookFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import type { ItemOptions } from '../submission/item';
import {
	answerKeysOption,
	includeLinksOption,
	includeUnansweredOption,
	readItemOptions,
} from '../submission/itemOptions';

/** The trigger's *Options*, from A to Z. */
export const optionsParameter: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	description: 'When Tally is told that all is well, and what the output holds',
	options: [
		{
			displayName: 'Acknowledge',
			name: 'acknowledge',
			type: 'options',
			default: 'received',
			description: 'When Tally is told that the submission has arrived',
			options: [
				{
					name: 'When Received',
					value: 'received',
					description: 'At once. What happens in the workflow afterwards is up to n8n.',
				},
				{
					name: 'When Finished',
					value: 'finished',
					description:
						'When the workflow has succeeded. If it fails, or takes longer than 10 seconds, Tally sends the submission again.',
				},
			],
		},
		answerKeysOption,
		{
			displayName: 'Binary Field Prefix',
			name: 'binaryPrefix',
			type: 'string',
			default: 'file_',
			displayOptions: { show: { downloadFiles: [true] } },
			description: 'How the names of the binary fields begin; a number from 0 follows, e.g. file_0',
		},
		{
			displayName: 'Download Files',
			name: 'downloadFiles',
			type: 'boolean',
			default: false,
			description: 'Whether to fetch uploaded files and signatures, up to 25 MB each, and output them as binary data',
		},
		includeLinksOption,
		{
			displayName: 'Include Raw Payload',
			name: 'raw',
			type: 'boolean',
			default: false,
			description: 'Whether to output also what Tally sent, as the field raw; its links only with Include Links',
		},
		includeUnansweredOption,
		{
			displayName: 'Test With',
			name: 'testWith',
			type: 'options',
			default: 'newest',
			description: 'What the listen button waits for. Published workflows are not concerned.',
			options: [
				{
					name: 'Newest Submission',
					value: 'newest',
					description: 'Show the newest submission at once; wait for one if there is none yet',
				},
				{
					name: 'Next Submission',
					value: 'next',
					description: 'Wait until the form is submitted',
				},
			],
		},
	],
};

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
