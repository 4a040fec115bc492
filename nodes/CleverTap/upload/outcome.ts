import {
	NodeApiError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { RESULT_KEY } from '../properties/read';
import { isFailed, type Failed, type Verdict } from './verdict';

/** What became of one input item. */
export interface Outcome {
	readonly verdict: Verdict;
	readonly adjusted: readonly string[];
}

/** How many refused items the error of a whole run names one by one. */
const NAMED_IN_ERROR = 10;

/**
 * The node's output: every item goes on as it came, with what became of it under `cleverTap`. An
 * item that failed gets `error` (one line) and `details` instead; n8n knows it by just these names
 * and moves it to the error output, where it adds the input's fields itself.
 *
 * @throws one NodeApiError for all items that failed, unless the node continues on fail.
 */
export function itemsOrError(
	this: IExecuteFunctions,
	outcomes: readonly Outcome[],
	dryRun: boolean,
): INodeExecutionData[] {
	const input = this.getInputData();
	const failed = outcomes.flatMap(({ verdict }, item) =>
		isFailed(verdict) ? [{ item, verdict }] : [],
	);
	if (failed.length > 0 && !this.continueOnFail()) throw summary.call(this, failed, input.length);

	const hasErrorOutput = this.getNode().onError === 'continueErrorOutput';
	return outcomes.map(({ verdict, adjusted }, item) => {
		const { json = {}, binary } = input[item] ?? {};
		const notes = adjusted.length > 0 ? { adjusted: [...adjusted] } : {};
		const origin = { ...(binary ? { binary } : {}), pairedItem: { item } };
		if (!isFailed(verdict)) {
			const result = dryRun ? { status: 'valid' } : verdict;
			return { json: { ...json, [RESULT_KEY]: { ...result, ...notes } }, ...origin };
		}
		const failure = { error: sentence(verdict), details: { ...verdict, ...notes } };
		return { json: hasErrorOutput ? failure : { ...json, ...failure }, ...origin };
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
		.map(({ item, verdict }) => `[Item ${item}] ${sentence(verdict)}. ${verdict.advice}`);
	if (failed.length > NAMED_IN_ERROR) lines.push(`… and ${failed.length - NAMED_IN_ERROR} more`);
	const taken = total - failed.length;
	lines.push(
		taken === 0
			? 'No item was accepted.'
			: `The other ${taken} were accepted. To let them go on, set "On Error" in this node’s settings to "Continue (using error output)".`,
	);
	return new NodeApiError(
		this.getNode(),
		{},
		{
			message:
				total === 1
					? sentence(first.verdict)
					: `CleverTap did not take ${failed.length} of ${total} items`,
			description: lines.join('\n'),
			itemIndex: first.item,
		},
	);
}

/** CleverTap's code and words, as one line. */
export function sentence({ code, reason }: Failed): string {
	return code === undefined ? reason : `${code}: ${reason}`;
}
