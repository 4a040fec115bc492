import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { UploadOptions } from '../fields/options';
import { networkLine } from '../transport/ask';
import { attempt } from './attempt';
import { nodeMarkStore, UploadOnce } from './once';
import { itemsOrError } from './outcome';
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
	const count = this.getInputData().length;
	const outputs: IDataObject[] = [];
	const adjusted = new Map<number, readonly string[]>();
	const unsent = new Map<number, Refused>();

	/** Makes the records of an item when its batch is due: those of a large run need not be there all at once. */
	function* preparedItems(): Generator<Prepared> {
		for (let item = 0; item < count; item++) {
			const result = attempt(() => prepare(item));
			if (isRefused(result)) {
				unsent.set(item, result);
			} else {
				outputs[item] = result.output;
				if (result.adjusted.length > 0) adjusted.set(item, result.adjusted);
				yield result;
			}
		}
	}

	const neverTwice = options.unconfirmedEvents === 'neverTwice';
	const once = options.uploadOnce && !options.dryRun ? new UploadOnce(nodeMarkStore.call(this), neverTwice) : undefined;
	const carrier = uploadCarrier.call(this, options.dryRun);
	const verdicts = await uploadAll(preparedItems(), options, carrier, once);
	for (const [item, verdict] of unsent) verdicts[item] = verdict;
	return itemsOrError.call(this, { verdicts, outputs, adjusted }, options.dryRun);
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
