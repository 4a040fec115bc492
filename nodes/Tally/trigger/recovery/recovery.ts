import type { ITriggerFunctions } from 'n8n-workflow';

import { ItemError } from '../../../shared/itemError';
import type { BackgroundClient } from '../../transport/backgroundClient';
import { apiKeyOf } from '../../transport/credential';
import { readListAs } from '../../transport/pages';
import { isSuccess } from '../../transport/reply';
import type { Listening } from '../listening';
import { tellOnceAnHour, warnOnceAnHour } from '../log';
import { recall, recallAbandoned, recallLeft, recallSettled, type Remembered, type SettledMoment } from '../memory';
import { unseal } from '../seal';
import { replaceWebhook } from '../webhooks';
import { within } from '../within';
import { decideAbandoned } from './abandoned';
import { accountOf, type Account } from './account';
import { decide, type Decision, type ListedSubmission, type Situation, type Step } from './decide';
import { abandonedName, InHand, type Wishes } from './inHand';
import { knowledgeOf } from './knowledge';
import { LeftBehind } from './leftBehind';
import { readLog } from './log';
import { timeOf, type LoggedDelivery } from './logged';
import type { Note } from './note';
import { Notes } from './notes';
import { readPartials } from './partials';
import { makeRight, type Right } from './repair';
import { settledIn, withSettled } from './settledHeader';

const MINUTE = 60_000;

/** So much further than the submission's own time its delivery is looked for: two clocks of Tally's may differ. */
const CLOCKS_DIFFER_MS = 5 * MINUTE;

/** The settled moment is written to Tally that often at most. */
const WRITE_AFTER_MS = 60 * MINUTE;

/** So long a check that is under way may take to end. */
const MAX_CLOSE_MS = 20_000;

/** The logs of so many webhooks that are gone are looked at. */
const MAX_FORMER = 3;

/** How the user wants the checks to be. */
export interface Checks extends Wishes {
	readonly listening: Listening;
	/** How old a list of webhooks may be, in milliseconds. */
	readonly maxListAgeMs: number;
}

/** What a check has found. */
export interface Found {
	/** Whether something is not settled yet, so that the next check should not be long. */
	readonly isOpen: boolean;
}

/**
 * Keeps one published trigger alive: makes its webhook right, and brings the submissions that no run has taken. It
 * writes nothing to the workflow's static data.
 */
export class Recovery {
	private readonly closing = new AbortController();

	private readonly knowledge;

	private readonly inHand: InHand;

	private readonly notes: Notes;

	private left: LeftBehind | undefined;

	private underWay: Promise<Found> | undefined;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly wishes: Checks,
	) {
		this.knowledge = knowledgeOf(context);
		this.notes = new Notes(context, () => this.note());
		const isNoted = wishes.listening.completed === 'polling' || wishes.listening.abandonedAfterMs !== undefined;
		const onSettled = () => {
			if (isNoted) this.notes.keep();
		};
		this.inHand = new InHand(context, wishes, this.knowledge, this.closing.signal, onSettled);
	}

	/** Ends what is under way, and begins nothing more. */
	async close(): Promise<void> {
		this.closing.abort();
		await within(MAX_CLOSE_MS, this.knowledge.underWay);
		await within(MAX_CLOSE_MS, this.notes.done());
	}

	/** Checks once; while a check is under way, that one counts. Never throws: what goes wrong stands in the log. */
	async check(): Promise<Found> {
		if (performance.now() < this.knowledge.heldUntil) return { isOpen: true };
		this.underWay ??= this.checkInTurn().finally(() => (this.underWay = undefined));
		return await this.underWay;
	}

	private async checkInTurn(): Promise<Found> {
		let found: Found = { isOpen: false };
		try {
			const account = await accountOf(this.context);
			await account.inTurn(async () => {
				if (this.closing.signal.aborted) return;
				const look = this.look(account);
				this.knowledge.underWay = look.catch(() => undefined);
				found = await look;
			});
		} catch (error) {
			if (!this.closing.signal.aborted) this.tell(error);
			found = { isOpen: true };
		}
		return found;
	}

	private async look(account: Account): Promise<Found> {
		const memory = this.context.getWorkflowStaticData('node');
		const registration = recall(memory);
		// What is being published has no webhook yet.
		if (registration === undefined) return { isOpen: true };
		const client = account.client(this.context, this.closing.signal);
		const apiKey = await apiKeyOf(this.context);
		const secretOf = ({ sealedSecret }: Remembered) => unseal(sealedSecret, apiKey);
		const { completed, abandonedAfterMs } = this.wishes.listening;
		let isOpen = false;
		if (completed === 'webhook') isOpen = await this.lookAfterWebhook(account, client, registration, secretOf);
		if (completed === 'polling') isOpen = await this.poll(client, registration.formId);
		if (abandonedAfterMs !== undefined) {
			isOpen = (await this.lookForAbandoned(client, registration.formId, abandonedAfterMs)) || isOpen;
		}
		return { isOpen };
	}

	/** Makes the webhook right, and brings what no run of its deliveries has taken; returns whether something is open. */
	private async lookAfterWebhook(
		account: Account,
		client: BackgroundClient,
		registration: Remembered,
		secretOf: (registration: Remembered) => string | undefined,
	): Promise<boolean> {
		const { knowledge } = this;
		const memory = this.context.getWorkflowStaticData('node');
		const secret = secretOf(registration);
		const webhookId = knowledge.webhookId ?? registration.webhookId;
		const wanted = { registration, secret, webhookId, settledUntil: knowledge.settledUntil };
		const right = await makeRight(account, client, wanted, this.wishes.maxListAgeMs);
		knowledge.webhookId = right.id;
		if (webhookId !== undefined && webhookId !== right.id) {
			knowledge.formerIds = [webhookId, ...knowledge.formerIds].slice(0, MAX_FORMER);
		}
		this.tellMended(right, registration);

		const { formId } = registration;
		const since = this.settledUntil(client, formId, settledIn(right.webhook?.httpHeaders ?? null));

		const leftRegistration = recallLeft(memory);
		const leftSecret = leftRegistration && secretOf(leftRegistration);
		if (leftRegistration !== undefined) {
			this.left ??= new LeftBehind(this.context, leftRegistration, client.now());
		}
		const left = this.left?.webhookIn(right.listed, leftSecret);

		const situation = { ...(await this.situation(client, formId, since)), log: undefined };
		let decision = decide(situation);
		let log: readonly LoggedDelivery[] = [];
		if (decision.needsLog || left !== undefined) {
			log = await this.logsOf(client, left === undefined ? [right.id] : [right.id, left.id], since);
			decision = decide({ ...situation, now: client.now(), log });
		}
		this.tellBrought(formId, decision);
		this.act(client, formId, decision);

		if (left !== undefined && (await this.left?.removeIfUnused(client, left, leftSecret, log)) === true) {
			account.forgetWebhooks();
		}
		if (secret !== undefined) await this.writeSettled(account, client, registration, secret, right);
		return decision.isOpen || left !== undefined;
	}

	/** Starts a run of each new submission, without a webhook; returns whether something is open. */
	private async poll(client: BackgroundClient, formId: string): Promise<boolean> {
		const since = this.settledUntil(client, formId, 0);
		const decision = decide({ ...(await this.situation(client, formId, since)), log: 'none' });
		this.act(client, formId, decision);
		if (decision.givenUp.length > 0) this.notes.keep();
		return decision.isOpen;
	}

	/** Starts a run of each abandoned submission; returns whether something is open. */
	private async lookForAbandoned(client: BackgroundClient, formId: string, afterMs: number): Promise<boolean> {
		const { knowledge } = this;
		const remembered = recallAbandoned(this.context.getWorkflowStaticData('node'), formId);
		const since = Math.max(knowledge.abandonedUntil, this.byTallysClock(client, remembered));
		const settledUntil = since === 0 ? client.now() : since;
		const { partials, questions } = await readPartials(client, formId, settledUntil, afterMs);
		const decision = decideAbandoned({
			now: client.now(),
			afterMs,
			settledUntil,
			partials,
			known: (id) => (knowledge.hasBroughtAbandoned(id) ? { isSettled: true } : knowledge.of(abandonedName(id))),
		});
		knowledge.abandonedUntil = Math.max(knowledge.abandonedUntil, decision.settledUntil);
		for (const { id } of decision.givenUp) {
			knowledge.noteAbandoned(id);
			this.tellGivenUp(id);
		}
		if (decision.givenUp.length > 0) this.notes.keep();
		const steps = decision.due.map(({ id, changedAt, body }): Step => ({
			kind: 'abandoned',
			submission: { id, submittedAt: changedAt },
			body,
			questions,
		}));
		this.inHand.take(client, formId, steps);
		return decision.isOpen;
	}

	/** Up to which moment all completed submissions are settled, by all that is known. */
	private settledUntil(client: BackgroundClient, formId: string, atTally: number): number {
		const remembered = recallSettled(this.context.getWorkflowStaticData('node'), formId);
		const until = Math.max(this.knowledge.settledUntil, this.byTallysClock(client, remembered), atTally);
		// Nothing remembered means now, not the form's beginning.
		return until === 0 ? client.now() : until;
	}

	/** 0 for nothing. */
	private byTallysClock(client: BackgroundClient, remembered: SettledMoment | undefined): number {
		if (remembered === undefined) return 0;
		return remembered.clock === 'Tally' ? remembered.at : remembered.at + client.now() - Date.now();
	}

	private async situation(client: BackgroundClient, formId: string, since: number): Promise<Omit<Situation, 'log'>> {
		const submissions = await this.submissionsSince(client, formId, since);
		return {
			now: client.now(),
			settledUntil: since,
			submissions,
			repeatsFailedRuns: this.wishes.repeatsFailedRuns,
			known: (id: string) => this.knowledge.asOf(id, client.now()),
		};
	}

	/** What is to be known after a restart. */
	private note(): Note | undefined {
		const { completed, abandonedAfterMs } = this.wishes.listening;
		const formId = recall(this.context.getWorkflowStaticData('node'))?.formId;
		if (formId === undefined) return undefined;
		const { knowledge } = this;
		const { settledUntil, abandonedUntil } = knowledge;
		const beyond = Object.fromEntries(knowledge.settledBeyond());
		// A moment is known once a check has come so far.
		const hasPolled = completed === 'polling' && settledUntil > 0;
		const hasLooked = abandonedAfterMs !== undefined && abandonedUntil > 0;
		return {
			formId,
			...(hasPolled ? { settled: { until: settledUntil, beyond } } : {}),
			...(hasLooked ? { abandoned: { until: abandonedUntil, ids: knowledge.abandonedIds() } } : {}),
		};
	}

	private act(client: BackgroundClient, formId: string, decision: Decision): void {
		const { knowledge } = this;
		knowledge.settledUntil = Math.max(knowledge.settledUntil, decision.settledUntil);
		for (const { id, submittedAt } of decision.settled) knowledge.note(id, { isSettled: true, submittedAt });
		knowledge.hasNews ||= decision.settled.length > 0;
		for (const { id } of decision.givenUp) this.tellGivenUp(id);
		if (decision.tooSlow.length > 0) {
			warnOnceAnHour(
				this.context,
				'The workflow takes longer than the 10 seconds that Tally waits, so that Tally sends its submissions again. Set "Acknowledge" of Tally Trigger to "When Received", or make the workflow shorter.',
			);
		}
		this.inHand.take(client, formId, decision.steps);
	}

	/** The completed submissions since a moment, without their answers. */
	private async submissionsSince(client: BackgroundClient, formId: string, since: number): Promise<ListedSubmission[]> {
		const path = `/forms/${encodeURIComponent(formId)}/submissions`;
		const query = { filter: 'completed', startDate: new Date(since).toISOString() };
		const listed = await readListAs(
			client,
			{ request: { method: 'GET', path, query }, name: 'submissions', maxAtOnce: 500 },
			({ id, submittedAt, createdAt }): ListedSubmission[] => {
				const time = timeOf(submittedAt) ?? timeOf(createdAt);
				return typeof id === 'string' && time !== undefined ? [{ id, submittedAt: time }] : [];
			},
		);
		return listed.flat();
	}

	/** The delivery logs of webhooks, and of those that were ours before, as far back as what is open may be. */
	private async logsOf(
		client: BackgroundClient,
		webhookIds: readonly string[],
		since: number,
	): Promise<LoggedDelivery[]> {
		const from = since - CLOCKS_DIFFER_MS;
		const logs: LoggedDelivery[] = [];
		for (const webhookId of webhookIds) logs.push(...(await readLog(client, webhookId, from)));
		for (const webhookId of this.knowledge.formerIds) {
			logs.push(...(await readLog(client, webhookId, from).catch((error: unknown) => this.noLogOf(webhookId, error))));
		}
		return logs;
	}

	/** As a rule a webhook's log is gone with it. */
	private noLogOf(webhookId: string, error: unknown): LoggedDelivery[] {
		if (!(error instanceof ItemError) || error.code !== 404) throw error;
		this.knowledge.formerIds = this.knowledge.formerIds.filter((id) => id !== webhookId);
		return [];
	}

	/** Once in a while, and only if something was settled since, so that a restart need not look back further. */
	private async writeSettled(
		account: Account,
		client: BackgroundClient,
		{ formId, url }: Remembered,
		secret: string,
		{ id, webhook }: Right,
	): Promise<void> {
		const { knowledge } = this;
		if (webhook === undefined || !knowledge.hasNews) return;
		const isMovedBy = knowledge.settledUntil - settledIn(webhook.httpHeaders);
		if (isMovedBy < (knowledge.hasEmitted ? 1 : WRITE_AFTER_MS)) return;
		const headers = withSettled(webhook.httpHeaders, knowledge.settledUntil);
		const reply = await replaceWebhook(client, id, { formId, url, secret }, headers);
		if (!isSuccess(reply)) return;
		knowledge.hasNews = false;
		knowledge.hasEmitted = false;
		account.forgetWebhooks();
	}

	private tellBrought(formId: string, { steps }: Decision): void {
		if (steps.length === 0) return;
		const asked = steps.filter(({ kind }) => kind === 'ask').length;
		tellOnceAnHour(
			this.context,
			`Tally Trigger brings submissions of the form ${formId} that no run has taken: it asks Tally to send ${asked} again, and starts runs of ${steps.length - asked} itself.`,
			'brings',
		);
	}

	private tellGivenUp(id: string): void {
		warnOnceAnHour(
			this.context,
			`Tally Trigger gave up on the submission ${id}: every run of it failed. Mend the workflow, then bring it with the Tally node's operation "Redeliver", or with "Get".`,
			`given up ${id}`,
		);
	}

	private tellMended({ mended }: Right, { formId }: Remembered): void {
		if (mended === undefined) return;
		const what = {
			missing: 'was not there: it made a new one',
			off: 'was switched off: it is on again',
			changed: 'had been changed: it is as it has to be',
		}[mended];
		tellOnceAnHour(
			this.context,
			`Tally Trigger looked after its webhook at the form ${formId}, which ${what}.`,
			`mended ${mended}`,
		);
	}

	private tell(error: unknown): void {
		const why = error instanceof ItemError ? `${error.message}. ${error.advice}` : 'something in it is not as expected';
		warnOnceAnHour(
			this.context,
			`Tally Trigger could not check its webhook and what it may have missed; it will try again: ${why}`,
		);
	}
}
