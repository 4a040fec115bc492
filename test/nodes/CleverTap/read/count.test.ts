import { toVerdict } from '../../../support/itemFailure';
import { count } from '../../../../nodes/CleverTap/read/count';
import type { CleverTapClient } from '../../../../nodes/CleverTap/transport/client';
import type { Reply } from '../../../../nodes/CleverTap/transport/reply';
import type { CleverTapRequest } from '../../../../nodes/CleverTap/transport/request';

const PATH = '/1/counts/events.json';

/** What comes of counting where CleverTap gives these answers in turn, the last one again and again. */
async function counted(maxWaitMs: number, ...answers: object[]) {
	return await countedBy(maxWaitMs, ...answers.map((body) => ({ kind: 'reply', status: 200, body }) as const));
}

async function countedBy(maxWaitMs: number, ...replies: Reply[]) {
	const requests: CleverTapRequest[] = [];
	const waits: number[] = [];
	const client: CleverTapClient = {
		request: (request) => {
			requests.push(request);
			return Promise.resolve(
				(replies.length > 1 ? replies.shift() : replies[0]) ?? { kind: 'broken', code: 'no reply' },
			);
		},
		wait: (milliseconds) => {
			waits.push(milliseconds);
			return Promise.resolve();
		},
		random: () => 0,
	};
	return { result: await count(client, 'event', { event_name: 'X' }, maxWaitMs).catch(toVerdict), requests, waits };
}
const ticket = { status: 'partial', req_id: '12345678901234567890' };

it.each([0, 42])('is what CleverTap answers at once: %i', async (number) => {
	const { result, requests, waits } = await counted(0, { status: 'success', count: number });
	expect(result).toBe(number);
	expect(requests).toEqual([{ method: 'POST', path: PATH, body: { event_name: 'X' }, keepDigitsOf: 'req_id' }]);
	expect(waits).toEqual([]);
});

it('is what CleverTap answers, whatever code it comes with', async () => {
	expect((await counted(60_000, { status: 'success', count: 7, code: 2 })).result).toBe(7);
});

it('is fetched by its ticket, digit by digit, where CleverTap needs time', async () => {
	const { result, requests, waits } = await counted(60_000, ticket, ticket, { status: 'success', count: 7 });
	expect(result).toBe(7);
	const again = { method: 'GET', path: `${PATH}?req_id=12345678901234567890`, keepDigitsOf: 'req_id' };
	expect(requests.slice(1)).toEqual([again, again]);
	expect(waits).toEqual([3_000, 3_000]);
});

it('is asked for again where CleverTap is still at it without a ticket', async () => {
	const busy = { status: 'fail', error: 'Request still in progress, please retry later', code: '2' };
	const { result, requests } = await counted(60_000, busy, { status: 'success', count: 7 });
	expect(result).toBe(7);
	expect(requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
});

it.each([
	[0, 0, 0],
	[2_999, 0, 0],
	[3_000, 1, 3],
	[10_000, 3, 9],
])('is given up after %i ms, %i waits', async (maxWaitMs, times, seconds) => {
	const { result, waits } = await counted(maxWaitMs, ticket);
	expect(waits).toHaveLength(times);
	expect(result).toEqual({
		status: 'refused',
		code: 2,
		reason: `CleverTap was still preparing the answer after ${seconds} seconds`,
		advice: expect.stringContaining('Raise "Max Wait"') as string,
	});
});

it.each<[string, object, object]>([
	[
		'no count',
		{ status: 'success' },
		{ reason: 'CleverTap’s answer holds no count', advice: 'Run the node again later.' },
	],
	['a count that is a text', { status: 'success', count: '7' }, { reason: 'CleverTap’s answer holds no count' }],
	['a ticket that is no text', { status: 'partial', req_id: 7 }, { reason: 'CleverTap’s answer holds no count' }],
	['a ticket of another status', { status: 'success', req_id: '7' }, { reason: 'CleverTap’s answer holds no count' }],
	[
		'a refusal',
		{ status: 'fail', error: 'Invalid event', code: 4001 },
		{ code: 4001, reason: 'Invalid event', advice: expect.stringContaining('exact spelling') as string },
	],
	['a refusal without words', { status: 'fail' }, { reason: 'CleverTap refused the request without a reason' }],
])('is none where CleverTap answers with %s', async (_what, answer, failed) => {
	const { result, requests } = await counted(60_000, answer);
	expect(result).toMatchObject({ status: 'refused', ...failed });
	expect(requests).toHaveLength(1);
});

it.each<[string, Reply, object]>([
	[
		'a refused credential',
		{ kind: 'reply', status: 401, body: { status: 'fail', error: 'Invalid Credentials' } },
		{
			status: 'refused',
			code: 401,
			reason: 'Invalid Credentials',
			advice: expect.stringContaining('compare Account ID and Passcode') as string,
		},
	],
	[
		'a page that is none of its own',
		{ kind: 'reply', status: 404, body: '<html>' },
		{ status: 'refused', code: 404, reason: 'What answers there is not CleverTap (HTTP 404)' },
	],
	[
		'silence',
		{ kind: 'unsent', code: 'ENOTFOUND', isFinal: false },
		{ status: 'refused', reason: 'CleverTap could not be reached (ENOTFOUND)' },
	],
])('is none after %s, and what is said of it is what went wrong', async (_what, reply, failed) => {
	expect((await countedBy(60_000, reply)).result).toMatchObject(failed);
});
