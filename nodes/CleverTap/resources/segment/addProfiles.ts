import type { Operation } from '../../../shared/operation';
import { changeMembers, memberFields } from './members';

export const addProfiles: Operation = {
	value: 'addProfiles',
	name: 'Add Profiles',
	action: 'Add profiles to segment',
	description:
		'Put users into a segment of the API (private beta). A user whom CleverTap does not know becomes a new profile, and each change is a billed event, which can start a campaign that sends real messages.',
	fields: memberFields,

	async execute(context) {
		return await changeMembers(context, 'ADD');
	},
};
