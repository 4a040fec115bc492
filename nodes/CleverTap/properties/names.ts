import { visibleText } from '../../shared/text';
import { NAME_BYTES, propertyName, remembering } from './propertyName';
import type { Rules } from './rules';
import { byteLength, fits, shorten } from './shorten';

/** What a property belongs to; the rules for names differ a little. */
export type Target = 'profile' | 'event';

/**
 * Characters that CleverTap drops a property for.
 *
 * @see https://developer.clevertap.com/docs/platform-considerations
 */
const FORBIDDEN: Readonly<Record<Target, RegExp>> = {
	profile: /[%><!|&.:;$'"\\#]/g,
	event: /[%><!|&.:;$'"\\]/g,
};
const BLANKS = /[\p{Cc}\s]+/gu;

/**
 * Properties that CleverTap knows by name, each with its exact spelling.
 *
 * @see https://developer.clevertap.com/docs/upload-user-profiles-api
 */
export const STANDARD_PROPERTIES = [
	'Name',
	'Email',
	'Phone',
	'Gender',
	'DOB',
	'Age',
	'Employed',
	'Married',
	'Education',
	'Photo',
	'Customer Type',
	'Tz',
	'MSG-email',
	'MSG-push',
	'MSG-sms',
	'MSG-whatsapp',
	'MSG-dndPhone',
	'MSG-dndEmail',
	'MSG-dndSMS',
	'MSG-dndWhatsApp',
	'category-unsubscribe',
	'category-resubscribe',
] as const;
const STANDARD = new Map<string, string>(STANDARD_PROPERTIES.map((name) => [name.toLowerCase(), name]));
const EXACT: ReadonlySet<string> = new Set(STANDARD_PROPERTIES);

/** Whether CleverTap itself gives this profile property a meaning and a format. */
export function isStandard(name: string): boolean {
	return EXACT.has(name);
}

/** The standard spelling of a name, whatever its case: `email` is `Email`. */
export function standardName(name: string): string | undefined {
	return STANDARD.get(name.trim().toLowerCase());
}

/**
 * The name that a property has in CleverTap by the rules of version 2, of its text alone: CleverTap's own spelling
 * of a standard property, else a name that no other text has.
 */
export function sentName(text: string, target: Target, matchStandardProperties: boolean): string {
	if (target === 'event') return propertyName(text, 'event');
	return matchStandardProperties ? matchedName(text) : unmatchedName(text);
}

const matchedName = remembering((text) => profileName(text, true));
const unmatchedName = remembering((text) => profileName(text, false));

function profileName(text: string, matchStandardProperties: boolean): string {
	const visible = text.length > NAME_BYTES ? text : visibleText(text);
	const standard = standardName(visible);
	const isMeant = standard !== undefined && (matchStandardProperties || standard === visible);
	return isMeant ? standard : propertyName(text, 'profile');
}

/** The same for all names of a run; none where the rules of version 1 hold. */
export function sentNames(
	target: Target,
	{ rules, matchStandardProperties }: { readonly rules: Rules; readonly matchStandardProperties: boolean },
): ((text: string) => string) | undefined {
	return rules === 1 ? undefined : (text) => sentName(text, target, matchStandardProperties);
}

/** A name without the characters that CleverTap does not take in one: `'Paid: 5 $'` → `'Paid 5'`; it can be empty. */
export function stripped(name: string, target: Target): string {
	return name.replace(FORBIDDEN[target], '').replace(BLANKS, ' ').trim();
}

/** The same for a property, which must have a name. */
export function cleanName(name: string, target: Target): string {
	return cleaned[target](name);
}

const cleaned = {
	profile: remembering((name) => stripped(name, 'profile') || 'Property'),
	event: remembering((name) => stripped(name, 'event') || 'Property'),
};

/**
 * The name itself if nobody has it yet, else `Name (2)`, `Name (3)` …, always within the limit.
 *
 * @param last the last number of each name, so that none of them is tried again
 */
export function uniqueName(
	name: string,
	isTaken: (name: string) => boolean,
	last: Map<string, number> = new Map(),
): string {
	const short = fits(name, NAME_BYTES) ? name : shorten(name, NAME_BYTES).trim();
	if (!isTaken(short)) return short;
	for (let number = (last.get(short) ?? 1) + 1; ; number++) {
		const suffix = ` (${number})`;
		const candidate = shorten(name, NAME_BYTES - byteLength(suffix)).trim() + suffix;
		if (isTaken(candidate)) continue;
		last.set(short, number);
		return candidate;
	}
}
