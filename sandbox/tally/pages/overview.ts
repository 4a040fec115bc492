import { html } from '../../html';
import type { Html } from '../../html';
import type { Account } from '../account';
import { deliveriesTable } from './deliveriesTable';

/** Forms, webhooks and the delivery log. `isInner`: only what changes. */
export function overview(account: Account, { isInner = false } = {}): Html {
	const inner = html`<h2>Forms</h2>
<div class="card wide">${forms(account)}</div>
<h2>Webhooks</h2>
<div class="card wide">${webhooks(account)}</div>
<h2>Deliveries</h2>
<div class="card">${deliveriesTable(account)}</div>`;
	return isInner ? inner : html`<h1>Overview</h1><div data-live="/live">${inner}</div>`;
}

function forms(account: Account): Html {
	return html`<table>
<thead><tr><th scope="col">Form</th><th scope="col">ID</th><th scope="col">Status</th><th scope="col">Submissions</th><th scope="col">Begun, not sent</th></tr></thead>
<tbody>${account.forms.map(
		({ id, name, status }) => html`<tr data-key="${id}">
<td>${status === 'PUBLISHED' ? html`<a href="/r/${id}">${name}</a>` : name}</td>
<td><code>${id}</code></td>
<td>${status.toLowerCase()}</td>
<td>${account.submissionsOf(id).filter(({ isCompleted }) => isCompleted).length}</td>
<td>${account.submissionsOf(id).filter(({ isCompleted }) => !isCompleted).length}</td>
</tr>`,
	)}</tbody></table>`;
}

function webhooks(account: Account): Html {
	if (account.webhooks.length === 0) {
		return html`<p class="empty">None. A published workflow with a Tally Trigger registers one.</p>`;
	}
	return html`<table>
<thead><tr><th scope="col">Address</th><th scope="col">Form</th><th scope="col">Enabled</th><th scope="col">Signed</th></tr></thead>
<tbody>${account.webhooks.map(
		({ id, url, formId, isEnabled, signingSecret }) => html`<tr data-key="${id}">
<td><code>${url}</code></td>
<td><code>${formId}</code></td>
<td>${isEnabled ? 'yes' : 'no'}</td>
<td>${signingSecret ? 'yes' : 'no'}</td>
</tr>`,
	)}</tbody></table>`;
}
