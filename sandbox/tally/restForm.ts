import type { Account } from './account';
import type { Form } from './form';
import { firstWorkspaceId, organizationId } from './organization';

/** A form as the REST API lists it. */
export function restForm(form: Form, account: Account): Record<string, unknown> {
	const { id, name, status, createdAt, updatedAt } = form;
	return {
		id,
		name,
		isNameModifiedByUser: true,
		workspaceId: form.workspaceId ?? firstWorkspaceId,
		organizationId,
		folderId: form.folderId ?? null,
		status,
		hasDraftBlocks: false,
		index: account.forms.indexOf(form),
		numberOfSubmissions: account.submissionsOf(id).length,
		isClosed: form.settings?.isClosed === true,
		payments: [],
		createdAt,
		updatedAt,
	};
}
