import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ItemError } from '../../shared/itemError';
import { parameterReader } from '../../shared/parameters/reader';
import type { IdentifierKind } from '../result/record';
import { toText } from './text';

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
		description:
			'Whose record it is; drag the field that holds it here. CleverTap makes a new profile for an Identity that it does not know.',
	},
];

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
	if (kind === undefined) {
		throw new ItemError(
			'"Identify User By" must be identity, objectId, FBID or GPID',
			'Choose it from the list, or let its expression give one of these.',
		);
	}
	return { kind, value: toText(value, 'Identifier', 'an identity') };
}
