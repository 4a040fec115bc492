import { errorText } from '../transport/errorText';
import type { Reply } from '../transport/reply';
import {
	CREDENTIAL_ADVICE,
	CREDENTIAL_REFUSED,
	halves,
	MAX_ATTEMPTS,
	NOT_NOW,
	pause,
	SEARCH_BUDGET,
	UNTRUSTED_ADVICE,
	WHOLE_REQUEST_REFUSED,
	WRONG_ADDRESS_ADVICE,
} from '../transport/retry';
import { isRepeatable, type UploadRecord } from './record';
import { verdictsOf } from './reply';
import { refused, unknown, type Refused, type Verdict } from './verdict';

/** What to do when nobody knows whether CleverTap took a batch that holds events. */
export type UnconfirmedEvents = 'fail' | 'retry' | 'neverTwice';

export interface SendPolicy {
	/** CleverTap only validates; then everything may be sent twice. */
	readonly dryRun: boolean;
	readonly unconfirmedEvents: UnconfirmedEvents;
}

/** What sending needs from outside, so that it can be told without a network or a clock. */
export interface Carrier {
	/** One `POST /1/upload` of at most 1000 records. */
	post(records: readonly UploadRecord[]): Promise<Reply>;
	/** @throws when the execution is cancelled meanwhile. */
	wait(milliseconds: number): Promise<void>;
	/** From 0 up to 1. */
	random(): number;
}

const LATER_ADVICE = 'Nothing was stored. Run the node again later, or lower "Concurrency" in its options.';
const UNREACHED_ADVICE =
	'Nothing was stored. Check that this n8n can reach CleverTap’s host, and Region in the CleverTap credential.';
const UNKNOWN_ADVICE =
	'Nobody knows whether CleverTap stored it. Sending it again may store an event twice; look in CleverTap first, or choose in "Unconfirmed Events" what should happen.';

const UNREADABLE_ADVICE = 'Check the properties of this item: CleverTap could not read the record.';
const UNREADABLE_BATCH_ADVICE =
	'CleverTap could not read a request that held this item. Send fewer items at a time to find the one that causes it.';

/**
 * Sends one batch until something is known of each of its records, or nothing more may be tried.
 *
 * What certainly was not taken (429, 503, a connection that never came about) is sent again, with
 * growing, jittered waits that obey `Retry-After`. After a time-out, a reset, another 5xx or an
 * unreadable reply only what may be repeated is sent again. A request that is refused as a whole is
 * halved until the records that cause it stand alone: bad input never loses good input.
 *
 * @returns one verdict per record, in order.
 */
export async function send(
	records: readonly UploadRecord[],
	policy: SendPolicy,
	carrier: Carrier,
	search: Search = { requests: SEARCH_BUDGET, doubt: false },
): Promise<Verdict[]> {
	let { doubt } = search;
	// Once an attempt may have been taken, a later refusal no longer means that nothing is stored.
	const all = (verdict: Refused) => records.map(() => (doubt ? doubtful(verdict) : verdict));

	for (let attempt = 1; ; attempt++) {
		const reply = await carrier.post(records);
		const { status = 0, body } = reply;
		const last = attempt >= MAX_ATTEMPTS;

		if (WHOLE_REQUEST_REFUSED.has(status)) {
			const reason = errorText(body) ?? `CleverTap refused the request (HTTP ${status})`;
			if (records.length === 1) return all(refused(reason, UNREADABLE_ADVICE, status));
			if (search.requests < 2) return all(refused(reason, UNREADABLE_BATCH_ADVICE, status));
			search.requests -= 2;
			return await sendHalves(records, policy, carrier, search, doubt);
		}
		if (NOT_NOW.has(status)) {
			if (last) {
				const reason = `CleverTap was too busy ${attempt} times: ${errorText(body) ?? `HTTP ${status}`}`;
				return all(refused(reason, LATER_ADVICE, status));
			}
		} else if (status >= 400 && status < 500) {
			const reason = errorText(body) ?? `CleverTap answered HTTP ${status}`;
			const advice = CREDENTIAL_REFUSED.has(status) ? CREDENTIAL_ADVICE : WRONG_ADDRESS_ADVICE;
			return all(refused(reason, advice, status));
		} else if (reply.kind === 'unsent') {
			if (last || reply.isFinal) {
				const advice = reply.isFinal ? UNTRUSTED_ADVICE : UNREACHED_ADVICE;
				return all(refused(`CleverTap could not be reached (${reply.code})`, advice));
			}
		} else {
			const verdicts = status < 300 ? verdictsOf(body, records.length, policy.dryRun) : undefined;
			if (verdicts !== undefined) return verdicts;
			if (last || !mayRepeat(records, policy)) return records.map(() => unclear(reply));
			doubt = true;
		}
		await carrier.wait(pause(attempt, reply, carrier.random()));
	}
}

/** What the search for records that spoil a whole request may still spend, and what it knows. */
interface Search {
	/** Requests left; shared by all halves of a batch. */
	requests: number;
	/** Whether an earlier attempt with these records may have been taken. */
	readonly doubt: boolean;
}

/** One half after the other, so that the order of the records holds. */
async function sendHalves(
	records: readonly UploadRecord[],
	policy: SendPolicy,
	carrier: Carrier,
	search: Search,
	doubt: boolean,
): Promise<Verdict[]> {
	const verdicts: Verdict[] = [];
	for (const half of halves(records)) {
		const inHalf = { requests: search.requests, doubt };
		verdicts.push(...(await send(half, policy, carrier, inHalf)));
		search.requests = inHalf.requests;
	}
	return verdicts;
}

function doubtful({ reason, code }: Refused): Verdict {
	return unknown(`${reason}, after an attempt that CleverTap did not answer`, UNKNOWN_ADVICE, code);
}

function mayRepeat(records: readonly UploadRecord[], policy: SendPolicy): boolean {
	if (policy.dryRun) return true;
	return records.every((record) =>
		record.type === 'event' ? policy.unconfirmedEvents === 'retry' : isRepeatable(record),
	);
}

function unclear(reply: Reply): Verdict {
	if (reply.kind !== 'reply') {
		return unknown(`The connection broke before CleverTap answered (${reply.code})`, UNKNOWN_ADVICE);
	}
	if (reply.status < 300) {
		return unknown(
			reply.body === '' || reply.body === undefined || reply.body === null
				? 'CleverTap answered with nothing, as it does at a wrong address'
				: 'CleverTap’s answer could not be read',
			UNKNOWN_ADVICE,
		);
	}
	return unknown(
		`CleverTap had trouble of its own: ${errorText(reply.body) ?? `HTTP ${reply.status}`}`,
		UNKNOWN_ADVICE,
		reply.status,
	);
}
