import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterReader } from '../../../shared/parameters/reader';
import { requiredYesNo } from '../../../shared/yesNo';
import { assignmentsReader } from '../../parameters/assignments';
import { fromFields } from '../../parameters/properties';
import type { Entry } from '../../properties/flatten';

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
export function alsoUpdateReader(
	context: IExecuteFunctions,
	nameOf?: (name: string) => string,
): (item: number) => Entry[] | undefined {
	const isWanted = parameterReader(context, 'updateProfile', false);
	const fields = assignmentsReader(context, 'profileProperties');
	return (item) =>
		requiredYesNo(isWanted(item), 'Also Update Profile')
			? fromFields(fields(item), 'Profile Properties', nameOf)
			: undefined;
}
