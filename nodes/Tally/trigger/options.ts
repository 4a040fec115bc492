import type { IDataObject, IHookFunctions, INodeProperties, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

import { readYesNo, requiredYesNo } from '../../shared/yesNo';
import type { ItemOptions } from '../submission/item';
import {
	answerKeysOption,
	includeLinksOption,
	includeUnansweredOption,
	readItemOptions,
} from '../submission/itemOptions';
import { abandonedAfterOption, checkEveryOption } from './listening';
import { warnOnceAMinute } from './log';

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
			description:
				'Whether to fetch uploaded files and signatures and output them as binary data: up to 25 MB each, 50 files and 100 MB in all. A file that can’t be fetched in 7 seconds gets a note with its link.',
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

/** The same with what version 1.2 brought, from A to Z. */
export const optionsWithChecks: INodeProperties = {
	...optionsParameter,
	options: [...(optionsParameter.options ?? []), abandonedAfterOption, checkEveryOption].sort((one, other) =>
		labelOf(one).localeCompare(labelOf(other)),
	),
};

function labelOf(option: NonNullable<INodeProperties['options']>[number]): string {
	return 'displayName' in option ? option.displayName : option.name;
}

/** Whether a test shows the newest submission at once, or waits for the next one. */
export function testsWithNewest(context: IHookFunctions): boolean {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return options.testWith !== 'next';
}

/** Whether Tally gets its answer when the workflow has finished, or at once. */
export function answersWhenFinished(context: IHookFunctions | ITriggerFunctions): boolean {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return options.acknowledge === 'finished';
}

const TRIGGER_OPTIONS = ['answerKeys', 'binaryPrefix', 'downloadFiles', 'includeLinks', 'includeUnanswered', 'raw'];

/** In place of an option whose expression fails. */
const UNREADABLE = Symbol('unreadable');

/** What the user wants of a submission. */
export interface TriggerOptions extends ItemOptions {
	downloadFiles: boolean;
	/** How the names of binary fields begin. */
	binaryPrefix: string;
}

/**
 * Checks the yes/no options, for somebody who looks on.
 *
 * @throws ItemError that names the option, if it is neither yes nor no
 */
export function assertOptions(context: IHookFunctions): void {
	chosenIn(context.getNodeParameter('options', {}) as IDataObject, requiredYesNo);
}

/** The options as set. No submission is lost for one that can't be read: it counts as its default, and the log says so. */
export function readOptions(context: ITriggerFunctions | IWebhookFunctions): TriggerOptions {
	return chosenIn(readableOptions(context), (value, label) => {
		const isOn = readYesNo(value);
		if (isOn !== undefined) return isOn;
		warnOnceAMinute(
			context,
			`Tally Trigger could not read its option "${label}" as yes or no: it counts as off. Use true or false in its expression.`,
		);
		return false;
	});
}

function chosenIn(options: IDataObject, isOn: (value: unknown, label: string) => boolean): TriggerOptions {
	return {
		...readItemOptions(options, isOn),
		raw: isOn(options.raw, 'Include Raw Payload'),
		downloadFiles: isOn(options.downloadFiles, 'Download Files'),
		binaryPrefix: typeof options.binaryPrefix === 'string' ? options.binaryPrefix : 'file_',
	};
}

/** All options at once, or, where the expression of one fails, one by one. */
function readableOptions(context: ITriggerFunctions | IWebhookFunctions): IDataObject {
	try {
		return context.getNodeParameter('options', {}) as IDataObject;
	} catch {
		const read = (name: string): unknown => {
			try {
				return context.getNodeParameter(`options.${name}`, null);
			} catch {
				return UNREADABLE;
			}
		};
		return Object.fromEntries(TRIGGER_OPTIONS.map((name) => [name, read(name)])) as IDataObject;
	}
}
