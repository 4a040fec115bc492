import type { INodeProperties } from 'n8n-workflow';

import { isId } from '../narrowing';
import type { Input } from '../run/input';

export const organizationIdField: INodeProperties = {
	displayName: 'Organization ID',
	name: 'organizationId',
	type: 'string',
	default: '',
	placeholder: 'e.g. atL65s',
	description: 'Leave empty for the organization of the API key’s owner',
};

/** The path of the organization; of the key's owner unless another one is named. */
export async function organizationPath(input: Input): Promise<string> {
	const given = input.optionalId('organizationId', 'Organization ID');
	if (given !== undefined) return `/organizations/${given}`;
	const account = await input.line.account();
	const own = account?.organizationId;
	if (isId(own)) return `/organizations/${own}`;
	// Says why the owner is not known, if that is the reason.
	await input.line.call({ method: 'GET', path: '/users/me' });
	throw input.wrong('Tally does not say which organization the API key belongs to', 'Fill in "Organization ID".');
}
