import { isBlank } from '../../shared/guards';
import { isDate } from '../../shared/moments';

import { dateProperty } from './dateProperty';
import { isFile } from './flatten';

/**
 * A text value takes 512 bytes, in a profile and in an event.
 *
 * @see https://developer.clevertap.com/docs/upload-events-api
 */
export const VALUE_BYTES = 512;
/** A multi-value property holds 100 unique texts; CleverTap drops what is beyond. */
export const LIST_ITEMS = 100;

/**
 * A single value as CleverTap holds it: text, number, boolean, or a date as `$D_` and seconds;
 * `undefined` for what says nothing (null, empty text) or can't be said (NaN, functions).
 */
export function scalar(value: unknown): string | number | boolean | undefined {
	if (isBlank(value)) return undefined;
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value === 'boolean') return value;
	if (typeof value === 'bigint') return value.toString();
	if (isDate(value)) return dateProperty(value);
	if (isFile(value)) return isBlank(value.url) ? undefined : value.url;
	return undefined;
}

/** The texts of a list; what is neither text nor number, date nor file is written as JSON. */
export function texts(list: readonly unknown[]): string[] {
	return list.map(textOf).filter((text) => text !== undefined);
}

/** How many values of a list say something that no text can. */
export function lost(list: readonly unknown[]): number {
	return list.filter((item) => !isBlank(item) && textOf(item) === undefined).length;
}

function textOf(item: unknown): string | undefined {
	if (isBlank(item)) return undefined;
	if (isDate(item)) return isoText(item);
	const single = scalar(item);
	if (single !== undefined) return String(single);
	return typeof item === 'object' ? asJson(item) : undefined;
}

/** Nothing for what JSON can't write: a list that holds itself, or one that is nested too deep. */
function asJson(value: unknown): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}

function isoText(given: Date | { toMillis(): number }): string | undefined {
	const date = new Date(given instanceof Date ? given : given.toMillis());
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/**
 * A phone number without the blanks, dashes, dots and brackets that people type; only if it begins
 * with a plus sign and nothing else is left. CleverTap shows no number with any of them.
 */
export function tidyPhone(value: string): string {
	const tidy = value.replace(/[\s().\-/]/g, '');
	return /^\+\d+$/.test(tidy) ? tidy : value;
}

/** Digits alone, perhaps with a fraction. */
export function isDigits(text: string): boolean {
	return /^\d+(\.\d+)?$/.test(text.trim());
}
