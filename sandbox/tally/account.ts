import { randomUUID } from 'node:crypto';
import type { SampleAnswers, SampleFile } from './answers';
import { toAnswers } from './answers';
import { Deliveries } from './deliveries';
import type { FormResponseEvent } from './deliveries';
import { webhookFields } from './fields';
import { FileStore, SignedLinks } from './files';
import type { Form } from './form';
import { entityId } from './ids';
import { firstWorkspace, members } from './organization';
import type { Folder, Invite, Plan, User, Workspace } from './organization';
import { isAnswered } from './submissions';
import type { StoredSubmission, SubmissionLinks } from './submissions';
import type { Webhook } from './webhook';

export interface AccountOptions {
	/** The server's own address, asked for when a link is made. */
	origin: () => string;
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

	constructor(options: AccountOptions) {
		this.plan = options.plan;
		this.members = members(options.plan);
		this.links = new SignedLinks(options.origin);
		this.files = new FileStore(this.links);
		this.deliveries = new Deliveries({
			webhook: (id) => this.webhooks.find((webhook) => webhook.id === id),
			timeScale: options.timeScale,
			timeoutMs: options.deliveryTimeoutMs,
			onChange: () => this.changed(),
		});
	}

	/** Whose key it is. */
	get owner(): User {
		return this.members[0] ?? (members(this.plan)[0] as User);
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
	 * @throws Error for a form that takes none, or for answers that do not fit it
	 */
	submit(formId: string, given: SampleAnswers): StoredSubmission {
		const { form, submission } = this.store(formId, given, true);
		for (const webhook of this.webhooks) {
			const isWanted = webhook.isEnabled && webhook.eventTypes.includes('FORM_RESPONSE');
			if (webhook.formId !== formId || !isWanted) continue;
			webhook.lastSyncedAt = new Date().toISOString();
			this.deliveries.deliver(webhook, this.event(form, submission));
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

	private store(
		formId: string,
		given: SampleAnswers,
		isCompleted: boolean,
	): { form: Form; submission: StoredSubmission } {
		const form = this.form(formId);
		if (!form || form.status !== 'PUBLISHED') throw new Error(`Form ${formId} is not published`);
		const answers = toAnswers(form, given, (file: SampleFile) => this.files.keep(file));
		const now = new Date();
		now.setUTCMilliseconds(0);
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

	private event(form: Form, submission: StoredSubmission): FormResponseEvent {
		const { previewUrl, pdfUrl } = this.linksOf(submission);
		return {
			eventId: randomUUID(),
			eventType: 'FORM_RESPONSE',
			createdAt: new Date().toISOString(),
			data: {
				responseId: submission.id,
				submissionId: submission.id,
				respondentId: submission.respondentId,
				formId: form.id,
				formName: form.name,
				createdAt: submission.submittedAt,
				submissionPdfUrl: pdfUrl,
				submissionPreviewUrl: previewUrl,
				fields: webhookFields(form, submission.answers),
			},
		};
	}
}
