import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { refused, type Refused } from '../upload/verdict';

/** How CleverTap finds one profile; each is the name of a query parameter of `GET /1/profile.json`. */
const KEYS = ['identity', 'email', 'objectId'] as const;
export type LookupKey = (typeof KEYS)[number];

export interface Lookup {
	readonly key: LookupKey;
	readonly value: string;
}

/** The two fields that say which profile to get. */
export const lookupFields: readonly INodeProperties[] = [
	{
		displayName: 'Find User By',
		name: 'identifyBy',
		type: 'options',
		default: 'identity',
		description: 'What the next field holds',
		options: [
			{ name: 'Email', value: 'email', description: 'The email address in the profile' },
			{
				name: 'Identity',
				value: 'identity',
				description: 'Your own ID of the user. A phone number finds a user only if it is the Identity.',
			},
			{
				name: 'Object ID',
				value: 'objectId',
				description: 'The ID that CleverTap gave to the user’s device or browser',
			},
		],
	},
	{
		displayName: 'Identifier',
		name: 'identifier',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ada@example.com',
		description: 'Whose profile to get',
	},
];

/** What to look for, for one item. */
export function readLookup(this: IExecuteFunctions, item: number): Lookup | Refused {
	const by: unknown = this.getNodeParameter('identifyBy', item, 'identity');
	return toLookup(by, this.getNodeParameter('identifier', item, ''));
}

export function toLookup(by: unknown, value: unknown): Lookup | Refused {
	const key = KEYS.find((known) => known === by);
	if (key === undefined) {
		return refused('CleverTap can’t find a user that way', `Choose one of ${KEYS.join(', ')} in "Find User By".`);
	}
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text === 'string' && text.trim() !== '') return { key, value: text.trim() };
	return refused('"Identifier" is empty', 'Map a field that every item fills in.');
}
