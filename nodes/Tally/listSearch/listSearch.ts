import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { filledText } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { withNodeErrors } from '../../shared/nodeError';
import { editorAddress } from '../form/address';
import { TallyClient } from '../transport/client';
import { isId } from '../transport/ids';
import { readList, type List } from '../transport/pages';
import { readWebhooks } from '../transport/webhooks';
import { literal, matching, nameOrId, pageOrFound, type Entry } from './choices';

/** Names and limits of both lists are those of https://api.tally.so/openapi.json. */
const FORMS: List = { request: { method: 'GET', path: '/forms' }, name: 'items', maxAtOnce: 500 };
const WORKSPACES: List = { request: { method: 'GET', path: '/workspaces' }, name: 'items' };

/**
 * The forms for the form picker: page by page, or, when something is typed, all whose name or
 * ID holds it, whichever page they are on. Forms in the trash are left out.
 */
export async function searchForms(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await withNodeErrors(
		this,
		async (context) => await pageOrFound(new TallyClient(context), FORMS, formChoice, { filter, paginationToken }),
	);
}

/** The workspaces for the picker. */
export async function searchWorkspaces(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async (context) => {
		const workspaces = await readList(new TallyClient(context), WORKSPACES);
		return { results: matching(workspaces.flatMap(workspaceChoice), filter) };
	});
}

/** The workspaces as options, of which several can be chosen. */
export async function getWorkspaces(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await withNodeErrors(this, async (context) => {
		const workspaces = await readList(new TallyClient(context), WORKSPACES);
		return workspaces.flatMap(workspaceChoice).map(({ name, value }) => ({ name, value }));
	});
}

/** The webhooks for the picker, by the name of the form and the end of the address. */
export async function searchWebhooks(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async (context) => {
		const client = new TallyClient(context);
		const webhooks = await readWebhooks(client);
		const names = webhooks.length === 0 ? new Map<unknown, string>() : await formNames(client);
		return {
			results: matching(
				webhooks.flatMap((webhook) => webhookChoice(webhook, names)),
				filter,
			),
		};
	});
}

/** The forms' names by their IDs; none where the list can't be read: the IDs do. */
async function formNames(client: TallyClient): Promise<Map<unknown, string>> {
	const forms = await readList(client, FORMS).catch((error: unknown) => {
		if (error instanceof ItemError) return [];
		throw error;
	});
	return new Map(forms.flatMap(({ id, name }) => (isId(id) ? [[id, nameOrId(name, id)]] : [])));
}

function formChoice({ id, name, status }: Entry): INodeListSearchItems[] {
	if (!isId(id) || status === 'DELETED') return [];
	return [{ name: literal(nameOrId(name, id)), value: id, url: editorAddress(id) }];
}

function workspaceChoice({ id, name }: Entry): INodeListSearchItems[] {
	return isId(id) ? [{ name: literal(nameOrId(name, id)), value: id }] : [];
}

function webhookChoice({ id, formId, url }: Entry, names: ReadonlyMap<unknown, string>): INodeListSearchItems[] {
	if (!isId(id)) return [];
	const form = names.get(formId) ?? filledText(formId) ?? '?';
	return [{ name: literal(`${form} → ${shortAddress(filledText(url) ?? '?')}`), value: id }];
}

/** As much of an address as the list has room for: its host and its end, by which several of one n8n can be told. */
const MAX_ADDRESS = 50;
const ADDRESS_END = 24;

/** `'https://n8n.example.com/webhook/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/finished'` → `'n8n.example.com/…b8dfbbd4bed/finished'` */
function shortAddress(url: string): string {
	const plain = url.replace(/^https?:\/\//i, '');
	if (plain.length <= MAX_ADDRESS) return plain;
	const [host = ''] = plain.split('/');
	return `${host.slice(0, MAX_ADDRESS - ADDRESS_END)}/…${plain.slice(-ADDRESS_END)}`;
}
