import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Failure } from '../../../shared/failedItem';
import { isBlank, isRecord, numberIn } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { ItemParameters } from '../../../shared/parameters/itemParameters';
import { perItem } from '../../../shared/perItem';
import { formIn } from '../../form/parameter';
import { RunClient } from '../../transport/client';
import { isId } from '../../transport/ids';
import { REQUESTS_PER_MINUTE } from '../../transport/pace';

/** One input item of a run: what the node's fields hold for it, and the client with which it asks Tally. */
export class TallyItem extends ItemParameters {
	constructor(
		context: IExecuteFunctions,
		item: number,
		readonly client: RunClient,
	) {
		super(context, item);
	}

	/** The ID of the chosen form. */
	form(): string {
		return formIn(this.value('formId'));
	}

	/** An ID that must be there. */
	id(name: string, label: string): string {
		return requiredId(this.text(name, label), label);
	}

	/** An ID that may be left empty; a value that is not an ID must not pass for that. */
	optionalId(name: string, label: string): string | undefined {
		const value = this.value(name);
		return isBlank(value) ? undefined : requiredId(value, label);
	}
}

/**
 * What an operation does that treats its items one after the other, all of them with one client.
 *
 *     execute: forEachItem(async (item) => [{ deleted: true, formId: item.form() }])
 *
 * @param work gives the item's output; where it throws, that is the item's own failure
 * @param hintIfEmpty what the editor shows above the output where there is nothing in it
 */
export function forEachItem(
	work: (item: TallyItem) => Promise<IDataObject[]>,
	hintIfEmpty?: string,
): Operation['execute'] {
	return async (context) => {
		const client = new RunClient(context, requestsPerMinute(context));
		const workOn = async ({ item }: ItemParameters) => await work(new TallyItem(context, item, client));
		return await perItem(context, workOn, failureOf, hintIfEmpty);
	};
}

/** The text, if it is an ID; a number is its digits. */
export function requiredId(value: unknown, label: string): string {
	const given = typeof value === 'number' ? String(value) : value;
	const text = typeof given === 'string' ? given.trim() : given;
	if (isId(text)) return text;
	const isAddress = typeof text === 'string' && /[/:]/.test(text);
	throw new ItemError(
		`The value of "${label}" is ${isAddress ? 'an address' : 'not an ID'}`,
		`"${label}" takes an ID as Tally gives it: letters and digits, nothing else.`,
	);
}

/** The pace of the whole run, which is the first item's where items differ. */
function requestsPerMinute(context: IExecuteFunctions): number {
	const options: unknown = context.getNodeParameter('options', 0, {});
	const wanted = isRecord(options) ? numberIn(options.requestsPerMinute) : NaN;
	return Number.isInteger(wanted) && wanted >= 1 ? wanted : REQUESTS_PER_MINUTE;
}

function failureOf({ message, advice, code }: ItemError): Failure {
	return { error: message, details: { advice, ...(code === undefined ? {} : { status: String(code) }) } };
}
