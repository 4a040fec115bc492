import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import { OBJECT_ID } from '../../parameters/identifier';
import { toText } from '../../parameters/text';
import { requestAdvice } from '../../result/advice';
import { codeIn, errorText } from '../../result/errorText';
import { ask, type Json } from '../../transport/ask';
import type { CleverTapClient } from '../../transport/client';
import { inQuery } from '../../transport/inQuery';
import { RequestError } from '../../transport/send';

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
		description: 'Whose profile to get',
	},
];

/** What to look for, for one item. @throws ItemError if the fields name nobody */
export function readLookup(context: IExecuteFunctions, item: number): Lookup {
	const by: unknown = context.getNodeParameter('identifyBy', item, 'identity');
	return toLookup(by, context.getNodeParameter('identifier', item, ''));
}

export function toLookup(by: unknown, value: unknown): Lookup {
	const key = KEYS.find((known) => known === by);
	if (key === undefined) {
		throw new ItemError('CleverTap can’t find a user that way', `Choose one of ${KEYS.join(', ')} in "Find User By".`);
	}
	return { key, value: toText(value, 'Identifier', key === 'email' ? 'an email address' : 'an identity') };
}

const NOT_FOUND = /not found|no such|does not exist/i;

/**
 * The profile of one user. A user whom CleverTap does not know comes as `success` with a `record`
 * that is null or missing; some accounts answer 404 or "not found".
 *
 * @returns `undefined` for an unknown user
 * @throws ItemError if CleverTap does not say
 */
export async function findProfile(client: CleverTapClient, { key, value }: Lookup): Promise<Json | undefined> {
	// A plus sign must not arrive as a blank, nor a blank as a plus sign.
	const path = `/1/profile.json?${key}=${inQuery(value)}`;
	const body = await ask(client, { method: 'GET', path }).catch(unlessNotFound);
	if (body === undefined) return undefined;
	const { status, record } = body;
	if (status === 'success') return isRecord(record) && Object.keys(record).length > 0 ? record : undefined;
	const reason = errorText(body) ?? 'CleverTap’s answer could not be read';
	if (NOT_FOUND.test(reason)) return undefined;
	const code = codeIn(body);
	throw new ItemError(reason, requestAdvice(reason, code), code);
}

/** A 404 without a body in CleverTap's form comes from another server. */
function unlessNotFound(error: unknown): undefined {
	if (error instanceof RequestError && error.code === 404 && error.body !== undefined) return undefined;
	throw error;
}
