import { visibleText } from '../../shared/text';
import { adviceFor } from '../result/advice';
import type { PropertyValue } from '../result/record';
import { shownName } from '../result/shownName';
import { dateProperty } from './dateProperty';
import { isEmail, readEmail } from './email';
import { leftOut, type FitOptions } from './fitOptions';
import { fitText } from './fitTexts';
import { standardValue } from './standardValues';
import { isDigits, tidyPhone } from './values';

/** No address is longer, whatever invisible is around it. */
const MAX_LENGTH = 1000;

type Single = string | number | boolean;

/** A value of one of a profile's standard properties. */
export function fitStandard(
	original: string,
	name: string,
	value: Single,
	options: FitOptions,
	adjusted: string[],
): PropertyValue | undefined {
	if (name === 'Email') return fitEmail(original, value, options, adjusted);
	if (options.rules === 1) return fitAsBefore(original, name, value, options, adjusted);
	const brought = standardValue(name, value);
	if ('advice' in brought) return leftOut(original, `it is not a valid date. ${brought.advice}`, adjusted);
	// A date is a date's only form.
	if (brought.isChanged && name !== 'DOB') {
		adjusted.push(`"${shownName(original)}" was written the way CleverTap takes it`);
	}
	return fitAccepted(original, name, brought.value as Single, options, adjusted);
}

function fitEmail(original: string, value: Single, options: FitOptions, adjusted: string[]): PropertyValue | undefined {
	const visible = typeof value === 'string' && value.length <= MAX_LENGTH ? visibleText(value) : value;
	if (visible === '') return leftOut(original, 'it holds nothing that can be seen', adjusted);
	if (visible !== value) adjusted.push(`"${shownName(original)}" was sent without blanks and invisible characters`);
	const address = options.rules === 2 && typeof visible === 'string' ? readEmail(visible) : visible;
	if (address !== visible) adjusted.push(`"${shownName(original)}" was sent as the address alone`);
	return fitAccepted(original, 'Email', address, options, adjusted);
}

/** The value, or nothing where CleverTap would refuse the whole record for it and the user wants the rest. */
function fitAccepted(
	original: string,
	name: string,
	value: Single,
	options: FitOptions,
	adjusted: string[],
): PropertyValue | undefined {
	const check = options.onBadStandardProperty === 'leaveOut' ? CHECKS.get(name) : undefined;
	if (check !== undefined && !check.accepts(value))
		return leftOut(original, `it is not valid. ${adviceFor(check.code)}`, adjusted);
	return typeof value === 'string' ? fitText(original, value, options, adjusted) : value;
}

/** What CleverTap takes under its own names, as far as that is known, and its code for what it refuses. */
const CHECKS = new Map<string, { readonly code: number; accepts(value: Single): boolean }>([
	['Gender', { code: 514, accepts: oneOf('M', 'F') }],
	['Email', { code: 515, accepts: (value) => typeof value === 'string' && isEmail(value) }],
	['Phone', { code: 516, accepts: (value) => typeof value === 'string' && /^\+[1-9]\d{6,14}$/.test(value) }],
	['Employed', { code: 517, accepts: oneOf('Y', 'N') }],
	['Education', { code: 518, accepts: oneOf('School', 'College', 'Graduate') }],
	['Married', { code: 519, accepts: oneOf('Y', 'N') }],
	['Age', { code: 520, accepts: (value) => typeof value !== 'boolean' && /^\d+$/.test(String(value)) }],
]);

function oneOf(...words: readonly string[]): (value: Single) => boolean {
	return (value) => words.includes(String(value));
}

/** By the rules of version 1. */
function fitAsBefore(
	original: string,
	name: string,
	value: Single,
	options: FitOptions,
	adjusted: string[],
): PropertyValue | undefined {
	if (name === 'DOB') {
		const date = typeof value === 'string' && !isDigits(value) ? dateProperty(value) : undefined;
		if (date !== undefined) return date;
		adjusted.push(`"${shownName(original)}" is not a valid date; it was not sent as one`);
	}
	if (typeof value !== 'string') return value;
	const text = name === 'Phone' ? tidyPhone(value) : value;
	if (text !== value) adjusted.push(`"${shownName(original)}" was sent without blanks and marks`);
	return fitText(original, text, options, adjusted);
}
