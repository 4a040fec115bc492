import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchForms, searchWebhooks, searchWorkspaces } from '../../../../nodes/Tally/listSearch/listSearch';
import { nodeAsking, Refusal, type Sent } from '../../../support/tallyOperation';

type Search = (this: ILoadOptionsFunctions, filter?: string, token?: string) => Promise<INodeListSearchResult>;

/** What an editor finds for which Tally answers so, and what it has asked for. */
async function find(search: Search, replies: unknown[], filter?: string, token?: string) {
	const { context, sent } = nodeAsking({}, replies);
	return { found: await search.call(context as unknown as ILoadOptionsFunctions, filter, token), sent };
}

it.each<[string, object, string]>([
	['a workspace', { id: 'w1', name: ' Shop ' }, 'Shop'],
	['one without a name', { id: 'w1' }, 'Untitled (w1)'],
	['one whose name is blank', { id: 'w1', name: ' ' }, 'Untitled (w1)'],
	['one whose name is no text', { id: 'w1', name: { toString: 1 } }, 'Untitled (w1)'],
	['one whose name n8n would evaluate', { id: 'w1', name: '=1+1' }, '“=1+1”'],
	['one whose name only ends so', { id: 'w1', name: '1+1=' }, '1+1='],
])('names %s', async (_what, workspace, name) => {
	expect(await find(searchWorkspaces, [{ items: [workspace, { name: 'without an ID' }] }])).toEqual({
		found: { results: [{ name, value: 'w1' }] },
		sent: [['GET /workspaces?page=1']],
	});
});

const address = 'https://n8n.example.com/webhook/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/finished';
const named = { items: [{ id: 'GxdRaQ', name: 'Feedback' }] };

it.each<[string, object, unknown, string]>([
	[
		'a webhook',
		{ id: 'h1', formId: 'GxdRaQ', url: address },
		named,
		'Feedback → n8n.example.com/…5d-ab8dfbbd4bed/finished',
	],
	[
		'one whose address is short',
		{ id: 'h1', formId: 'GxdRaQ', url: 'http://a.example/' },
		named,
		'Feedback → a.example/',
	],
	[
		'one of a form that is not listed',
		{ id: 'h1', formId: 'nGone1', url: 'https://a.example/' },
		named,
		'nGone1 → a.example/',
	],
	[
		'one where the forms may not be read',
		{ id: 'h1', formId: 'GxdRaQ', url: 'https://a.example/' },
		new Refusal(403),
		'GxdRaQ → a.example/',
	],
	['one of a form without a name', { id: 'h1', formId: 'F2' }, { items: [{ id: 'F2' }] }, 'Untitled (F2) → ?'],
	['one without form and address', { id: 'h1' }, named, '? → ?'],
	[
		'one whose address is no text',
		{ id: 'h1', formId: 'GxdRaQ', url: { toString: 1, valueOf: 1 } },
		named,
		'Feedback → ?',
	],
])('names %s', async (_what, webhook, forms, name) => {
	expect(await find(searchWebhooks, [{ webhooks: [webhook] }, forms])).toEqual({
		found: { results: [{ name, value: 'h1' }] },
		sent: [['GET /webhooks?page=1&limit=100'], ['GET /forms?page=1&limit=500']],
	});
});

it('asks for no form’s name where there is no webhook', async () => {
	expect((await find(searchWebhooks, [{ webhooks: [] }])).sent).toEqual([['GET /webhooks?page=1&limit=100']]);
});

const shape = (id: string, name: string) => ({ name, value: id, url: `https://tally.so/forms/${id}/edit` });

it.each<[string, object, object[]]>([
	['a form', { id: 'GxdRaQ', name: ' Feedback ' }, [shape('GxdRaQ', 'Feedback')]],
	['one without a name', { id: 'GxdRaQ', name: null }, [shape('GxdRaQ', 'Untitled (GxdRaQ)')]],
	['one whose name is blank', { id: 'GxdRaQ', name: ' ' }, [shape('GxdRaQ', 'Untitled (GxdRaQ)')]],
	['one whose name n8n would evaluate', { id: 'GxdRaQ', name: '=a' }, [shape('GxdRaQ', '“=a”')]],
	['none in the trash', { id: 'GxdRaQ', name: 'Feedback', status: 'DELETED' }, []],
	['none without an ID', { id: '../x', name: 'Feedback' }, []],
])('lists %s', async (_what, form, results) => {
	expect(await find(searchForms, [{ items: [form] }])).toEqual({
		found: { results },
		sent: [['GET /forms?page=1&limit=500']],
	});
});

const page = (hasMore: boolean, ...ids: string[]) => {
	const entries = ids.map((id) => ({ id, name: `Name of ${id}` }));
	return { items: entries, webhooks: entries, hasMore };
};
const entry = (value: string) => ({ name: `Name of ${value}`, value });

describe('forms', () => {
	it.each<[string | undefined, string | undefined, boolean, number, string | undefined]>([
		[undefined, undefined, false, 1, undefined],
		[undefined, undefined, true, 1, '2'],
		[' ', '2', true, 2, '3'],
		['', '3', false, 3, undefined],
		['', 'odd', true, 1, '2'],
		['', '-4', true, 1, '2'],
	])('come page by page (%j, %j, more: %j)', async (filter, token, hasMore, number, next) => {
		expect(await find(searchForms, [page(hasMore, 'F1')], filter, token)).toEqual({
			found: { results: [shape('F1', 'Name of F1')], ...(next === undefined ? {} : { paginationToken: next }) },
			sent: [[`GET /forms?page=${number}&limit=500`]],
		});
	});

	it('come from all pages where something is typed', async () => {
		const { found, sent } = await find(searchForms, [page(true, 'F1'), page(false, 'f2', 'g1')], ' OF F', '7');
		expect(found).toEqual({ results: [shape('F1', 'Name of F1'), shape('f2', 'Name of f2')] });
		expect(sent).toEqual([['GET /forms?page=1&limit=500'], ['GET /forms?page=2&limit=500']]);
	});

	it('are found by their ID', async () => {
		const items = [
			{ id: 'GxdRaQ', name: 'Feedback' },
			{ id: 'Other1', name: 'Survey' },
		];
		expect((await find(searchForms, [{ items }], 'gxdr')).found).toEqual({ results: [shape('GxdRaQ', 'Feedback')] });
	});
});

it.each<[string, Search, string[]]>([
	['workspaces', searchWorkspaces, ['/workspaces?page=1', '/workspaces?page=2']],
	['webhooks', searchWebhooks, ['/webhooks?page=1&limit=100', '/webhooks?page=2&limit=100', '/forms?page=1&limit=500']],
])('%s are read over all pages', async (_what, search, paths) => {
	const { found, sent } = await find(search, [page(true, 'a1'), page(false, 'a2')]);
	expect(found.results.map(({ value }) => value)).toEqual(['a1', 'a2']);
	expect(sent).toEqual(paths.map((path) => [`GET ${path}`]));
});

it.each([
	[undefined, ['Ab1', 'cd2']],
	[' ', ['Ab1', 'cd2']],
	[' OF aB', ['Ab1']],
	['CD2', ['cd2']],
	['nothing', []],
])('workspaces are found by what is typed: %j', async (filter, ids) => {
	expect((await find(searchWorkspaces, [page(false, 'Ab1', 'cd2')], filter)).found).toEqual({
		results: ids.map(entry),
	});
});

it('a workspace is found by its ID', async () => {
	expect(
		(await find(searchWorkspaces, [{ items: [{ id: 'kb3o5R', name: 'Shop' }] }], 'KB3')).found.results,
	).toHaveLength(1);
});

const key: Sent = ['GET /users/me'];
const webhooks: Sent = ['GET /webhooks?page=1&limit=100'];

it('an account that never had a webhook has none', async () => {
	expect(await find(searchWebhooks, [new Refusal(401), { id: 'u1' }])).toEqual({
		found: { results: [] },
		sent: [webhooks, key],
	});
});

it.each<[string, Search, unknown[], Sent[], string]>([
	[
		'webhooks',
		searchWebhooks,
		[new Refusal(401), new Refusal(401)],
		[webhooks, key],
		'Tally does not accept the API key. Open the Tally credential',
	],
	[
		'webhooks',
		searchWebhooks,
		[new Refusal(403)],
		[webhooks],
		'The owner of the API key may not do this in Tally. Use the API key of someone who',
	],
	[
		'workspaces',
		searchWorkspaces,
		[new Refusal(401)],
		[['GET /workspaces?page=1']],
		'Tally does not accept the API key. Open the Tally credential',
	],
	[
		'forms',
		searchForms,
		[new Refusal(401)],
		[['GET /forms?page=1&limit=500']],
		'Tally does not accept the API key. Open the Tally credential',
	],
])('no %s are listed where Tally refuses, which is said', async (_what, search, replies, sent, message) => {
	const asking = nodeAsking({}, replies);
	await expect(search.call(asking.context as unknown as ILoadOptionsFunctions)).rejects.toThrow(message);
	expect(asking.sent).toEqual(sent);
});
