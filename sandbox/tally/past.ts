import type { Account } from './account';
import { toAnswers } from './answers';
import type { SampleAnswers } from './answers';
import type { Logged } from './deliveries';
import { webhookFields } from './fields';
import { entityId } from './ids';
import type { StoredSubmission } from './submissions';

/** Completed submissions of long ago, at even distances. */
export interface Past {
	count: number;
	/** Default: the sample form. */
	formId?: string;
	/** What each of them has answered; default: nothing. */
	answers?: SampleAnswers;
	/** When the last one was submitted, by Tally's clock; default: now. */
	until?: Date;
	/** Milliseconds from the first to the last; default: a day. */
	overMs?: number;
	/**
	 * What the log of each webhook that the form has now says of each; default: 200 with an empty body,
	 * as version 1 of Tally Trigger answers. `false`: the logs know of none.
	 */
	logged?: Logged | false;
}

const takenByVersion1: Logged = { deliveryStatus: 'SUCCEEDED', statusCode: 200, response: '' };

/** Enters them before all that is there; returns their ids, oldest first. */
export function loadPast(account: Account, sampleFormId: string, past: Past): string[] {
	const { count, formId = sampleFormId, until = account.now(), overMs = 86_400_000 } = past;
	const form = account.form(formId);
	if (!form) throw new Error(`No form ${formId}`);
	const answers = toAnswers(form, past.answers ?? {}, (file) => account.files.keep(file));
	const fields = webhookFields(form, answers);
	const submissions = Array.from({ length: count }, (_, index): StoredSubmission => {
		const distance = count === 1 ? 0 : (overMs * (count - 1 - index)) / (count - 1);
		const at = new Date(until.getTime() - distance);
		at.setUTCMilliseconds(0);
		return {
			id: entityId(),
			formId,
			respondentId: entityId(),
			isCompleted: true,
			submittedAt: at.toISOString(),
			answers,
		};
	});
	account.submissions.unshift(...submissions);
	const { logged = takenByVersion1 } = past;
	for (const webhook of account.webhooks) {
		if (logged === false || webhook.formId !== formId) continue;
		const made = submissions.map((submission) => {
			const at = new Date(submission.submittedAt);
			return { payload: account.event(form, submission, at, fields), at };
		});
		account.deliveries.remember(webhook, made, logged);
	}
	account.changed();
	return submissions.map(({ id }) => id);
}
