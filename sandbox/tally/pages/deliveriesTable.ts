import { html } from '../../html';
import type { Html } from '../../html';
import type { Account } from '../account';
import type { DeliveryStatus, WebhookDelivery } from '../deliveries';

const shown = 100;

const words: Record<DeliveryStatus, { text: string; tone: string }> = {
	QUEUED: { text: 'On its way', tone: 'wait' },
	SUCCEEDED: { text: 'Delivered', tone: 'good' },
	FAILED: { text: 'Failed, will retry', tone: 'wait' },
	DROPPED: { text: 'Given up', tone: 'bad' },
};

/** The delivery log, newest first; of one submission, or of all. */
export function deliveriesTable(account: Account, only: { submissionId?: string } = {}): Html {
	const { submissionId } = only;
	const entries = account.deliveries
		.log()
		.filter((entry) => submissionId === undefined || entry.payload.data.submissionId === submissionId)
		.slice(-shown)
		.reverse();
	if (entries.length === 0) {
		return html`<p class="empty">${
			submissionId === undefined
				? 'Nothing has been delivered yet.'
				: 'No webhook was waiting for this form, so nothing is delivered. Publish the workflow and send the form again.'
		}</p>`;
	}
	return html`<table class="lines">
<thead><tr><th scope="col">Status</th><th scope="col">Webhook</th><th scope="col">Last answer</th></tr></thead>
<tbody>${entries.map((entry) => row(account, entry, submissionId === undefined))}</tbody>
</table>`;
}

function row(account: Account, entry: WebhookDelivery, withSubmission: boolean): Html {
	const { text, tone } = words[entry.deliveryStatus];
	const attempts = entry.retry === 0 ? '1 attempt' : `${entry.retry + 1} attempts`;
	const next = account.deliveries.nextAttempt(entry.id)?.toISOString().slice(11, 19);
	return html`<tr data-key="${entry.id}">
<td><span class="status ${tone}">${text}</span><br><span class="soft">${attempts}${
		next !== undefined && `, next at ${next} UTC`
	}</span></td>
<td><code>${entry.webhookUrl}</code>${
		withSubmission && html`<br><span class="soft">Submission <code>${entry.payload.data.submissionId}</code></span>`
	}</td>
<td>${lastAnswer(entry)}</td>
</tr>`;
}

function lastAnswer({ statusCode, response }: WebhookDelivery): string {
	if (statusCode === null) return response ?? '';
	return `${statusCode} ${(response ?? '').slice(0, 80)}`;
}
