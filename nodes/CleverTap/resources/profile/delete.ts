import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { BULK_MEMBERS, userFields } from '../../parameters/identifier';
import { readText } from '../../parameters/text';
import { bulkItems } from '../../upload/bulkItems';

const SCHEDULED = {
	status: 'accepted',
	deletionScheduled: true,
	takesEffect: 'in 24 to 48 hours',
} as const;

export const deleteProfile: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete profile',
	description:
		'Erase a user’s profile and events permanently. CleverTap takes the request now and erases in 24 to 48 hours.',
	fields: userFields(
		'Whose profile to erase. All data of the user goes, and cannot be brought back; a user who returns gets a new profile.',
	),

	async execute(context) {
		return await bulkItems(context, {
			size: 100,
			// CleverTap takes three at a time for the whole account; deletions are never urgent.
			parallel: 1,
			accepted: SCHEDULED,
			mergesRepeats: true,
			prepare: (item) => {
				const kind: unknown = context.getNodeParameter('identifyBy', item, 'identity');
				const group = BULK_MEMBERS.get(kind);
				if (group === undefined) {
					throw new ItemError(
						'CleverTap can’t delete by this kind of identifier',
						'Choose Identity or Object ID in "Identify User By".',
					);
				}
				const id = readText(context, 'identifier', 'Identifier', 'an identity', item);
				return { record: id, target: id, group, sent: { [String(kind)]: id } };
			},
			// Both kinds in one request are refused.
			toRequest: (ids: readonly string[], group) => ({
				method: 'POST',
				path: '/1/delete/profiles.json',
				body: { [group]: ids },
			}),
		});
	},
};
