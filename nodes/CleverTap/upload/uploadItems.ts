import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { UploadOptions } from '../fields/options';
import { networkLine } from '../transport/ask';
import { nodeMarkStore, UploadOnce } from './once';
import { itemsOrError, unsent, type Outcome } from './outcome';
import type { Prepared } from './record';
import type { Carrier } from './send';
import { uploadAll } from './uploadAll';
import { isRefused, type Refused } from './verdict';

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
			outcomes[item] = unsent(result);
		} else {
			prepared.push(result);
		}
	}

	const neverTwice = options.unconfirmedEvents === 'neverTwice';
	const once =
		options.uploadOnce && !options.dryRun
			? new UploadOnce(nodeMarkStore.call(this), neverTwice)
			: undefined;
	const verdicts = await uploadAll(prepared, options, uploadCarrier.call(this, options.dryRun), once);
	prepared.forEach(({ item, sent, adjusted }, index) => {
		const verdict = verdicts[index];
		if (verdict) outcomes[item] = { verdict, sent, adjusted };
	});
	return itemsOrError.call(this, outcomes, options.dryRun);
}

/** Uploads over the real network. */
function uploadCarrier(this: IExecuteFunctions, dryRun: boolean): Carrier {
	const line = networkLine.call(this);
	const path = dryRun ? '/1/upload?dryRun=1' : '/1/upload';
	return {
		...line,
		post: async (records) => await line.request({ method: 'POST', path, body: { d: records } }),
	};
}
