import { isRecord } from '../../shared/guards';
import type { UnconfirmedEvents } from '../parameters/uploadOptions';
import { isRepeatable, type UploadRecord } from '../result/record';
import { ACCEPTED, unknown, verdictOf, type Verdict } from '../result/verdict';
import { HARMLESS_ADVICE, toAnswer } from '../transport/ask';
import { ONCE_ADVICE, refusal, yesOrNo } from '../transport/askOnce';
import type { CleverTapClient } from '../transport/client';
import type { CleverTapRequest } from '../transport/request';
import { NOT_SENT } from '../transport/retry';
import { sendRecords, type Advice } from '../transport/send';
import { verdictsOf } from './reply';

export interface SendPolicy {
	/** CleverTap only validates; then everything may be sent twice. */
	readonly dryRun: boolean;
	readonly unconfirmedEvents: UnconfirmedEvents;
}

const UNKNOWN_ADVICE =
	'The outcome is unknown: CleverTap may have stored it. Sending it again may store an event twice; look in CleverTap first, or choose in "Unconfirmed Events" what should happen.';
const UPLOAD_ADVICE: Advice = {
	later: 'Nothing was stored. Run the node again later, or lower "Concurrency" in its options.',
	unreached:
		'Nothing was stored. Check that this n8n can reach CleverTap’s host, and Region in the CleverTap credential.',
	unknown: UNKNOWN_ADVICE,
	unreadable: UNKNOWN_ADVICE,
	refused: () => 'Check the properties of this item: CleverTap could not read the record.',
};

/** Uploads one batch of at most 1000 records, and gives one verdict per record, in order. */
export async function sendUpload(
	client: CleverTapClient,
	records: readonly UploadRecord[],
	policy: SendPolicy,
): Promise<Verdict[]> {
	const path = policy.dryRun ? '/1/upload?dryRun=1' : '/1/upload';
	return await sendRecords(client, records, {
		advice: UPLOAD_ADVICE,
		toRequest: (part) => ({ method: 'POST', path, body: { d: part } }),
		repeat: (part) => (mayRepeat(part, policy) ? 'allowed' : 'never'),
		read: (body, count) => verdictsOf(body, count, policy.dryRun),
		refusesUnnamed: () => false,
	});
}

function mayRepeat(records: readonly UploadRecord[], { dryRun, unconfirmedEvents }: SendPolicy): boolean {
	if (dryRun) return true;
	return records.every((record) => (record.type === 'event' ? unconfirmedEvents === 'retry' : isRepeatable(record)));
}

const UNREADABLE = unknown(
	'CleverTap’s answer could not be read',
	'Run the node again for these items: asking twice does no harm.',
);

/** Sends records that may be sent twice, such as deletions, and gives one verdict per record, in order. */
export async function sendBulk<T>(
	client: CleverTapClient,
	records: readonly T[],
	toRequest: (records: readonly T[]) => CleverTapRequest,
): Promise<Verdict[]> {
	return await sendRecords(client, records, {
		advice: HARMLESS_ADVICE,
		toRequest,
		repeat: () => 'harmless',
		read: (body, count) => {
			const answer = toAnswer(body);
			return answer && (verdictsOf(answer, count) ?? Array.from({ length: count }, () => UNREADABLE));
		},
		refusesUnnamed,
	});
}

/**
 * Sends records that must not go out twice, such as messages, and gives one verdict per record, in order. A request
 * that CleverTap could not read is halved; one to which it says no in an answer is not, since that may be about all.
 */
export async function sendOnce<T>(
	client: CleverTapClient,
	records: readonly T[],
	toRequest: (records: readonly T[]) => CleverTapRequest,
): Promise<Verdict[]> {
	return await sendRecords(client, records, {
		advice: ONCE_ADVICE,
		busy: NOT_SENT,
		toRequest,
		repeat: () => 'never',
		read: (body, count) => {
			const answer = yesOrNo(body);
			if (answer === undefined) return undefined;
			const verdict = answer.status === 'fail' ? verdictOf(refusal(answer)) : ACCEPTED;
			return Array.from({ length: count }, () => verdict);
		},
		refusesUnnamed: () => false,
	});
}

function refusesUnnamed(body: unknown): boolean {
	if (!isRecord(body) || body.status !== 'fail') return false;
	return !Array.isArray(body.unprocessed) || body.unprocessed.length === 0;
}
