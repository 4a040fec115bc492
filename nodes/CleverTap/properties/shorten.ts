/** Made when a text has to be shortened: making it takes longer than loading the whole node. */
let graphemes: Intl.Segmenter | undefined;

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
	return Buffer.byteLength(text, 'utf8');
}

/** UTF-8 takes three bytes for a unit of a text at most. */
const MAX_UNIT_BYTES = 3;

/** Whether a text takes at most `limit` bytes; most are so short that nobody has to count. */
export function fits(text: string, limit: number): boolean {
	return text.length * MAX_UNIT_BYTES <= limit || byteLength(text) <= limit;
}

/**
 * The longest beginning of a text that takes at most `limit` bytes in UTF-8 and does not end inside
 * a character as a reader sees it (an accent stays with its letter, a flag stays whole).
 */
export function shorten(text: string, limit: number): string {
	if (fits(text, limit)) return text;
	const start = text.slice(0, limit + 1);
	if (/^[ -~]*$/.test(start)) return text.slice(0, limit);
	// A unit of a text takes a byte at least: what is behind the limit's place is not looked at.
	const near = text.slice(0, 2 * limit);
	graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	return cut(graphemes.segment(near), limit) || cut(codePoints(near), limit);
}

function cut(pieces: Iterable<{ readonly segment: string }>, limit: number): string {
	let kept = '';
	let left = limit;
	for (const { segment } of pieces) {
		left -= byteLength(segment);
		if (left < 0) break;
		kept += segment;
	}
	return kept;
}

/** For the rare character that is longer than the limit by itself, such as a heap of accents. */
function* codePoints(text: string): Generator<{ segment: string }> {
	for (const segment of text) yield { segment };
}
