import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { filledText, recordsIn } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { withNodeErrors } from '../../shared/nodeError';
import { TallyClient } from '../transport/client';
import { isId } from '../transport/ids';
import { fieldValue, literal, matching, type Entry } from './choices';

/** The people of the organization, by name and email address. */
export async function searchUsers(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchPeople(
		this,
		'users',
		({ fullName, email }) => {
			const [name, address] = [filledText(fullName)?.trim(), filledText(email)];
			return name && address ? `${name} (${address})` : name || address;
		},
		filter,
	);
}

/** The open invitations, by the email address to which they went. */
export async function searchInvites(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchPeople(this, 'invites', ({ email }) => filledText(email), filter);
}

async function searchPeople(
	context: ILoadOptionsFunctions,
	list: 'users' | 'invites',
	nameOf: (entry: Entry) => string | undefined,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await withNodeErrors(context, async () => {
		const client = new TallyClient(context);
		const path = `/organizations/${await organizationOf(context, client)}/${list}`;
		const found = recordsIn(await client.call({ method: 'GET', path, expects: 'list' }));
		const choices = found.flatMap((entry): INodeListSearchItems[] => {
			const { id } = entry;
			return isId(id) ? [{ name: literal(nameOf(entry) ?? id), value: id }] : [];
		});
		return { results: matching(choices, filter) };
	});
}

/** The organization that the node names, or that of the key's owner. */
async function organizationOf(context: ILoadOptionsFunctions, client: TallyClient): Promise<string> {
	const typed = fieldValue(context, 'organizationId');
	if (isId(typed)) return typed;
	const { organizationId } = await client.account();
	if (isId(organizationId)) return organizationId;
	throw new ItemError('Tally does not say which organization the API key belongs to', 'Fill in "Organization ID".');
}
