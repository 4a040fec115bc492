import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterReader } from '../../../shared/parameters/reader';
import { requiredYesNo } from '../../../shared/yesNo';
import { draggedNotice, fieldsReader, type Given, type Reading } from '../../parameters/properties';

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
		...draggedNotice('profile'),
		name: 'draggedProfileNotice',
		displayOptions: { show: { updateProfile: [true] } },
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
export function alsoUpdateReader(context: IExecuteFunctions, reading: Reading): (item: number) => Given | undefined {
	const isWanted = parameterReader(context, 'updateProfile', false);
	const fields = fieldsReader(context, 'profileProperties', 'Profile Properties', reading);
	return (item) => (requiredYesNo(isWanted(item), 'Also Update Profile') ? fields(item) : undefined);
}
