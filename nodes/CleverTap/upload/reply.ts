import { isRecord } from '../../shared/guards';
import { adviceFor } from '../result/advice';
import { errorText } from '../result/errorText';
import { ACCEPTED, refused, unknown, type Refused, type Verdict } from '../result/verdict';

/** "Skipped record number : 2", the only exact way back to the record; it counts from 1. */
const RECORD_NUMBER = /Skipped record number\s*:\s*(\d+)/;

const UNNAMED_ADVICE = 'Look at the events or profiles in CleverTap before sending these items again.';

/**
 * What a readable reply to `POST /1/upload` says of each of the `count` records sent; `undefined` if
 * it is not such a reply (empty, not JSON, no status), so that nothing can be said at all.
 *
 *     {status: 'partial', processed: 1, unprocessed: [{code: 515, error: 'No. Skipped record number : 2'}]}, 2
 *     → [accepted, refused with code 515 and the reason 'No.']
 *
 * HTTP 200 carries `success`, `partial` and `fail` alike. Where the refusals can't be told apart
 * from the rest, no record is called accepted.
 *
 * @see https://developer.clevertap.com/docs/upload-user-profiles-api
 */
export function verdictsOf(body: unknown, count: number, dryRun = false): Verdict[] | undefined {
	if (!isRecord(body)) return undefined;
	const { status } = body;
	if (status !== 'success' && status !== 'partial' && status !== 'fail') return undefined;

	// Whatever stands there says that something was refused, be it readable or not.
	const entries: unknown[] = [body.unprocessed ?? []].flat();
	const named = new Map<number, Refused>();
	const unnamed: Refused[] = [];
	/** Second refusals of a record, which may be another's. */
	const repeated: Refused[] = [];
	for (const entry of entries) {
		const { number, refusal } = readEntry(entry);
		if (named.has(number)) repeated.push(refusal);
		else if (number >= 1 && number <= count) named.set(number, refusal);
		else unnamed.push(refusal);
	}

	// Whether a dry run counts what it would have processed is not documented: don't rely on it.
	const processed = !dryRun && typeof body.processed === 'number' ? body.processed : undefined;
	const rest = verdictOfTheRest(body, status, count, named.size, unnamed, repeated, processed);
	return Array.from({ length: count }, (_, index) => named.get(index + 1) ?? rest);
}

/** The verdict of every record that no entry of the reply names. */
function verdictOfTheRest(
	body: Readonly<Record<string, unknown>>,
	status: 'success' | 'partial' | 'fail',
	count: number,
	named: number,
	unnamed: readonly Refused[],
	repeated: readonly Refused[],
	processed: number | undefined,
): Verdict {
	const mayBeAll = status !== 'success' && (processed ?? 0) === 0;
	const [first] = unnamed;
	// Where all were refused it does not matter any more which code belongs to which record.
	if (first !== undefined && mayBeAll && named + unnamed.length >= count) return first;
	const lost = [...unnamed, ...repeated];
	const [some] = lost;
	if (some !== undefined) {
		return unknown(
			`CleverTap refused ${lost.length} of ${count} records without saying which: ${some.reason}`,
			UNNAMED_ADVICE,
			some.code,
		);
	}
	if (status === 'fail' && named === 0 && mayBeAll) {
		const code = typeof body.code === 'number' ? body.code : undefined;
		const reason = errorText(body) ?? `CleverTap refused all ${count} records of a request without a reason`;
		return refused(reason, adviceFor(code), code);
	}
	const addsUp = processed === undefined ? status === 'success' || named > 0 : processed + named >= count;
	if (status !== 'fail' && addsUp) return ACCEPTED;
	return unknown(
		`CleverTap accepted ${processed ?? 'some'} of ${count} records and did not name all others`,
		UNNAMED_ADVICE,
	);
}

/** The record's number, which is NaN if the entry does not tell it, and why CleverTap refused it. */
function readEntry(entry: unknown): { number: number; refusal: Refused } {
	const { error, code: given } = isRecord(entry) ? entry : {};
	const text = typeof error === 'string' ? error : '';
	const code = typeof given === 'number' ? given : undefined;
	const number = RECORD_NUMBER.exec(text)?.[1];
	// The number is a place in the request; the item's own number is told elsewhere.
	const reason = text.replace(RECORD_NUMBER, ' ').replace(/\s+/g, ' ').trim() || 'CleverTap gave no reason';
	return { number: Number(number), refusal: refused(reason, adviceFor(code), code) };
}
