import type { Operation } from '../../../shared/operation';
import { changeMembers, memberFields } from './members';

export const removeProfiles: Operation = {
	value: 'removeProfiles',
	name: 'Remove Profiles',
	action: 'Remove profiles from segment',
	description:
		'Take users out of a segment of the API (private beta). A user whom CleverTap does not know becomes a new profile, and each change is a billed event, which can start a campaign that sends real messages.',
	fields: memberFields,

	async execute(context) {
		return await changeMembers(context, 'REMOVE');
	},
};
