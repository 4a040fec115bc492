import { startGateway, type LocalGateway } from '../../../sandbox/gateway/gateway';
import { startTally, type LocalTally } from '../../../sandbox/tally/tally';

let tally: LocalTally;
let gateway: LocalGateway;

beforeEach(async () => {
	tally = await startTally();
	gateway = await startGateway({ tally });
});
afterEach(async () => {
	await gateway.close();
	await tally.close();
});

async function ask(
	path: string,
	more: { method?: string; body?: string; headers?: Record<string, string | null> } = {},
) {
	const headers = {
		authorization: `Bearer ${gateway.apiKey}`,
		'maton-connection': gateway.connectionId,
		...more.headers,
	};
	const response = await fetch(gateway.url + path, {
		method: more.method ?? 'GET',
		headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== null)) as Record<
			string,
			string
		>,
		body: more.body,
	});
	const text = await response.text();
	return {
		status: response.status,
		text,
		json: text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as unknown) : undefined,
	};
}

it('passes on path, query, body and headers, and Tally’s own answers', async () => {
	expect((await ask('/forms?limit=1&page=1')).json).toMatchObject({ limit: 1, items: [{ id: tally.formId }] });
	const old = await ask('/forms', { headers: { 'tally-version': '2025-01-15' } });
	expect(Array.isArray(old.json)).toBe(true);
	expect(await ask('/webhooks')).toMatchObject({ status: 401, text: 'Unauthorized' });
	const body = JSON.stringify({ formId: tally.formId, url: 'https://example.com/', eventTypes: ['FORM_RESPONSE'] });
	const made = await ask('/webhooks', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
	expect(made.status).toBe(201);
	const { id } = made.json as { id: string };
	expect(await ask(`/webhooks/${id}`, { method: 'DELETE' })).toMatchObject({ status: 204, text: '' });
	expect(gateway.passedOn()).toHaveLength(5);
	expect(gateway.refused()).toEqual([]);
	expect(tally.violations()).toEqual([]);
});

it.each<[string, Record<string, string | null>, number, unknown]>([
	['a bad key', { authorization: 'Bearer tly-sandbox' }, 401, { error: { code: 401 } }],
	['no connection', { 'maton-connection': null }, 400, { error: { code: 400 } }],
	['another connection', { 'maton-connection': 'conn-9' }, 404, { type: 'Not Found', code: 404 }],
])('refuses %s itself', async (_what, headers, status, shape) => {
	const reply = await ask('/users/me', { headers });
	expect(reply.status).toBe(status);
	expect(reply.json).toMatchObject(shape as object);
	expect(tally.requests()).toEqual([]);
});

it('has a limit of its own, and an authorization that can expire', async () => {
	gateway.expireNext();
	expect(await ask('/users/me')).toMatchObject({ status: 500, json: { error: { code: 500 } } });
	const statuses = await Promise.all(Array.from({ length: 30 }, async () => (await ask('/users/me')).status));
	expect(statuses).toContain(429);
});
