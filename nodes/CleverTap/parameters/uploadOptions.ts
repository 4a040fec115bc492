import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { nodeError } from '../../shared/nodeError';
import { hasExpression, parameterReader } from '../../shared/parameters/reader';
import { requiredYesNo } from '../../shared/yesNo';
import type { Target } from '../properties/names';
import type { Rules } from '../properties/rules';
import { identityProblem } from './identity';
import { rulesOf } from './rules';

/**
 * The most records that CleverTap takes in one request.
 *
 * @see https://developer.clevertap.com/docs/upload-events-api
 */
export const MAX_BATCH_SIZE = 1000;
/**
 * Requests at a time: 15 per account and kind by today's documentation, 3 by the older one.
 *
 * @see https://developer.clevertap.com/docs/api-request-limit
 */
export const MAX_CONCURRENCY = 15;
const DEFAULT_CONCURRENCY = 3;

type NamedOption = Extract<NonNullable<INodeProperties['options']>[number], { displayName: string; type: unknown }>;

const batchSize: NamedOption = {
	displayName: 'Batch Size',
	name: 'batchSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_BATCH_SIZE },
	default: MAX_BATCH_SIZE,
	description: 'How many records go out in one request; CleverTap takes 1000',
};

const concurrency: NamedOption = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
	default: DEFAULT_CONCURRENCY,
	description:
		'How many requests are under way at a time. CleverTap takes 15 per account, which all your workflows and other senders share.',
};

const dryRun: NamedOption = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether CleverTap should only check the records and store nothing. Turn it on while you try the workflow.',
};

const includeRecord: NamedOption = {
	displayName: 'Include Record',
	name: 'includeRecord',
	type: 'boolean',
	default: false,
	description:
		'Whether the output shows the records as they went to CleverTap, in the field "records". A dry run always shows them.',
	displayOptions: { show: { '@version': [2] } },
};

const includeFileLinks: NamedOption = {
	displayName: 'Include File Links',
	name: 'includeFileLinks',
	type: 'boolean',
	default: false,
	description:
		'Whether "Every Field of the Input Item" also sends the links of uploaded files. Who sees them in CleverTap can open the files as long as the form’s service lets them.',
	displayOptions: { show: { '@version': [2] } },
};

const listSeparator: NamedOption = {
	displayName: 'List Separator',
	name: 'listSeparator',
	type: 'string',
	default: ', ',
	description: 'What stands between the texts of a list where CleverTap takes only one text',
};

const matchStandardProperties: NamedOption = {
	displayName: 'Match Standard Properties',
	name: 'matchStandardProperties',
	type: 'boolean',
	default: true,
	description:
		'Whether a name such as email or PHONE means CleverTap’s own Email or Phone. Otherwise it becomes a property of your own.',
};

const output: NamedOption = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	default: 'item',
	description: 'What the next node gets of an item that went well',
	displayOptions: { show: { '@version': [2] } },
	options: [
		{
			name: 'Input Item With Outcome',
			value: 'item',
			description: 'The fields of the input item, and the outcome in the field "cleverTap"',
		},
		{ name: 'Outcome Only', value: 'outcome', description: 'What was sent, of whom, and how it ended' },
	],
};

/** How many uploads a node remembers, and at most may be told to. */
const REMEMBERED_UPLOADS = 10_000;
const MAX_REMEMBERED_UPLOADS = 1_000_000;

const remember: NamedOption = {
	displayName: 'Remember',
	name: 'remember',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_REMEMBERED_UPLOADS },
	default: REMEMBERED_UPLOADS,
	description:
		'How many uploads n8n remembers for "Upload Once Key", the latest ones. Each takes 30 bytes of a row in n8n’s database, which is read and written as a whole before and after an upload, or several that come at the same time: 300 kB for 10,000 uploads.',
};

const unconfirmedEvents: NamedOption = {
	displayName: 'Unconfirmed Events',
	name: 'unconfirmedEvents',
	type: 'options',
	default: 'fail',
	description:
		'What to do when the connection breaks and it is unknown whether CleverTap has stored the events; CleverTap never recognizes an event that is sent twice',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description:
				'The item fails; its event may be stored or not. Where the node runs again for it, also by Retry On Fail, the event goes out again: it may then be stored twice.',
		},
		{
			name: 'Never Send Twice',
			value: 'neverTwice',
			description:
				'The item fails; its event may be stored or not. Retry On Fail does not send it again, nor does a later run with the same Upload Once Key: it may be missing, but is never there twice.',
		},
		{
			name: 'Retry at Once',
			value: 'retry',
			description: 'The event goes out again at once, until CleverTap answers: it may be stored twice, but is not lost',
		},
	],
};

const dateProperties: NamedOption = {
	displayName: 'Date Properties',
	name: 'dateProperties',
	type: 'string',
	default: '',
	placeholder: 'e.g. Delivery day, Renewal',
	description:
		'Names of the properties that hold dates, with commas between them. CleverTap stores their values as dates, and you can compare them in segments.',
};

const uploadOnceKey: NamedOption = {
	displayName: 'Upload Once Key',
	name: 'uploadOnceKey',
	type: 'string',
	default: '={{ $json.submissionId }}',
	description:
		'What makes the event the same event, such as the ID of a submission. n8n remembers the last 10,000 keys of this node, or as many as "Remember" says, and skips an event that was uploaded before, so that a submission that arrives twice makes one event.',
};

const onBadStandardProperty: NamedOption = {
	displayName: 'When a Standard Property Is Not Valid',
	name: 'onBadStandardProperty',
	type: 'options',
	default: 'refuse',
	description:
		'What to do with an Email, Phone, Gender, Age, Employed, Married or Education for which CleverTap would refuse the whole profile',
	displayOptions: { show: { '@version': [2] } },
	options: [
		{ name: 'Leave It Out', value: 'leaveOut', description: 'The rest of the profile goes out; the output says so' },
		{ name: 'Refuse the Item', value: 'refuse', description: 'The item fails with CleverTap’s reason' },
	],
};

const onTooLong: NamedOption = {
	displayName: 'When Too Long',
	name: 'onTooLong',
	type: 'options',
	default: 'shorten',
	description: 'What to do with a name over 120 bytes or a value over 512 bytes',
	options: [
		{ name: 'Refuse the Item', value: 'refuse', description: 'The item fails and says what is too long' },
		{ name: 'Shorten', value: 'shorten', description: 'Cut it at the end of a character; the output says so' },
	],
};

/** The options of an upload; those that only make sense for one kind of record are left out. */
export function uploadOptions(target: Target): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'How records are sent, and what becomes of values that CleverTap can’t hold',
		options: [
			// What is good for trying goes first, the others by name.
			dryRun,
			batchSize,
			concurrency,
			dateProperties,
			includeFileLinks,
			includeRecord,
			listSeparator,
			matchStandardProperties,
			output,
			...(target === 'event' ? [remember, unconfirmedEvents, uploadOnceKey] : []),
			onBadStandardProperty,
			onTooLong,
		],
	};
}

/** What to do when it is unknown whether CleverTap took a batch that holds events. */
export type UnconfirmedEvents = 'fail' | 'retry' | 'neverTwice';

/** The options with their defaults filled in and their numbers inside CleverTap's limits. */
export interface UploadOptions {
	readonly rules: Rules;
	readonly batchSize: number;
	readonly concurrency: number;
	readonly dryRun: boolean;
	/** Whether every field of an item includes links to files. */
	readonly includeFileLinks: boolean;
	/** Whether items show their records. */
	readonly includeRecord: boolean;
	/** Whether the outcome stands beside the fields of the item, or alone. */
	readonly output: 'item' | 'outcome';
	readonly listSeparator: string;
	readonly matchStandardProperties: boolean;
	readonly onTooLong: 'shorten' | 'refuse';
	readonly onBadStandardProperty: 'refuse' | 'leaveOut';
	readonly unconfirmedEvents: UnconfirmedEvents;
	/** Names of properties that hold dates. */
	readonly dates: ReadonlySet<string>;
	/** How many uploads Upload Once remembers. */
	readonly remember: number;
	/** Whether the option Upload Once Key was added; the key itself belongs to each item. */
	readonly uploadOnce: boolean;
}

type YesNo = 'dryRun' | 'includeFileLinks' | 'includeRecord' | 'matchStandardProperties';

/**
 * Options hold for the whole run, so they are read once, with the first item.
 *
 * @throws NodeOperationError for a yes/no option that is neither
 */
export function readUploadOptions(context: IExecuteFunctions): UploadOptions {
	const given = givenOptions(context);
	const rules = rulesOf(context);
	const yesNo = (name: YesNo, label: string, usual: boolean) =>
		name in given ? ofWholeRun(context, () => requiredYesNo(given[name], label)) : usual;
	const isDry = yesNo('dryRun', 'Dry Run', false);
	return {
		rules,
		batchSize: within(given.batchSize, MAX_BATCH_SIZE, MAX_BATCH_SIZE),
		concurrency: within(given.concurrency, DEFAULT_CONCURRENCY, MAX_CONCURRENCY),
		dryRun: isDry,
		// Version 1 sends every field, and knows no option against it.
		includeFileLinks: rules === 1 || yesNo('includeFileLinks', 'Include File Links', false),
		includeRecord: rules === 2 && (isDry || yesNo('includeRecord', 'Include Record', false)),
		listSeparator: given.listSeparator ?? ', ',
		matchStandardProperties: yesNo('matchStandardProperties', 'Match Standard Properties', true),
		onTooLong: given.onTooLong ?? 'shorten',
		onBadStandardProperty: rules === 2 && given.onBadStandardProperty === 'leaveOut' ? 'leaveOut' : 'refuse',
		output: rules === 2 && given.output !== 'outcome' ? 'item' : 'outcome',
		unconfirmedEvents: given.unconfirmedEvents ?? 'fail',
		dates: new Set(namesIn(given.dateProperties)),
		remember: within(given.remember, REMEMBERED_UPLOADS, MAX_REMEMBERED_UPLOADS),
		uploadOnce: 'uploadOnceKey' in given,
	};
}

interface GivenOptions extends Partial<UploadOptions> {
	readonly dateProperties?: unknown;
	readonly uploadOnceKey?: unknown;
}

/**
 * The options as the user set them; of the Upload Once Key only that it is there. n8n makes an isolate to
 * evaluate an expression, which takes longer than all else in a small run; the key, which is nearly always
 * one, is read later and item by item.
 */
function givenOptions(context: IExecuteFunctions): GivenOptions {
	const raw: unknown = context.getNodeParameter('options', 0, {}, { rawExpressions: true });
	if (!isRecord(raw)) return context.getNodeParameter('options', 0, {});
	const valueOf = (name: string, value: unknown) =>
		name !== 'uploadOnceKey' && hasExpression(value) ? context.getNodeParameter(`options.${name}`, 0, '') : value;
	return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, valueOf(name, value)]));
}

function ofWholeRun<T>(context: IExecuteFunctions, read: () => T): T {
	try {
		return read();
	} catch (thrown) {
		throw thrown instanceof ItemError ? nodeError(context, thrown) : thrown;
	}
}

/** Gives the key of any item; nothing if the option was not added. */
export function uploadOnceKeyReader(
	context: IExecuteFunctions,
	{ uploadOnce }: UploadOptions,
): (item: number) => string | undefined {
	const key = parameterReader(context, 'options.uploadOnceKey', '');
	return (item) => (uploadOnce ? toOnceKey(key(item)) : undefined);
}

/** What is no identity is no key either: all items would have the same. A long one is, and so is the row 0. */
function toOnceKey(key: unknown): string {
	const problem = identityProblem(key);
	if (problem === undefined || problem.kind === 'long' || String(key).trim() === '0') return String(key).trim();
	const { kind, reason } = problem;
	const isEmpty = kind === 'empty' || kind === 'type';
	const why = kind === 'placeholder' ? 'stands for nothing' : reason;
	throw new ItemError(
		`"Upload Once Key" ${isEmpty ? 'is empty' : `tells nothing apart: it ${why}`}`,
		'Map a field that tells one submission from another, such as submissionId, or remove the option.',
	);
}

function namesIn(list: unknown): string[] {
	if (typeof list !== 'string') return [];
	return list
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

function within(value: unknown, fallback: number, max: number): number {
	const number = Math.floor(Number(value ?? fallback));
	return Number.isFinite(number) ? Math.min(Math.max(number, 1), max) : fallback;
}
