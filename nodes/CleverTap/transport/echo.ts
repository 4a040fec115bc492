import { isPlainObject } from '../properties/flatten';

/** Shorter texts stand in ordinary sentences and tell nothing. */
const SHORTEST = 4;
/** No sentence is longer, and none holds JSON or HTML: what does is a repetition of the request. */
const LONGEST = 1000;
const NO_SENTENCE = /[{}<>]/;
/** A word such as Email tells nobody who somebody is, and stands in CleverTap's own sentences. */
const PLAIN_WORD = /^\p{L}+$/u;
/** Members of a request whose texts are names, which an error must be able to tell. */
const NAMES: ReadonlySet<string> = new Set(['event_name', 'evtName', 'name', 'operator', 'status', 'type']);
/** What this node itself reads in CleverTap's words must stay, whatever people answer. */
const READ_BY_US = /(skipped record number\s*:\s*\d+|not found|no such|does not exist)/i;

const WORD = /[\p{L}\p{N}]+/gu;
const ENDS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/**
 * CleverTap's answer without what it was sent: where it refuses, `…` stands in place of secrets and
 * of every value of the request, so that they don't get into errors by way of its words. Only
 * `error`, of the whole and of a record, is ever shown; all else stays as it is.
 */
export function withoutEcho(answer: unknown, secrets: readonly unknown[], sent: readonly unknown[]): unknown {
	if (!isPlainObject(answer)) return answer;
	const { error, unprocessed } = answer;
	// What is no list stands for its only entry, and what is no object keeps its place.
	const entries: unknown[] = [unprocessed ?? []].flat();
	if (typeof error !== 'string' && entries.length === 0) return answer;

	const values = sent
		.flatMap(textsIn)
		.map(bare)
		.filter((text) => !PLAIN_WORD.test(text));
	const texts = new Set([...secrets.flatMap(textsIn).map(bare), ...values].filter(({ length }) => length >= SHORTEST));
	// Every other part of the split is what its pattern matched.
	const cleanPart = (part: string, index: number) => (index % 2 === 1 ? part : replaced(part, texts));
	const clean = (text: unknown): unknown =>
		typeof text === 'string' ? text.split(READ_BY_US).map(cleanPart).join('') : text;
	const cleanEntry = (entry: unknown) => (isPlainObject(entry) ? { ...entry, error: clean(entry.error) } : null);
	return {
		...answer,
		...(typeof error === 'string' ? { error: clean(error) } : {}),
		...(unprocessed === undefined ? {} : { unprocessed: entries.map(cleanEntry) }),
	};
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap(textsIn);
	if (!isPlainObject(value)) return [];
	return Object.entries(value).flatMap(([name, inner]) => (NAMES.has(name) ? [] : textsIn(inner)));
}

/** A text from its first letter or digit to its last, as it would stand inside a sentence. */
function bare(text: string): string {
	return text.replace(ENDS, '');
}

/** The longest run of words that was sent is taken out first, from left to right. */
function replaced(text: string, texts: ReadonlySet<string>): string {
	if (text.length > LONGEST || NO_SENTENCE.test(text)) return '';
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
