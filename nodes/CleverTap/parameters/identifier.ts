import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { parameterReader } from '../../shared/parameters/reader';
import type { IdentifierKind } from '../result/record';
import { toText } from './text';
import { unknownChoice } from './unknownChoice';

export const OBJECT_ID: INodePropertyOptions = {
	name: 'Object ID',
	value: 'objectId',
	description: 'The ID that CleverTap gave to the user’s device or browser',
};

/** What changes of many users at once call the two kinds: an Object ID is a `guid` there. */
export const BULK_MEMBERS: ReadonlyMap<unknown, string> = new Map([
	['identity', 'identity'],
	['objectId', 'guid'],
]);

/** The two fields that say whose profile or event it is. */
export const identifierFields: readonly INodeProperties[] = [
	{
		displayName: 'Identify User By',
		name: 'identifyBy',
		type: 'options',
		default: 'identity',
		description: 'Which of CleverTap’s identifiers the next field holds',
		options: [
			{
				name: 'Facebook ID',
				value: 'FBID',
				description: 'The user’s ID at Facebook',
			},
			{
				name: 'Google Plus ID',
				value: 'GPID',
				description: 'The user’s ID at Google, as older apps stored it',
			},
			{
				name: 'Identity',
				value: 'identity',
				description: 'Your own ID of the user: a customer number, an email address or a phone number',
			},
			OBJECT_ID,
		],
	},
	{
		displayName: 'Identifier',
		name: 'identifier',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ada@example.com',
		description:
			'Whose record it is; drag the field that holds it here. CleverTap makes a new profile for an Identity that it does not know.',
	},
];

/** The same where a call knows an Identity and an Object ID, and perhaps kinds that come before these in the list. */
export function userFields(description: string, further: readonly INodePropertyOptions[] = []): INodeProperties[] {
	return [
		{
			displayName: 'Identify User By',
			name: 'identifyBy',
			type: 'options',
			default: 'identity',
			description: 'Which of CleverTap’s identifiers the next field holds',
			options: [...further, { name: 'Identity', value: 'identity', description: 'Your own ID of the user' }, OBJECT_ID],
		},
		{
			displayName: 'Identifier',
			name: 'identifier',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. customer-4711',
			description,
		},
	];
}

export interface Identifier {
	readonly kind: IdentifierKind;
	readonly value: string;
}

/**
 * The same text for the same user. Two users may share one, as an Identity that is written like
 * another kind's text: then their records keep their order, as if they were one user's.
 */
export function userKey({ kind, value }: Identifier): string {
	return kind === 'identity' ? value : `${kind}:${value}`;
}

/** Gives the identifier of any item; CleverTap wants exactly one, as text. */
export function identifierReader(context: IExecuteFunctions): (item: number) => Identifier {
	const kind = parameterReader(context, 'identifyBy', 'identity');
	const value = parameterReader(context, 'identifier', '');
	return (item) => toIdentifier(kind(item), value(item));
}

const KINDS: readonly IdentifierKind[] = ['identity', 'objectId', 'FBID', 'GPID'];

/** @throws ItemError if the two fields name nobody */
export function toIdentifier(by: unknown, value: unknown): Identifier {
	const kind = KINDS.find((known) => known === by);
	if (kind === undefined) throw unknownChoice('Identify User By', 'identity, objectId, FBID or GPID');
	return { kind, value: toText(value, 'Identifier', 'an identity') };
}
