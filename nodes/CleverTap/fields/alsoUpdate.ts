import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { assignmentsReader } from '../parameters/assignments';
import { parameterReader } from '../parameters/reader';
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
		description: 'What is known of the user: CleverTap’s own Name, Email, Phone and so on, or properties of your own',
		displayOptions: { show: { updateProfile: [true] } },
	},
];

/** Gives the profile's properties of any item; nothing if only the event goes out. */
export function alsoUpdateReader(this: IExecuteFunctions): (item: number) => Entry[] | Refused | undefined {
	const isWanted = parameterReader.call(this, 'updateProfile', false);
	const fields = assignmentsReader.call(this, 'profileProperties');
	return (item) => (isWanted(item) === true ? fromFields(fields(item), 'Profile Properties') : undefined);
}
