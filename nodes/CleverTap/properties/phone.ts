import { asciiDigits, visibleText } from '../../shared/text';

export interface Phone {
	readonly value: string;
	/** Whether the value is another than the text that was given. */
	readonly isChanged: boolean;
}

/** What CleverTap takes: a plus sign and digits (upload user profiles); E.164 has 15 at most. */
const READY = /^\+[1-9]\d{6,14}$/;
const PLUS = '+＋﹢➕';
const OPENING = '([（［【';
const CLOSING = ')]）］】';
const SLASH = '/／⁄';
/** What stands between digits and says nothing: blanks of one line, dashes, dots. */
const SEPARATOR = /[^\S\t\n\v\f\r\u2028\u2029]|[-‐‑‒–—―−⁃﹘﹣－ー_.·•․・．]/;
/** What people write before a number, and quotes that a sheet puts around it. */
const BEFORE = /^[='"‘’‚“”„<]*(?:tel|phone|mobile|cell|whatsapp)?\.?[:：]?(?:\/\/)?\s*/i;
const AFTER = `,;.'"‘’“”>`;
/** No number takes more, however it is written. */
const MAX_LENGTH = 80;

/** Nor with what is invisible around it. */
const MAX_TYPED = 1000;

/** Countries whose numbers begin with 0 after the country's code: there it is no prefix. */
const ZERO_BELONGS = new Set(['39', '378', '379']);
/** Countries where numbers of today begin with 0 and older ones do not: a 0 in brackets can be either. */
const ZERO_UNCLEAR = new Set(['225', '229', '241', '242']);
/** Countries that dial a 0 at home and have no number that begins with one (ITU-T E.164, national numbering plans). */
const ZERO_IS_PREFIX = new Set(
	(
		'20 27 31 32 33 40 41 43 44 46 49 60 61 62 63 64 66 81 82 84 86 90 91 92 93 94 95 98 ' +
		'212 213 233 234 249 250 251 254 255 256 260 263 353 355 358 359 373 374 380 381 382 383 385 386 387 389 421 ' +
		'855 856 880 886 961 962 963 964 966 967 970 971 972 977 996'
	).split(' '),
);
/** The codes of two digits; 1 and 7 stand alone, all others have three (ITU-T E.164). */
const TWO_DIGITS = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/**
 * A phone number as CleverTap takes it, from what people type and address books copy:
 * `+44 (0)20 7946 0958` → `+442079460958`, `0049 89 1234567` → `+49891234567`.
 *
 * Only what is certain is changed. Everything else stays as typed and CleverTap judges: numbers without plus
 * or 00, with an extension, two numbers in one text, letters. No digit is ever added or put elsewhere.
 */
export function readPhone(text: string): Phone {
	if (READY.test(text)) return { value: text, isChanged: false };
	const value = text.length > MAX_TYPED ? text : (international(asciiDigits(visibleText(text))) ?? text);
	return { value, isChanged: value !== text };
}

function international(text: string): string | undefined {
	if (text.length > MAX_LENGTH) return undefined;
	let end = text.length;
	while (end > 0 && AFTER.includes(text.charAt(end - 1))) end--;
	const marked = withoutSeparators(text.slice(0, end).replace(BEFORE, ''));
	if (marked === undefined) return undefined;
	const parts = /^\(?(\+{1,2}(?:00)?|00)\)?([\d()/]+)$/.exec(marked);
	const rest = parts?.[2];
	if (rest === undefined || !isOneNumber(rest)) return undefined;
	const number = withoutPrefix(rest);
	if (number === undefined || !/^[1-9]\d{6,14}$/.test(number) || !hasKnownLength(number)) return undefined;
	// In some countries 001 is what 00 is elsewhere: what follows must be a number of North America.
	if (parts?.[1] === '00' && number.startsWith('1') && !/^1[2-9]\d\d[2-9]/.test(number)) return undefined;
	return `+${number}`;
}

/** Digits, plus, brackets and slashes in ASCII, without what separates; nothing if there is anything else. */
function withoutSeparators(text: string): string | undefined {
	let kept = '';
	for (const character of text) {
		const sign = toAscii(character);
		if (sign !== undefined) kept += sign;
		else if (!SEPARATOR.test(character)) return undefined;
	}
	return kept;
}

function toAscii(character: string): string | undefined {
	if (character >= '0' && character <= '9') return character;
	if (PLUS.includes(character)) return '+';
	if (OPENING.includes(character)) return '(';
	if (CLOSING.includes(character)) return ')';
	return SLASH.includes(character) ? '/' : undefined;
}

/** A slash behind the area code separates; further on it stands before another number: `…1234567/68`. */
function isOneNumber(rest: string): boolean {
	const [area = '', own, more] = rest.replace(/[()]/g, '').split('/');
	return own === undefined || (more === undefined && area.length <= 7 && own.length >= 5);
}

/** The digits without the 0 that is only dialled inside the country; nothing where that can't be told. */
function withoutPrefix(rest: string): string | undefined {
	const digits = rest.replace(/\D/g, '');
	const country = countryCode(digits);
	const national = digits.slice(country.length);
	if (!national.startsWith('0') || ZERO_BELONGS.has(country)) return digits;
	const behindCountry = new RegExp(`^\\(*${[...country].join('\\(?')}\\)*/?`).exec(rest)?.[0] ?? '';
	const isBracketed = rest.slice(behindCountry.length).startsWith('(0)');
	if (ZERO_UNCLEAR.has(country)) return isBracketed ? undefined : digits;
	const significant = national.slice(1);
	// At home Hungary dials 06, of which people put the 0 alone in brackets; 6 also begins area codes.
	if (country === '36' && significant.startsWith('6')) return undefined;
	const isPrefix = (isBracketed || ZERO_IS_PREFIX.has(country)) && !significant.startsWith('0');
	return isPrefix ? country + significant : undefined;
}

function countryCode(digits: string): string {
	if (/^[17]/.test(digits)) return digits.slice(0, 1);
	return digits.slice(0, TWO_DIGITS.test(digits) ? 2 : 3);
}

/** Of two countries every number has the same length: what is longer holds more than one number. */
function hasKnownLength(number: string): boolean {
	return !/^[17]/.test(number) || number.length === 11;
}
