import { NodeApiError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { failedItems } from '../failedItems';
import { isFailed, type Failed, type Refused, type Verdict } from './verdict';

/** What became of one input item. */
export interface Outcome {
	readonly verdict: Verdict;
	/** What went where, in a few words of the output; nothing if no record could be made. */
	readonly sent: IDataObject;
	readonly adjusted: readonly string[];
}

/** The outcome of an item for which no record could be made. */
export function unsent(verdict: Refused): Outcome {
	return { verdict, sent: {}, adjusted: [] };
}

/** How many refused items the error of a whole run names one by one. */
const NAMED_IN_ERROR = 10;

/**
 * The node's output: for every item what was sent where and how it ended. An item that failed has
 * `error` (one line) and `details`.
 *
 * @throws one NodeApiError for all items that failed, unless the node continues on fail.
 */
export function itemsOrError(
	this: IExecuteFunctions,
	outcomes: readonly Outcome[],
	dryRun: boolean,
): INodeExecutionData[] {
	const failed = outcomes.flatMap(({ verdict }, item) => (isFailed(verdict) ? [{ item, verdict }] : []));
	if (failed.length > 0 && !this.continueOnFail()) throw summary.call(this, failed, outcomes.length);

	const failedItem = failedItems.call(this);
	return outcomes.map(({ verdict, sent, adjusted }, item) => {
		const notes = adjusted.length > 0 ? { adjusted: [...adjusted] } : {};
		if (isFailed(verdict)) {
			return failedItem(item, { error: sentence(verdict), details: { ...verdict, ...sent, ...notes } });
		}
		const result = dryRun ? { status: 'valid' } : verdict;
		return { json: { ...result, ...sent, ...notes }, pairedItem: { item } };
	});
}

function summary(
	this: IExecuteFunctions,
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
		this.getNode(),
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
		...(unknowns > 0 ? [`nobody knows whether CleverTap took ${unknowns} of ${total} items`] : []),
	];
	const text = parts.join('; ');
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** CleverTap's code and words, as one line. */
export function sentence({ code, reason }: Failed): string {
	return code === undefined ? reason : `${code}: ${reason}`;
}
