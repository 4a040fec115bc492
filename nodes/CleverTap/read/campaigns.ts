import { isRecord, recordsIn } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import type { DayRange } from '../parameters/dayRange';
import type { CleverTapRequest } from '../transport/request';
import type { Json } from '../transport/ask';

/** Days that CleverTap lists at a time. */
const MAX_DAYS = 31;
/** Pieces of one range, at most: ten years, so that a slip in a date is no flood of requests. */
const MAX_PIECES = 120;
const DAY_MS = 86_400_000;

/**
 * A range of days in the pieces that CleverTap takes.
 *
 *     {from: 20260101, to: 20260215} → [{from: 20260101, to: 20260131}, {from: 20260201, to: 20260215}]
 *
 * @throws ItemError for more than ten years
 * @see https://developer.clevertap.com/docs/get-campaigns-api
 */
export function piecesOf({ from, to }: DayRange): DayRange[] {
	const last = toTime(to);
	const pieces: DayRange[] = [];
	for (let start = toTime(from); start <= last; start += MAX_DAYS * DAY_MS) {
		if (pieces.length === MAX_PIECES) {
			throw new ItemError('"From" and "To" are more than ten years apart', 'Choose fewer days.');
		}
		pieces.push({ from: toDay(start), to: toDay(Math.min(start + (MAX_DAYS - 1) * DAY_MS, last)) });
	}
	return pieces;
}

/** The request that lists the campaigns of these days. */
export function listRequest({ from, to }: DayRange): CleverTapRequest {
	return { method: 'POST', path: '/1/targets/list.json', body: { from, to } };
}

/** The campaigns in an answer; none where there is no list. */
export function campaignsIn(answer: unknown): Json[] {
	return isRecord(answer) ? recordsIn(answer.targets) : [];
}

/** Days from a moment, as YYYYMMDD in UTC. */
export function daysAround(now: number, before: number, after: number): DayRange {
	return { from: toDay(now - before * DAY_MS), to: toDay(now + after * DAY_MS) };
}

function toTime(day: number): number {
	return Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100);
}

function toDay(time: number): number {
	return Number(new Date(time).toISOString().slice(0, 10).replaceAll('-', ''));
}
