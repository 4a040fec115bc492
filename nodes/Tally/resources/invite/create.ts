import type { IDataObject } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { forEachItem, requiredId } from '../common/item';
import { organizationIdField, organizationPath } from '../common/organization';
import { workspacesFields } from '../common/workspace';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create invite',
	description: 'Invite people to workspaces by email',
	fields: [
		{
			displayName: 'Emails',
			name: 'emails',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ada@example.com, grace@example.com',
			description: 'Whom to invite, separated by commas. Tally sends them an email.',
		},
		...workspacesFields('The workspaces to which to invite them', true),
		organizationIdField,
	],

	execute: forEachItem(async (item) => {
		const emails = item.list('emails', 'Emails');
		const odd = emails.find((email) => !/^[^@\s]+@[^@\s]+$/.test(email));
		if (odd !== undefined) {
			throw new ItemError('"Emails" holds a value that is not an email address', 'Separate them by commas.');
		}
		const workspaceIds = item.list('workspaceIds', 'Workspace IDs').map((id) => requiredId(id, 'Workspace IDs'));
		const body = await item.client.call({
			method: 'POST',
			path: `${await organizationPath(item)}/invites`,
			expects: 'anything',
			body: { workspaceIds, emails: emails.join(', ') },
			chosen: { 'Workspace IDs': workspaceIds.join(', ') },
		});
		// What Tally answers is not documented.
		const made = isRecord(body) ? [body] : recordsIn(body);
		return made.length > 0 ? (made as IDataObject[]) : emails.map((email) => ({ invited: true, email, workspaceIds }));
	}),
};
