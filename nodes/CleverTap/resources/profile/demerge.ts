import type { Operation } from '../../../shared/operation';
import { readText } from '../../parameters/text';
import { bulkItems } from '../../upload/bulkItems';

const SCHEDULED = {
	status: 'accepted',
	demergeScheduled: true,
	takesEffect: 'between 04:00 and 07:00 in the project’s time zone, after up to a day or more',
} as const;

export const demerge: Operation = {
	value: 'demerge',
	name: 'Demerge',
	action: 'Demerge profile',
	description:
		'Split a profile that was merged by mistake: every device becomes a profile of its own, without an Identity. CleverTap does it at night.',
	fields: [
		{
			displayName: 'Identity',
			name: 'identifier',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. customer-4711',
			description: 'Identity of the merged profile. This can’t be taken back, and events of the profile may be lost.',
		},
	],

	async execute(context) {
		return await bulkItems(context, {
			size: 100,
			parallel: 1,
			accepted: SCHEDULED,
			mergesRepeats: true,
			prepare: (item) => {
				const identity = readText(context, 'identifier', 'Identity', 'an identity', item);
				return { record: identity, target: identity, group: 'identities', sent: { identity } };
			},
			toRequest: (identities: readonly string[]) => ({
				method: 'POST',
				path: '/1/demerge/profiles.json',
				body: { identities },
			}),
		});
	},
};
