import type { Operation } from '../../../shared/operation';
import { choiceParameter } from '../common/choice';
import { forEachItem } from '../common/item';
import { organizationIdField, organizationPath } from '../common/organization';

export const deleteInvite: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete invite',
	description: 'Withdraw an invitation. Only its author can. This can’t be undone.',
	fields: [
		choiceParameter({
			displayName: 'Invite',
			name: 'inviteId',
			searchListMethod: 'searchInvites',
			what: 'an invite',
			example: 'b4K9xQ',
			description: 'Choose it by its email address from the list, or give the ID that Get Many outputs',
			dependsOn: ['organizationId'],
		}),
		organizationIdField,
	],

	execute: forEachItem(async (item) => {
		const inviteId = item.id('inviteId', 'Invite');
		const path = `${await organizationPath(item)}/invites/${inviteId}`;
		await item.client.call({ method: 'DELETE', path, expects: 'nothing', chosen: { Invite: inviteId } });
		return [{ deleted: true, inviteId }];
	}),
};
