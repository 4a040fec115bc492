import type { Reply } from './reply';

export const MAX_ATTEMPTS = 6;
/** Of requests that were not sent, where somebody looks on: what can't be reached is said within 5 seconds. */
const MAX_UNSENT_ATTEMPTS_WATCHED = 3;
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 30_000;
/** Where the answer says "at once": a service in trouble means it seldom. */
const MIN_RETRY_AFTER_MS = 250;
const MAX_RETRY_AFTER_MS = 120_000;

/** Busy: CleverTap rejects such requests before it processes them. */
export const RETRY_LATER: ReadonlySet<number> = new Set([429, 503]);
/**
 * The same for what reaches people: 503 is also what a gateway says that lost CleverTap's answer, and then somebody may
 * have got the message.
 */
export const NOT_SENT: ReadonlySet<number> = new Set([429]);
/** Wrong credentials stay wrong: nothing else is tried after these. */
export const CREDENTIAL_REFUSED: ReadonlySet<number> = new Set([401, 403]);
/** The request itself was wrong, before any record in it was looked at. */
export const WHOLE_REQUEST_REFUSED: ReadonlySet<number> = new Set([400, 413]);
/** Requests spent on finding the records that make CleverTap refuse a whole request. */
export const MAX_BISECT_REQUESTS = 64;

/**
 * Milliseconds to wait after a failed attempt, the first being 1: growing and jittered, or what
 * `Retry-After` asks for, within reason.
 *
 *     attempts 1, 2, 3 with random 0.5 → 750, 1500, 3000
 */
export function pause(attempt: number, reply: Reply, random: number): number {
	if (reply.retryAfterMs !== undefined) {
		return Math.min(Math.max(reply.retryAfterMs, MIN_RETRY_AFTER_MS * (1 + random)), MAX_RETRY_AFTER_MS);
	}
	const full = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), MAX_WAIT_MS);
	return full / 2 + (full / 2) * random;
}

/** How often a request goes out at most, the last time ending so. */
export function maxAttempts({ kind }: Reply, isManual = false): number {
	return kind === 'unsent' && isManual ? MAX_UNSENT_ATTEMPTS_WATCHED : MAX_ATTEMPTS;
}
