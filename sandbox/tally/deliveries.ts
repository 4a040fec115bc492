import { randomUUID } from 'node:crypto';
import type { WebhookField } from './fields';
import type { Habits } from './habits';
import { outcomeOf } from './incidents';
import type { Incidents } from './incidents';
import { nextWait } from './ladder';
import { post } from './post';
import type { PostOutcome } from './post';
import { sign } from './signature';
import type { Webhook } from './webhook';

/** The body that Tally posts for a completed submission. */
export interface FormResponseEvent {
	eventId: string;
	eventType: 'FORM_RESPONSE';
	createdAt: string;
	data: {
		responseId: string;
		submissionId: string;
		respondentId: string;
		formId: string;
		formName: string;
		createdAt: string;
		submissionPdfUrl: string;
		submissionPreviewUrl: string;
		fields: WebhookField[];
	};
}

export type DeliveryStatus = 'QUEUED' | 'SUCCEEDED' | 'FAILED' | 'DROPPED';

/**
 * An entry of the delivery log as `GET /webhooks/{id}/events` lists it. FAILED ones wait for their
 * next retry, unless `givenUpAs` says so of those that don't.
 */
export interface WebhookDelivery {
	id: string;
	webhookId: string;
	webhookUrl: string;
	eventType: 'FORM_RESPONSE';
	deliveryStatus: DeliveryStatus;
	statusCode: number | null;
	response: string | null;
	/** How often it was sent again, by the ladder or by hand. */
	retry: number;
	payload: FormResponseEvent;
	createdAt: string;
	updatedAt: string;
}

/** What the log says of a delivery that was made before. */
export type Logged = Pick<WebhookDelivery, 'deliveryStatus' | 'statusCode' | 'response'>;

interface Job {
	entry: WebhookDelivery;
	/** Automatic retries made so far. */
	climbed: number;
	inFlight: boolean;
	/** The retry that waits. */
	timer?: NodeJS.Timeout;
	retryAt?: Date;
}

export interface DeliveriesOptions {
	/** The webhook as it is now, or undefined if it was deleted. */
	webhook: (id: string) => Webhook | undefined;
	habits: Readonly<Habits>;
	incidents: Incidents;
	/** By Tally's clock. */
	now: () => Date;
	timeScale: number;
	timeoutMs: number;
	onChange: () => void;
}

/** Sends submissions to webhooks, climbs the retry ladder and keeps the log. */
export class Deliveries {
	/** By the ids of their entries, oldest first. */
	private jobs = new Map<string, Job>();

	/** Those that are under way or wait for a retry. */
	private readonly moving = new Set<Job>();

	private readonly ending = new AbortController();

	private waiting: Array<() => void> = [];

	constructor(private readonly options: DeliveriesOptions) {}

	/** The log, newest last. */
	log(): readonly WebhookDelivery[] {
		return [...this.jobs.values()].map(({ entry }) => entry);
	}

	/** Starts a delivery; the outcome shows in the log. */
	deliver(webhook: Webhook, payload: FormResponseEvent): void {
		const job = this.jobOf(webhook, payload, this.options.now(), {
			deliveryStatus: 'QUEUED',
			statusCode: null,
			response: null,
		});
		this.jobs.set(job.entry.id, job);
		void this.attempt(job);
	}

	/** Enters deliveries that were made before all others, oldest first. */
	remember(webhook: Webhook, made: ReadonlyArray<{ payload: FormResponseEvent; at: Date }>, logged: Logged): void {
		const jobs = made.map(({ payload, at }) => this.jobOf(webhook, payload, at, logged));
		this.jobs = new Map([...jobs.map((job) => [job.entry.id, job] as const), ...this.jobs]);
	}

	/** An entry of this webhook's log. */
	entry(webhookId: string, entryId: string): WebhookDelivery | undefined {
		const entry = this.jobs.get(entryId)?.entry;
		return entry?.webhookId === webhookId ? entry : undefined;
	}

	/** Sends a logged delivery again, at once and whatever became of it; a disabled webhook gets it too. */
	redeliver(entryId: string): void {
		const job = this.jobs.get(entryId);
		if (job === undefined || job.inFlight) return;
		clearTimeout(job.timer);
		job.timer = undefined;
		job.entry.retry += 1;
		void this.attempt(job);
	}

	/** Gives up what waits for a webhook that is gone. */
	drop(webhookId: string): void {
		for (const job of this.moving) {
			if (job.entry.webhookId !== webhookId || job.timer === undefined) continue;
			clearTimeout(job.timer);
			job.timer = undefined;
			this.note(job, 'DROPPED');
		}
	}

	/** When the retry that waits is due, by the clock of this machine. */
	nextAttempt(entryId: string): Date | undefined {
		const job = this.jobs.get(entryId);
		return job?.timer === undefined ? undefined : job.retryAt;
	}

	/** Whether nothing is being delivered or waits for a retry. */
	isIdle(): boolean {
		return this.moving.size === 0;
	}

	/** Resolves when nothing is being delivered or waits for a retry. */
	async settled(): Promise<void> {
		if (this.isIdle()) return;
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	/** Ends what is under way and every retry that waits. */
	close(): void {
		this.ending.abort();
		for (const job of this.moving) {
			clearTimeout(job.timer);
			job.timer = undefined;
			if (!job.inFlight) this.moving.delete(job);
		}
		this.changed();
	}

	private async attempt(job: Job): Promise<void> {
		const webhook = this.options.webhook(job.entry.webhookId);
		if (!webhook || this.ending.signal.aborted) {
			this.note(job, 'DROPPED');
			return;
		}
		job.inFlight = true;
		job.entry.webhookUrl = webhook.url;
		this.note(job, 'QUEUED');
		const { statusCode, response } = await this.send(webhook, job.entry.payload);
		job.inFlight = false;
		job.entry.statusCode = statusCode;
		job.entry.response = response;
		const succeeded = statusCode !== null && statusCode >= 200 && statusCode < 300;
		if (succeeded) this.note(job, 'SUCCEEDED');
		else this.climb(job);
	}

	private async send(webhook: Webhook, payload: FormResponseEvent): Promise<PostOutcome> {
		const { incidents, timeoutMs } = this.options;
		const outage = incidents.ofDeliveries();
		const isSent = outage === undefined || outage === 'forgotten' || outage === 'answerLost';
		if (!isSent) return await outcomeOf(outage, timeoutMs, this.ending.signal);
		// The same bytes at every attempt: nobody changes a payload.
		const body = Buffer.from(JSON.stringify(payload));
		const outcome = await post(webhook.url, headersFor(webhook, body), body, timeoutMs, this.ending.signal);
		return outage === 'answerLost' ? { statusCode: null, response: 'socket hang up' } : outcome;
	}

	private climb(job: Job): void {
		const { habits, timeScale } = this.options;
		const wait = job.climbed < habits.retries ? nextWait(job.climbed, timeScale) : undefined;
		const isGone = this.options.webhook(job.entry.webhookId) === undefined;
		if (wait === undefined || isGone || this.ending.signal.aborted) {
			this.note(job, isGone || this.ending.signal.aborted ? 'DROPPED' : habits.givenUpAs);
			return;
		}
		job.timer = setTimeout(() => {
			job.timer = undefined;
			// A webhook switched off meanwhile gets nothing more of its own accord.
			if (!this.options.webhook(job.entry.webhookId)?.isEnabled) {
				this.note(job, 'DROPPED');
				return;
			}
			job.climbed += 1;
			job.entry.retry += 1;
			void this.attempt(job);
		}, wait);
		job.retryAt = new Date(Date.now() + wait);
		this.note(job, 'FAILED');
	}

	private note(job: Job, status: DeliveryStatus): void {
		job.entry.deliveryStatus = status;
		job.entry.updatedAt = this.options.now().toISOString();
		if (job.inFlight || job.timer !== undefined) this.moving.add(job);
		else this.moving.delete(job);
		this.changed();
	}

	private changed(): void {
		this.options.onChange();
		if (!this.isIdle()) return;
		const { waiting } = this;
		this.waiting = [];
		for (const resolve of waiting) resolve();
	}

	private jobOf(webhook: Webhook, payload: FormResponseEvent, at: Date, logged: Logged): Job {
		const entry: WebhookDelivery = {
			id: randomUUID(),
			webhookId: webhook.id,
			webhookUrl: webhook.url,
			eventType: 'FORM_RESPONSE',
			...logged,
			retry: 0,
			payload,
			createdAt: at.toISOString(),
			updatedAt: at.toISOString(),
		};
		return { entry, climbed: 0, inFlight: false };
	}
}

function headersFor(webhook: Webhook, body: Buffer): Record<string, string> {
	const own = (webhook.httpHeaders ?? []).map(({ name, value }) => [name, value] as const);
	return {
		Accept: 'application/json, text/plain, */*',
		'Accept-Encoding': 'gzip',
		'User-Agent': 'Tally Webhooks',
		'Content-Type': 'application/json',
		...Object.fromEntries(own),
		...(webhook.signingSecret ? { 'Tally-Signature': sign(body, webhook.signingSecret) } : {}),
	};
}
