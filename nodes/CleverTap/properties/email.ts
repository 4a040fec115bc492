import { asciiDigits, visibleText } from '../../shared/text';

/** No address is longer, whatever invisible is around it. */
const MAX_LENGTH = 1000;
/** What is put around an address, beginning and end. */
const WRAPS = ['""', '“”', '„“', '«»', '()', '[]'];
/** With these left, it is more than an address, or one that nobody may change. */
const NOT_IN_BARE = /[",;:<>()[\]“”„«»]/;

/** `ada@example.com`: one at sign, a dot in what is behind it, no blanks. */
export function isEmail(text: string): boolean {
	const at = text.indexOf('@');
	const domain = text.slice(at + 1);
	const dot = domain.lastIndexOf('.');
	return at > 0 && !domain.includes('@') && dot > 0 && dot < domain.length - 1 && !/\s/.test(text);
}

/**
 * The address alone, of what address books and links put around it: `Ada <ada@example.com>`,
 * `mailto:ada@example.com`, `"ada@example.com",` → `ada@example.com`; typed in full width, in ASCII.
 *
 * @returns the text as it was where that does not leave one address
 */
export function readEmail(text: string): string {
	if (text.length > MAX_LENGTH) return text;
	const open = text.lastIndexOf('<');
	const close = text.indexOf('>', open);
	const inside = open >= 0 && close > open ? text.slice(open + 1, close) : text;
	// Of two addresses in brackets nobody knows which is meant.
	const isAlone = inside === text || !/[@<]/.test(text.slice(0, open) + text.slice(close));
	if (!isAlone) return text;
	const typed = /[\uff01-\uff5e]/.test(inside) ? asciiDigits(inside) : inside;
	const bare = withoutMarks(visibleText(typed)).replace(/^mailto:/i, '');
	return isEmail(bare) && !NOT_IN_BARE.test(bare) ? bare : text;
}

function withoutMarks(text: string): string {
	const bare = /[,;.]$/.test(text) ? text.slice(0, -1) : text;
	const isWrapped = WRAPS.some((wrap) => bare.startsWith(wrap.charAt(0)) && bare.endsWith(wrap.charAt(1)));
	return isWrapped ? bare.slice(1, -1) : bare;
}
