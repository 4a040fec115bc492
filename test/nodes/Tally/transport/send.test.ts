import { withNodeErrors } from '../../../../nodes/shared/nodeError';
import { TallyClient } from '../../../../nodes/Tally/transport/client';
import { apiKeyOf, type TallyCaller } from '../../../../nodes/Tally/transport/credential';
import type { TallyRequest } from '../../../../nodes/Tally/transport/reply';
import { sendRequest } from '../../../../nodes/Tally/transport/send';
import { tallyCaller } from '../../../support/tallyCaller';

const read = { method: 'GET', path: '/users/me' } as const;

/** The body of an answer, or the error that n8n shows. */
async function callTally(caller: TallyCaller, request: TallyRequest): Promise<unknown> {
	return await withNodeErrors(caller, async () => await new TallyClient(caller).call(request));
}

describe('A request', () => {
	it('is sent as it is, in the version of the API that its answer is read in', async () => {
		const { context, handed } = tallyCaller();
		const body = { name: 'Order 1234' };
		await sendRequest(context, { method: 'PATCH', path: '/forms/GxdRaQ', query: { page: 2 }, body });
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
	const sending = { method: 'POST', path: '/forms', query: { filter: 'since 2026' }, body } as const;

	it.each([200, 201, 299])('with %i is left as it is, though it was sent', async (status) => {
		const { context } = tallyCaller([
			{ status, body },
			{ status, body },
		]);
		expect(await sendRequest(context, sending)).toEqual({ status, body });
		expect(await callTally(context, sending)).toEqual(body);
	});

	it.each([300, 302, 400, 500])('with %i says nothing of what was sent', async (status) => {
		const said = { message: 'Order 1234 since 2026: a@b.example is known' };
		const { context } = tallyCaller([
			{ status, body: said },
			{ status, body: said },
		]);
		expect(await sendRequest(context, sending)).toEqual({ status, body: { message: '… …: … is known' } });
		await expect(callTally(context, sending)).rejects.toMatchObject({ httpCode: String(status) });
	});

	it('says nothing of a secret, though it is a plain word', async () => {
		const said = { message: 'Neither opens nor sesame nor gatekeeper nor lantern' };
		const { context } = tallyCaller([{ status: 400, body: said }], {
			apiKey: 'sesame',
			gatewayConnectionId: 'gatekeeper',
		});
		const secrets = { signingSecret: 'lantern', httpHeaders: [{ name: 'X-Key', value: 'opens' }] };
		expect((await sendRequest(context, { method: 'POST', path: '/webhooks', body: secrets })).body).toEqual({
			message: 'Neither … nor … nor … nor …',
		});
	});

	it.each([
		["a gateway's own 404 from Tally's", 404, { error: { code: 404, message: 'No connection' } }, 400],
		["Tally's own 404", 404, { message: 'Not found', errorType: 'NOT_FOUND' }, 404],
		['what else a gateway says', 500, { error: { code: 500, message: 'No authorization' } }, 500],
	])('tells %s: nothing is gone that Tally has', async (_what, status, body, told) => {
		const { context } = tallyCaller([{ status, body }]);
		expect((await sendRequest(context, read)).status).toBe(told);
	});

	it.each([
		[{ 'retry-after': '7' }, 7_000],
		[{}, undefined],
	])('with the headers %j asks to wait %j ms', async (headers, wait) => {
		const { context } = tallyCaller([{ status: 429, headers }]);
		expect((await sendRequest(context, read)).retryAfterMs).toBe(wait);
	});
});

describe('No answer', () => {
	const broken = (more: object) => Object.assign(new Error('Bearer tly-test'), more);

	it.each([
		['ENOTFOUND', 'Its name was not found'],
		['EAI_AGAIN', 'Its name was not found'],
		['ECONNREFUSED', 'Nothing answers there'],
		['ECONNABORTED', 'There was no answer in 30 seconds'],
		['ETIMEDOUT', 'There was no answer in 30 seconds'],
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

	it.each([
		['https://ada:secret@gateway.example.com:8443/tally', 'gateway.example.com:8443'],
		['gateway', 'its base URL, which is not an address'],
	])('of %s names no more than the host', async (baseUrl, host) => {
		const { context } = tallyCaller([broken({})], { apiKey: 'tly-test', baseUrl });
		await expect(callTally(context, read)).rejects.toThrow(`Tally could not be reached at ${host}`);
	});
});
