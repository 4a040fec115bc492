import { verdictOf } from '../../../../nodes/CleverTap/result/verdict';
import { ask } from '../../../../nodes/CleverTap/transport/ask';
import { closedByRefusedCredentials, type CleverTapClient } from '../../../../nodes/CleverTap/transport/client';
import { parseKeepingDigits } from '../../../../nodes/CleverTap/transport/digits';
import { requestAdvice } from '../../../../nodes/CleverTap/result/advice';
import { codeIn, errorText } from '../../../../nodes/CleverTap/result/errorText';
import { inQuery } from '../../../../nodes/CleverTap/transport/inQuery';
import type { Reply } from '../../../../nodes/CleverTap/transport/reply';
import { MAX_ATTEMPTS } from '../../../../nodes/CleverTap/transport/retry';
import { RequestError } from '../../../../nodes/CleverTap/transport/send';

const http = (status: number, body: unknown = '', retryAfterMs?: number): Reply => ({
	kind: 'reply',
	status,
	body,
	...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const good = http(200, { status: 'success' });
const reset: Reply = { kind: 'broken', code: 'ECONNRESET' };
const unreachable: Reply = { kind: 'unsent', code: 'ECONNREFUSED', isFinal: false };
const trouble = http(200, { status: 'fail', error: 'An unknown error occurred', code: 500 });

/** A CleverTap that gives these replies in turn, then a good one. */
function scripted(...replies: Reply[]) {
	const waits: number[] = [];
	let requests = 0;
	const client: CleverTapClient = {
		request: () => {
			requests++;
			return Promise.resolve(replies.shift() ?? good);
		},
		wait: (milliseconds) => {
			waits.push(milliseconds);
			return Promise.resolve();
		},
		random: () => 0.5,
	};
	return { client, waits, requests: () => requests };
}

const containing = (text: string) => expect.stringContaining(text) as string;

/** What comes of asking: the answer, or how it failed and what CleverTap said then. */
async function answerOf(client: CleverTapClient) {
	return await ask(client, { method: 'GET', path: '/1/profile.json?identity=x' }).then(
		(body) => ({ body }),
		(error: unknown) => {
			if (!(error instanceof RequestError)) throw error;
			return { failed: verdictOf(error), ...(error.body === undefined ? {} : { body: error.body }) };
		},
	);
}

describe('ask', () => {
	it.each<[string, Reply, number]>([
		['429', http(429), 2],
		['503', http(503), 2],
		['502', http(502, '<html>'), 2],
		['a reset', reset, 2],
		['a host that can’t be reached', unreachable, 2],
		['an empty 200', http(200), 2],
		['a 200 that is no JSON', http(200, '<html>'), 2],
		['a 200 that is a list', http(200, []), 2],
		['trouble on CleverTap’s side with a 200', trouble, 2],
		['a refusal with a 200, which is an answer', http(200, { status: 'fail', code: 400 }), 1],
		['400', http(400, { status: 'fail', error: 'Malformed request' }), 1],
		['a redirect', http(302), 1],
		['401', http(401), 1],
		['407', http(407), 1],
		['429 with a 200', http(200, { status: 'fail', error: 'Too many concurrent requests', code: 429 }), 2],
		['403', http(403), 1],
		['404', http(404), 1],
	])('answered by %s asks as often as it may', async (_name, reply, times) => {
		const { client, requests } = scripted(reply);
		await answerOf(client);
		expect(requests()).toBe(times);
	});

	it.each<[string, Reply, object]>([
		[
			'429',
			http(429, { error: 'Too many concurrent requests' }),
			{
				status: 'refused',
				code: 429,
				reason: 'CleverTap was too busy 6 times: Too many concurrent requests',
				advice: 'Run the node again later: asking twice does no harm.',
			},
		],
		[
			'503 without words',
			http(503),
			{ status: 'refused', code: 503, reason: 'CleverTap was too busy 6 times: HTTP 503' },
		],
		[
			'an unreachable host',
			unreachable,
			{
				status: 'refused',
				reason: 'CleverTap could not be reached (ECONNREFUSED)',
				advice: containing('Check that this n8n can reach'),
			},
		],
		[
			'resets',
			reset,
			{
				status: 'unknown',
				reason: 'The connection broke before CleverTap answered (ECONNRESET)',
				advice: containing('Run the node again'),
			},
		],
		[
			'empty answers',
			http(200),
			{
				status: 'unknown',
				reason: 'CleverTap answered with nothing, as it does at a wrong address',
				advice: containing('Region'),
			},
		],
		[
			'null',
			http(200, null),
			{ status: 'unknown', reason: 'CleverTap answered with nothing, as it does at a wrong address' },
		],
		[
			'answers without a body',
			{ kind: 'reply', status: 200, body: undefined },
			{ status: 'unknown', reason: 'CleverTap answered with nothing, as it does at a wrong address' },
		],
		[
			'answers that are no JSON',
			http(200, '<html>'),
			{ status: 'unknown', reason: 'CleverTap’s answer could not be read', advice: containing('Region') },
		],
		[
			'429 with a 200',
			http(200, { status: 'fail', error: 'Too many concurrent requests', code: '429' }),
			{ status: 'refused', code: 429, reason: 'CleverTap was too busy 6 times: Too many concurrent requests' },
		],
		['500', http(500), { status: 'unknown', reason: 'CleverTap had trouble of its own: HTTP 500' }],
		[
			'trouble on CleverTap’s side',
			trouble,
			{ status: 'unknown', reason: 'CleverTap had trouble of its own: An unknown error occurred' },
		],
	])('gives up in the end on %s', async (_name, reply, failed) => {
		const { client, requests } = scripted(...Array.from({ length: 20 }, () => reply));
		expect(await answerOf(client)).toMatchObject({ failed });
		expect(requests()).toBe(MAX_ATTEMPTS);
	});

	it.each<[string, Reply, object]>([
		[
			'400',
			http(400, { error: 'Invalid event : X' }),
			{
				failed: { status: 'refused', code: 400, reason: 'Invalid event : X', advice: containing('exact spelling') },
				body: { error: 'Invalid event : X' },
			},
		],
		[
			'401',
			http(401, { error: 'Invalid event' }),
			{
				failed: {
					status: 'refused',
					code: 401,
					reason: 'Invalid event',
					advice: containing('compare Account ID and Passcode'),
				},
				body: { error: 'Invalid event' },
			},
		],
		[
			'404',
			http(404, '<html>'),
			{
				failed: {
					status: 'refused',
					code: 404,
					reason: 'What answers there is not CleverTap (HTTP 404)',
					advice: containing('Check Region and Custom Host'),
				},
			},
		],
		[
			'301',
			http(301, { status: 'success' }),
			{
				failed: {
					status: 'refused',
					code: 301,
					reason: 'What answers there is not CleverTap (HTTP 301)',
					advice: containing('Check Region and Custom Host'),
				},
			},
		],
		[
			'302',
			http(302, '<html>'),
			{
				failed: {
					status: 'refused',
					code: 302,
					reason: 'What answers there is not CleverTap (HTTP 302)',
					advice: containing('Check Region and Custom Host'),
				},
			},
		],
		[
			'401',
			http(401, { portal: 'sign-in' }),
			{
				failed: {
					status: 'refused',
					code: 401,
					reason: 'What answers there is not CleverTap (HTTP 401)',
					advice: containing('Check Region and Custom Host'),
				},
			},
		],
		[
			'400',
			http(400, '<html>'),
			{
				failed: {
					status: 'refused',
					code: 400,
					reason: 'What answers there is not CleverTap (HTTP 400)',
					advice: containing('Check Region and Custom Host'),
				},
			},
		],
		[
			'403 of a proxy',
			http(403, '<html>'),
			{
				failed: {
					status: 'refused',
					code: 403,
					reason: 'A proxy between this n8n and CleverTap refused the request (HTTP 403)',
					advice: containing('Ask who runs this network'),
				},
			},
		],
		[
			'407 of a proxy',
			http(407, ''),
			{
				failed: {
					status: 'refused',
					code: 407,
					reason: 'A proxy between this n8n and CleverTap refused the request (HTTP 407)',
					advice: containing('Ask who runs this network'),
				},
			},
		],
		[
			'an address that has to be mended',
			{ kind: 'unsent', code: 'ERR_INVALID_URL', isFinal: true },
			{
				failed: {
					status: 'refused',
					reason: 'CleverTap could not be reached (ERR_INVALID_URL)',
					advice: containing('certificate'),
				},
			},
		],
	])('says at once what %s means', async (_name, reply, answer) => {
		const { client, requests } = scripted(reply);
		expect(await answerOf(client)).toStrictEqual(answer);
		expect(requests()).toBe(1);
	});

	it.each([
		{ status: 'fail', code: 499 },
		{ status: 'success', code: 500 },
	])('takes %j for an answer', async (body) => {
		expect(await answerOf(scripted(http(200, body)).client)).toEqual({ body });
	});

	it('waits longer each time, as long as Retry-After says, but not for ever', async () => {
		const { client, waits } = scripted(http(429), http(503), http(429, '', 7_000), http(429, '', 86_400_000));
		await answerOf(client);
		expect(waits).toEqual([750, 1_500, 7_000, 120_000]);
	});

	it('does not come back at once, though the answer says so', async () => {
		const { client, waits } = scripted(http(503, '', 0));
		await answerOf(client);
		expect(waits).toEqual([375]);
	});

	it('says within 5 seconds what can’t be reached where somebody looks on', async () => {
		const { client, waits, requests } = scripted(...Array.from({ length: 20 }, () => unreachable));
		await answerOf({ ...client, isManual: true, random: () => 0.999 });
		expect(requests()).toBe(3);
		expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(5_000);
	});

	it.each<[string, Reply, number]>([
		['refused by CleverTap', http(401, { status: 'fail', error: 'Invalid Credentials' }), 1],
		['refused by a proxy', http(403, '<html>'), 3],
		['refused by JSON of another kind', http(401, { portal: 'sign-in' }), 3],
	])('asks nothing more once credentials are %s', async (_by, reply, times) => {
		const { client, requests } = scripted(...Array.from({ length: 20 }, () => reply));
		const closing = closedByRefusedCredentials(client);
		for (let number = 0; number < 3; number++) await answerOf(closing);
		expect(requests()).toBe(times);
	});
});

describe('long numbers', () => {
	it.each<[string, unknown, unknown]>([
		[
			'beyond 2^53',
			'{"status":"partial","req_id":92233720368547758071}',
			{ status: 'partial', req_id: '92233720368547758071' },
		],
		['with blanks', '{ "req_id" : 384649162721759 }', { req_id: '384649162721759' }],
		['that are text already', '{"req_id":"007"}', { req_id: '007' }],
		['wherever they stand', '{"a":{"req_id":1},"req_id":2}', { a: { req_id: '1' }, req_id: '2' }],
		['under other names', '{"count":7138}', { count: 7138 }],
		['that are no whole ones', '{"req_id":12.5,"a":{"req_id":1e3}}', { req_id: 12.5, a: { req_id: 1000 } }],
		['in no JSON', '<html>', '<html>'],
		['in nothing', '', ''],
		['in what is no text', { req_id: 1 }, { req_id: 1 }],
	])('%s', (_name, text, expected) => {
		expect(parseKeepingDigits(text, 'req_id')).toEqual(expected);
	});
});

describe('CleverTap’s words', () => {
	it.each<[unknown, string | undefined]>([
		[{ error: 'Invalid Credentials' }, 'Invalid Credentials'],
		[{ error: '["Invalid event : A","Invalid event : B"]' }, 'Invalid event : A, Invalid event : B'],
		[{ error: ' Invalid\n' }, 'Invalid'],
		[{ error: '["Invalid event' }, '["Invalid event'],
		[{ error: 'Invalid event"]' }, 'Invalid event"]'],
		[{ error: '' }, undefined],
		[{ error: ' ' }, undefined],
		[{ error: 4 }, undefined],
		[{}, undefined],
		[null, undefined],
		['Invalid', undefined],
	])('%j', (body, text) => {
		expect(errorText(body)).toBe(text);
	});
});

it.each<[string, number | undefined, string]>([
	['Anything at all', 4002, 'Check "From" and "To"'],
	['Invalid Event : X', undefined, 'Choose the event from the list'],
	['Export not allowed', 4001, 'Count them instead'],
	['Invalid cursor', undefined, 'a half-read list'],
	['Incorrect Usage', undefined, 'a half-read list'],
	['Invalid request id', undefined, 'forgot this count'],
	['Something else', 400, 'Look the text up'],
])('what to do about "%s" (%j)', (reason, code, advice) => {
	expect(requestAdvice(reason, code)).toContain(advice);
});

describe('CleverTap’s code', () => {
	it.each<[unknown, number | undefined]>([
		[400, 400],
		['4002', 4002],
		[undefined, undefined],
		['none', undefined],
		[[500], undefined],
		[{ toString: 1, valueOf: 1 }, undefined],
	])('%j', (code, number) => {
		expect(codeIn({ code })).toBe(number);
	});
});

describe('a text in the query of an address', () => {
	it.each<[string, string]>([
		['ada+x@example.com', 'ada%2Bx%40example.com'],
		['a b', 'a%20b'],
		['&identity=b#', '%26identity%3Db%23'],
		['👩‍👧', '%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7'],
		['half a character \ud800', 'half%20a%20character%20%EF%BF%BD'],
	])('%j', (text, written) => {
		expect(inQuery(text)).toBe(written);
	});
});
