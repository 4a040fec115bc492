import { html } from '../../html';
import type { Html } from '../../html';
import type { Account } from '../account';
import type { StoredSubmission } from '../submissions';
import { deliveriesTable } from './deliveriesTable';

/** What a person sees after sending: the submission's id, and its deliveries as they go. */
export function thanksBody(account: Account, { id, formId }: StoredSubmission): Html {
	return html`<div class="narrow">
<h1>Thank you</h1>
<p>Your answers were sent as submission <code id="submission-id">${id}</code>.</p>
<h2 id="deliveries">Deliveries</h2>
<div class="card" role="status" aria-labelledby="deliveries" data-live="/r/${formId}/thanks/${id}/live">${deliveriesTable(
		account,
		{ submissionId: id },
	)}</div>
<p><a href="/r/${formId}">Fill in the form again</a> · <a href="${account.linksOf({ id }).previewUrl}">See the answers</a></p>
</div>`;
}
