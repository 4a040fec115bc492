import fc from 'fast-check';

import type { Reply } from '../../../../nodes/CleverTap/transport/reply';
import type { UploadRecord } from '../../../../nodes/CleverTap/result/record';
import type { CleverTapClient } from '../../../../nodes/CleverTap/transport/client';
import { MAX_ATTEMPTS, MAX_BISECT_REQUESTS } from '../../../../nodes/CleverTap/transport/retry';
import { sendUpload, type SendPolicy } from '../../../../nodes/CleverTap/upload/policies';

const profile: UploadRecord = { identity: 'a', type: 'profile', profileData: { Name: 'Ada' } };
const counter: UploadRecord = { identity: 'a', type: 'profile', profileData: { Visits: { $incr: 1 } } };
const event: UploadRecord = { identity: 'a', type: 'event', evtName: 'X', evtData: {} };
const policy: SendPolicy = { dryRun: false, unconfirmedEvents: 'fail' };

const success = (count: number): Reply => ({
	kind: 'reply',
	status: 200,
	body: { status: 'success', processed: count, unprocessed: [] },
});
const http = (status: number, body: unknown = '', retryAfterMs?: number): Reply => ({
	kind: 'reply',
	status,
	body,
	...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const reset: Reply = { kind: 'broken', code: 'ECONNRESET' };
const unreachable: Reply = { kind: 'unsent', code: 'ECONNREFUSED', isFinal: false };

/** What a request to `/1/upload` carries. */
const recordsOf = (body: unknown) => (body as { d: readonly UploadRecord[] }).d;

/** A CleverTap that gives these replies in turn, then success; it keeps what it was sent. */
function scripted(...replies: Reply[]) {
	const posts: Array<readonly UploadRecord[]> = [];
	const waits: number[] = [];
	const client: CleverTapClient = {
		request: ({ body }) => {
			const records = recordsOf(body);
			posts.push(records);
			return Promise.resolve(replies.shift() ?? success(records.length));
		},
		wait: (milliseconds) => {
			waits.push(milliseconds);
			return Promise.resolve();
		},
		random: () => 0.5,
	};
	return { posts, waits, client };
}

const containing = (text: string) => expect.stringContaining(text) as string;
const times = (count: number, reply: Reply) => Array.from({ length: count }, () => reply);

describe('sendUpload', () => {
	it.each<[string, UploadRecord, Partial<SendPolicy>, Reply, number, string]>([
		['429 is sent again, event or not', event, {}, http(429), 2, 'accepted'],
		['503 is sent again', event, {}, http(503), 2, 'accepted'],
		['a connection that never came about is tried again', event, {}, unreachable, 2, 'accepted'],
		['after a reset a profile is sent again', profile, {}, reset, 2, 'accepted'],
		['after a reset a counter is not', counter, {}, reset, 1, 'unknown'],
		['nor is one that counts down', { ...counter, profileData: { Visits: { $decr: 1 } } }, {}, reset, 1, 'unknown'],
		[
			'but one that changes a list is',
			{ ...counter, profileData: { Tags: { $add: ['a'] } } },
			{},
			reset,
			2,
			'accepted',
		],
		['after a reset an event is not', event, {}, reset, 1, 'unknown'],
		['nor with "never twice"', event, { unconfirmedEvents: 'neverTwice' }, reset, 1, 'unknown'],
		['but with "retry"', event, { unconfirmedEvents: 'retry' }, reset, 2, 'accepted'],
		['"retry" is for events, not for counters', counter, { unconfirmedEvents: 'retry' }, reset, 1, 'unknown'],
		['a dry run may repeat everything', event, { dryRun: true }, reset, 2, 'accepted'],
		['after a 500 an event is not sent again', event, {}, http(500), 1, 'unknown'],
		['after a 502 a profile is', profile, {}, http(502), 2, 'accepted'],
		['after an empty 200 an event is not sent again', event, {}, http(200), 1, 'unknown'],
		['after an empty 200 a profile is', profile, {}, http(200), 2, 'accepted'],
		['after HTML a profile is sent again', profile, {}, http(200, '<html>'), 2, 'accepted'],
		['a redirect is not followed and not success', event, {}, http(302), 1, 'refused'],
		['whatever it says', event, {}, http(300, { status: 'success' }), 1, 'refused'],
		[
			'429 inside a 200 is waited for',
			event,
			{},
			http(200, { status: 'fail', error: 'Too many', code: 429 }),
			2,
			'accepted',
		],
		['a proxy is final', event, {}, http(407, '<html>'), 1, 'refused'],
		['401 is final', profile, {}, http(401, { status: 'fail', error: 'Invalid Credentials', code: 401 }), 1, 'refused'],
		['404 is final', profile, {}, http(404), 1, 'refused'],
		['400 of a single record is final', profile, {}, http(400), 1, 'refused'],
	])('%s', async (_name, record, changes, reply, requests, status) => {
		const { posts, client } = scripted(reply);
		const verdicts = await sendUpload(client, [record], { ...policy, ...changes });
		expect(posts).toHaveLength(requests);
		expect(verdicts.map((verdict) => verdict.status)).toEqual([status]);
	});

	it.each<[string, Reply, string]>([
		['429', http(429, { error: 'Too many concurrent requests' }), 'refused'],
		['an unreachable host', unreachable, 'refused'],
		['resets', reset, 'unknown'],
		['empty answers', http(200), 'unknown'],
	])('gives up in the end on %s', async (_name, reply, status) => {
		const { posts, waits, client } = scripted(...times(20, reply));
		const verdicts = await sendUpload(client, [profile, profile], policy);
		expect(posts).toHaveLength(MAX_ATTEMPTS);
		expect(waits).toHaveLength(MAX_ATTEMPTS - 1);
		expect(verdicts.map((verdict) => verdict.status)).toEqual([status, status]);
	});

	it.each<[string, Reply[], object]>([
		[
			'429',
			times(6, http(429, { error: 'Too many concurrent requests' })),
			{
				code: 429,
				reason: 'CleverTap was too busy 6 times: Too many concurrent requests',
				advice: containing('Nothing was stored'),
			},
		],
		[
			'503 without words',
			times(6, http(503)),
			{ code: 503, reason: 'CleverTap was too busy 6 times: HTTP 503', advice: containing('later') },
		],
		[
			'an unreachable host',
			times(6, unreachable),
			{ reason: 'CleverTap could not be reached (ECONNREFUSED)', advice: containing('can reach CleverTap’s host') },
		],
		[
			'400',
			[http(400, { error: 'Malformed request' })],
			{ code: 400, reason: 'Malformed request', advice: containing('could not read the record') },
		],
		['400 without words', [http(400)], { code: 400, reason: 'CleverTap refused the request (HTTP 400)' }],
		[
			'401',
			[http(401, { error: 'Invalid Credentials' })],
			{ code: 401, reason: 'Invalid Credentials', advice: containing('compare Account ID and Passcode') },
		],
		[
			'404 without words',
			[http(404)],
			{
				code: 404,
				reason: 'What answers there is not CleverTap (HTTP 404)',
				advice: containing('Check Region and Custom Host'),
			},
		],
		[
			'a reset',
			[reset],
			{
				status: 'unknown',
				reason: 'The connection broke before CleverTap answered (ECONNRESET)',
				advice: containing('may store an event twice'),
			},
		],
		[
			'an empty answer',
			[http(200)],
			{
				status: 'unknown',
				reason: 'CleverTap answered with nothing, as it does at a wrong address',
				advice: containing('The outcome is unknown'),
			},
		],
		[
			'null',
			[http(200, null)],
			{ status: 'unknown', reason: 'CleverTap answered with nothing, as it does at a wrong address' },
		],
		[
			'no body',
			[{ kind: 'reply', status: 299, body: undefined }],
			{ status: 'unknown', reason: 'CleverTap answered with nothing, as it does at a wrong address' },
		],
		['a page', [http(200, '<html>')], { status: 'unknown', reason: 'CleverTap’s answer could not be read' }],
		[
			'300',
			[http(300, { error: 'Moved' })],
			{ status: 'refused', code: 300, reason: 'What answers there is not CleverTap (HTTP 300)' },
		],
		[
			'500 without words',
			[http(500)],
			{
				status: 'unknown',
				code: 500,
				reason: 'CleverTap had trouble of its own: HTTP 500',
				advice: containing('The outcome is unknown'),
			},
		],
	])('says of an event what is known after %s', async (_name, replies, verdict) => {
		const { client } = scripted(...replies);
		expect(await sendUpload(client, [event], policy)).toMatchObject([{ status: 'refused', ...verdict }]);
	});

	it('calls nothing refused that an earlier attempt may have stored', async () => {
		const { client } = scripted(reset, http(401, { error: 'Invalid Credentials' }));
		expect(await sendUpload(client, [profile], policy)).toMatchObject([
			{
				status: 'unknown',
				code: 401,
				reason: 'Invalid Credentials, after an attempt that CleverTap did not answer',
				advice: containing('The outcome is unknown'),
			},
		]);
	});

	it('nor one half of such an attempt', async () => {
		const { client } = scripted(reset, http(400), http(400), http(400));
		const verdicts = await sendUpload(client, [profile, profile], policy);
		expect(verdicts.map(({ status }) => status)).toEqual(['unknown', 'unknown']);
	});

	it('does not try again where the address or its certificate has to be mended first', async () => {
		const { posts, client } = scripted({ kind: 'unsent', code: 'CERT_HAS_EXPIRED', isFinal: true });
		const [verdict] = await sendUpload(client, [event], policy);
		expect(posts).toHaveLength(1);
		expect(verdict).toMatchObject({ status: 'refused', reason: 'CleverTap could not be reached (CERT_HAS_EXPIRED)' });
	});

	it('waits longer each time, and as long as Retry-After says', async () => {
		const { waits, client } = scripted(http(429), http(429), http(429, '', 7_000), http(503));
		await sendUpload(client, [event], policy);
		expect(waits).toEqual([750, 1_500, 7_000, 6_000]);
	});

	it('does not wait for ever, whatever Retry-After says', async () => {
		const { waits, client } = scripted(http(429, '', 86_400_000));
		await sendUpload(client, [event], policy);
		expect(waits).toEqual([120_000]);
	});

	it('finds every record that spoils a whole request and sends the rest once, in order', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 300 }),
				fc.uniqueArray(fc.nat({ max: 299 }), { maxLength: 3 }),
				async (count, bad) => {
					const records = Array.from({ length: count }, (_, index): UploadRecord => ({
						...event,
						identity: String(index),
					}));
					const isBad = ({ identity }: UploadRecord) => bad.includes(Number(identity));
					const taken: UploadRecord[] = [];
					const upset: CleverTapClient = {
						...scripted().client,
						request: ({ body }) => {
							const posted = recordsOf(body);
							if (posted.some(isBad)) return Promise.resolve(http(400, { error: 'Malformed request' }));
							taken.push(...posted);
							return Promise.resolve(success(posted.length));
						},
					};
					const verdicts = await sendUpload(upset, records, policy);
					expect(verdicts.map(({ status }) => status)).toEqual(
						records.map((record) => (isBad(record) ? 'refused' : 'accepted')),
					);
					expect(taken).toEqual(records.filter((record) => !isBad(record)));
				},
			),
		);
	});

	it('stops searching in a batch in which everything is wrong', async () => {
		const { posts, client } = scripted(...times(5_000, http(400)));
		const many = Array.from({ length: 1000 }, () => event);
		const verdicts = await sendUpload(client, many, policy);
		expect(posts).toHaveLength(1 + MAX_BISECT_REQUESTS);
		expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(['refused']));
		expect(verdicts.at(-1)).toMatchObject({ advice: containing('Send fewer items at a time') });
	});
});
