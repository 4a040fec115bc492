import { ItemError } from '../../../../nodes/shared/itemError';
import { nodeError } from '../../../../nodes/shared/nodeError';
import { TallyClient } from '../../../../nodes/Tally/transport/client';
import { apiKeyOf, type TallyCaller } from '../../../../nodes/Tally/transport/credential';
import type { TallyRequest } from '../../../../nodes/Tally/transport/reply';
import { sendRequest } from '../../../../nodes/Tally/transport/send';
import { tallyCaller } from '../../../support/tallyCaller';

const read = { method: 'GET', path: '/users/me', expects: { member: 'id' } } as const;

/** The body of an answer, or the error that n8n shows of an item. */
async function callTally(caller: TallyCaller, request: TallyRequest): Promise<unknown> {
	return await new TallyClient(caller).call(request).catch((error: unknown) => {
		throw error instanceof ItemError ? nodeError(caller, error) : error;
	});
}

describe('A request', () => {
	it('is sent as it is, in the version of the API that its answer is read in', async () => {
		const { context, handed } = tallyCaller();
		const body = { name: 'Order 1234' };
		await sendRequest(context, {
			method: 'PATCH',
			path: '/forms/GxdRaQ',
			expects: 'nothing',
			query: { page: 2 },
			body,
		});
		expect(handed).toHaveLength(1);
		expect(handed[0]).toMatchObject({
			method: 'PATCH',
			url: 'https://api.tally.so/forms/GxdRaQ',
			qs: { page: 2 },
			body,
			headers: { Accept: 'application/json', 'tally-version': '2025-02-01' },
		});
	});

	it('takes the API key nowhere else: no redirect is followed', async () => {
		const { context, handed } = tallyCaller();
		await sendRequest(context, read);
		expect(handed[0]?.disableFollowRedirect).toBe(true);
	});

	it.each([
		['', 'https://api.tally.so/users/me'],
		[' \n', 'https://api.tally.so/users/me'],
		[undefined, 'https://api.tally.so/users/me'],
		[7, 'https://api.tally.so/users/me'],
		['https://gateway.example.com/tally', 'https://gateway.example.com/tally/users/me'],
		[' https://gateway.example.com/tally//\n', 'https://gateway.example.com/tally/users/me'],
		['gateway.example.com/tally', 'https://gateway.example.com/tally/users/me'],
	])('with the base URL %j goes to %s', async (baseUrl, url) => {
		const { context, handed } = tallyCaller([], { apiKey: 'tly-test', baseUrl });
		await sendRequest(context, read);
		expect(handed[0]?.url).toBe(url);
	});
});

it.each([
	['tly-test', 'tly-test'],
	[' tly-test\n', 'tly-test'],
	[undefined, ''],
	[7, ''],
])('The API key %j is %j', async (apiKey, text) => {
	const { context } = tallyCaller([], { apiKey });
	expect(await apiKeyOf(context)).toBe(text);
});

describe('What is said', () => {
	const body = { name: 'Order 1234', url: null, tags: ['vip', 'a@b.example'] };
	const sending = {
		method: 'POST',
		path: '/forms',
		expects: { member: 'name' },
		query: { page: 'since 2026' },
		body,
	} as const;

	it.each([200, 201, 299])('with %i is left as it is, though it was sent', async (status) => {
		const { context } = tallyCaller([
			{ status, body },
			{ status, body },
		]);
		expect((await sendRequest(context, sending)).reply).toEqual({ status, body });
		expect(await callTally(context, sending)).toEqual(body);
	});

	it.each([400, 404, 500])('with %i says nothing of what was sent', async (status) => {
		const said = { message: 'Order 1234 since 2026: a@b.example is known' };
		const { context } = tallyCaller([
			{ status, body: said },
			{ status, body: said },
		]);
		expect((await sendRequest(context, sending)).reply).toMatchObject({ status, words: '… … … …: … is known' });
		await expect(callTally(context, sending)).rejects.toMatchObject({ httpCode: String(status) });
	});

	it('says nothing of a secret, though it is a plain word', async () => {
		const said = { message: 'Neither opens nor sesame nor gatekeeper nor lantern' };
		const { context } = tallyCaller([{ status: 400, body: said }], {
			apiKey: 'sesame',
			gatewayConnectionId: 'gatekeeper',
		});
		const secrets = { signingSecret: 'lantern', httpHeaders: [{ name: 'X-Key', value: 'opens' }] };
		const request = { method: 'POST', path: '/webhooks', expects: { member: 'id' }, body: secrets } as const;
		expect((await sendRequest(context, request)).reply.words).toBe('Neither … nor … nor … nor …');
	});

	it.each([
		["a gateway's own 404 from Tally's", 404, { error: { code: 404, message: 'No connection' } }, 400],
		["Tally's own 404", 404, { message: 'Not found', errorType: 'NOT_FOUND' }, 404],
		['what else a gateway says', 500, { error: { code: 500, message: 'No authorization' } }, 500],
	])('tells %s: nothing is gone that Tally has', async (_what, status, body, told) => {
		const { context } = tallyCaller([{ status, body }]);
		expect((await sendRequest(context, read)).reply.status).toBe(told);
	});

	it.each([
		[{ 'retry-after': '7' }, 7_000],
		[{}, undefined],
	])('with the headers %j asks to wait %j ms', async (headers, wait) => {
		const { context } = tallyCaller([{ status: 429, headers }]);
		expect((await sendRequest(context, read)).reply.retryAfterMs).toBe(wait);
	});
});

describe('What is not Tally’s', () => {
	const form = { method: 'GET', path: '/forms/GxdRaQ', expects: { member: 'id' } } as const;
	const foreign = "What answers at api.tally.so is not Tally's API";
	const proxy = (status: number) => `A proxy between this n8n and api.tally.so refused the request (status ${status})`;
	const html = { 'content-type': 'text/html' };

	it.each<[string, number, unknown, Record<string, string>, string]>([
		['a page', 200, '<html>', html, foreign],
		['nothing', 200, '', {}, foreign],
		['204 where there should be something', 204, '', {}, foreign],
		['text', 200, 'OK', {}, foreign],
		['JSON of another kind', 200, { portal: 'sign-in' }, {}, foreign],
		['a list', 200, [{ id: 'x' }], {}, foreign],
		['a number in place of an ID', 200, { id: 7 }, {}, foreign],
		['a redirect', 301, '', {}, foreign],
		['a redirect to a login page', 302, '<html>', html, foreign],
		['a page that is not there', 404, '<html>', html, foreign],
		['a page without a head', 404, '\n<!doctype html>', {}, foreign],
		['JSON of another kind as a refusal', 401, { portal: 'sign-in' }, {}, foreign],
		['a filter', 403, '<html>', html, proxy(403)],
		['a proxy that wants a password', 407, '', {}, proxy(407)],
		['a proxy that says so in JSON', 407, { message: 'Who are you?' }, {}, proxy(407)],
	])('is told from it: %s', async (_what, status, body, headers, message) => {
		const { context } = tallyCaller([{ status, body, headers }]);
		await expect(callTally(context, form)).rejects.toMatchObject({ message });
	});

	it.each<[string, number, unknown, Record<string, string>]>([
		['a 200', 200, '', {}],
		['a 204 with a page', 204, '', html],
		['a 204 with a length', 204, '', { 'content-length': '7' }],
		['a 200 with JSON', 200, { deleted: true }, {}],
	])('removes nothing: %s', async (_what, status, body, headers) => {
		const { context } = tallyCaller([{ status, body, headers }]);
		const remove = { method: 'DELETE', path: '/forms/GxdRaQ', expects: 'nothing' } as const;
		await expect(callTally(context, remove)).rejects.toMatchObject({
			message: foreign,
			description: expect.stringContaining('Whether Tally did what was asked is not known') as string,
		});
	});

	it.each<[string, number, unknown, string]>([
		['a bad key, as text', 401, 'Unauthorized', 'Tally does not accept the API key'],
		['a bad key, as nothing', 401, '', 'Tally does not accept the API key'],
		['no right', 403, { message: 'Forbidden' }, 'The owner of the API key may not do this in Tally'],
		['trouble, in whatever form', 502, '<html>', 'Tally is not working at the moment (status 502)'],
	])('is not taken for a refusal of its own: %s', async (_what, status, body, message) => {
		const { context } = tallyCaller([{ status, body }]);
		await expect(callTally(context, form)).rejects.toMatchObject({ message });
	});

	it('has no secret in it, though it is a success', async () => {
		const { context } = tallyCaller([{ status: 200, body: { id: 'x', name: 'Bearer tly-test-4711' } }], {
			apiKey: 'tly-test-4711',
		});
		expect(await callTally(context, form)).toEqual({ id: 'x', name: 'Bearer …' });
	});
});

describe('No answer', () => {
	const broken = (more: object) => Object.assign(new Error('Bearer tly-test'), more);

	it.each([
		['ENOTFOUND', 'Its name was not found'],
		['EAI_AGAIN', 'Its name was not found'],
		['ECONNREFUSED', 'Nothing answers there'],
		['ECONNABORTED', 'No answer came in time'],
		['ETIMEDOUT', 'No answer came in time'],
		['ECONNRESET', 'The connection broke before an answer came'],
		[undefined, 'The connection broke before an answer came'],
	])('of the kind %s is an error that says so, and no more than that', async (code, reason) => {
		for (const error of [broken({ cause: { code } }), broken({ httpCode: code })]) {
			const { context } = tallyCaller([error]);
			const failure = callTally(context, read);
			await expect(failure).rejects.toMatchObject({
				message: 'Tally could not be reached at api.tally.so',
				description: expect.stringMatching(
					new RegExp(`^${reason}\\. Check .* the base URL in the Tally credential`),
				) as string,
			});
			expect(JSON.stringify(await failure.catch((reasons: unknown) => reasons))).not.toContain('tly-test');
		}
	});

	it("goes by the network's own code where n8n has another", async () => {
		const { context } = tallyCaller([broken({ cause: { code: 'ECONNREFUSED' }, httpCode: 'ENOTFOUND' })]);
		await expect(callTally(context, read)).rejects.toMatchObject({
			description: expect.stringContaining('Nothing answers there') as string,
		});
	});

	it.each([['https://ada:secret@gateway.example.com:8443/tally', 'gateway.example.com:8443']])(
		'of %s names no more than the host',
		async (baseUrl, host) => {
			const { context } = tallyCaller([broken({})], { apiKey: 'tly-test', baseUrl });
			await expect(callTally(context, read)).rejects.toThrow(`Tally could not be reached at ${host}`);
		},
	);
});
