import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isBlank, isRecord, numberIn } from '../guards';
import { ItemError } from '../itemError';
import { requiredYesNo } from '../yesNo';

const DEFAULT_LIMIT = 50;
const EMPTY_ADVICE = 'Fill it in, or map a field that every item has.';

/** What the node's fields hold for one input item, checked. `label` is what the user sees above the field. */
export class ItemParameters {
	constructor(
		readonly context: IExecuteFunctions,
		readonly item: number,
	) {}

	/** What a field holds; of a resource locator the value, whatever its mode. */
	value(name: string): unknown {
		return plain(this.context.getNodeParameter(name, this.item, null));
	}

	/** A collection's fields that are filled in. */
	collection(name: string): IDataObject {
		const fields: unknown = this.context.getNodeParameter(name, this.item, {});
		if (!isRecord(fields)) return {};
		const filled = Object.entries(fields).flatMap(([key, value]): Array<[string, unknown]> => {
			const held = plain(value);
			return held === undefined || held === null || held === '' ? [] : [[key, held]];
		});
		return Object.fromEntries(filled) as IDataObject;
	}

	/** Whether a yes/no field is on. */
	isOn(name: string, label: string): boolean {
		return requiredYesNo(this.value(name), label);
	}

	/** A text that must be there; a number is its digits. */
	text(name: string, label: string): string {
		return requiredText(this.value(name), label);
	}

	/** The entries of a list that must not be empty: an array, or a text with commas. */
	list(name: string, label: string): string[] {
		const entries = entriesOf(this.value(name));
		if (entries.length > 0) return entries;
		throw new ItemError(`"${label}" is empty`, EMPTY_ADVICE);
	}

	/** How many results are wanted; `undefined` for all. */
	limit(): number | undefined {
		if (this.isOn('returnAll', 'Return All')) return undefined;
		return requiredCount(this.value('limit') ?? DEFAULT_LIMIT, 'Limit');
	}
}

/** The trimmed text, if there is something in it. */
export function requiredText(value: unknown, label: string): string {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text === 'string' && !isBlank(text)) return text.trim();
	throw new ItemError(`"${label}" is empty`, EMPTY_ADVICE);
}

/** A whole number from 1. */
export function requiredCount(value: unknown, label: string): number {
	const number = numberIn(value);
	if (Number.isInteger(number) && number >= 1) return number;
	throw new ItemError(`"${label}" is not a whole number from 1`, 'Enter a number such as 50.');
}

/** The texts and numbers of an array, or of a text with commas or semicolons between them: `'a; b, 3'` → `['a', 'b', '3']`. */
export function entriesOf(value: unknown): string[] {
	return [value]
		.flat()
		.map((entry): unknown => (typeof entry === 'number' ? String(entry) : entry))
		.flatMap((entry) => (typeof entry === 'string' ? entry.split(/[,;]/) : []))
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

function plain(value: unknown): unknown {
	return isRecord(value) && value.__rl === true ? value.value : value;
}
