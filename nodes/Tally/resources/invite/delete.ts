import { organizationIdField, organizationPath } from '../../fields/organization';
import type { Operation } from '../../operation';

export const deleteInvite: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete invite',
	description: 'Withdraw an invitation. Only its author can. This can’t be undone.',
	fields: [
		{
			displayName: 'Invite ID',
			name: 'inviteId',
			type: 'string',
			default: '',
			required: true,
			description: 'The ID that Get Many outputs',
		},
		organizationIdField,
	],

	async run(input) {
		const inviteId = input.id('inviteId', 'Invite ID');
		const path = `${await organizationPath(input)}/invites/${inviteId}`;
		await input.line.call({ method: 'DELETE', path, field: 'Invite ID' });
		return [{ deleted: true, inviteId }];
	},
};
