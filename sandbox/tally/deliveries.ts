import { randomUUID } from 'node:crypto';
import type { WebhookField } from './fields';
import { nextWait } from './ladder';
import { post } from './post';
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
 * next retry.
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

interface Job {
	entry: WebhookDelivery;
	/** Raw bytes: the same for every attempt. */
	body: Buffer;
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
	timeScale: number;
	timeoutMs: number;
	onChange: () => void;
}

/** Sends submissions to webhooks, climbs the retry ladder and keeps the log. */
export class Deliveries {
	private readonly jobs: Job[] = [];

	private readonly ending = new AbortController();

	private waiting: Array<() => void> = [];

	constructor(private readonly options: DeliveriesOptions) {}

	/** The log, newest last. */
	log(): readonly WebhookDelivery[] {
		return this.jobs.map(({ entry }) => entry);
	}

	/** Starts a delivery; the outcome shows in the log. */
	deliver(webhook: Webhook, payload: FormResponseEvent): void {
		const now = new Date().toISOString();
		const job: Job = {
			entry: {
				id: randomUUID(),
				webhookId: webhook.id,
				webhookUrl: webhook.url,
				eventType: 'FORM_RESPONSE',
				deliveryStatus: 'QUEUED',
				statusCode: null,
				response: null,
				retry: 0,
				payload,
				createdAt: now,
				updatedAt: now,
			},
			body: Buffer.from(JSON.stringify(payload)),
			climbed: 0,
			inFlight: false,
		};
		this.jobs.push(job);
		void this.attempt(job);
	}

	/**
	 * Sends a logged delivery again, at once and whatever became of it; a disabled webhook gets it too.
	 *
	 * @returns false if this webhook's log has no such entry
	 */
	redeliver(webhookId: string, entryId: string): boolean {
		const job = this.jobs.find(({ entry }) => entry.webhookId === webhookId && entry.id === entryId);
		if (!job) return false;
		if (!job.inFlight) {
			clearTimeout(job.timer);
			job.timer = undefined;
			job.entry.retry += 1;
			void this.attempt(job);
		}
		return true;
	}

	/** Gives up what waits for a webhook that is gone. */
	drop(webhookId: string): void {
		for (const job of this.jobs) {
			if (job.entry.webhookId !== webhookId || job.timer === undefined) continue;
			clearTimeout(job.timer);
			job.timer = undefined;
			this.note(job, 'DROPPED');
		}
	}

	/** When the retry that waits is due, by the clock of this machine. */
	nextAttempt(entryId: string): Date | undefined {
		const job = this.jobs.find(({ entry }) => entry.id === entryId);
		return job?.timer === undefined ? undefined : job.retryAt;
	}

	/** Resolves when nothing is being delivered or waits for a retry. */
	async settled(): Promise<void> {
		if (this.isIdle()) return;
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	/** Ends what is under way and every retry that waits. */
	close(): void {
		this.ending.abort();
		for (const job of this.jobs) {
			clearTimeout(job.timer);
			job.timer = undefined;
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
		const { statusCode, response } = await post(
			webhook.url,
			headersFor(webhook, job.body),
			job.body,
			this.options.timeoutMs,
			this.ending.signal,
		);
		job.inFlight = false;
		job.entry.statusCode = statusCode;
		job.entry.response = response;
		const succeeded = statusCode !== null && statusCode >= 200 && statusCode < 300;
		if (succeeded) this.note(job, 'SUCCEEDED');
		else this.climb(job);
	}

	private climb(job: Job): void {
		const wait = nextWait(job.climbed, this.options.timeScale);
		const isGone = this.options.webhook(job.entry.webhookId) === undefined;
		if (wait === undefined || isGone || this.ending.signal.aborted) {
			this.note(job, 'DROPPED');
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
		job.entry.updatedAt = new Date().toISOString();
		this.changed();
	}

	private changed(): void {
		this.options.onChange();
		if (!this.isIdle()) return;
		const { waiting } = this;
		this.waiting = [];
		for (const resolve of waiting) resolve();
	}

	private isIdle(): boolean {
		return this.jobs.every((job) => !job.inFlight && job.timer === undefined);
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
