import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { filledText, isId } from '../narrowing';
import { askTally, isSuccess, refusalError, type TallyRequest } from '../transport/api';
import { readAllPages, readPage } from '../transport/pages';
import { literalName } from './literal';

type Entry = Record<string, unknown>;

/** The workspaces for the picker. */
export async function searchWorkspaces(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const workspaces = await readAll(this, '/workspaces', 'items', {});
	return found(workspaces, filter, ({ name }, id) => filledText(name)?.trim() || `Untitled (${id})`);
}

/** The webhooks for the picker, by form and address. */
export async function searchWebhooks(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const webhooks = await readAll(this, '/webhooks', 'webhooks', { limit: 100 });
	return found(webhooks, filter, ({ formId, url }) => `${filledText(formId) ?? '?'} → ${filledText(url) ?? '?'}`);
}

async function readAll(
	context: ILoadOptionsFunctions,
	path: string,
	name: string,
	query: { limit?: number },
): Promise<Entry[]> {
	const ask = async (request: TallyRequest) => await askTally(context, request);
	return await readAllPages(async (page) => {
		const reply = await ask({ method: 'GET', path, query: { ...query, page } });
		if (isSuccess(reply)) return readPage(reply.body, name);
		// An account that never had a webhook gets 401 for its list (observed live 2026-08).
		const isKeyGood =
			path === '/webhooks' && reply.status === 401 && isSuccess(await ask({ method: 'GET', path: '/users/me' }));
		if (isKeyGood) return { items: [], hasMore: false };
		throw refusalError(context, reply);
	});
}

function found(
	entries: readonly Entry[],
	filter: string | undefined,
	nameOf: (entry: Entry, id: string) => string,
): INodeListSearchResult {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const results = entries.flatMap((entry): INodeListSearchItems[] =>
		isId(entry.id) ? [{ name: literalName(nameOf(entry, entry.id)), value: entry.id }] : [],
	);
	return {
		results: results.filter(({ name, value }) => `${name}\n${String(value)}`.toLowerCase().includes(wanted)),
	};
}
