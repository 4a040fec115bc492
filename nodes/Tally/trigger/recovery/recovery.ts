import type { ITriggerFunctions } from 'n8n-workflow';

import { ItemError } from '../../../shared/itemError';
import type { BackgroundClient } from '../../transport/backgroundClient';
import { apiKeyOf } from '../../transport/credential';
import { readListAs } from '../../transport/pages';
import { isSuccess } from '../../transport/reply';
import { tellOnceAnHour, warnOnceAnHour } from '../log';
import { recall, recallLeft, recallSettled, type Remembered } from '../memory';
import { unseal } from '../seal';
import { replaceWebhook } from '../webhooks';
import { within } from '../within';
import { accountOf, type Account } from './account';
import { decide, type Decision, type ListedSubmission } from './decide';
import { InHand, type Wishes } from './inHand';
import { knowledgeOf } from './knowledge';
import { LeftBehind } from './leftBehind';
import { readLog } from './log';
import { timeOf, type LoggedDelivery } from './logged';
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

	private left: LeftBehind | undefined;

	private underWay: Promise<Found> | undefined;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly wishes: Wishes,
	) {
		this.knowledge = knowledgeOf(context);
		this.inHand = new InHand(context, wishes, this.knowledge, this.closing.signal);
	}

	/** Ends what is under way, and begins nothing more. */
	async close(): Promise<void> {
		this.closing.abort();
		await within(MAX_CLOSE_MS, this.knowledge.underWay);
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
		const secret = secretOf(registration);

		const { knowledge } = this;
		const webhookId = knowledge.webhookId ?? registration.webhookId;
		const wanted = { registration, secret, webhookId, settledUntil: knowledge.settledUntil };
		const right = await makeRight(account, client, wanted, this.wishes.maxListAgeMs);
		knowledge.webhookId = right.id;
		if (webhookId !== undefined && webhookId !== right.id) {
			knowledge.formerIds = [webhookId, ...knowledge.formerIds].slice(0, MAX_FORMER);
		}
		this.tellMended(right, registration);

		const { formId } = registration;
		const remembered = recallSettled(memory, formId);
		const ahead = client.now() - Date.now();
		const settledUntil = Math.max(
			knowledge.settledUntil,
			remembered === undefined ? 0 : remembered.clock === 'Tally' ? remembered.at : remembered.at + ahead,
			settledIn(right.webhook?.httpHeaders ?? null),
		);
		// Nothing remembered means now, not the form's beginning.
		const since = settledUntil === 0 ? client.now() : settledUntil;

		const leftRegistration = recallLeft(memory);
		const leftSecret = leftRegistration && secretOf(leftRegistration);
		if (leftRegistration !== undefined) {
			this.left ??= new LeftBehind(this.context, leftRegistration, client.now());
		}
		const left = this.left?.webhookIn(right.listed, leftSecret);

		const submissions = await this.submissionsSince(client, formId, since);
		const situation = {
			now: client.now(),
			settledUntil: since,
			submissions,
			log: undefined,
			repeatsFailedRuns: this.wishes.repeatsFailedRuns,
			known: (id: string) => knowledge.asOf(id, client.now()),
		};
		let decision = decide(situation);
		let log: readonly LoggedDelivery[] = [];
		if (decision.needsLog || left !== undefined) {
			log = await this.logsOf(client, left === undefined ? [right.id] : [right.id, left.id], since);
			decision = decide({ ...situation, now: client.now(), log });
		}
		this.act(client, registration, decision);

		if (left !== undefined && (await this.left?.removeIfUnused(client, left, leftSecret, log)) === true) {
			account.forgetWebhooks();
		}
		if (secret !== undefined) await this.writeSettled(account, client, registration, secret, right);
		return { isOpen: decision.isOpen || left !== undefined };
	}

	private act(client: BackgroundClient, { formId }: Remembered, decision: Decision): void {
		const { knowledge } = this;
		knowledge.settledUntil = Math.max(knowledge.settledUntil, decision.settledUntil);
		for (const { id } of decision.settled) knowledge.note(id, { isSettled: true });
		knowledge.hasNews ||= decision.settled.length > 0;
		for (const { id } of decision.givenUp) {
			warnOnceAnHour(
				this.context,
				`Tally Trigger gave up on the submission ${id}: every run of it failed. Mend the workflow, then bring it with the Tally node's operation "Redeliver", or with "Get".`,
				`given up ${id}`,
			);
		}
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
