import fc from 'fast-check';

import { sendBulk } from '../../../../nodes/CleverTap/upload/policies';
import type { CleverTapClient } from '../../../../nodes/CleverTap/transport/client';
import type { Reply } from '../../../../nodes/CleverTap/transport/reply';
import { MAX_BISECT_REQUESTS } from '../../../../nodes/CleverTap/transport/retry';

const toRequest = (ids: readonly number[]) =>
	({ method: 'POST', path: '/1/delete/profiles.json', body: { ids } }) as const;

/** A CleverTap that answers each request by the numbers in it. */
function client(answer: (ids: readonly number[]) => Reply, requests: number[][] = []): CleverTapClient {
	return {
		request: ({ body }) => {
			const { ids } = body as { ids: number[] };
			requests.push(ids);
			return Promise.resolve(answer(ids));
		},
		wait: () => Promise.resolve(),
		random: () => 0,
	};
}

const reply = (status: number, body: unknown): Reply => ({ kind: 'reply', status, body });
const success = reply(200, { status: 'success' });
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('a request refused as a whole', () => {
	it.each<[string, Reply]>([
		['HTTP 400', reply(400, { status: 'fail', error: 'Malformed request', code: 400 })],
		['fail with an empty list', reply(200, { status: 'fail', error: 'Unknown identity', unprocessed: [] })],
		['fail with HTTP 200', reply(200, { status: 'fail', error: 'Unknown identity' })],
	])('(%s) is searched for those that cause it; all others are taken once, in order', async (_name, refusal) => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 100 }),
				fc.uniqueArray(fc.nat({ max: 99 }), { maxLength: 4 }),
				async (count, bad) => {
					const taken: number[] = [];
					const verdicts = await sendBulk(
						client((ids) => {
							if (ids.some((id) => bad.includes(id))) return refusal;
							taken.push(...ids);
							return success;
						}),
						numbers(count),
						toRequest,
					);
					expect(verdicts.map(({ status }) => status)).toEqual(
						numbers(count).map((id) => (bad.includes(id) ? 'refused' : 'accepted')),
					);
					expect(taken).toEqual(numbers(count).filter((id) => !bad.includes(id)));
				},
			),
		);
	});

	it('is not searched where it names its records', async () => {
		const requests: number[][] = [];
		const unprocessed = [{ code: 1, error: 'No. Skipped record number : 2' }];
		const partly = reply(200, { status: 'fail', processed: 0, unprocessed });
		const verdicts = await sendBulk(
			client(() => partly, requests),
			numbers(2),
			toRequest,
		);
		expect(requests).toHaveLength(1);
		expect(verdicts.map(({ status }) => status)).toEqual(['unknown', 'refused']);
	});

	it('is not searched for ever', async () => {
		const requests: number[][] = [];
		await sendBulk(
			client(() => reply(400, {}), requests),
			numbers(1000),
			toRequest,
		);
		expect(requests).toHaveLength(1 + MAX_BISECT_REQUESTS);
	});

	it.each<[string, Reply, string]>([
		['wrong credentials', reply(401, { error: 'Invalid Credentials' }), 'refused'],
		['a busy CleverTap', reply(429, {}), 'refused'],
		['a broken connection', { kind: 'broken', code: 'ECONNRESET' }, 'unknown'],
		['an answer of another kind', reply(200, { status: 'queued' }), 'unknown'],
	])('is not searched after %s', async (_name, answer, status) => {
		const requests: number[][] = [];
		const verdicts = await sendBulk(
			client(() => answer, requests),
			numbers(3),
			toRequest,
		);
		expect(verdicts.map((verdict) => verdict.status)).toEqual([status, status, status]);
		expect(new Set(requests.map((ids) => ids.length))).toEqual(new Set([3]));
	});

	it('says what to do where the answer is of another kind', async () => {
		const verdicts = await sendBulk(
			client(() => reply(200, { status: 'queued' })),
			numbers(2),
			toRequest,
		);
		const unreadable = {
			status: 'unknown',
			reason: 'CleverTap’s answer could not be read',
			advice: 'Run the node again for these items: asking twice does no harm.',
		};
		expect(verdicts).toEqual([unreadable, unreadable]);
	});
});
