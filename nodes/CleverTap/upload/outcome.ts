import { NodeApiError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { failedItems } from '../../shared/failedItem';
import type { Rules } from '../properties/rules';
import type { UploadRecord } from '../result/record';
import { OUTCOME } from '../result/ownOutcome';
import { isFailed, sentence, type Failed, type Skipped, type Verdict } from '../result/verdict';

/** What became of the input items, each at its own number; a list of each thing takes less memory than a thing of each item. */
export interface Outcomes {
	readonly verdicts: readonly Verdict[];
	/** What an item says if CleverTap took it, `status` first; of any other what went where, if anything did. */
	readonly outputs: ReadonlyArray<IDataObject | undefined>;
	/** What was changed so that CleverTap can hold it, of items of which anything was. */
	readonly adjusted: ReadonlyMap<number, readonly string[]>;
	/** What was sent, of items that show it. */
	readonly records?: ReadonlyMap<number, readonly UploadRecord[]>;
}

/** How outcomes are told. */
export interface Telling {
	/** By the rules of version 1, `sent` also stands where nothing was stored. */
	readonly rules: Rules;
	/** CleverTap only checked the records. */
	readonly dryRun: boolean;
	/** Whether the outcome stands alone, or beside the fields of the item, under the node's name. */
	readonly output: 'item' | 'outcome';
}

/** How many refused items the error of a whole run names one by one. */
const NAMED_IN_ERROR = 10;

/**
 * The node's output: for every item what was sent where and how it ended. An item that failed has
 * `error` (one line) and `details`: n8n, too, goes by these.
 *
 *     {Email: 'ada@example.com'} → {cleverTap: {status: 'accepted', sent: 'profile', …}, Email: 'ada@example.com'}
 *
 * @throws one NodeApiError for all items that failed, unless the node continues on fail.
 */
export function itemsOrError(context: IExecuteFunctions, outcomes: Outcomes, telling: Telling): INodeExecutionData[] {
	const { verdicts } = outcomes;
	const failed: Array<{ item: number; verdict: Failed }> = [];
	verdicts.forEach((verdict, item) => {
		if (isFailed(verdict)) failed.push({ item, verdict });
	});
	if (failed.length > 0 && !context.continueOnFail()) throw summary(context, failed, verdicts.length);

	const failedItem = failedItems(context);
	const input = context.getInputData();
	return verdicts.map((verdict, item) => {
		const outcome = outcomeOf(verdict, item, outcomes, telling);
		if (isFailed(verdict)) return failedItem(item, { error: sentence(verdict), details: outcome });
		return telling.output === 'outcome'
			? { json: outcome, pairedItem: { item } }
			: withOutcome(input[item], outcome, item);
	});
}

/**
 * The item as it came, with what became of it in front, where it is seen. What an earlier node of ours has said
 * gives way.
 */
function withOutcome(
	{ json, binary }: INodeExecutionData = { json: {} },
	outcome: IDataObject,
	item: number,
): INodeExecutionData {
	return {
		json: { [OUTCOME]: outcome, ...json, ...(OUTCOME in json ? { [OUTCOME]: outcome } : {}) },
		...(binary === undefined ? {} : { binary }),
		pairedItem: { item },
	};
}

/**
 * What one item says of itself: `status`, why it is so if it is not accepted, what of it is stored (`sent`), of
 * whom, and what was changed.
 */
function outcomeOf(verdict: Verdict, item: number, outcomes: Outcomes, { rules, dryRun }: Telling): IDataObject {
	const output = outcomes.outputs[item] ?? {};
	const adjusted = outcomes.adjusted.get(item);
	const records = shownRecords(verdict, outcomes.records?.get(item));
	if (verdict.status === 'accepted' && !dryRun && adjusted === undefined && records === undefined) return output;

	const said = dryRun && !isFailed(verdict) ? { status: 'valid' } : verdict;
	const json: IDataObject = { ...said, ...output, status: said.status };
	if (rules === 2 && (dryRun || verdict.status !== 'accepted')) {
		const { sent } = verdict as Failed | Skipped;
		if (dryRun || sent === undefined) delete json.sent;
		else json.sent = sent;
	}
	if (adjusted !== undefined) json.adjusted = [...adjusted];
	if (records !== undefined) json.records = records;
	return json;
}

/** Of an event that was stored before, only the profile went out, if there is one. */
function shownRecords(verdict: Verdict, records?: readonly UploadRecord[]): readonly UploadRecord[] | undefined {
	if (records === undefined || verdict.status !== 'skipped') return records;
	return verdict.sent === undefined ? undefined : records.filter(({ type }) => type === verdict.sent);
}

function summary(
	context: IExecuteFunctions,
	failed: ReadonlyArray<{ item: number; verdict: Failed }>,
	total: number,
): NodeApiError {
	const [first] = failed as [{ item: number; verdict: Failed }];
	const lines = failed
		.slice(0, NAMED_IN_ERROR)
		.map(({ item, verdict }) => `[Item ${item}] ${sentence(verdict).replace(/\.$/, '')}. ${verdict.advice}`);
	if (failed.length > NAMED_IN_ERROR) lines.push(`… and ${failed.length - NAMED_IN_ERROR} more`);
	const others = total - failed.length;
	if (others > 0) {
		lines.push(
			`The other ${others} went well. To let them go on, set "On Error" in this node’s settings to "Continue (using error output)".`,
		);
	}
	return new NodeApiError(
		context.getNode(),
		{},
		{
			message: total === 1 ? sentence(first.verdict) : headline(failed, total),
			// Of a single item the message has said the rest.
			description: total === 1 ? first.verdict.advice : lines.join('\n'),
			itemIndex: first.item,
		},
	);
}

/** Says of refused and of unknown items what is known of each. */
function headline(failed: ReadonlyArray<{ verdict: Failed }>, total: number): string {
	const refusals = failed.filter(({ verdict }) => verdict.status === 'refused').length;
	const unknowns = failed.length - refusals;
	const parts = [
		...(refusals > 0 ? [`CleverTap did not take ${refusals} of ${total} items`] : []),
		...(unknowns > 0 ? [`the outcome of ${unknowns} of ${total} items is unknown`] : []),
	];
	const text = parts.join('; ');
	return text.charAt(0).toUpperCase() + text.slice(1);
}
