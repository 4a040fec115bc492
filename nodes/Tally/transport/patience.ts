import { NodeOperationError, sleep, type IExecuteFunctions } from 'n8n-workflow';

import type { TallyReply } from './api';

const SLICE_MS = 500;
const SECOND = 1_000;

/** Tally counts requests by the minute and does not say when the next ones may come. */
const WAITS_WHEN_TOO_MANY = [15 * SECOND, 30 * SECOND, 60 * SECOND, 60 * SECOND];
const WAITS_WHEN_DOWN = [SECOND, 2 * SECOND, 4 * SECOND];
const LONGEST_OBEYED_WAIT = 120 * SECOND;

/**
 * How long to wait before a request is sent again, or `undefined` if its reply has to do.
 *
 * Too many requests (429) are refused before anything is done, so any of them may be sent again.
 * After silence or a 5xx nobody knows what was done: only reading is repeated.
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
	if (reply.retryAfterMs !== undefined) return Math.min(reply.retryAfterMs, LONGEST_OBEYED_WAIT);
	return wait + (wait / 4) * random;
}

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110 §10.2.3). */
export function waitAskedFor(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * SECOND);
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Waits, in slices, since n8n's own sleep can't be ended.
 *
 * @throws NodeOperationError when the execution is cancelled meanwhile
 */
export async function waitOrStop(context: IExecuteFunctions, milliseconds: number): Promise<void> {
	for (let left = milliseconds; left > 0; left -= SLICE_MS) {
		stopIfCancelled(context);
		await sleep(Math.min(left, SLICE_MS));
	}
	stopIfCancelled(context);
}

export function stopIfCancelled(context: IExecuteFunctions): void {
	if (isCancelled(context)) {
		throw new NodeOperationError(context.getNode(), 'The execution was cancelled');
	}
}

export function isCancelled(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal()?.aborted === true;
}
