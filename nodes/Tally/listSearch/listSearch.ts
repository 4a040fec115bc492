import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { filledText } from '../../shared/guards';
import { withNodeErrors } from '../../shared/nodeError';
import { editorAddress } from '../form/address';
import { TallyClient } from '../transport/client';
import { isId } from '../transport/ids';
import { readList, readPage, type List } from '../transport/pages';
import { readWebhooks } from '../transport/webhooks';

type Entry = Record<string, unknown>;

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
	return await withNodeErrors(this, async (context) => {
		const client = new TallyClient(context);
		if (filter !== undefined && filter.trim() !== '') {
			const forms = await readList(client, FORMS);
			return { results: matching(forms.flatMap(formChoice), filter) };
		}
		const number = Math.max(1, Number(paginationToken ?? 1) || 1);
		const { items, hasMore } = await readPage(client, FORMS, number);
		return {
			results: items.flatMap(formChoice),
			...(hasMore ? { paginationToken: String(number + 1) } : {}),
		};
	});
}

/** The workspaces for the picker. */
export async function searchWorkspaces(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async (context) => {
		const workspaces = await readList(new TallyClient(context), WORKSPACES);
		return { results: matching(workspaces.flatMap(workspaceChoice), filter) };
	});
}

/** The webhooks for the picker, by form and address. */
export async function searchWebhooks(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async (context) => {
		const webhooks = await readWebhooks(new TallyClient(context));
		return { results: matching(webhooks.flatMap(webhookChoice), filter) };
	});
}

function formChoice({ id, name, status }: Entry): INodeListSearchItems[] {
	if (!isId(id) || status === 'DELETED') return [];
	return [{ name: literal(nameOrId(name, id)), value: id, url: editorAddress(id) }];
}

function workspaceChoice({ id, name }: Entry): INodeListSearchItems[] {
	return isId(id) ? [{ name: literal(nameOrId(name, id)), value: id }] : [];
}

function webhookChoice({ id, formId, url }: Entry): INodeListSearchItems[] {
	if (!isId(id)) return [];
	return [{ name: literal(`${filledText(formId) ?? '?'} → ${filledText(url) ?? '?'}`), value: id }];
}

function nameOrId(name: unknown, id: string): string {
	return filledText(name)?.trim() || `Untitled (${id})`;
}

/**
 * A name that stays one when it is chosen from a list: n8n keeps it in the node's parameters,
 * where a text that begins with `=` is an expression, which n8n would evaluate.
 */
function literal(name: string): string {
	return name.startsWith('=') ? `“${name}”` : name;
}

/** The choices whose name or value holds what is typed. */
function matching(choices: readonly INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const typed = filter.trim().toLowerCase();
	return choices.filter(({ name, value }) => `${name}\n${String(value)}`.toLowerCase().includes(typed));
}
