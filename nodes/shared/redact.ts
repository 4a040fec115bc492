/** Shorter texts stand in ordinary sentences and tell nothing. */
const MIN_LENGTH = 4;
/** A word such as Published tells nobody who somebody is, and stands in a service's own sentences. */
const PLAIN_WORD = /^\p{L}+$/u;

const WORD = /[\p{L}\p{N}]+/gu;
const ENDS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/**
 * What must not be shown of a request, as it would stand inside a service's sentence: secrets whatever
 * they look like, and the texts that were sent unless they are plain words.
 *
 *     [['tly-4711']], [['ada@example.com', 'Ada']] → {'tly-4711', 'ada@example.com'}
 */
export function textsToRedact(secrets: readonly string[], sent: readonly string[]): ReadonlySet<string> {
	const values = sent.map(bare).filter((text) => !PLAIN_WORD.test(text));
	return new Set([...secrets.map(bare), ...values].filter(({ length }) => length >= MIN_LENGTH));
}

/** A service's sentence with `…` in place of these texts; the longest run of words first, from left to right. */
export function redact(sentence: string, texts: ReadonlySet<string>): string {
	const words = [...sentence.matchAll(WORD)];
	for (const [first, word] of words.entries()) {
		for (const last of words.slice(first).reverse()) {
			const end = last.index + last[0].length;
			if (!texts.has(sentence.slice(word.index, end))) continue;
			return `${sentence.slice(0, word.index)}…${redact(sentence.slice(end), texts)}`;
		}
	}
	return sentence;
}

/** Every text in a JSON value, in whatever depth. */
export function textsIn(value: unknown, isName: (member: string) => boolean = () => false): string[] {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap((inner) => textsIn(inner, isName));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([member, inner]) => (isName(member) ? [] : textsIn(inner, isName)));
}

/** A text from its first letter or digit to its last. */
function bare(text: string): string {
	return text.replace(ENDS, '');
}
