import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { throwIfCancelled } from '../../shared/cancel';
import { ItemParameters } from '../../shared/parameters/itemParameters';
import { toItemError } from '../../shared/perItem';
import { ACCEPTED, verdictOf, type Verdict } from '../result/verdict';
import { earlierTries } from './earlierTries';
import { itemsOrError } from './outcome';

/** Each item has one. */
const RECORD = 'record';

/**
 * Does something that must not be done twice for one input item after the other. All are attempted before anything
 * fails; what was done, or may have been, is not done again when n8n's Retry On Fail runs the node anew.
 *
 * @param work gives the item's output; where it throws, that is the item's own failure
 * @throws one NodeApiError for all items that failed, unless the node continues on fail
 */
export async function onceItems(
	context: IExecuteFunctions,
	work: (parameters: ItemParameters) => Promise<IDataObject>,
): Promise<INodeExecutionData[]> {
	const tries = earlierTries(context);
	const verdicts: Verdict[] = [];
	const outputs: Array<IDataObject | undefined> = [];
	for (let item = 0; item < context.getInputData().length; item++) {
		const settled = tries?.settled(item, RECORD);
		if (settled !== undefined) {
			verdicts[item] = settled;
			outputs[item] = tries?.said(item)?.output;
			continue;
		}
		let verdict: Verdict = ACCEPTED;
		let output: IDataObject | undefined;
		try {
			output = { ...ACCEPTED, ...(await work(new ItemParameters(context, item))) };
		} catch (thrown) {
			throwIfCancelled(context);
			verdict = verdictOf(toItemError(thrown));
		}
		verdicts[item] = verdict;
		outputs[item] = output;
		tries?.note(item, RECORD, verdict, false, output === undefined ? {} : { output });
	}
	const outcomes = { verdicts, outputs, adjusted: new Map<number, readonly string[]>() };
	return itemsOrError(context, outcomes, { rules: 1, dryRun: false, output: 'outcome' });
}
