import { isRecord } from '../narrowing';

/** Shorter texts stand in ordinary sentences and tell nothing. */
const SHORTEST = 4;
/** No sentence is longer; what is, nobody needs to read in an error. */
const LONGEST = 1000;
/** A word such as Published tells nothing, and stands in Tally's own sentences. */
const PLAIN_WORD = /^\p{L}+$/u;

const WORD = /[\p{L}\p{N}]+/gu;
const ENDS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/**
 * What a service said, with `…` in place of secrets and of the texts that it was sent: a careless
 * one repeats them in its refusals, which go into errors and logs.
 */
export function withoutEcho(said: unknown, secrets: readonly unknown[], sent: readonly unknown[]): unknown {
	const values = sent
		.flatMap(textsIn)
		.map(bare)
		.filter((text) => !PLAIN_WORD.test(text));
	const texts = new Set([...secrets.flatMap(textsIn).map(bare), ...values].filter(({ length }) => length >= SHORTEST));
	const clean = (part: unknown): unknown => {
		if (typeof part === 'string') return replaced(part, texts);
		if (Array.isArray(part)) return part.map(clean);
		if (!isRecord(part)) return part;
		return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, clean(inner)]));
	};
	return clean(said);
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A text from its first letter or digit to its last, as it would stand inside a sentence. */
function bare(text: string): string {
	return text.replace(ENDS, '');
}

/** The longest run of words that was sent is taken out first, from left to right. */
function replaced(text: string, texts: ReadonlySet<string>): string {
	if (text.length > LONGEST) return '';
	const words = [...text.matchAll(WORD)];
	for (const [first, word] of words.entries()) {
		for (const last of words.slice(first).reverse()) {
			const end = last.index + last[0].length;
			if (!texts.has(text.slice(word.index, end))) continue;
			return `${text.slice(0, word.index)}…${replaced(text.slice(end), texts)}`;
		}
	}
	return text;
}
