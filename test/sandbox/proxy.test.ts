import { Agent, request as sendRequest } from 'node:http';
import type { RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';
import { startCleverTap, type LocalCleverTap } from '../../sandbox/clevertap/clevertap';
import { proxyAnswers, startProxy, type LocalProxy } from '../../sandbox/proxy';
import { startTally, type LocalTally } from '../../sandbox/tally/tally';
import { textWith } from './matching';

let tally: LocalTally;
let proxy: LocalProxy;

beforeEach(async () => {
	tally = await startTally();
	proxy = await startProxy({ target: tally.url });
});

afterEach(async () => {
	await proxy.close();
	await tally.close();
});

const headers = { authorization: 'Bearer tly-sandbox' };

interface Asked extends RequestOptions {
	body?: string;
	/** Called when the request has gone out, with what gives it up. */
	onSent?: (giveUp: () => void) => void;
}

const keepAlive = new Agent({ keepAlive: true, maxSockets: 1 });

/** The answer with its redirects unfollowed, or why there was none. `fetch` would hide a 407. */
async function ask(path = '/users/me', { body, onSent, ...more }: Asked = {}) {
	return await new Promise<Record<string, unknown>>((resolve) => {
		const fail = ({ code, syscall }: NodeJS.ErrnoException): void => resolve({ code, syscall });
		const request = sendRequest(proxy.url + path, { headers, agent: keepAlive, ...more }, (response) => {
			text(response).then((read) => {
				const { location, 'content-type': type } = response.headers;
				resolve({ status: response.statusCode, type, location, text: read });
			}, fail);
		});
		request.on('error', fail);
		request.end(body);
		onSent?.(() => void request.destroy());
	});
}

it('passes on path, query, body and headers, and what the service answers', async () => {
	expect(await ask('/forms?limit=1')).toMatchObject({
		status: 200,
		type: textWith('json'),
		text: textWith('"limit":1'),
	});
	expect(await ask('/users/me', { headers: {} })).toMatchObject({ status: 401, text: 'Unauthorized' });
	const body = JSON.stringify({ formId: tally.formId, url: 'https://example.com/', eventTypes: ['FORM_RESPONSE'] });
	const more = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body };
	expect(await ask('/webhooks', more)).toMatchObject({ status: 201 });
	expect(tally.webhooks()).toHaveLength(1);
	expect(proxy.requests().map(({ method, path, became }) => [method, path, became])).toEqual([
		['GET', '/forms?limit=1', 'passedOn'],
		['GET', '/users/me', 'passedOn'],
		['POST', '/webhooks', 'passedOn'],
	]);
});

it.each([
	['loginPage', { status: 200, type: textWith('html'), text: textWith('Sign in') }],
	['emptyBody', { status: 200, type: undefined, text: '' }],
	['loginRedirect', { status: 302, type: textWith('html'), location: '/proxy-login' }],
	['moved', { status: 301, type: textWith('html'), location: '/proxy-login' }],
	['proxyAuthentication', { status: 407, type: textWith('html') }],
	['forbidden', { status: 403, type: textWith('html') }],
	['badGateway', { status: 502, type: textWith('html') }],
	['unavailable', { status: 503, type: textWith('html') }],
	['foreignJson', { status: 200, type: textWith('json') }],
	['reset', { code: 'ECONNRESET' }],
] as const)('answers with %s itself, and nothing reaches the service', async (answer, expected) => {
	proxy.answerWith(answer);
	for (const method of ['GET', 'POST']) expect(await ask('/forms', { method })).toMatchObject(expected);
	expect(tally.requests()).toEqual([]);
	await proxy.passOn();
	expect(await ask()).toMatchObject({ status: 200, type: textWith('json') });
});

it('answers a client that keeps its connection and sends a long body, too', async () => {
	expect(await ask()).toMatchObject({ status: 200 });
	proxy.answerWith('forbidden');
	expect(await ask('/forms', { method: 'POST', body: 'x'.repeat(1_000_000) })).toMatchObject({ status: 403 });
	proxy.answerWith('reset');
	expect(await ask()).not.toHaveProperty('status');
});

it('leads to a login page that is there', async () => {
	proxy.answerWith('loginRedirect');
	const response = await fetch(`${proxy.url}/forms`);
	expect(response.status).toBe(200);
	expect(await response.text()).toContain('Sign in');
	expect(proxy.requests()).toHaveLength(1);
});

it('answers as often as told', async () => {
	proxy.answerWith('unavailable', 2);
	const statuses = [];
	for (let time = 0; time < 3; time += 1) statuses.push((await ask()).status);
	expect(statuses).toEqual([503, 503, 200]);
	proxy.answerWith('reset', 1);
	expect(await ask()).not.toHaveProperty('status');
	expect(await ask()).toMatchObject({ status: 200 });
});

it('answers with any page', async () => {
	proxy.answerWith({ status: 200, headers: { 'content-type': 'application/json' }, body: '[]' });
	expect(await ask()).toMatchObject({ status: 200, type: textWith('json'), text: '[]' });
});

it('lets nobody connect until it is told to', async () => {
	await proxy.refuse();
	expect(await ask()).toEqual({ code: 'ECONNREFUSED', syscall: 'connect' });
	await proxy.passOn();
	expect(await ask()).toMatchObject({ status: 200 });
});

it('breaks off in the middle of an answer, after the service has done its part', async () => {
	proxy.answerWith('cutShort');
	expect(await ask()).not.toHaveProperty('status');
	expect(tally.requests()).toHaveLength(1);
});

it('keeps silent until the client gives up', async () => {
	proxy.answerWith('silence');
	let giveUp = (): void => undefined;
	const asked = ask('/forms', { onSent: (giving) => (giveUp = giving) });
	while (proxy.requests().length === 0) await new Promise((resolve) => setImmediate(resolve));
	giveUp();
	expect(await asked).toEqual({ code: 'ECONNRESET', syscall: undefined });
	expect(tally.requests()).toEqual([]);
});

it('keeps its address while what is behind it changes', async () => {
	const inFront = await startProxy({});
	try {
		const status = async () =>
			await fetch(`${inFront.url}/users/me`, { headers }).then(
				(answer) => answer.status,
				() => 'broken off',
			);
		expect(await status()).toBe('broken off');
		inFront.passTo(tally.url);
		expect(await status()).toBe(200);
	} finally {
		await inFront.close();
	}
});

it('stands in front of the local CleverTap as well', async () => {
	const cleverTap: LocalCleverTap = await startCleverTap();
	const inFront = await startProxy({ target: cleverTap.url });
	try {
		for (const answer of proxyAnswers.filter((name) => name !== 'cutShort' && name !== 'silence')) {
			inFront.answerWith(answer, 1);
			await fetch(`${inFront.url}/1/upload`, { method: 'POST', body: '{"d":[]}' }).catch(() => undefined);
		}
		expect(cleverTap.requests()).toEqual([]);
		await inFront.passOn();
		expect((await fetch(`${inFront.url}/1/upload`, { method: 'POST', body: '{"d":[]}' })).status).toBe(401);
	} finally {
		await inFront.close();
		await cleverTap.close();
	}
});
