import { isRecord } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { BATCH_ADVICE } from '../result/advice';
import { codeIn, errorText } from '../result/errorText';
import { verdictOf, type Verdict } from '../result/verdict';
import type { CleverTapClient } from './client';
import { isForeign, type Reply } from './reply';
import type { CleverTapRequest } from './request';
import {
	CREDENTIAL_REFUSED,
	MAX_BISECT_REQUESTS,
	maxAttempts,
	pause,
	RETRY_LATER,
	WHOLE_REQUEST_REFUSED,
} from './retry';

/** What the user should do next, by how a request ended. */
export interface Advice {
	/** CleverTap stayed too busy. */
	readonly later: string;
	/** No connection came about. */
	readonly unreached: string;
	/** The outcome is unknown. */
	readonly unknown: string;
	/** What answered did so in a way that CleverTap never does. */
	readonly unreadable: string;
	/** CleverTap refused the request as a whole, for this reason. */
	refused(reason: string): string;
}

/**
 * Whether a request goes out again when CleverTap may have taken it. `allowed`: it does, but a later
 * refusal no longer means that nothing is stored; `harmless`: twice is as good as once.
 */
export type Repeat = 'never' | 'allowed' | 'harmless';

export interface RequestPolicy<T> {
	readonly repeat: Repeat;
	/** Statuses after which the request was certainly not taken; 429 and 503 unless told. */
	readonly busy?: ReadonlySet<number>;
	readonly advice: Advice;
	/** What the body of an answer says; `undefined` if that can't be told. */
	read(body: unknown): T | undefined;
}

export interface RecordsPolicy<T> {
	readonly advice: Advice;
	/** As of a request. */
	readonly busy?: ReadonlySet<number>;
	/** The request that carries these records. */
	toRequest(records: readonly T[]): CleverTapRequest;
	repeat(records: readonly T[]): Repeat;
	/** One verdict for each record, in order; `undefined` if nothing can be told. */
	read(body: unknown, count: number): Verdict[] | undefined;
	/** Whether an answer refuses all of its records without naming one. */
	refusesUnnamed(body: unknown): boolean;
}

/** A request that ended without an answer of use. */
export class RequestError extends ItemError {
	constructor(
		message: string,
		advice: string,
		code?: number,
		isUncertain = false,
		/** What CleverTap said, if it was an object. */
		readonly body?: Readonly<Record<string, unknown>>,
	) {
		super(message, advice, code, isUncertain);
	}
}

const TOO_MANY = 429;

const CREDENTIAL_ADVICE =
	'Open the CleverTap credential and compare Account ID and Passcode with your dashboard’s settings, and Region with the first part of the dashboard’s address (in1.dashboard.clevertap.com is India).';
/** CleverTap, or something at its address, answered that there is no such call. */
const WRONG_ADDRESS_ADVICE =
	'Nothing was stored. Check Region and Custom Host in the CleverTap credential: what answers there does not know this call.';
const UNTRUSTED_ADVICE =
	'Nothing was stored. Check Region and Custom Host in the CleverTap credential: the address is wrong, or its certificate is not to be trusted.';

/**
 * Sends one request until CleverTap gives an answer that can be read, or nothing more may be tried.
 *
 * What certainly was not taken (429, 503, a connection that never came about) is sent again, with
 * growing, jittered waits that obey `Retry-After`. After a time-out, a reset, another 5xx or an
 * unreadable answer it goes out again only if the policy lets it.
 *
 * @param mayBeStored whether an earlier request with the same records may have been taken
 * @throws RequestError if there is no answer; uncertain where CleverTap may have taken the request
 */
export async function sendRequest<T>(
	client: CleverTapClient,
	request: CleverTapRequest,
	policy: RequestPolicy<T>,
	mayBeStored = false,
): Promise<T> {
	const { repeat, advice } = policy;
	let wasUnanswered = mayBeStored;
	for (let attempt = 1; ; attempt++) {
		const reply = asBusy(await client.request(request));
		const answer = reply.kind === 'reply' && reply.status < 300 ? policy.read(reply.body) : undefined;
		if (answer !== undefined) return answer;

		const error = errorOf(reply, attempt, advice, policy.busy);
		if (isFinal(reply) || attempt >= maxAttempts(reply, client.isManual) || (error.isUncertain && repeat === 'never')) {
			throw wasUnanswered && !error.isUncertain ? afterUnanswered(error, advice) : error;
		}
		if (error.isUncertain && repeat === 'allowed') wasUnanswered = true;
		await client.wait(pause(attempt, reply, client.random()));
	}
}

/**
 * Sends records until something is known of each of them, or nothing more may be tried. A request that
 * is refused as a whole is halved until the records that cause it stand alone: bad input never loses
 * good input.
 *
 *     [a, b, c, d], of which c spoils a request → sends [a b c d], [a b], [c d], [c], [d]
 *     → [accepted, accepted, refused, accepted]
 *
 * @param budget requests left for that search; shared by all parts of a batch
 * @param mayBeStored whether an earlier request with these records may have been taken
 * @returns one verdict per record, in order
 */
export async function sendRecords<T>(
	client: CleverTapClient,
	records: readonly T[],
	policy: RecordsPolicy<T>,
	budget = { requests: MAX_BISECT_REQUESTS },
	mayBeStored = false,
): Promise<Verdict[]> {
	const sent = await sendTogether(client, records, policy, mayBeStored);
	if (!sent.isRefusedWhole || records.length === 1) return sent.verdicts;
	if (budget.requests < 2) {
		return sent.verdicts.map((verdict) =>
			verdict.status === 'refused' ? { ...verdict, advice: BATCH_ADVICE } : verdict,
		);
	}
	budget.requests -= 2;
	const middle = Math.ceil(records.length / 2);
	// One half after the other, so that the order of the records holds.
	const first = await sendRecords(client, records.slice(0, middle), policy, budget, sent.mayBeStored);
	const second = await sendRecords(client, records.slice(middle), policy, budget, sent.mayBeStored);
	return [...first, ...second];
}

interface Sent {
	readonly verdicts: Verdict[];
	/** Whether the request was refused without a word on any of its records. */
	readonly isRefusedWhole: boolean;
	readonly mayBeStored: boolean;
}

async function sendTogether<T>(
	client: CleverTapClient,
	records: readonly T[],
	policy: RecordsPolicy<T>,
	mayBeStored: boolean,
): Promise<Sent> {
	const read = (body: unknown): Sent | undefined => {
		const verdicts = policy.read(body, records.length);
		return verdicts && { verdicts, isRefusedWhole: policy.refusesUnnamed(body), mayBeStored };
	};
	const failed = (error: unknown): Sent => {
		if (!(error instanceof RequestError)) throw error;
		return {
			verdicts: records.map(() => verdictOf(error)),
			isRefusedWhole: WHOLE_REQUEST_REFUSED.has(error.code ?? 0),
			mayBeStored: error.isUncertain,
		};
	};
	const requestPolicy = { advice: policy.advice, repeat: policy.repeat(records), busy: policy.busy, read };
	return await sendRequest(client, policy.toRequest(records), requestPolicy, mayBeStored).catch(failed);
}

/** Whether trying again changes nothing. */
function isFinal(reply: Reply): boolean {
	if (reply.kind === 'unsent') return reply.isFinal;
	if (isForeign(reply)) return true;
	const { status = 0 } = reply;
	return status >= 400 && status < 500 && !RETRY_LATER.has(status);
}

/** What a reply without a usable answer means after this many attempts. */
export function errorOf(
	reply: Reply,
	attempts: number,
	advice: Advice,
	busy: ReadonlySet<number> = RETRY_LATER,
): RequestError {
	if (reply.kind === 'unsent') {
		const reason = `CleverTap could not be reached${because(reply)}`;
		return new RequestError(reason, reply.isFinal ? UNTRUSTED_ADVICE : advice.unreached);
	}
	if (reply.kind === 'broken') {
		const reason = `The connection broke before CleverTap answered (${reply.code})`;
		return new RequestError(reason, advice.unknown, undefined, true);
	}
	const { status } = reply;
	if (isForeign(reply)) return foreignError(status);
	const body = isRecord(reply.body) ? reply.body : undefined;
	const text = errorText(body);
	if (busy.has(status)) {
		return new RequestError(
			`CleverTap was too busy${attempts === 1 ? '' : ` ${attempts} times`}: ${text ?? `HTTP ${status}`}`,
			advice.later,
			status,
		);
	}
	if (WHOLE_REQUEST_REFUSED.has(status)) {
		const reason = text ?? `CleverTap refused the request (HTTP ${status})`;
		return new RequestError(reason, advice.refused(reason), status, false, body);
	}
	if (status >= 400 && status < 500) {
		const next = CREDENTIAL_REFUSED.has(status) ? CREDENTIAL_ADVICE : WRONG_ADDRESS_ADVICE;
		return new RequestError(text ?? `CleverTap answered HTTP ${status}`, next, status, false, body);
	}
	if (status >= 300 || text !== undefined) {
		const reason = `CleverTap had trouble of its own: ${text ?? `HTTP ${status}`}`;
		return new RequestError(reason, advice.unknown, status >= 300 ? status : undefined, true);
	}
	const isNothing = reply.body === '' || reply.body === undefined || reply.body === null;
	const reason = isNothing
		? 'CleverTap answered with nothing, as it does at a wrong address'
		: 'CleverTap’s answer could not be read';
	return new RequestError(reason, advice.unreadable, undefined, true);
}

/** `: nothing answers there (ECONNREFUSED)` */
function because({ code, reason }: { readonly code: string; readonly reason?: string }): string {
	return `${reason === undefined ? '' : `: ${reason}`} (${code})`;
}

/** Something else answered: nothing was stored, and nothing is wrong with the credential's secrets. */
function foreignError(status: number): RequestError {
	if (status === 403 || status === 407) {
		return new RequestError(
			`A proxy between this n8n and CleverTap refused the request (HTTP ${status})`,
			'Nothing was stored. Ask who runs this network to let n8n reach CleverTap’s host. If there is no proxy, check Region and Custom Host in the CleverTap credential.',
			status,
		);
	}
	return new RequestError(`What answers there is not CleverTap (HTTP ${status})`, WRONG_ADDRESS_ADVICE, status);
}

/** CleverTap says in a 200, too, that it has too many requests (code 429). */
function asBusy(reply: Reply): Reply {
	if (reply.kind !== 'reply' || reply.status >= 300 || !isRecord(reply.body)) return reply;
	const { body } = reply;
	return body.status === 'fail' && codeIn(body) === TOO_MANY ? { ...reply, status: TOO_MANY } : reply;
}

/** A refusal after an attempt that may have been taken: nothing is certain any more. */
function afterUnanswered({ message, code }: RequestError, { unknown }: Advice): RequestError {
	return new RequestError(`${message}, after an attempt that CleverTap did not answer`, unknown, code, true);
}
