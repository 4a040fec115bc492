import type { IDataObject } from 'n8n-workflow';

import { organizationIdField, organizationPath } from '../../fields/organization';
import { isRecord, recordsIn } from '../../narrowing';
import type { Operation } from '../../operation';

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
		{
			displayName: 'Workspace IDs',
			name: 'workspaceIds',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. kb3o5R, wLd0aB',
			description: 'The workspaces to which to invite them, separated by commas',
		},
		organizationIdField,
	],

	async run(input) {
		const emails = input.listOf('emails', 'Emails');
		const odd = emails.find((email) => !/^[^@\s]+@[^@\s]+$/.test(email));
		if (odd !== undefined) {
			throw input.wrong('"Emails" holds what is no email address', 'Separate them by commas.');
		}
		const workspaceIds = input
			.listOf('workspaceIds', 'Workspace IDs')
			.map((id) => input.checkedId(id, 'Workspace IDs'));
		const body = await input.line.call({
			method: 'POST',
			path: `${await organizationPath(input)}/invites`,
			body: { workspaceIds, emails: emails.join(', ') },
			field: 'Workspace IDs',
		});
		// What Tally answers is not documented.
		const made = isRecord(body) ? [body] : recordsIn(body);
		return made.length > 0 ? (made as IDataObject[]) : emails.map((email) => ({ invited: true, email, workspaceIds }));
	},
};
