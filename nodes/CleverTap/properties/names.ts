import { byteLength, shorten } from './shorten';

/** What a property belongs to; the rules for names differ a little. */
export type Target = 'profile' | 'event';

/** 120 bytes for a profile's property, 120 characters for an event's: the narrower serves both. */
export const NAME_BYTES = 120;

/** Characters that CleverTap drops a property for (its page on platform considerations). */
const FORBIDDEN: Readonly<Record<Target, RegExp>> = {
	profile: /[%><!|&.:;$'"\\#]/g,
	event: /[%><!|&.:;$'"\\]/g,
};
const CONTROL = /\p{Cc}/gu;

/** Properties that CleverTap knows by name, each with its exact spelling (upload user profiles). */
const STANDARD_PROPERTIES = [
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
];
const STANDARD = new Map(STANDARD_PROPERTIES.map((name) => [name.toLowerCase(), name]));
const EXACT = new Set(STANDARD_PROPERTIES);

/** Whether CleverTap itself gives this profile property a meaning and a format. */
export function isStandard(name: string): boolean {
	return EXACT.has(name);
}

const REMEMBERED_NAMES = 1000;

/** The same function, which keeps what it found: all items of a run have the same names. */
function remembering<T>(find: (name: string) => T): (name: string) => T {
	const known = new Map<string, T>();
	return (name) => {
		const before = known.get(name);
		if (before !== undefined) return before;
		const found = find(name);
		if (known.size >= REMEMBERED_NAMES) known.clear();
		known.set(name, found);
		return found;
	};
}

/** A name in lower case; that of most names is asked for again and again. */
const lowerCase = remembering((name) => name.trim().toLowerCase());

/** The standard spelling of a name, whatever its case: `email` is `Email`. */
export function standardName(name: string): string | undefined {
	return STANDARD.get(lowerCase(name));
}

/** A name without the characters that CleverTap does not take in one; it can be empty. */
export function stripped(name: string, target: Target): string {
	return name.replace(CONTROL, ' ').replace(FORBIDDEN[target], '').replace(/\s+/g, ' ').trim();
}

const cleaners: Readonly<Record<Target, (name: string) => string>> = {
	profile: remembering((name) => stripped(name, 'profile') || 'Property'),
	event: remembering((name) => stripped(name, 'event') || 'Property'),
};

/** The same for a property, which must have a name. */
export function cleanName(name: string, target: Target): string {
	return cleaners[target](name);
}

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
	const short = shorten(name, NAME_BYTES).trim();
	if (!isTaken(short)) return short;
	for (let number = (last.get(short) ?? 1) + 1; ; number++) {
		const suffix = ` (${number})`;
		const candidate = shorten(name, NAME_BYTES - byteLength(suffix)).trim() + suffix;
		if (isTaken(candidate)) continue;
		last.set(short, number);
		return candidate;
	}
}
