import type { Operation } from '../../../shared/operation';
import { forEachItem } from '../common/item';
import { organizationIdField, organizationPath } from '../common/organization';

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

	execute: forEachItem(async (item) => {
		const inviteId = item.id('inviteId', 'Invite ID');
		const path = `${await organizationPath(item)}/invites/${inviteId}`;
		await item.client.call({ method: 'DELETE', path, expects: 'nothing', field: 'Invite ID' });
		return [{ deleted: true, inviteId }];
	}),
};
