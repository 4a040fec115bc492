import { randomUUID } from 'node:crypto';
import type { SampleAnswers, SampleFile } from './answers';
import { toAnswers } from './answers';
import { Deliveries } from './deliveries';
import type { FormResponseEvent } from './deliveries';
import { webhookFields } from './fields';
import type { WebhookField } from './fields';
import { FileStore, SignedLinks } from './files';
import type { Form, FormStatus } from './form';
import type { Habits } from './habits';
import { entityId } from './ids';
import type { Incidents } from './incidents';
import { firstWorkspace, members } from './organization';
import type { Folder, Invite, Plan, User, Workspace } from './organization';
import { isAnswered } from './submissions';
import type { StoredSubmission, SubmissionLinks } from './submissions';
import type { Webhook } from './webhook';

export interface AccountOptions {
	/** The server's own address, asked for when a link is made. */
	origin: () => string;
	habits: Habits;
	incidents: Incidents;
	timeScale: number;
	deliveryTimeoutMs: number;
	plan: Plan;
}

/** What one Tally account holds: forms, submissions, files, webhooks and their deliveries. */
export class Account {
	readonly forms: Form[] = [];

	readonly submissions: StoredSubmission[] = [];

	readonly webhooks: Webhook[] = [];

	readonly plan: Plan;

	readonly habits: Habits;

	readonly members: User[];

	readonly workspaces: Workspace[] = [firstWorkspace()];

	readonly folders: Folder[] = [];

	readonly invites: Invite[] = [];

	/** `GET /webhooks` answers 401 until this is true (observed live 2026-08). */
	hadWebhook = false;

	readonly links: SignedLinks;

	readonly files: FileStore;

	readonly deliveries: Deliveries;

	private readonly watchers = new Set<() => void>();

	private readonly incidents: Incidents;

	/** What the forms in the trash were before. */
	private readonly trashed = new Map<Form, FormStatus>();

	constructor(options: AccountOptions) {
		this.plan = options.plan;
		this.habits = options.habits;
		this.incidents = options.incidents;
		this.members = members(options.plan);
		this.links = new SignedLinks(options.origin);
		this.files = new FileStore(this.links);
		this.deliveries = new Deliveries({
			webhook: (id) => this.webhook(id),
			habits: options.habits,
			incidents: options.incidents,
			now: () => this.now(),
			timeScale: options.timeScale,
			timeoutMs: options.deliveryTimeoutMs,
			onChange: () => this.changed(),
		});
	}

	/** Whose key it is. */
	get owner(): User {
		return this.members[0] ?? (members(this.plan)[0] as User);
	}

	/** By Tally's clock. */
	now(): Date {
		return new Date(Date.now() + this.habits.clockAheadMs);
	}

	webhook(id: string): Webhook | undefined {
		return this.webhooks.find((webhook) => webhook.id === id);
	}

	/** Removes a webhook, and gives up what waits for it. Its log stays, out of reach. */
	removeWebhook(id: string): void {
		const index = this.webhooks.findIndex((webhook) => webhook.id === id);
		if (index < 0) throw new Error(`No webhook ${id}`);
		this.webhooks.splice(index, 1);
		this.deliveries.drop(id);
		this.changed();
	}

	switchWebhook(id: string, isEnabled: boolean): void {
		const webhook = this.webhook(id);
		if (!webhook) throw new Error(`No webhook ${id}`);
		Object.assign(webhook, { isEnabled, updatedAt: this.now().toISOString() });
		this.changed();
	}

	/** @returns false if the form has no such submission */
	removeSubmission(formId: string, submissionId: string): boolean {
		const index = this.submissions.findIndex(({ id, formId: of }) => id === submissionId && of === formId);
		if (index < 0) return false;
		this.submissions.splice(index, 1);
		this.changed();
		return true;
	}

	trashForm(id: string): void {
		const form = this.form(id);
		if (!form) throw new Error(`No form ${id}`);
		this.trashed.set(form, form.status);
		form.status = 'DELETED';
		this.changed();
	}

	/** Takes a form out of the trash, as it was before. */
	restoreForm(id: string): void {
		const form = this.forms.find((candidate) => candidate.id === id);
		if (form?.status !== 'DELETED') throw new Error(`No form ${id} is in the trash`);
		form.status = this.trashed.get(form) ?? 'PUBLISHED';
		this.changed();
	}

	/** A form that is not in the trash. */
	form(id: string): Form | undefined {
		return this.forms.find((form) => form.id === id && form.status !== 'DELETED');
	}

	submissionsOf(formId: string): StoredSubmission[] {
		return this.submissions.filter((submission) => submission.formId === formId);
	}

	numberOfResponses(formId: string, questionId: string): number {
		return this.submissionsOf(formId).filter(({ answers }) => isAnswered(answers.get(questionId))).length;
	}

	linksOf({ id }: Pick<StoredSubmission, 'id'>): SubmissionLinks {
		return {
			previewUrl: this.links.link(`/preview/${id}`, id),
			pdfUrl: this.links.link(`/pdf/${id}`, id),
		};
	}

	/**
	 * Takes a completed submission and starts its deliveries.
	 *
	 * @param begunId of the one that it completes, which keeps its ID
	 * @throws Error for a form that takes none, or for answers that do not fit it
	 */
	submit(formId: string, given: SampleAnswers, begunId?: string): StoredSubmission {
		const { form, submission } = this.store(formId, given, true, begunId);
		for (const webhook of this.webhooks) {
			const isWanted = webhook.isEnabled && webhook.eventTypes.includes('FORM_RESPONSE');
			if (webhook.formId !== formId || !isWanted) continue;
			if (this.incidents.ofDeliveries() === 'forgotten') continue;
			webhook.lastSyncedAt = this.now().toISOString();
			this.deliveries.deliver(webhook, this.event(form, submission, this.now()));
		}
		this.changed();
		return submission;
	}

	/**
	 * Keeps a submission that was begun and not sent; nothing is delivered.
	 *
	 * @throws Error as `submit` does
	 */
	begin(formId: string, given: SampleAnswers): StoredSubmission {
		const { submission } = this.store(formId, given, false);
		this.changed();
		return submission;
	}

	/**
	 * Keeps what somebody has changed in a submission that was begun; begins one if there is none with this ID.
	 *
	 * @throws Error as `submit` does
	 */
	goOn(formId: string, given: SampleAnswers, begunId?: string): StoredSubmission {
		const { submission } = this.store(formId, given, false, begunId);
		this.changed();
		return submission;
	}

	private store(
		formId: string,
		given: SampleAnswers,
		isCompleted: boolean,
		begunId?: string,
	): { form: Form; submission: StoredSubmission } {
		const form = this.form(formId);
		if (!form || form.status !== 'PUBLISHED') throw new Error(`Form ${formId} is not published`);
		const answers = toAnswers(form, given, (file: SampleFile) => this.files.keep(file));
		const now = this.now();
		now.setUTCMilliseconds(0);
		const begun = this.submissions.find(({ id, isCompleted: isOver }) => id === begunId && !isOver);
		if (begun?.formId === formId) {
			const createdAt = begun.createdAt ?? begun.submittedAt;
			const submittedAt = isCompleted ? now.toISOString() : begun.submittedAt;
			Object.assign(begun, { isCompleted, submittedAt, createdAt, updatedAt: now.toISOString(), answers });
			return { form, submission: begun };
		}
		const submission: StoredSubmission = {
			id: entityId(),
			formId,
			respondentId: entityId(),
			isCompleted,
			submittedAt: now.toISOString(),
			answers,
		};
		this.submissions.push(submission);
		return { form, submission };
	}

	/** Calls back after every change, until the returned function is called. */
	watch(onChange: () => void): () => void {
		this.watchers.add(onChange);
		return () => this.watchers.delete(onChange);
	}

	changed(): void {
		for (const onChange of this.watchers) onChange();
	}

	/** What is posted for a submission; `fields` where they are at hand already. */
	event(form: Form, submission: StoredSubmission, at: Date, fields?: WebhookField[]): FormResponseEvent {
		const { previewUrl, pdfUrl } = this.linksOf(submission);
		return {
			eventId: randomUUID(),
			eventType: 'FORM_RESPONSE',
			createdAt: at.toISOString(),
			data: {
				responseId: submission.id,
				submissionId: submission.id,
				respondentId: submission.respondentId,
				formId: form.id,
				formName: form.name,
				createdAt: submission.submittedAt,
				submissionPdfUrl: pdfUrl,
				submissionPreviewUrl: previewUrl,
				fields: fields ?? webhookFields(form, submission.answers),
			},
		};
	}
}
