import {
	NodeOperationError,
	sleep,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { UploadOptions } from '../fields/options';
import { cleverTapRequest } from '../transport/request';
import { planBatches, runBatches } from './batches';
import { itemsOrError, type Outcome } from './outcome';
import type { Prepared } from './record';
import { CREDENTIAL_REFUSED, send, type Carrier } from './send';
import { isRefused, type Refused, type Verdict } from './verdict';

const WAIT_SLICE_MS = 500;

/**
 * Turns every input item into a record, sends all of them in as few requests as CleverTap allows,
 * and gives each item its own outcome. Everything is attempted before anything fails.
 *
 * @param prepare makes the record of one item, or says why there can be none.
 * @throws one NodeApiError that names the refused items, unless the node continues on fail.
 */
export async function uploadItems(
	this: IExecuteFunctions,
	options: UploadOptions,
	prepare: (item: number) => Prepared | Refused,
): Promise<INodeExecutionData[]> {
	const outcomes: Outcome[] = [];
	const records: Prepared[] = [];
	for (let item = 0; item < this.getInputData().length; item++) {
		const prepared = prepare(item);
		if (isRefused(prepared)) {
			outcomes[item] = { verdict: prepared, adjusted: [] };
		} else {
			records.push(prepared);
		}
	}

	const carrier = networkCarrier.call(this, options.dryRun);
	// Wrong credentials stay wrong: what has not gone out when CleverTap says so is not tried.
	let closed: Verdict | undefined;
	await runBatches(planBatches(records, options.batchSize), options.concurrency, async ({ entries }) => {
		const verdicts = closed
			? entries.map(() => closed)
			: await send(
					entries.map(({ record }) => record),
					options,
					carrier,
				);
		entries.forEach(({ item, adjusted }, index) => {
			const verdict = verdicts[index] as Verdict;
			outcomes[item] = { verdict, adjusted };
			if (isRefused(verdict) && CREDENTIAL_REFUSED.has(verdict.code ?? 0)) closed = verdict;
		});
	});

	return itemsOrError.call(this, outcomes, options.dryRun);
}

/** The real network and the real clock; both end when the execution is cancelled. */
function networkCarrier(this: IExecuteFunctions, dryRun: boolean): Carrier {
	return {
		post: async (records) => {
			stopIfCancelled.call(this);
			return await cleverTapRequest.call(this, {
				method: 'POST',
				path: '/1/upload',
				...(dryRun ? { qs: { dryRun: 1 } } : {}),
				body: { d: records },
			});
		},
		wait: async (milliseconds) => {
			// In slices, since n8n's own sleep can't be ended.
			for (let left = milliseconds; left > 0; left -= WAIT_SLICE_MS) {
				stopIfCancelled.call(this);
				await sleep(Math.min(left, WAIT_SLICE_MS));
			}
		},
		random: () => Math.random(),
	};
}

function stopIfCancelled(this: IExecuteFunctions): void {
	if (this.getExecutionCancelSignal()?.aborted) {
		throw new NodeOperationError(this.getNode(), 'The execution was cancelled');
	}
}
