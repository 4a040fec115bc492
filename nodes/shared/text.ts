type Range = readonly [first: number, last: number];

/** What nobody sees wherever it stands. */
const INVISIBLE: readonly Range[] = [
	// Control characters other than tabs and line breaks.
	[0x00, 0x08],
	[0x0e, 0x1f],
	[0x7f, 0x84],
	[0x86, 0x9f],
	// Soft hyphen, grapheme joiner.
	[0xad, 0xad],
	[0x34f, 0x34f],
	// Marks of direction: an address book wraps a phone number in U+202A and U+202C.
	[0x61c, 0x61c],
	[0x200e, 0x200f],
	[0x202a, 0x202e],
	// Zero-width blank, word joiner and its neighbours, isolates of direction, byte order mark.
	[0x200b, 0x200b],
	[0x2060, 0x206f],
	[0xfeff, 0xfeff],
	// Annotations, the placeholder of a pasted object.
	[0xfff9, 0xfffc],
];
/** What means something in its place only: joiners, variation selectors, the tags of flags. */
const IN_PLACE: readonly Range[] = [
	[0x200c, 0x200d],
	[0xfe00, 0xfe0f],
	[0xe0000, 0xe01ef],
];
/** What shows nothing and is no blank to JavaScript: next line, Hangul fillers, Mongolian separator, empty Braille. */
const OTHER_BLANK: readonly Range[] = [
	[0x85, 0x85],
	[0x115f, 0x1160],
	[0x180e, 0x180e],
	[0x2800, 0x2800],
	[0x3164, 0x3164],
	[0xffa0, 0xffa0],
];

const escaped = (code: number): string => `\\u{${code.toString(16)}}`;
/** The inside of a character class. */
const asClass = (ranges: readonly Range[]): string =>
	ranges.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join('');

const SUSPECT = new RegExp(`[${asClass([...INVISIBLE, ...IN_PLACE, ...OTHER_BLANK])}]`, 'u');
const ALL_INVISIBLE = new RegExp(`[${asClass(INVISIBLE)}]+`, 'gu');
const STANDS_IN_PLACE = new RegExp(`[${asClass(IN_PLACE)}]`, 'u');
const BLANK = new RegExp(`[\\s${asClass(OTHER_BLANK)}]`, 'u');

const ZERO_WIDTH_NON_JOINER = 0x200c;
const ZERO_WIDTH_JOINER = 0x200d;
const KEYCAP = '\u20e3';
const BLACK_FLAG = '\u{1f3f4}';

/**
 * A text as a reader sees it: without blanks at its ends and without characters that show nothing.
 * Joiners stay between letters of a script that needs them (Persian, Hindi) and inside emoji,
 * variation selectors behind what they change. Blanks and line breaks inside stay.
 *
 * `"\u200b ada@example.com\u00a0"` → `"ada@example.com"`
 */
export function visibleText(text: string): string {
	const trimmed = text.trim();
	if (!SUSPECT.test(trimmed)) return trimmed;
	const visible = trimmed.replace(ALL_INVISIBLE, '');
	return trimBlanks(STANDS_IN_PLACE.test(visible) ? withoutStray(visible) : visible);
}

/** Without joiners, selectors and tags that stand where they change nothing. */
function withoutStray(text: string): string {
	const characters = [...text];
	let kept = '';
	let before = '';
	let isInFlag = false;
	characters.forEach((character, index) => {
		const stays = !STANDS_IN_PLACE.test(character) || belongs(character, before, characters[index + 1] ?? '', isInFlag);
		if (!stays) return;
		kept += character;
		isInFlag = character === BLACK_FLAG || (isInFlag && isTag(character));
		before = character;
	});
	return kept;
}

function belongs(character: string, before: string, after: string, isInFlag: boolean): boolean {
	const code = character.codePointAt(0) ?? 0;
	if (code === ZERO_WIDTH_NON_JOINER) return isJoined(before) && isJoined(after);
	if (code === ZERO_WIDTH_JOINER) return (isJoined(before) && isJoined(after)) || isEmojiJoined(before, after);
	if (code >= 0xe0000 && code < 0xe0100) return isInFlag && isTag(character);
	// A variation selector: of digits, only those of keycaps have one.
	if (/^[#*0-9]$/.test(before)) return after === KEYCAP;
	return before > '\x7f' && !BLANK.test(before) && !STANDS_IN_PLACE.test(before);
}

/** Tags spell the region of a flag, such as Scotland's. */
function isTag(character: string): boolean {
	const code = character.codePointAt(0) ?? 0;
	return code >= 0xe0020 && code <= 0xe007f;
}

/** Letters and marks of the scripts from Arabic to those of India and South East Asia. */
function isJoined(character: string): boolean {
	const code = character.codePointAt(0) ?? 0;
	const isInScript =
		(code >= 0x0600 && code <= 0x1cff) ||
		(code >= 0xa800 && code <= 0xabff) ||
		(code >= 0xfb50 && code <= 0xfefc) ||
		(code >= 0x10a00 && code <= 0x11fff) ||
		(code >= 0x1e900 && code <= 0x1e95f);
	return isInScript && !STANDS_IN_PLACE.test(character) && /[\p{L}\p{M}]/u.test(character);
}

function isEmojiJoined(before: string, after: string): boolean {
	return (
		/[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u.test(before) && /\p{Extended_Pictographic}/u.test(after)
	);
}

function trimBlanks(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && BLANK.test(text.charAt(start))) start++;
	while (end > start && BLANK.test(text.charAt(end - 1))) end--;
	return text.slice(start, end);
}

/** The zero of each kind of decimal digits that people type: Arabic, Persian, Hindi, Bengali, Thai. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

/** A text with its digits, and the signs of full width, in ASCII: `٢٠٢٦／０２` → `2026/02`. */
export function asciiDigits(text: string): string {
	return text.replace(/[\u0660-\u0e59\uff01-\uff5e]/g, (sign) => {
		const code = sign.charCodeAt(0);
		if (code >= 0xff01) return String.fromCharCode(code - 0xfee0);
		const zero = ZEROS.find((first) => code >= first && code <= first + 9);
		return zero === undefined ? sign : String(code - zero);
	});
}
