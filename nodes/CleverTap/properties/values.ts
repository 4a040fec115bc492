import { isDate, toDateProperty } from './dates';
import { isFile } from './flatten';

/** A text value takes 512 bytes, in a profile and in an event (upload user profiles, upload events). */
export const VALUE_BYTES = 512;
/** A multi-value property holds 100 unique texts; CleverTap drops what is beyond. */
export const LIST_ITEMS = 100;

/**
 * A single value as CleverTap holds it: text, number, boolean, or a date as `$D_` and seconds;
 * `undefined` for what says nothing (null, empty text) or can't be said (NaN, functions).
 */
export function scalar(value: unknown): string | number | boolean | undefined {
	if (typeof value === 'string') return value.trim() === '' ? undefined : value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value === 'boolean') return value;
	if (typeof value === 'bigint') return value.toString();
	if (isDate(value)) return toDateProperty(value);
	if (isFile(value)) return value.url;
	return undefined;
}

/** The texts of a list; what is neither text nor number nor file is written as JSON. */
export function texts(list: readonly unknown[]): string[] {
	return list.flatMap((item) => {
		if (item === null || item === undefined) return [];
		if (isDate(item)) return [isoText(item)];
		const single = scalar(item);
		if (single !== undefined) return [String(single)];
		return typeof item === 'object' ? [JSON.stringify(item)] : [];
	});
}

function isoText(date: Date | { toMillis(): number }): string {
	const milliseconds = date instanceof Date ? date.getTime() : date.toMillis();
	return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : 'invalid date';
}

/**
 * A phone number without the blanks, dashes, dots and brackets that people type; only if it begins
 * with a plus sign and nothing else is left. CleverTap shows no number with any of them.
 */
export function tidyPhone(value: string): string {
	const tidy = value.replace(/[\s().\-/]/g, '');
	return /^\+\d+$/.test(tidy) ? tidy : value;
}
