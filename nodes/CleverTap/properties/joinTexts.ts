import { byteLength, fits, shorten } from './shorten';

/** No scheme of a link is longer, with its colon and slashes. */
const MAX_SCHEME_LENGTH = 32;

export interface Joined {
	readonly text: string;
	/** How many of the texts had no room. */
	readonly leftOut: number;
}

/**
 * Joins whole texts, in their order, as far as `limitBytes` of UTF-8 reach; what has no room is left out, and
 * shorter ones behind it are not.
 *
 * `["https://a…" (301 bytes), "https://b…" (301 bytes)]`, `", "`, 512 → the first one, 1 left out
 */
export function joinWithin(texts: readonly string[], separator: string, limitBytes: number): Joined {
	const all = texts.join(separator);
	if (fits(all, limitBytes)) return { text: all, leftOut: 0 };
	const separatorBytes = byteLength(separator);
	const kept: string[] = [];
	let left = limitBytes;
	for (const text of texts) {
		const bytes = byteLength(text) + (kept.length === 0 ? 0 : separatorBytes);
		if (bytes > left) continue;
		kept.push(text);
		left -= bytes;
	}
	return { text: kept.join(separator), leftOut: texts.length - kept.length };
}

/** Whether a text holds a link, such as a file's: cut, it opens for nobody. */
export function hasLink(text: string): boolean {
	return linkAt(text, 0) !== undefined;
}

/**
 * The longest beginning of a text that takes at most `limit` bytes, ends between characters and cuts no link:
 * where the limit lies inside one, the text ends before it. Empty if the text is one link that is too long.
 */
export function shortenOutsideLinks(text: string, limit: number): string {
	const first = linkAt(text.slice(0, limit + MAX_SCHEME_LENGTH), 0);
	// Known without looking for the ends of characters: a list can hold thousands of such links.
	if (first?.start === 0 && first.end > limit) return '';
	const short = shorten(text, limit);
	if (short.length === text.length) return text;
	// A link that the limit cuts in its scheme begins here, too.
	const near = text.slice(0, short.length + MAX_SCHEME_LENGTH);
	for (let from = 0; ;) {
		const link = linkAt(near, from);
		if (link === undefined || link.start >= short.length) return short;
		if (link.end > short.length) return withoutSeparator(text.slice(0, link.start));
		from = link.end;
	}
}

/** What stood between two links, of which the second is gone. */
function withoutSeparator(text: string): string {
	const short = text.trimEnd();
	return /[,;|]$/.test(short) ? short.slice(0, -1).trimEnd() : short;
}

/**
 * Where the next link stands: from its scheme, or `www.`, to the next blank, quote or angle bracket, or to a mark
 * behind which another link begins, as lists of files have it.
 */
function linkAt(text: string, from: number): { readonly start: number; readonly end: number } | undefined {
	const slashes = text.indexOf('://', from);
	const www = text.indexOf('www.', from);
	if (slashes < 0 && www < 0) return undefined;
	const isWww = slashes < 0 || (www >= 0 && www < slashes);
	let start = isWww ? www : slashes;
	while (!isWww && start > from && /[a-z\d+.-]/i.test(text.charAt(start - 1))) start--;
	const length = text.slice(start).search(/[\s<>"]|[,;|](?=https?:\/\/)/);
	return { start, end: length < 0 ? text.length : start + length };
}
