import type { IExecuteFunctions } from 'n8n-workflow';

import { isBlank } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';

/** The text in a field of one item; a number becomes its digits. @throws ItemError if there is none */
export function readText(context: IExecuteFunctions, name: string, label: string, item: number): string {
	return toText(context.getNodeParameter(name, item, ''), label);
}

/**
 * The trimmed text of a value: `' ada '` → `'ada'`, `42` → `'42'`.
 *
 * @throws ItemError if there is nothing, or something that is no text
 */
export function toText(value: unknown, label: string): string {
	if (typeof value === 'string' && !isBlank(value)) return value.trim();
	if (Number.isFinite(value)) return String(value);
	throw new ItemError(
		isBlank(value) ? `"${label}" is empty` : `"${label}" is neither text nor a number`,
		'Map a field that every item fills in, or filter out the items that lack it before this node.',
	);
}
