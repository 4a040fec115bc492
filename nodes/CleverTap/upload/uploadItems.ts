import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toItemError } from '../../shared/perItem';
import type { UploadOptions } from '../parameters/uploadOptions';
import type { UploadRecord } from '../result/record';
import { isFailed, verdictOf, type Verdict } from '../result/verdict';
import { networkClient } from '../transport/client';
import { earlierTries } from './earlierTries';
import { bareHints, storedHints, strayContact, strayHints, type Stored, type Stray } from './hints';
import { UploadOnce } from './once';
import { itemsOrError } from './outcome';
import type { Prepared } from './preparedItem';
import { nodeMarkStore } from './sharedMarks';
import { together, uploadAll } from './uploadAll';

/** How n8n starts a run in a process that serves others after it; `n8n execute` ends with its run. */
const LONG_LIVED: ReadonlySet<string> = new Set(['webhook', 'trigger']);

/**
 * Turns every input item into its records, sends all of them in as few requests as CleverTap allows,
 * and gives each item its own outcome. Everything is attempted before anything fails.
 *
 * @param prepare makes the records of one item; where it throws, that is the item's own failure
 * @throws one NodeApiError that names the refused items, unless the node continues on fail
 */
export async function uploadItems(
	context: IExecuteFunctions,
	options: UploadOptions,
	prepare: (item: number) => Prepared,
): Promise<INodeExecutionData[]> {
	const count = context.getInputData().length;
	const outputs: IDataObject[] = [];
	const adjusted = new Map<number, readonly string[]>();
	const records = new Map<number, readonly UploadRecord[]>();
	const bare: number[] = [];
	const strays: Array<{ item: number; stray: Stray }> = [];
	const unsent = new Map<number, Verdict>();
	const tries = earlierTries(context);

	/** Makes the records of an item when its batch is due: those of a large run need not be there all at once. */
	function* preparedItems(): Generator<Prepared> {
		for (let item = 0; item < count; item++) {
			const earlier = tries?.said(item);
			let prepared: Prepared | undefined;
			try {
				prepared = prepare(item);
			} catch (thrown) {
				// What was stored stays stored, whatever its expressions give now.
				unsent.set(
					item,
					earlier && tries ? together(tries.verdicts(item), options).verdict : verdictOf(toItemError(thrown)),
				);
			}
			const { output, adjusted: changes = [], isBare = false, records: made } = earlier ?? prepared ?? {};
			if (output !== undefined) outputs[item] = output;
			if (options.includeRecord && made !== undefined) records.set(item, made);
			if (changes.length > 0) adjusted.set(item, changes);
			if (isBare) bare.push(item);
			const stray = made === undefined ? undefined : strayContact(made);
			if (stray !== undefined) strays.push({ item, stray });
			if (prepared !== undefined) yield prepared;
		}
	}

	const neverTwice = options.unconfirmedEvents === 'neverTwice';
	const once =
		options.uploadOnce && !options.dryRun
			? new UploadOnce(nodeMarkStore(context, options.remember), neverTwice, LONG_LIVED.has(context.getMode()))
			: undefined;
	const verdicts = await uploadAll(networkClient(context), preparedItems(), options, once, tries);
	for (const [item, verdict] of unsent) verdicts[item] = verdict;
	const output = itemsOrError(context, { verdicts, outputs, adjusted, records }, options);
	const isThere = (item: number): boolean => !isFailed(verdicts[item] as Verdict);
	const hints = [
		...bareHints(bare.filter(isThere), count),
		...strayHints(
			strays.filter(({ item }) => isThere(item)),
			count,
		),
		...(context.getMode() === 'manual' && !options.dryRun ? storedHints(storedIn(verdicts, outputs)) : []),
	];
	if (hints.length > 0) context.addExecutionHints(...hints);
	return output;
}

function storedIn(verdicts: readonly Verdict[], outputs: ReadonlyArray<IDataObject | undefined>): Stored {
	const sent = verdicts.map((verdict, item) => {
		const { sent: kinds } = verdict.status === 'accepted' ? (outputs[item] ?? {}) : verdict;
		return typeof kinds === 'string' ? kinds : '';
	});
	return {
		profiles: sent.filter((kinds) => kinds.includes('profile')).length,
		events: sent.filter((kinds) => kinds.includes('event')).length,
	};
}
