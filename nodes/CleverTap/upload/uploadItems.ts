import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { UploadOptions } from '../fields/options';
import { networkLine } from '../transport/ask';
import { attempt } from './attempt';
import { nodeMarkStore, UploadOnce } from './once';
import { itemsOrError, unsent, type Outcome } from './outcome';
import type { Prepared } from './record';
import type { Carrier } from './send';
import { uploadAll } from './uploadAll';
import { isRefused, type Refused, type Verdict } from './verdict';

const NOTHING: readonly string[] = [];

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
	const count = this.getInputData().length;
	const outcomes: Array<Omit<Outcome, 'verdict'> & { verdict: Verdict | undefined }> = [];

	/** Makes the records of an item when its batch is due: those of a large run need not be there all at once. */
	function* preparedItems(): Generator<Prepared> {
		for (let item = 0; item < count; item++) {
			const result = attempt(() => prepare(item));
			if (isRefused(result)) {
				outcomes.push(unsent(result));
			} else {
				const { sent, adjusted } = result;
				// Of most items nothing was adjusted: there are too many to keep an empty list of each.
				outcomes.push({ verdict: undefined, sent, adjusted: adjusted.length > 0 ? adjusted : NOTHING });
				yield result;
			}
		}
	}

	const neverTwice = options.unconfirmedEvents === 'neverTwice';
	const once = options.uploadOnce && !options.dryRun ? new UploadOnce(nodeMarkStore.call(this), neverTwice) : undefined;
	const carrier = uploadCarrier.call(this, options.dryRun);
	const verdicts = await uploadAll(preparedItems(), options, carrier, once);
	outcomes.forEach((outcome, item) => (outcome.verdict ??= verdicts[item]));
	return itemsOrError.call(this, outcomes as Outcome[], options.dryRun);
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
