import type { TallyReply } from './reply';

const SECOND = 1_000;

/** Tally counts requests by the minute and does not say when the next ones may come. */
const WAITS_WHEN_TOO_MANY = [15 * SECOND, 30 * SECOND, 60 * SECOND, 60 * SECOND];
const WAITS_WHEN_DOWN = [SECOND, 2 * SECOND, 4 * SECOND];
/** Somebody looks on: what can't be reached is said within 5 seconds. */
const WAITS_WHEN_WATCHED = [SECOND, 2 * SECOND];
/** Where the answer says "at once": a service in trouble means it seldom. */
const MIN_OBEYED_WAIT = SECOND / 4;
const MAX_OBEYED_WAIT = 120 * SECOND;

export interface Attempt {
	/** How often the request was sent, from 1. */
	readonly attempt: number;
	/** Whether the request only reads. */
	readonly isReading: boolean;
	/** Whether somebody runs the workflow by hand. */
	readonly isManual: boolean;
}

/**
 * How many milliseconds to wait before a request is sent again, or `undefined` if its reply has to do.
 *
 * Too many requests (429) are refused before anything is done, so any of them may be sent again, and so may what
 * certainly did not reach Tally. Where no answer came, and after a 5xx, nobody knows what was done: only reading is
 * repeated.
 *
 *     {attempt: 1, isReading: true, …}, {status: 503} → 1000 to 1250        {…, isReading: false} → undefined
 *
 * @param random from 0 up to 1, so that two workflows do not come back at the same moment
 */
export function waitBeforeRetry(
	{ attempt, isReading, isManual }: Attempt,
	reply: TallyReply,
	random: number,
): number | undefined {
	const waits = waitsAfter(reply, isReading, isManual);
	const wait = waits[attempt - 1];
	if (wait === undefined) return undefined;
	const { retryAfterMs } = reply;
	if (retryAfterMs === undefined) return wait + (wait / 4) * random;
	return Math.min(Math.max(retryAfterMs, MIN_OBEYED_WAIT * (1 + random)), MAX_OBEYED_WAIT);
}

function waitsAfter({ status, noAnswer }: TallyReply, isReading: boolean, isManual: boolean): readonly number[] {
	if (status === 429) return WAITS_WHEN_TOO_MANY;
	if (noAnswer?.isLasting === true) return [];
	if (noAnswer?.certainlyNotSent === true) return isManual ? WAITS_WHEN_WATCHED : WAITS_WHEN_DOWN;
	return isReading && (status === 0 || status >= 500) ? WAITS_WHEN_DOWN : [];
}
