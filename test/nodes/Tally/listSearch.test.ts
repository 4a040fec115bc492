import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { searchWebhooks, searchWorkspaces } from '../../../nodes/Tally/listSearch/pickers';

/** The editor, for which Tally answers with this body. */
function editorWith(body: unknown): ILoadOptionsFunctions {
	const partial = {
		getCredentials: () => Promise.resolve({ baseUrl: '' }),
		helpers: {
			httpRequestWithAuthentication: () => Promise.resolve({ statusCode: 200, headers: {}, body }),
		},
	};
	return partial as unknown as ILoadOptionsFunctions;
}

it.each<[string, object, string]>([
	['a workspace', { id: 'w1', name: ' Shop ' }, 'Shop'],
	['one without a name', { id: 'w1' }, 'Untitled (w1)'],
	['one whose name is blank', { id: 'w1', name: ' ' }, 'Untitled (w1)'],
	['one whose name is no text', { id: 'w1', name: { toString: 1 } }, 'Untitled (w1)'],
])('names %s', async (_what, workspace, name) => {
	const editor = editorWith({ items: [workspace, { name: 'without an ID' }] });
	expect(await searchWorkspaces.call(editor)).toEqual({ results: [{ name, value: 'w1' }] });
});

it.each<[string, object, string]>([
	['a webhook', { id: 'h1', formId: 'GxdRaQ', url: 'https://n8n.example.com/' }, 'GxdRaQ → https://n8n.example.com/'],
	['one without form and address', { id: 'h1' }, '? → ?'],
	['one whose address is no text', { id: 'h1', formId: 'GxdRaQ', url: { toString: 1, valueOf: 1 } }, 'GxdRaQ → ?'],
])('names %s', async (_what, webhook, name) => {
	expect(await searchWebhooks.call(editorWith({ webhooks: [webhook] }))).toEqual({ results: [{ name, value: 'h1' }] });
});
