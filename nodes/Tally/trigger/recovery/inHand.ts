import type { ITriggerFunctions } from 'n8n-workflow';

import { pause } from '../../../shared/pause';
import type { BackgroundClient } from '../../transport/backgroundClient';
import { refusalError } from '../../transport/refusals';
import { isSuccess } from '../../transport/reply';
import { warnOnceAnHour } from '../log';
import type { TriggerOptions } from '../options';
import type { AbandonedStep, Step } from './decide';
import { executionDataOf, loadedAbandoned, loadSubmissions, startRun, type Ending, type Loaded } from './emission';
import type { Knowledge } from './knowledge';

/** So many runs of ours go on at a time: n8n starts whatever comes. */
const RUNS_AT_ONCE = 5;

/** So many submissions are read at once, with their answers. */
const LOADED_AT_ONCE = 50;

/** How the user wants the trigger to be. */
export interface Wishes {
	readonly options: TriggerOptions;
	/** Whether Tally is answered when the workflow has finished, so that a run that failed is repeated. */
	readonly repeatsFailedRuns: boolean;
	/** So long a run is left alone that another n8n, or this one before its restart, has started, in milliseconds. */
	readonly maxElsewhereMs: number;
}

/** The submissions that are being brought, one after the other in order of submission, beside the checks. */
export class InHand {
	private steps: Array<Step & { decidedAt: number }> = [];

	private isAtWork = false;

	private runs = 0;

	private wake: () => void = () => undefined;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly wishes: Wishes,
		private readonly knowledge: Knowledge,
		private readonly closed: AbortSignal,
		/** Called when a run is settled. */
		private readonly onSettled: () => void = () => undefined,
	) {}

	/** Takes steps on; they are done without anybody waiting for it. */
	take(client: BackgroundClient, formId: string, steps: readonly Step[]): void {
		if (steps.length === 0) return;
		for (const step of steps) this.knowledge.note(nameOf(step), { isInHand: true });
		const decidedAt = performance.now();
		for (const step of steps) this.steps.push({ ...step, decidedAt });
		if (!this.isAtWork) void this.work(client, formId);
	}

	private async work(client: BackgroundClient, formId: string): Promise<void> {
		this.isAtWork = true;
		try {
			while (this.steps.length > 0 && !this.closed.aborted) {
				const [first] = this.steps;
				if (first?.kind === 'ask') await this.ask(client, first);
				else await this.emitNext(client, formId);
			}
		} catch {
			// The check that comes next meets the same trouble, and says so.
		} finally {
			this.isAtWork = false;
			for (const step of this.steps) this.knowledge.note(nameOf(step), { isInHand: false });
			this.steps = [];
		}
	}

	/** @throws ItemError if Tally can't answer now */
	private async ask(client: BackgroundClient, step: Step & { kind: 'ask'; decidedAt: number }): Promise<void> {
		const { delivery, submission, decidedAt } = step;
		const { id } = submission;
		const known = this.knowledge.of(id);
		if (!this.knowledge.isTakenSince(id, decidedAt)) {
			const reply = await client.ask({
				method: 'POST',
				path: `/webhooks/${encodeURIComponent(delivery.webhookId)}/events/${encodeURIComponent(delivery.id)}`,
				expects: 'anything',
			});
			const isRefused = reply.status >= 400 && reply.status < 500 && reply.status !== 401 && reply.status !== 429;
			if (!isSuccess(reply) && !isRefused) throw refusalError(reply);
			const asked = { times: (known.asked?.times ?? 0) + 1, at: client.now(), isRefused, before: delivery };
			this.knowledge.note(id, { asked });
		}
		this.steps.shift();
		this.knowledge.note(id, { isInHand: false });
	}

	/** Starts runs of the next submissions, as many as come before one with which something else is to be done. */
	private async emitNext(client: BackgroundClient, formId: string): Promise<void> {
		const otherwise = this.steps.findIndex(({ kind }) => kind !== this.steps[0]?.kind);
		const next = this.steps.slice(0, otherwise === -1 ? LOADED_AT_ONCE : Math.min(otherwise, LOADED_AT_ONCE));
		const abandoned = next.filter((step): step is AbandonedStep & { decidedAt: number } => step.kind === 'abandoned');
		const loaded =
			abandoned.length > 0
				? await loadedAbandoned(client, formId, abandoned)
				: await loadSubmissions(
						client,
						formId,
						next.map(({ submission }) => submission),
					);
		for (const step of next) {
			await this.room();
			if (this.closed.aborted) return;
			this.steps.shift();
			this.runs++;
			void this.run(step, formId, loaded).finally(() => {
				this.runs--;
				this.wake();
			});
		}
	}

	private async room(): Promise<void> {
		while (this.runs >= RUNS_AT_ONCE) await new Promise<void>((resolve) => (this.wake = resolve));
	}

	/** Never throws: what becomes of a run is noted. */
	private async run(step: Step & { decidedAt: number }, formId: string, loaded: Loaded): Promise<void> {
		const { knowledge } = this;
		const { kind, submission, decidedAt } = step;
		const { submittedAt } = submission;
		const id = nameOf(step);
		const known = knowledge.of(id);
		const body = loaded.submissions.get(submission.id);
		// Somebody has deleted it, or a delivery has come meanwhile.
		if (body === undefined || this.knowledge.isTakenSince(id, decidedAt)) {
			knowledge.note(id, { isInHand: false, isSettled: body === undefined, submittedAt });
			return;
		}
		const attempt = (known.failedRuns ?? 0) + 1;
		knowledge.note(id, { emitted: 'underWay' });
		const ending = await this.outcome(body, formId, loaded, id, attempt);
		const { repeatsFailedRuns } = this.wishes;
		if (ending === 'notStarted') {
			knowledge.note(id, { isInHand: false, emitted: undefined });
			this.tell('n8n could not start a run of a submission that Tally Trigger brings: it tries again later.');
		} else if (repeatsFailedRuns && ending === 'failed') {
			knowledge.note(id, { isInHand: false, emitted: undefined, failedRuns: attempt });
			this.tell(
				'A run that Tally Trigger started of a submission that was missed has failed: it starts another one later.',
			);
		} else if (repeatsFailedRuns && ending === 'elsewhere') {
			knowledge.note(id, { emitted: undefined });
			await pause(this.wishes.maxElsewhereMs, this.closed);
			knowledge.note(id, { isInHand: false, failedRuns: attempt });
		} else {
			knowledge.note(id, { isInHand: false, emitted: 'done', isSettled: true, submittedAt });
			if (kind === 'abandoned') knowledge.noteAbandoned(submission.id);
			// Only this process knows: the settled moment is to be written soon.
			else knowledge.hasEmitted = true;
			this.onSettled();
		}
	}

	private async outcome(
		submission: Record<string, unknown>,
		formId: string,
		loaded: Loaded,
		id: string,
		attempt: number,
	): Promise<Ending> {
		const { context, wishes } = this;
		try {
			const item = await executionDataOf(context, submission, formId, loaded, wishes.options);
			const key = JSON.stringify([context.getWorkflow().id, context.getNode().id, id, attempt]);
			return await startRun(context, item, key);
		} catch {
			return 'notStarted';
		}
	}

	private tell(message: string): void {
		warnOnceAnHour(this.context, message);
	}
}

/** Under what a submission is known: one that was abandoned may be completed later, and then starts a run of its own. */
function nameOf({ kind, submission: { id } }: Step): string {
	return kind === 'abandoned' ? abandonedName(id) : id;
}

/** Under what a submission is known as abandoned. */
export function abandonedName(submissionId: string): string {
	return `abandoned ${submissionId}`;
}
