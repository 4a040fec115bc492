import { isRecord } from '../narrowing';
import type { Input } from '../run/input';

/**
 * A list of objects in a JSON field, given as text or by an expression.
 *
 * @throws NodeOperationError that names the field, if it is no such list, or empty
 */
export function readObjects(input: Input, value: unknown, label: string): Array<Record<string, unknown>> {
	const list = parsed(input, value, label);
	if (!Array.isArray(list) || !list.every(isRecord)) {
		throw input.wrong(`"${label}" is not a list of objects`, 'Enter JSON such as [{ … }, { … }].');
	}
	if (list.length === 0) throw input.wrong(`"${label}" is empty`, 'Enter at least one object.');
	return list;
}

/** @throws NodeOperationError that names the field, if it is no JSON object */
export function readObject(input: Input, value: unknown, label: string): Record<string, unknown> {
	const object = parsed(input, value, label);
	if (isRecord(object)) return object;
	throw input.wrong(`"${label}" is not a JSON object`, 'Enter JSON such as { "isClosed": true }.');
}

function parsed(input: Input, value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		throw input.wrong(`"${label}" is not valid JSON`, 'Check its brackets, quotes and commas.');
	}
}
