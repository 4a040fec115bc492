import type { LoggedDelivery } from './logged';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** An attempt of Tally's is over by then: it waits 10 seconds for an answer. */
const QUIET_MS = 30 * SECOND;

/** So much later than a submission its delivery may come into the log, and the submission into the list. */
const LATE_MS = MINUTE;

/** What Tally calls "queued" for longer hangs. */
const STUCK_MS = 15 * MINUTE;

/** What was asked for comes by then, if it comes. */
const ANSWERED_MS = MINUTE;

/** How often Tally is asked to send what then does not arrive. */
const MAX_ASKED = 2;

/** A run that fails is tried so often, by Tally and by the check together: as often as Tally itself does. */
export const MAX_RUNS = 6;

/** Tally's waits before it sends again (https://tally.so/help/webhooks), after the first attempt, the second and so on. */
const LADDER_MS = [5 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR];

/** So much longer than it says Tally may wait. */
const LADDER_SLACK_MS = 5 * MINUTE;

/** A completed submission, as Tally lists it. */
export interface ListedSubmission {
	readonly id: string;
	/** In milliseconds since 1970, by Tally's clock, which shows whole seconds here. */
	readonly submittedAt: number;
}

/** What this process knows of a submission; another one may know more. */
export interface Known {
	/** It needs nothing more. */
	readonly isSettled?: boolean;
	/** When a delivery of it last started a run, by Tally's clock. */
	readonly takenAt?: number;
	/** How many runs deliveries of it have started in this process. */
	readonly takenRuns?: number;
	/** Whether Tally was told that all is well. */
	readonly isAcknowledged?: boolean;
	/** It is asked for, or emitted, as soon as its turn comes, or its run is waited for. */
	readonly isInHand?: boolean;
	/** Runs of ours that failed. */
	readonly failedRuns?: number;
	/** How Tally was asked to send it again. */
	readonly asked?: Asked;
}

export interface Asked {
	readonly times: number;
	/** When it was last asked for, by Tally's clock. */
	readonly at: number;
	/** Whether Tally said that it will not. */
	readonly isRefused: boolean;
	/** The entry of the log as it was before. */
	readonly before: Pick<LoggedDelivery, 'attempts' | 'lastAttemptAt'>;
}

export interface Situation {
	/** By Tally's clock, in milliseconds since 1970. */
	readonly now: number;
	/** Up to this moment, and with it, all is settled. */
	readonly settledUntil: number;
	/** The completed submissions since then, in any order; earlier ones do no harm. */
	readonly submissions: readonly ListedSubmission[];
	/** The log of the webhooks that are or were ours, in any order; missing if it was not read, none with polling. */
	readonly log: readonly LoggedDelivery[] | undefined | 'none';
	/** Whether a run that failed is repeated: where Tally is answered when the workflow has finished. */
	readonly repeatsFailedRuns: boolean;
	readonly known: (submissionId: string) => Known;
}

/** Something to do about a submission. */
export type Step =
	| { readonly kind: 'ask'; readonly submission: ListedSubmission; readonly delivery: LoggedDelivery }
	| { readonly kind: 'emit'; readonly submission: ListedSubmission }
	| AbandonedStep;

/** One that was abandoned, with what the list says of it, and of the form's questions. */
export interface AbandonedStep {
	readonly kind: 'abandoned';
	readonly submission: ListedSubmission;
	readonly body: Record<string, unknown>;
	readonly questions: unknown;
}

export interface Decision {
	/** Up to this moment, and with it, all is settled; never before what was given. */
	readonly settledUntil: number;
	/** Whether something can only be told by the log, which was not read. */
	readonly needsLog: boolean;
	/** In order of submission. */
	readonly steps: readonly Step[];
	/** Submissions that need nothing more. */
	readonly settled: readonly ListedSubmission[];
	/** Of these: all runs failed, and there will be no further one. */
	readonly givenUp: readonly ListedSubmission[];
	/** Of these: a run was started, but Tally gave up waiting for it. */
	readonly tooSlow: readonly ListedSubmission[];
	/** Whether something is not settled yet. */
	readonly isOpen: boolean;
}

type Verdict = 'settled' | 'givenUp' | 'tooSlow' | 'waiting' | 'needsLog' | 'emit' | LoggedDelivery;

/**
 * What to do about the submissions that no run has taken, and up to which moment nothing is open.
 *
 * What Tally's log shows as not taken, Tally is asked to send again; what no log knows, or Tally will not send again,
 * is emitted. Nothing that Tally may still be sending is touched. It is right whether or not Tally repeats a delivery
 * that succeeded, and in whatever order lists come.
 *
 *     a submission that the log shows with status 502, quiet for 30 s  → ask
 *     one of which the log knows nothing, a minute old                 → emit
 *     one that was answered with 202                                   → settled
 *     with polling, one that has started no run                        → emit
 */
export function decide(situation: Situation): Decision {
	const { now, settledUntil, log } = situation;
	const open = situation.submissions
		.filter(({ submittedAt }) => submittedAt > settledUntil)
		.sort((one, other) => one.submittedAt - other.submittedAt);
	const logged = bySubmission(log === 'none' ? [] : log);

	const steps: Step[] = [];
	const settled: ListedSubmission[] = [];
	const givenUp: ListedSubmission[] = [];
	const tooSlow: ListedSubmission[] = [];
	let needsLog = false;
	let firstOpen: ListedSubmission | undefined;
	for (const submission of open) {
		const entries = log === undefined || log === 'none' ? log : (logged.get(submission.id) ?? []);
		const verdict = verdictOf(submission, situation, entries);
		if (verdict === 'settled' || verdict === 'givenUp' || verdict === 'tooSlow') {
			settled.push(submission);
			if (verdict === 'givenUp') givenUp.push(submission);
			if (verdict === 'tooSlow') tooSlow.push(submission);
			continue;
		}
		firstOpen ??= submission;
		if (verdict === 'needsLog') needsLog = true;
		else if (verdict === 'emit') steps.push({ kind: 'emit', submission });
		else if (verdict !== 'waiting') steps.push({ kind: 'ask', submission, delivery: verdict });
	}
	const until = Math.min(now - LATE_MS, firstOpen === undefined ? Infinity : firstOpen.submittedAt - 1);
	return {
		settledUntil: Math.max(settledUntil, until),
		needsLog,
		steps,
		settled,
		givenUp,
		tooSlow,
		isOpen: firstOpen !== undefined,
	};
}

/** @param entries those of the log; missing if it was not read, none if there is none */
function verdictOf(
	{ id, submittedAt }: ListedSubmission,
	{ now, repeatsFailedRuns, known: knownOf }: Situation,
	entries: readonly LoggedDelivery[] | undefined | 'none',
): Verdict {
	const known = knownOf(id);
	if (known.isSettled === true) return 'settled';
	if (known.isInHand === true) return 'waiting';
	const isTaken = known.takenAt !== undefined;
	const failedRuns = known.failedRuns ?? 0;
	if (entries === 'none') return failedRuns < MAX_RUNS ? 'emit' : 'givenUp';
	if (entries === undefined) return now - submittedAt < QUIET_MS ? 'waiting' : 'needsLog';

	if (entries.some(({ standing }) => standing === 'taken')) return 'settled';
	const latest = latestOf(entries);
	if (latest === undefined) {
		// Its run may have failed before the webhook, and with it the log, was removed.
		if (isTaken && (known.isAcknowledged === true || !repeatsFailedRuns)) return 'settled';
		if (now - submittedAt < LATE_MS) return 'waiting';
		return failedRuns < MAX_RUNS ? 'emit' : 'givenUp';
	}

	const quietFor = now - latest.lastAttemptAt;
	// What was taken here a moment ago the log may not show yet: it was read before.
	const takenFor = known.takenAt === undefined ? Infinity : now - known.takenAt;
	if (quietFor < QUIET_MS || takenFor < QUIET_MS) return 'waiting';
	if (latest.standing === 'underWay' && quietFor < STUCK_MS) return 'waiting';
	// Of Tally's attempts some may have reached nobody; the log tells of the last one alone. Where nobody here knows, a
	// last try is left.
	const atMost = known.takenRuns ?? MAX_RUNS - 1;
	const ofDeliveries = latest.standing === 'runFailed' ? Math.min(latest.attempts, atMost) : 0;
	const runs = failedRuns + ofDeliveries;
	if (runs >= MAX_RUNS) return 'givenUp';
	if (latest.standing === 'runFailed' && !repeatsFailedRuns) return 'settled';
	if (latest.standing === 'runFailed' && isDueOnLadder(latest, quietFor)) return 'waiting';
	// Unless it was another attempt that was taken here.
	const isOfThisAttempt = Math.abs(takenFor - quietFor) <= QUIET_MS;
	if (isOfThisAttempt && latest.standing === 'notTaken' && !latest.isAnswered) return 'tooSlow';
	return askOrEmit(latest, known.asked, now);
}

/** Asks for a delivery as long as that may help. */
function askOrEmit(
	delivery: LoggedDelivery,
	asked: Asked | undefined,
	now: number,
): LoggedDelivery | 'waiting' | 'emit' {
	if (asked === undefined) return delivery;
	if (asked.isRefused) return 'emit';
	const { attempts, lastAttemptAt } = asked.before;
	if (delivery.attempts === attempts && delivery.lastAttemptAt === lastAttemptAt) {
		return now - asked.at < ANSWERED_MS ? 'waiting' : 'emit';
	}
	return asked.times < MAX_ASKED ? delivery : 'emit';
}

/** Whether Tally sends it again soon by itself; if that is long overdue, it does not. */
function isDueOnLadder({ isOnLadder, attempts }: LoggedDelivery, quietFor: number): boolean {
	const wait = LADDER_MS[attempts - 1];
	return isOnLadder && wait !== undefined && quietFor < wait + LADDER_SLACK_MS;
}

/** The entry that changed last: a submission that was sent again may have several. */
function latestOf(entries: readonly LoggedDelivery[]): LoggedDelivery | undefined {
	return entries.reduce<LoggedDelivery | undefined>(
		(latest, entry) => (latest === undefined || entry.lastAttemptAt > latest.lastAttemptAt ? entry : latest),
		undefined,
	);
}

function bySubmission(log: readonly LoggedDelivery[] = []): Map<string, LoggedDelivery[]> {
	const entries = new Map<string, LoggedDelivery[]>();
	for (const entry of log) {
		const others = entries.get(entry.submissionId);
		if (others === undefined) entries.set(entry.submissionId, [entry]);
		else others.push(entry);
	}
	return entries;
}
