import { parsedJson } from '../../parameters/json';
import { isPlainObject, type Entry } from '../../properties/flatten';
import { readAmount } from './amount';

/**
 * The properties of the event Charged in the form that CleverTap counts: `Items` as a list of objects, also of its
 * JSON text, `Amount` as a number, whatever the case of these two names.
 *
 *     [['items', '[{"SKU": "a"}]'], ['Amount', '1,234.50']] → [['Items', [{SKU: 'a'}]], ['Amount', 1234.5]]
 *
 * @see https://developer.clevertap.com/docs/upload-events-api
 */
export function asCharged(entries: readonly Entry[]): { entries: Entry[]; adjusted: string[] } {
	const adjusted: string[] = [];
	const given = new Set(entries.map(([name]) => name));
	const changed = entries.map((entry): Entry => {
		const [name, value, how] = entry;
		const known = ['Items', 'Amount'].find((own) => own.toLowerCase() === name.trim().toLowerCase());
		// Who is called so exactly goes first.
		if (known === undefined || (known !== name && given.has(known))) return entry;
		const read = known === 'Items' ? itemsIn(value) : amountIn(value);
		if (read === undefined) return entry;
		given.add(known);
		if (known !== name) adjusted.push(`"${known}" was sent under this name`);
		if (typeof value === 'string') {
			adjusted.push(`"${known}" was sent as ${known === 'Items' ? 'the list that its text is' : 'a number'}`);
		}
		return how === undefined ? [known, read] : [known, read, how];
	});
	return { entries: changed, adjusted };
}

/** A list of objects, one object alone, or the JSON text of either or of each. */
function itemsIn(value: unknown): readonly object[] | undefined {
	const given = objectIn(value);
	const list: readonly unknown[] = Array.isArray(given) ? given.map(objectIn) : [given];
	return list.length > 0 && list.every(isPlainObject) ? list : undefined;
}

function objectIn(value: unknown): unknown {
	return typeof value === 'string' && /^\s*[[{]/.test(value) ? parsedJson(value) : value;
}

function amountIn(value: unknown): number | undefined {
	if (typeof value === 'string') return readAmount(value);
	return typeof value === 'number' ? value : undefined;
}
