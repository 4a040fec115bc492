import { isRecord } from '../../shared/guards';
import { redact, textsIn, textsToRedact } from '../../shared/redact';

/** No sentence is longer, and none holds JSON or HTML: what does is a repetition of the request. */
const MAX_LENGTH = 1000;
const NO_SENTENCE = /[{}<>]/;
/** Members of a request whose texts are names, which an error must be able to tell. */
const NAMES: ReadonlySet<string> = new Set(['event_name', 'evtName', 'name', 'operator', 'status', 'type']);
/** What this node itself reads in CleverTap's words must stay, whatever people answer. */
const READ_BY_US = /(skipped record number\s*:\s*\d+|not found|no such|does not exist)/i;

/**
 * CleverTap's answer without what it was sent: where it refuses, `…` stands in place of secrets and
 * of every value of the request, so that they don't get into errors by way of its words. Only
 * `error`, of the whole and of a record, is ever shown; all else stays as it is.
 *
 *     {error: 'Not an address: ada@x.example'}, [], [{d: [{identity: 'ada@x.example'}]}] → {error: 'Not an address: …'}
 */
export function redactReply(answer: unknown, secrets: readonly unknown[], sent: readonly unknown[]): unknown {
	if (!isRecord(answer)) return answer;
	const { error, unprocessed } = answer;
	// What is no list stands for its only entry, and what is no object keeps its place.
	const entries: unknown[] = [unprocessed ?? []].flat();
	if (typeof error !== 'string' && entries.length === 0) return answer;

	const texts = textsToRedact(
		textsIn(secrets),
		textsIn(sent, (member) => NAMES.has(member)),
	);
	const clean = (text: unknown): unknown => (typeof text === 'string' ? cleanSentence(text, texts) : text);
	const cleanEntry = (entry: unknown) => (isRecord(entry) ? { ...entry, error: clean(entry.error) } : null);
	return {
		...answer,
		...(typeof error === 'string' ? { error: clean(error) } : {}),
		...(unprocessed === undefined ? {} : { unprocessed: entries.map(cleanEntry) }),
	};
}

function cleanSentence(text: string, texts: ReadonlySet<string>): string {
	// Every other part of the split is what its pattern matched.
	const parts = text.split(READ_BY_US).map((part, index) => {
		if (index % 2 === 1) return part;
		return part.length > MAX_LENGTH || NO_SENTENCE.test(part) ? '' : redact(part, texts);
	});
	return parts.join('');
}
