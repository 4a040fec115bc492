import type { ITriggerFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Asked, Known } from './decide';

/** The last abandoned submissions that have started a run: so many are remembered. */
export const MAX_ABANDONED_KEPT = 1_000;

/** More submissions than are settled before an older one is. */
export const MAX_SETTLED_KEPT = 5_000;

/** More submissions than are open at a time; of older ones nothing is known then. */
const MAX_KEPT = 50_000;

/** So long n8n may take to publish a trigger, or to end it. */
const HOLD_MS = 60_000;

interface Entry extends Omit<Known, 'asked' | 'takenAt'> {
	/** By a clock that never jumps. */
	takenAt?: number;
	/** By Tally's clock. */
	submittedAt?: number;
	asked?: Asked;
	/** Where the run stands that was started without a delivery; nothing if it failed. */
	emitted?: 'underWay' | 'done';
}

/**
 * What this process knows of the submissions of one trigger. Nothing depends on it but speed, and that nothing is done
 * twice: after a restart, and in another process, Tally's log tells.
 */
export class Knowledge {
	/** Up to this moment all is settled, in milliseconds since 1970 by Tally's clock. */
	settledUntil = 0;

	/** What has not changed since this moment needs no look for abandoned ones. */
	abandonedUntil = 0;

	/** Abandoned submissions that have started a run, the last one last. */
	private readonly abandoned = new Set<string>();

	/** The webhook at Tally, as it was last seen or made. */
	webhookId: string | undefined;

	/** Webhooks of ours that are gone from Tally's list; their logs may still be there. */
	formerIds: readonly string[] = [];

	/** Whether something was settled since the settled moment was last written to Tally. */
	hasNews = false;

	/** Whether a run was started without a delivery since then: no log tells of that. */
	hasEmitted = false;

	/** Ends the checks of this trigger, if it is published here. */
	stop: () => Promise<void> = () => Promise.resolve();

	/** No check begins before, by a clock that never jumps. */
	heldUntil = 0;

	/** The check that is under way. */
	underWay: Promise<unknown> = Promise.resolve();

	/** Lets no check begin while n8n publishes or ends the trigger, and waits for the one that is under way. */
	async holdChecks(): Promise<void> {
		this.heldUntil = performance.now() + HOLD_MS;
		await this.underWay;
	}

	releaseChecks(): void {
		this.heldUntil = 0;
	}

	private readonly entries = new Map<string, Entry>();

	/** A delivery of it starts a run. */
	noteTaken(submissionId: string): void {
		const takenRuns = (this.entries.get(submissionId)?.takenRuns ?? 0) + 1;
		this.note(submissionId, { takenAt: performance.now(), takenRuns, isAcknowledged: false });
	}

	/** @param now by Tally's clock */
	asOf(submissionId: string, now: number): Known {
		const known = this.entries.get(submissionId) ?? {};
		const { takenAt } = known;
		return takenAt === undefined ? known : { ...known, takenAt: now - (performance.now() - takenAt) };
	}

	/** @param moment by a clock that never jumps */
	isTakenSince(submissionId: string, moment: number): boolean {
		const takenAt = this.entries.get(submissionId)?.takenAt;
		return takenAt !== undefined && takenAt > moment;
	}

	of(submissionId: string): Omit<Known, 'takenAt'> {
		return this.entries.get(submissionId) ?? {};
	}

	note(submissionId: string, what: Partial<Entry>): void {
		const entry = { ...this.entries.get(submissionId), ...what };
		this.entries.delete(submissionId);
		this.entries.set(submissionId, entry);
		if (this.entries.size <= MAX_KEPT) return;
		const [oldest] = this.entries.keys();
		if (oldest !== undefined) this.entries.delete(oldest);
	}

	/** What is settled after the settled moment, since something older is not, with the times of submission. */
	settledBeyond(): Array<[submissionId: string, submittedAt: number]> {
		const beyond: Array<[string, number]> = [];
		for (const [id, { isSettled, submittedAt }] of this.entries) {
			if (isSettled === true && submittedAt !== undefined && submittedAt > this.settledUntil)
				beyond.push([id, submittedAt]);
		}
		return beyond.slice(-MAX_SETTLED_KEPT);
	}

	abandonedIds(): string[] {
		return [...this.abandoned];
	}

	hasBroughtAbandoned(submissionId: string): boolean {
		return this.abandoned.has(submissionId);
	}

	noteAbandoned(submissionId: string): void {
		this.abandoned.add(submissionId);
		const [oldest] = this.abandoned;
		if (this.abandoned.size > MAX_ABANDONED_KEPT && oldest !== undefined) this.abandoned.delete(oldest);
	}

	/** Where the run stands that this process started without a delivery: one of these would start a second run. */
	emitted(submissionId: string): 'underWay' | 'done' | undefined {
		return this.entries.get(submissionId)?.emitted;
	}
}

const known = new Map<string, Knowledge>();

/** What this process knows of the trigger that n8n calls. */
export function knowledgeOf(context: IHookFunctions | ITriggerFunctions | IWebhookFunctions): Knowledge {
	const { id, name } = context.getNode();
	const key = JSON.stringify([context.getWorkflow().id, id, name]);
	const knowledge = known.get(key) ?? new Knowledge();
	known.set(key, knowledge);
	return knowledge;
}
