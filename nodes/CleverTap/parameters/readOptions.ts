import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isBlank } from '../../shared/guards';
import { requiredYesNo } from '../../shared/yesNo';
import { toText } from './text';

/** An entry of a collection. */
export type Option = Extract<NonNullable<INodeProperties['options']>[number], { displayName: string; type: unknown }>;

/** The most records of a page: the largest multiple of 23 within CleverTap's limit of 5000. */
export const MAX_BATCH_SIZE = 4991;
const DEFAULT_MINUTES = 5;
const DEFAULT_LIMIT = 50;

const batchSize: Option = {
	displayName: 'Batch Size',
	name: 'batchSize',
	type: 'number',
	typeOptions: { minValue: 23, maxValue: MAX_BATCH_SIZE },
	default: MAX_BATCH_SIZE,
	description:
		'How many records a page holds at most, rounded up to a multiple of 23 as CleverTap asks. Lower it if pages take too long.',
};

const identity: Option = {
	displayName: 'Identity',
	name: 'identity',
	type: 'string',
	default: '',
	description: 'Only events of the user with this Identity',
};

/** How long to wait for an answer. */
export const maxWait: Option = {
	displayName: 'Max Wait',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_MINUTES,
	description: 'How many minutes to wait for an answer that CleverTap still prepares',
};

/** The collection "Options" of an operation. */
export const collection = (options: Option[], description: string): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	description,
	options,
});

export const countOptions = collection([maxWait], 'How long to wait for CleverTap');
export const profilesOptions = collection([batchSize, maxWait], 'How large a page is, and how long to wait for it');
export const eventsOptions = collection(
	[batchSize, identity, maxWait],
	'Whose events to get, how large a page is, and how long to wait for it',
);

export interface ReadOptions {
	readonly batchSize?: number;
	readonly identity?: string;
	readonly maxWaitMs: number;
}

export function readOptions(context: IExecuteFunctions, item: number): ReadOptions {
	const given = context.getNodeParameter('options', item, {}) as Readonly<Record<string, unknown>>;
	const size = Math.floor(Number(given.batchSize));
	const minutes = Number(given.maxWait ?? DEFAULT_MINUTES);
	return {
		...(size >= 1 ? { batchSize: size } : {}),
		...(isBlank(given.identity) ? {} : { identity: toText(given.identity, 'Identity', 'an identity') }),
		maxWaitMs: (Number.isFinite(minutes) ? Math.max(0, minutes) : DEFAULT_MINUTES) * 60_000,
	};
}

/** Whether a simplified version is wanted. */
export function readSimplify(context: IExecuteFunctions, item: number): boolean {
	return requiredYesNo(context.getNodeParameter('simplify', item, true), 'Simplify');
}

/** How many results are wanted; nothing means all. */
export function readLimit(context: IExecuteFunctions, item: number): { limit?: number } {
	if (requiredYesNo(context.getNodeParameter('returnAll', item, false), 'Return All')) return {};
	const limit = Math.floor(Number(context.getNodeParameter('limit', item, DEFAULT_LIMIT)));
	return { limit: Number.isFinite(limit) ? Math.max(1, limit) : DEFAULT_LIMIT };
}
