import { isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';

/**
 * A list of objects in a JSON field, given as text or by an expression.
 *
 *     '[{"type": "FORM_TITLE"}]' → [{type: 'FORM_TITLE'}]
 *
 * @throws ItemError that names the field, if it is no such list, or empty
 */
export function readObjects(value: unknown, label: string): Array<Record<string, unknown>> {
	const list = parsed(value, label);
	if (!Array.isArray(list) || !list.every(isRecord)) {
		throw new ItemError(`"${label}" is not a list of objects`, 'Enter JSON such as [{ … }, { … }].');
	}
	if (list.length === 0) throw new ItemError(`"${label}" is empty`, 'Enter at least one object.');
	return list;
}

/** @throws ItemError that names the field, if it is not a JSON object */
export function readObject(value: unknown, label: string): Record<string, unknown> {
	const object = parsed(value, label);
	if (isRecord(object)) return object;
	throw new ItemError(`"${label}" is not a JSON object`, 'Enter JSON such as { "isClosed": true }.');
}

function parsed(value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		// The error below says it better.
	}
	throw new ItemError(`"${label}" is not valid JSON`, 'Check its brackets, quotes and commas.');
}
