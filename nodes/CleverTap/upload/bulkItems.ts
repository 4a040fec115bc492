import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toItemError } from '../../shared/perItem';
import { ACCEPTED, verdictOf, type Accepted, type Verdict } from '../result/verdict';
import { closedByRefusedCredentials, networkClient } from '../transport/client';
import type { CleverTapRequest } from '../transport/request';
import { cutBatches, runBatches } from './batches';
import { earlierTries } from './earlierTries';
import { itemsOrError } from './outcome';
import { sendBulk, sendOnce } from './policies';

/** How one kind of upkeep goes out. */
export interface Bulk<T> {
	/** Records in a request, at most. */
	readonly size: number;
	/** Requests under way at a time, at most. */
	readonly parallel: number;
	/** What an item says that CleverTap took. */
	readonly accepted: Accepted;
	/** Whether asking for the same thing once is enough, however many items ask for it. */
	readonly mergesRepeats: boolean;
	/** Whether nothing may go out twice, in no mode, such as what reaches people. */
	readonly onlyOnce?: boolean;
	/** Whether nothing goes out at all: each item says what would be sent. */
	readonly dryRun?: boolean;
	/** The record of one item. @throws ItemError where there is none */
	prepare(item: number): Task<T>;
	/** The request that carries these records, all of one group. */
	toRequest(records: readonly T[], group: string): CleverTapRequest;
}

export interface Task<T> {
	readonly record: T;
	/** Only records of one group can share a request. */
	readonly group: string;
	/** Same text, same target: such records must not overtake each other. */
	readonly target: string;
	/** Whom it concerns, for the output. */
	readonly sent: IDataObject;
	/** What was changed so that CleverTap finds it, for the user. */
	readonly adjusted?: readonly string[];
}

/** Each item has one. */
const RECORD = 'record';

interface Entry<T> extends Task<T> {
	readonly user: string;
	readonly items: number[];
}

/**
 * Sends something for every input item, in as few requests as CleverTap allows, and gives each item
 * its own outcome. Everything is attempted before anything fails.
 *
 * @throws one NodeApiError that names the refused items, unless the node continues on fail
 */
export async function bulkItems<T>(context: IExecuteFunctions, bulk: Bulk<T>): Promise<INodeExecutionData[]> {
	const verdicts: Verdict[] = [];
	const outputs: IDataObject[] = [];
	const adjusted = new Map<number, readonly string[]>();
	const groups = new Map<string, Array<Entry<T>>>();
	const known = new Map<string, Entry<T>>();
	const tries = earlierTries(context);
	for (let item = 0; item < context.getInputData().length; item++) {
		const settled = tries?.settled(item, RECORD);
		if (settled !== undefined) {
			const { output, adjusted: changes } = tries?.said(item) ?? {};
			verdicts[item] = settled;
			if (output !== undefined) outputs[item] = output;
			if (changes !== undefined) adjusted.set(item, changes);
			continue;
		}
		try {
			const task = bulk.prepare(item);
			if (task.adjusted !== undefined && task.adjusted.length > 0) adjusted.set(item, task.adjusted);
			const key = `${task.group}:${task.target}`;
			const repeated = bulk.mergesRepeats ? known.get(key) : undefined;
			if (repeated) {
				repeated.items.push(item);
				continue;
			}
			const entry = { ...task, user: task.target, items: [item] };
			known.set(key, entry);
			const group = groups.get(task.group);
			if (group) group.push(entry);
			else groups.set(task.group, [entry]);
		} catch (thrown) {
			verdicts[item] = verdictOf(toItemError(thrown));
		}
	}

	function* batches() {
		for (const entries of groups.values()) yield* cutBatches(entries, bulk.size);
	}
	const client = closedByRefusedCredentials(networkClient(context));
	const { onlyOnce = false, dryRun = false } = bulk;
	const send = async (batch: ReadonlyArray<Entry<T>>): Promise<Verdict[]> => {
		if (dryRun) return batch.map(() => ACCEPTED);
		const records = batch.map(({ record }) => record);
		const group = batch[0]?.group ?? '';
		return await (onlyOnce ? sendOnce : sendBulk)(client, records, (part) => bulk.toRequest(part, group));
	};
	await runBatches(batches(), bulk.parallel, async (batch) => {
		const results = await send(batch);
		batch.forEach(({ items, sent }, index) => {
			const verdict = results[index] as Verdict;
			for (const item of items) {
				const output = verdict.status === 'accepted' ? { ...bulk.accepted, ...sent } : sent;
				verdicts[item] = verdict;
				outputs[item] = output;
				tries?.note(item, RECORD, verdict, !onlyOnce || dryRun, { output, adjusted: adjusted.get(item) });
			}
		});
	});
	return itemsOrError(context, { verdicts, outputs, adjusted }, { rules: 1, dryRun, output: 'outcome' });
}
