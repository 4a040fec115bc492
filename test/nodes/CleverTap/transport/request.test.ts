import type { IExecuteFunctions } from 'n8n-workflow';

import { cleverTapRequest, type CleverTapRequest } from '../../../../nodes/CleverTap/transport/request';

interface Answer {
	readonly statusCode?: number;
	readonly headers?: Record<string, string>;
	readonly body?: unknown;
}

/** What becomes of a request, and what n8n was asked to send; an answer that is a function throws. */
async function send(
	request: CleverTapRequest,
	answer: Answer | (() => never) = {},
	credential: Record<string, string> = { accountId: 'TEST-1', passcode: 'open-sesame-7', region: 'in1' },
) {
	const sent: Array<[credential: string, options: Record<string, unknown>]> = [];
	const context = {
		getCredentials: () => Promise.resolve(credential),
		getNode: () => ({ name: 'CleverTap', type: 'cleverTap', typeVersion: 1, position: [0, 0], parameters: {} }),
		helpers: {
			httpRequestWithAuthentication(name: string, { abortSignal, ...options }: Record<string, unknown>) {
				expect(abortSignal).toBeInstanceOf(AbortSignal);
				sent.push([name, options]);
				if (typeof answer === 'function') return answer();
				return Promise.resolve({ statusCode: 200, headers: {}, body: {}, ...answer });
			},
		},
	};
	return { reply: await cleverTapRequest(context as unknown as IExecuteFunctions, request), sent };
}
const get: CleverTapRequest = { method: 'GET', path: '/1/profile.json?identity=ada' };

describe('what is sent', () => {
	it('goes to the region of the credential, signed with it, and every answer comes back', async () => {
		const { sent } = await send(get);
		expect(sent).toEqual([
			[
				'cleverTapAccountApi',
				{
					method: 'GET',
					url: 'https://in1.api.clevertap.com/1/profile.json?identity=ada',
					json: true,
					timeout: 60_000,
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
				},
			],
		]);
	});

	it('has a body of JSON, as bytes', async () => {
		const [[, options] = []] = (await send({ method: 'POST', path: '/1/upload', body: { d: ['é'] } })).sent;
		expect(String(options?.body)).toBe('{"d":["é"]}');
		expect(options).toMatchObject({ method: 'POST', headers: { 'Content-Type': 'application/json' } });
	});

	it('asks for the answer as text where digits must be kept', async () => {
		const body = '{"req_id":92233720368547758071}';
		const { reply, sent } = await send({ ...get, keepDigitsOf: 'req_id' }, { body });
		expect(sent[0]?.[1]).toMatchObject({ encoding: 'text' });
		expect(reply).toMatchObject({ body: { req_id: '92233720368547758071' } });
	});

	it('is nothing where the credential has no host', async () => {
		await expect(send(get, {}, { region: 'custom', customHost: 'not a host' })).rejects.toMatchObject({
			message: '"Custom Host" in the CleverTap credential is not a host name',
			description: expect.stringContaining('choose a region') as string,
		});
	});
});

describe('an answer', () => {
	it('is given with its status and body', async () => {
		const { reply } = await send(get, { statusCode: 404, body: '<html>' });
		expect(reply).toStrictEqual({ kind: 'reply', status: 404, body: '<html>' });
	});

	it.each<[string, number | undefined]>([
		['7', 7_000],
		['0', 0],
		['-1', 0],
		['0.5', 500],
		['', undefined],
		[' ', undefined],
		['soon', undefined],
		['Thu, 01 Jan 1970 00:00:00 GMT', 0],
	])('may say when to ask again: %j', async (header, retryAfterMs) => {
		const { reply } = await send(get, { headers: { 'retry-after': header } });
		const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
		expect(reply).toStrictEqual({ kind: 'reply', status: 200, body: {}, ...wait });
	});

	it('may say so by a date', async () => {
		const date = new Date(Date.now() + 3_600_000).toUTCString();
		const { reply } = await send(get, { headers: { 'retry-after': date } });
		const { retryAfterMs = 0 } = reply as { retryAfterMs?: number };
		expect(retryAfterMs).toBeGreaterThan(3_000_000);
		expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
	});

	it('repeats neither the credential nor what was sent', async () => {
		const error = 'No ada-55 and bob-66 for TEST-1 with open-sesame-7';
		const request: CleverTapRequest = { method: 'POST', path: '/1/x?email=ada-55', body: { d: ['bob-66'] } };
		const { reply } = await send(request, { body: { status: 'fail', error } });
		expect(reply).toMatchObject({ body: { error: 'No … and … for … with …' } });
	});
});

describe('no answer', () => {
	const failing = (error: unknown) => () => {
		throw error;
	};

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('after %s: nothing was sent, and it may pass', async (code) => {
		expect((await send(get, failing({ code }))).reply).toMatchObject({ kind: 'unsent', code, isFinal: false });
	});

	it('after an error of an older n8n, which has no cause but its code', async () => {
		const { reply } = await send(get, failing({ httpCode: 'ECONNREFUSED', cause: undefined }));
		expect(reply).toMatchObject({ kind: 'unsent', code: 'ECONNREFUSED', isFinal: false });
	});

	it.each([
		'CERT_HAS_EXPIRED',
		'CERT_NOT_YET_VALID',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'ERR_INVALID_URL',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_GET_ISSUER_CERT',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	])('after %s: nothing was sent, and nothing will be until it is mended', async (code) => {
		expect((await send(get, failing({ code }))).reply).toMatchObject({ kind: 'unsent', code, isFinal: true });
	});

	it.each<[string, unknown, string]>([
		['by its code', { code: 'ECONNRESET' }, 'ECONNRESET'],
		['by that of its cause', { cause: { code: 'ETIMEDOUT' } }, 'ETIMEDOUT'],
		['by that of its cause’s cause', { code: 500, cause: { cause: { code: 'ECONNABORTED' } } }, 'ECONNABORTED'],
		['without one', new Error('socket hang up'), 'no code'],
		['by nothing but a status', { httpCode: '502' }, 'no code'],
		['that is no error', 'boom', 'no code'],
		['that is null', null, 'no code'],
	])('known %s: nobody knows whether it arrived', async (_what, error, code) => {
		expect((await send(get, failing(error))).reply).toMatchObject({ kind: 'broken', code });
	});

	it.each(['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'])('while connecting (%s): nothing was sent', async (code) => {
		const error = { code, syscall: 'connect', message: `connect ${code} 203.0.113.1:443` };
		expect((await send(get, failing({ cause: error }))).reply).toMatchObject({ kind: 'unsent', code, isFinal: false });
		expect((await send(get, failing({ cause: { code } }))).reply).toMatchObject({ kind: 'broken', code });
	});
});
