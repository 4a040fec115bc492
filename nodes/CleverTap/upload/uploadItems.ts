import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toItemError } from '../../shared/perItem';
import type { UploadOptions } from '../parameters/uploadOptions';
import { verdictOf, type Failed } from '../result/verdict';
import { networkClient } from '../transport/client';
import { nodeMarkStore, UploadOnce } from './once';
import { itemsOrError } from './outcome';
import type { Prepared } from './preparedItem';
import { uploadAll } from './uploadAll';

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
	const unsent = new Map<number, Failed>();

	/** Makes the records of an item when its batch is due: those of a large run need not be there all at once. */
	function* preparedItems(): Generator<Prepared> {
		for (let item = 0; item < count; item++) {
			let prepared: Prepared;
			try {
				prepared = prepare(item);
			} catch (thrown) {
				unsent.set(item, verdictOf(toItemError(thrown)));
				continue;
			}
			outputs[item] = prepared.output;
			if (prepared.adjusted.length > 0) adjusted.set(item, prepared.adjusted);
			yield prepared;
		}
	}

	const neverTwice = options.unconfirmedEvents === 'neverTwice';
	const once = options.uploadOnce && !options.dryRun ? new UploadOnce(nodeMarkStore(context), neverTwice) : undefined;
	const verdicts = await uploadAll(networkClient(context), preparedItems(), options, once);
	for (const [item, verdict] of unsent) verdicts[item] = verdict;
	return itemsOrError(context, { verdicts, outputs, adjusted }, options.dryRun);
}
