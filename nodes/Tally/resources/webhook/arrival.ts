import { bySubmission, latestOf, timeOf, type LoggedDelivery } from './deliveries';
import type { IsOwn } from './ownTriggers';

/** What Tally Trigger answers from its version 1.2 on, so that its answers can be told from anybody else's. */
const TAKEN = 202;

/** For so long after Tally's last attempt a submission is left to the trigger's own check. */
const LEFT_ALONE_MS = 30_000;

/** Why a submission has to be sent again: what stands in the log of the last attempt. */
export type NotArrivedBecause = 'failed' | 'dropped' | 'answeredByOther';

/** What became of a delivery that was asked for again. */
export type Ending = 'succeeded' | 'failed' | 'answeredByOther' | 'pending';

/** A submission that has not arrived at a webhook. */
export interface Missed {
	/** The entry of the log by which it is asked for again. */
	before: LoggedDelivery;
	because: NotArrivedBecause;
}

/** Where a submission stands after it was asked for again. */
export interface Standing {
	ending: Ending;
	/** The entry that tells. */
	now?: LoggedDelivery;
}

/** By which entries of a log a submission has arrived. All of these are of one submission at one webhook. */
export interface ArrivalRule {
	/** The entry to ask for, and why; nothing if it has arrived, or may yet without being asked for. */
	missed(entries: readonly LoggedDelivery[]): Missed | undefined;
	/** How it ended; what is in the log unchanged is pending. */
	standing(before: LoggedDelivery, entries: readonly LoggedDelivery[]): Standing;
}

/** Any 2xx is an arrival. The last entry to change tells. */
export const byAnyAnswer: ArrivalRule = {
	missed: (entries) => {
		const before = latestOf(entries);
		const because = before === undefined ? undefined : notDelivered(before);
		return before === undefined || because === undefined ? undefined : { before, because };
	},

	standing: (before, entries) => {
		const now = latestOf(entries);
		if (now === undefined || now.status === 'QUEUED') return { ending: 'pending', now };
		if (now.status === 'SUCCEEDED') return { ending: 'succeeded', now };
		return { ending: isUnchanged(before, now) ? 'pending' : 'failed', now };
	},
};

/**
 * Only what the trigger itself has answered is an arrival, whatever came later: 202, or, before it had version 1.2,
 * 200 and nothing else. n8n that starts, a login page and a proxy answer 200, too, and have taken nothing.
 *
 * @param isOwn whether an address is one of this n8n's triggers; what was answered elsewhere has arrived there
 * @param now by Tally's clock, in milliseconds since 1970
 */
export function byOwnAnswer(isOwn: IsOwn, now: number): ArrivalRule {
	const isOthers = (delivery: LoggedDelivery) =>
		delivery.statusCode !== null && isOwn(delivery.webhookUrl) && !isTriggersAnswer(delivery);
	return {
		missed: (entries) => {
			if (entries.some(({ status }) => status === 'QUEUED')) return undefined;
			if (entries.some((delivery) => delivery.status === 'SUCCEEDED' && !isOthers(delivery))) return undefined;
			const before = latestOf(entries);
			if (before === undefined || isRecent(before, now)) return undefined;
			const because = before.status === 'SUCCEEDED' ? 'answeredByOther' : notDelivered(before);
			return because === undefined ? undefined : { before, because };
		},

		standing: (before, entries) => {
			// Nothing had arrived when it was asked for, and the trigger answers 202 by now.
			const taken = entries.find((delivery) => delivery.status === 'SUCCEEDED' && delivery.statusCode === TAKEN);
			if (taken !== undefined) return { ending: 'succeeded', now: taken };
			const latest = latestOf(entries);
			if (latest === undefined || latest.status === 'QUEUED' || isUnchanged(before, latest)) {
				return { ending: 'pending', now: latest };
			}
			return { ending: latest.status === 'SUCCEEDED' ? 'answeredByOther' : 'failed', now: latest };
		},
	};
}

/** Whether a log shows a trigger of version 1.2 at an address of this n8n. */
export function hasMark(log: readonly LoggedDelivery[], isOwn: IsOwn): boolean {
	return log.some((delivery) => delivery.statusCode === TAKEN && isByTrigger(delivery, isOwn));
}

/** Whether an entry holds the answer of a trigger of this n8n, of whichever version. */
export function isByTrigger(delivery: LoggedDelivery, isOwn: IsOwn): boolean {
	return delivery.status === 'SUCCEEDED' && isTriggersAnswer(delivery) && isOwn(delivery.webhookUrl);
}

/** The submissions of a log that have not arrived, the oldest first, as they would have come. */
export function missedOf(log: readonly LoggedDelivery[], rule: ArrivalRule): Missed[] {
	return oldestFirst([...bySubmission(log).values()].flatMap((entries) => rule.missed(entries) ?? []));
}

export function oldestFirst(missed: readonly Missed[]): Missed[] {
	return [...missed].sort(({ before: one }, { before: other }) => timeOf(one.createdAt) - timeOf(other.createdAt));
}

/** 202; of versions 1 and 1.1, 200 and nothing else. */
function isTriggersAnswer({ statusCode, isAnswerEmpty }: LoggedDelivery): boolean {
	return statusCode === TAKEN || (statusCode === 200 && isAnswerEmpty);
}

function notDelivered({ status }: LoggedDelivery): NotArrivedBecause | undefined {
	if (status === 'FAILED') return 'failed';
	return status === 'DROPPED' ? 'dropped' : undefined;
}

/** Clocks that differ must not hide anything for longer: what lies far ahead is not recent. */
function isRecent({ updatedAt }: LoggedDelivery, now: number): boolean {
	return Math.abs(now - timeOf(updatedAt)) < LEFT_ALONE_MS;
}

function isUnchanged(before: LoggedDelivery, now: LoggedDelivery): boolean {
	return now.id === before.id && now.updatedAt === before.updatedAt && now.retry === before.retry;
}
