import { recordsIn } from '../../../shared/guards';
import { MAX_RUNS, type Known } from './decide';
import { timeOf } from './logged';

const MINUTE = 60_000;

/** So much later a change may come into the list. */
const LATE_MS = MINUTE;

/** So many are brought by one check; the next one brings the others. */
export const MAX_AT_ONCE = 200;

/** A submission that was begun and not sent. */
export interface PartialSubmission {
	readonly id: string;
	/** When something in it last changed, in milliseconds since 1970 by Tally's clock. */
	readonly changedAt: number;
}

export interface AbandonedSituation<Partial extends PartialSubmission> {
	/** By Tally's clock, in milliseconds since 1970. */
	readonly now: number;
	/** So long one must not have changed, in milliseconds. */
	readonly afterMs: number;
	/** What has not changed since this moment is settled. */
	readonly settledUntil: number;
	/** Those that are partial now, in any order. */
	readonly partials: readonly Partial[];
	/** What is known of them; settled is also what has started a run before it was changed again. */
	readonly known: (submissionId: string) => Pick<Known, 'isSettled' | 'isInHand' | 'failedRuns'>;
}

export interface AbandonedDecision<Partial extends PartialSubmission> {
	/** Never before what was given. */
	readonly settledUntil: number;
	/** Those that start a run now, the one that was left first first. */
	readonly due: readonly Partial[];
	/** Those of which all runs failed. */
	readonly givenUp: readonly Partial[];
	/** Whether one that is due has not been settled yet. */
	readonly isOpen: boolean;
}

/**
 * Which partial submissions count as abandoned now. Each one starts a run once, however often it is taken up again.
 *
 *     one that has not changed for an hour, where that is long enough → due
 *     one that changed a minute ago                                   → not yet
 *     one that has started a run and was changed since                → never again
 */
export function decideAbandoned<Partial extends PartialSubmission>({
	now,
	afterMs,
	settledUntil,
	partials,
	known,
}: AbandonedSituation<Partial>): AbandonedDecision<Partial> {
	const left = partials
		.filter(({ changedAt }) => changedAt > settledUntil && changedAt <= now - afterMs)
		.sort((one, other) => one.changedAt - other.changedAt);
	const due: Partial[] = [];
	const givenUp: Partial[] = [];
	let firstOpen: Partial | undefined;
	for (const partial of left) {
		const { isSettled, isInHand, failedRuns = 0 } = known(partial.id);
		if (isSettled === true) continue;
		if (failedRuns >= MAX_RUNS) {
			givenUp.push(partial);
			continue;
		}
		firstOpen ??= partial;
		if (isInHand !== true && due.length < MAX_AT_ONCE) due.push(partial);
	}
	const until = Math.min(now - afterMs - LATE_MS, firstOpen === undefined ? Infinity : firstOpen.changedAt - 1);
	return { settledUntil: Math.max(settledUntil, until), due, givenUp, isOpen: firstOpen !== undefined };
}

/**
 * When something in a submission last changed, as the REST API tells it: of the submission itself, or else of its
 * latest answer.
 *
 *     {updatedAt: '2026-02-09T10:00:00.000Z', …} → 1770631200000
 *
 * @returns nothing if it does not tell
 */
export function changedAt(submission: Record<string, unknown>): number | undefined {
	const own = timeOf(submission.updatedAt);
	const ofAnswers = recordsIn(submission.responses).map(
		({ updatedAt, createdAt }) => timeOf(updatedAt) ?? timeOf(createdAt),
	);
	const times = [own, ...ofAnswers].filter((time) => time !== undefined);
	return times.length > 0 ? Math.max(...times) : (timeOf(submission.createdAt) ?? timeOf(submission.submittedAt));
}
