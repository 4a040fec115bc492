import type { Reply } from './reply';

export const MAX_ATTEMPTS = 6;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const LONGEST_OBEYED_WAIT_MS = 120_000;

/** Not now: CleverTap rejects such requests before it processes them. */
export const NOT_NOW: ReadonlySet<number> = new Set([429, 503]);
/** Wrong credentials stay wrong: nothing else is tried after these. */
export const CREDENTIAL_REFUSED: ReadonlySet<number> = new Set([401, 403]);
/** The request itself was wrong, before any record in it was looked at. */
export const WHOLE_REQUEST_REFUSED: ReadonlySet<number> = new Set([400, 413]);
/** Requests spent on finding the records that make CleverTap refuse a whole request. */
export const SEARCH_BUDGET = 64;

export const CREDENTIAL_ADVICE =
	'Open the CleverTap credential and compare Account ID and Passcode with your dashboard’s settings, and Region with the first part of the dashboard’s address (in1.dashboard.clevertap.com is India).';

/** CleverTap, or something at its address, answered that there is no such call. */
export const WRONG_ADDRESS_ADVICE =
	'Nothing was stored. Check Region and Custom Host in the CleverTap credential: what answers there does not know this call.';
export const UNTRUSTED_ADVICE =
	'Nothing was stored. Check Region and Custom Host in the CleverTap credential: the address is wrong, or its certificate is not to be trusted.';

/**
 * Milliseconds to wait after a failed attempt, the first being 1: growing and jittered, or what
 * `Retry-After` asks for, within reason.
 */
export function pause(attempt: number, reply: Reply, random: number): number {
	if (reply.retryAfterMs !== undefined) {
		return Math.min(reply.retryAfterMs, LONGEST_OBEYED_WAIT_MS);
	}
	const full = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
	return full / 2 + (full / 2) * random;
}

/** Both halves of what is too much at once, the first one first. */
export function halves<T>(records: readonly T[]): [first: T[], second: T[]] {
	const middle = Math.ceil(records.length / 2);
	return [records.slice(0, middle), records.slice(middle)];
}
