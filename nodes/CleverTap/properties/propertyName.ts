import { createHash } from 'node:crypto';

import { visibleText } from '../../shared/text';
import { byteLength, fits, shorten } from './shorten';

/** 120 bytes for a profile's property, 120 characters for an event's: the narrower serves both (upload user profiles, upload events). */
export const NAME_BYTES = 120;

/** U+FE5F, small number sign */
const NUMBER_SIGN = '﹟';

/**
 * What stands for each sign that CleverTap drops a property for (its page on platform considerations): a sign
 * that looks the same and that no keyboard types. `#` is forbidden in a profile only.
 */
const STAND_INS: Readonly<Record<string, string>> = {
	'%': '﹪', // U+FE6A, small percent sign
	'>': '˃', // U+02C3, modifier letter right arrowhead
	'<': '˂', // U+02C2, modifier letter left arrowhead
	'!': 'ǃ', // U+01C3, retroflex click
	'|': 'ǀ', // U+01C0, dental click
	'&': '﹠', // U+FE60, small ampersand
	'.': '․', // U+2024, one dot leader
	':': '꞉', // U+A789, modifier letter colon
	';': '﹔', // U+FE54, small semicolon
	$: '﹩', // U+FE69, small dollar sign
	"'": '’', // U+2019, the apostrophe of printed texts
	'"': 'ʺ', // U+02BA, modifier letter double prime
	'\\': '∖', // U+2216, set minus
	'#': NUMBER_SIGN,
	'\n': '↵', // U+21B5
	'\t': '⇥', // U+21E5
	'\r': '␍', // U+240D
	'\v': '␋', // U+240B
	'\f': '␌', // U+240C
	'\x85': '␤', // U+2424
};
/** Stands before a stand-in that was in the text itself, so that it is not taken for the sign it looks like. */
const LITERALLY = 'ˋ'; // U+02CB, modifier letter grave
/** The apostrophe is typed both ways by the same people: `’` stays, and means the same name as `'`. */
const SAME_SIGN = '’';
/** A name that shows nothing; no other name begins so. */
const UNNAMED = `${LITERALLY}Unnamed`;

/** Half of a character, as a text has it that was cut at the wrong place; CleverTap could not store it. */
const HALF = '\\ud800-\\udfff';
const LITERALS = LITERALLY + Object.values(STAND_INS).join('').replace(SAME_SIGN, '').replace(NUMBER_SIGN, '');
const SIGNS = '%><!|&.:;$\'"\\\\\\n\\t\\r\\v\\f\\x85';

const CHANGED = {
	profile: new RegExp(`[${SIGNS}#${LITERALS}${NUMBER_SIGN}${HALF}]`, 'gu'),
	event: new RegExp(`[${SIGNS}${LITERALS}${HALF}]`, 'gu'),
};

/** Signs by their stand-ins; the apostrophe stays as it is, and means the same. */
const SIGN_OF = new Map(
	Object.entries(STAND_INS).flatMap(([sign, standIn]): Array<[string, string]> =>
		standIn === SAME_SIGN ? [] : [[standIn, sign]],
	),
);
/** A sign that was in the text itself, behind its mark; or one that stands for another. */
const STOOD_IN = new RegExp(`${LITERALLY}([${LITERALS}${NUMBER_SIGN}])|[${[...SIGN_OF.keys()].join('')}]`, 'gu');

const MARK_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MARK_LENGTH = 4;
/** A cut name ends with it: a dot and the hash. */
const MARK_BYTES = byteLength('·') + MARK_LENGTH;

/** So far a name is looked at; of a longer text all counts for the hash. */
const MAX_READ = 10_000;

/** All items of a run have the same names; the longest are found anew rather than kept in memory. */
const MAX_REMEMBERED = 1000;
const MAX_REMEMBERED_LENGTH = 1000;

/** The same function, which remembers the names that it has made last. */
export function remembering(make: (text: string) => string): (text: string) => string {
	const names = new Map<string, string>();
	return (text) => {
		const known = names.get(text);
		if (known !== undefined) return known;
		const name = make(text);
		if (text.length > MAX_REMEMBERED_LENGTH) return name;
		if (names.size >= MAX_REMEMBERED) names.clear();
		names.set(text, name);
		return name;
	};
}

const remembered = {
	profile: remembering((text) => makeName(text, 'profile')),
	event: remembering((text) => makeName(text, 'event')),
};

/**
 * The name under which CleverTap gets a property: of the text and the kind of record alone, whatever else is in
 * the record. At most 120 bytes, no sign that CleverTap drops a property for.
 *
 * - A name that needs no change keeps it: `Größe – ça va ?`.
 * - A forbidden sign becomes one that looks the same: `What's your name?` → `What’s your name?`,
 *   `Budget ($)` → `Budget (﹩)`.
 * - What is too long is cut at the end of a character and marked with a hash of the whole: `… by which you ·k3F9`.
 *
 * Two texts give two names, unless they differ only in invisible characters, blanks at their ends, the ends of
 * lines or the kind of apostrophe (or, cut, in one case of 15 million, in their hash). A stand-in that was in
 * the text itself is told from the sign by a mark before it.
 *
 * Standard properties (`email` is `Email`) are the caller's to find, before it asks for a name.
 */
export function propertyName(text: string, target: 'profile' | 'event'): string {
	return remembered[target](text);
}

/**
 * The text of which `propertyName` makes this name: what to give where a property is chosen by the name that it has
 * in CleverTap.
 *
 *     'Budget (﹩)' → 'Budget ($)'       'What’s your name?', 'Plan' → the same
 */
export function textOfName(name: string, target: 'profile' | 'event'): string {
	return name.replace(STOOD_IN, (sign, literal: string | undefined) => {
		// In the name of an event `#` is not forbidden: what looks like it is meant.
		if (target === 'event' && sign.endsWith(NUMBER_SIGN)) return sign;
		return literal ?? SIGN_OF.get(sign) ?? sign;
	});
}

/** How many bytes the name would take if it were not cut. */
export function fullNameBytes(text: string, target: 'profile' | 'event'): number {
	return byteLength(uncut(text, target));
}

function makeName(text: string, target: 'profile' | 'event'): string {
	const name = uncut(text, target);
	if (text.length > MAX_READ) return marked(name, text);
	return fits(name, NAME_BYTES) ? name : marked(name, visibleLines(text).replaceAll("'", SAME_SIGN));
}

function uncut(text: string, target: 'profile' | 'event'): string {
	const visible = visibleLines(text);
	return visible === '' ? UNNAMED : visible.replace(CHANGED[target], stand);
}

function visibleLines(text: string): string {
	return visibleText(text.slice(0, MAX_READ)).replace(/\r\n/g, '\n');
}

function stand(sign: string): string {
	const standIn = STAND_INS[sign];
	if (standIn !== undefined) return standIn;
	const code = sign.charCodeAt(0);
	const isHalf = code >= 0xd800 && code <= 0xdfff;
	return LITERALLY + (isHalf ? code.toString(16).toUpperCase() : sign);
}

/** The beginning of a name and a mark of the whole text. */
function marked(name: string, whole: string): string {
	// Not even letters of one byte could have more room: no long text is taken apart.
	const start = name.slice(0, 2 * NAME_BYTES);
	return `${shorten(start, NAME_BYTES - MARK_BYTES).trimEnd()}·${hash(whole)}`;
}

function hash(text: string): string {
	// UTF-16 tells apart what UTF-8 does not: halves of characters.
	let number = createHash('sha256').update(text, 'utf16le').digest().readUIntBE(0, 6);
	let letters = '';
	while (letters.length < MARK_LENGTH) {
		letters += MARK_LETTERS.charAt(number % MARK_LETTERS.length);
		number = Math.floor(number / MARK_LETTERS.length);
	}
	return letters;
}
