import {
	NodeOperationError,
	sleep,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { UploadOptions } from '../fields/options';
import { cleverTapRequest } from '../transport/request';
import { nodeMarkStore, UploadOnce } from './once';
import { itemsOrError, type Outcome } from './outcome';
import type { Prepared } from './record';
import type { Carrier } from './send';
import { uploadAll } from './uploadAll';
import { isRefused, type Refused } from './verdict';

const WAIT_SLICE_MS = 500;

/**
 * Turns every input item into its records, sends all of them in as few requests as CleverTap allows,
 * and gives each item its own outcome. Everything is attempted before anything fails.
 *
 * @param prepare makes the records of one item, or says why there can be none.
 * @throws one NodeApiError that names the refused items, unless the node continues on fail.
 */
export async function uploadItems(
	this: IExecuteFunctions,
	options: UploadOptions,
	prepare: (item: number) => Prepared | Refused,
): Promise<INodeExecutionData[]> {
	const outcomes: Outcome[] = [];
	const prepared: Prepared[] = [];
	for (let item = 0; item < this.getInputData().length; item++) {
		const result = prepare(item);
		if (isRefused(result)) {
			outcomes[item] = { verdict: result, adjusted: [] };
		} else {
			prepared.push(result);
		}
	}

	const neverTwice = options.unconfirmedEvents === 'neverTwice';
	const once =
		options.uploadOnce && !options.dryRun
			? new UploadOnce(nodeMarkStore.call(this), neverTwice)
			: undefined;
	const verdicts = await uploadAll(prepared, options, networkCarrier.call(this, options.dryRun), once);
	prepared.forEach(({ item, adjusted }, index) => {
		const verdict = verdicts[index];
		if (verdict) outcomes[item] = { verdict, adjusted };
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
