import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import { standardName, STANDARD_PROPERTIES } from '../properties/names';
import { textOfName } from '../properties/propertyName';
import { shownName } from '../result/shownName';
import { schemaNames } from './schemaNames';

type Field = Partial<Pick<ResourceMapperField, 'displayName' | 'type' | 'options'>>;

const yesOrNo: Field = {
	type: 'options',
	options: [
		{ name: 'No', value: 'N' },
		{ name: 'Yes', value: 'Y' },
	],
};

/** No switch: it would be off from the start, and switch off somebody's messages. */
const flag = (meaning: string): Field => ({
	type: 'options',
	displayName: meaning,
	options: [
		{ name: 'No', value: false },
		{ name: 'Yes', value: true },
	],
});

/** How the editor asks for those of CleverTap's properties that are no plain text. */
const ASKED: Readonly<Partial<Record<(typeof STANDARD_PROPERTIES)[number], Field>>> = {
	Gender: {
		type: 'options',
		options: [
			{ name: 'Female', value: 'F' },
			{ name: 'Male', value: 'M' },
		],
	},
	DOB: { type: 'dateTime', displayName: 'DOB (Date of Birth)' },
	Age: { type: 'number' },
	Employed: yesOrNo,
	Married: yesOrNo,
	Education: {
		type: 'options',
		options: [
			{ name: 'College', value: 'College' },
			{ name: 'Graduate', value: 'Graduate' },
			{ name: 'School', value: 'School' },
		],
	},
	Photo: { displayName: 'Photo (Link)' },
	Tz: { displayName: 'Tz (Time Zone)' },
	'MSG-email': flag('MSG-email (May Get Emails)'),
	'MSG-push': flag('MSG-push (May Get Push Messages)'),
	'MSG-sms': flag('MSG-sms (May Get SMS)'),
	'MSG-whatsapp': flag('MSG-whatsapp (May Get WhatsApp Messages)'),
	'MSG-dndPhone': flag('MSG-dndPhone (Do Not Disturb by Phone)'),
	'MSG-dndEmail': flag('MSG-dndEmail (Do Not Disturb by Email)'),
	'MSG-dndSMS': flag('MSG-dndSMS (Do Not Disturb by SMS)'),
	'MSG-dndWhatsApp': flag('MSG-dndWhatsApp (Do Not Disturb by WhatsApp)'),
	'category-unsubscribe': { type: 'object', displayName: 'category-unsubscribe (Groups of Messages)' },
	'category-resubscribe': { type: 'object', displayName: 'category-resubscribe (Groups of Messages)' },
};

/** Those that nearly everybody maps; the others can be added. */
const SHOWN: ReadonlySet<string> = new Set(['Name', 'Email', 'Phone']);
/** More of an account's own are not laid out from the start. */
const MAX_SHOWN = 30;

/**
 * The properties of a profile that can be mapped: CleverTap's own, always, and those that the account's profiles
 * have, as far as CleverTap tells them. An ID is the name as it is in CleverTap.
 */
export async function getProfileProperties(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	// A property that is sent as one of CleverTap's own is that one.
	const own = (await namesOrNone(this)).filter((name) => standardName(name) === undefined);
	return {
		fields: [
			...STANDARD_PROPERTIES.map((name) => field(name, !SHOWN.has(name), ASKED[name])),
			...own.map((name) => field(name, own.length > MAX_SHOWN)),
		],
	};
}

/** Whatever is wrong with the credential or the network, there is something to map. */
async function namesOrNone(context: ILoadOptionsFunctions): Promise<string[]> {
	try {
		return await schemaNames(context, 'userProperties');
	} catch {
		return [];
	}
}

function field(id: string, removed: boolean, asked: Field = {}): ResourceMapperField {
	return {
		id,
		displayName: shownName(textOfName(id, 'profile')),
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed,
		type: 'string',
		...asked,
	};
}
