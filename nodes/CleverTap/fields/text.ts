import type { IExecuteFunctions } from 'n8n-workflow';

import { refused, type Refused } from '../upload/verdict';

/** The text in a field of one item; a number becomes its digits. */
export function readText(this: IExecuteFunctions, name: string, label: string, item: number): string | Refused {
	return toText(this.getNodeParameter(name, item, ''), label);
}

export function toText(value: unknown, label: string): string | Refused {
	if (typeof value === 'string' && value.trim() !== '') return value.trim();
	if (Number.isFinite(value)) return String(value);
	const empty = value === null || value === undefined || typeof value === 'string';
	return refused(
		empty ? `"${label}" is empty` : `"${label}" is neither text nor a number`,
		'Map a field that every item fills in, or filter out the items that lack it before this node.',
	);
}
