import { isRecord } from '../../shared/guards';
import { hiding, withoutSecretsIn } from '../../shared/redaction';

/** Members of a request whose texts are names, which an error must be able to tell. */
const NAMES: ReadonlySet<string> = new Set(['event_name', 'evtName', 'name', 'operator', 'status', 'type']);
/** Members in which every text is somebody's, whatever it is called. */
const VALUES: ReadonlySet<string> = new Set(['content', 'evtData', 'ExternalTrigger', 'profileData']);

const PLACE = 'skipped record number';
const NUMBER = /^ {0,3}: {0,3}(\d{1,6})/;

/** What was sent, and what must never be shown of it. */
export interface Exchange {
	readonly accountId: unknown;
	readonly passcode: unknown;
	readonly sent: readonly unknown[];
}

/**
 * CleverTap's answer, fit to be shown: no secret is in it anywhere, and in the words of a refusal, of the whole or of
 * a record, `…` stands in place of every value of the request. All else stays as it is, and so does the number by
 * which a refusal names its record, which is read before the words are cleaned.
 *
 *     {error: 'Not an address: ada@x.example'}, {sent: [{d: [{identity: 'ada@x.example'}]}], …}
 *     → {error: 'Not an address: …'}
 */
export function redactReply(answer: unknown, { accountId, passcode, sent }: Exchange): unknown {
	const plain = withoutSecretsIn(answer, [passcode]);
	if (!isRecord(plain)) return plain;
	const { error, unprocessed } = plain;
	// What is no list stands for its only entry, and what is no object keeps its place.
	const entries: unknown[] = Array.isArray(unprocessed) ? unprocessed : [unprocessed ?? []].flat();
	if (typeof error !== 'string' && entries.length === 0) return plain;

	const show = hiding({ secrets: [accountId, passcode], sent, names: NAMES, values: VALUES });
	const clean = (text: unknown): unknown => (typeof text === 'string' ? cleanSentence(text, show) : text);
	const cleanEntry = (entry: unknown) => (isRecord(entry) ? { ...entry, error: clean(entry.error) } : null);
	return {
		...plain,
		...(typeof error === 'string' ? { error: clean(error) } : {}),
		...(unprocessed === undefined ? {} : { unprocessed: entries.map(cleanEntry) }),
	};
}

/** The last number counts: CleverTap adds it to its words, in which somebody's may stand before. */
function cleanSentence(text: string, show: (sentence: string) => string): string {
	const at = text.toLowerCase().lastIndexOf(PLACE);
	const [whole = '', number] = at < 0 ? [] : (NUMBER.exec(text.slice(at + PLACE.length, at + PLACE.length + 20)) ?? []);
	if (number === undefined) return show(text);
	const rest = text.slice(at + PLACE.length + whole.length);
	return `${show(`${text.slice(0, at)} ${rest}`)} Skipped record number : ${number}`.trimStart();
}
