import type { AssignmentCollectionValue, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Entry } from '../properties/flatten';
import { fromFields } from '../properties/read';
import type { Refused } from '../upload/verdict';

/** One item, both records: the event, and what is known of the user now. */
export const alsoUpdateFields: readonly INodeProperties[] = [
	{
		displayName: 'Also Update Profile',
		name: 'updateProfile',
		type: 'boolean',
		default: false,
		description: 'Whether to update the user’s profile in the same request',
	},
	{
		displayName: 'Profile Properties',
		name: 'profileProperties',
		type: 'assignmentCollection',
		default: {},
		description:
			'What is known of the user: CleverTap’s own Name, Email, Phone and so on, or properties of your own',
		displayOptions: { show: { updateProfile: [true] } },
	},
];

/** The profile's properties of one item; nothing if only the event goes out. */
export function readAlsoUpdate(this: IExecuteFunctions, item: number): Entry[] | Refused | undefined {
	if (this.getNodeParameter('updateProfile', item, false) !== true) return undefined;
	const value = this.getNodeParameter('profileProperties', item, {}) as Partial<AssignmentCollectionValue>;
	return fromFields(value.assignments ?? []);
}
