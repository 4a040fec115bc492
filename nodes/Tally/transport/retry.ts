import type { TallyReply } from './reply';

const SECOND = 1_000;

/** Tally counts requests by the minute and does not say when the next ones may come. */
const WAITS_WHEN_TOO_MANY = [15 * SECOND, 30 * SECOND, 60 * SECOND, 60 * SECOND];
const WAITS_WHEN_DOWN = [SECOND, 2 * SECOND, 4 * SECOND];
const MAX_OBEYED_WAIT = 120 * SECOND;

/**
 * How many milliseconds to wait before a request is sent again, or `undefined` if its reply has to do.
 *
 * Too many requests (429) are refused before anything is done, so any of them may be sent again.
 * Where no answer came, and after a 5xx, nobody knows what was done: only reading is repeated.
 *
 *     1, true, {status: 503} → 1000 to 1250        1, false, {status: 503} → undefined
 *
 * @param attempt how often it was sent, from 1
 * @param random from 0 up to 1, so that two workflows do not come back at the same moment
 */
export function waitBeforeRetry(
	attempt: number,
	isReading: boolean,
	reply: TallyReply,
	random: number,
): number | undefined {
	const isTooMany = reply.status === 429;
	const isDown = reply.status === 0 || reply.status >= 500;
	if (!isTooMany && !(isDown && isReading)) return undefined;
	const wait = (isTooMany ? WAITS_WHEN_TOO_MANY : WAITS_WHEN_DOWN)[attempt - 1];
	if (wait === undefined) return undefined;
	if (reply.retryAfterMs !== undefined) return Math.min(reply.retryAfterMs, MAX_OBEYED_WAIT);
	return wait + (wait / 4) * random;
}
