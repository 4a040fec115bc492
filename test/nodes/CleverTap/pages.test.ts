import fc from 'fast-check';

import { toLocalTime } from '../../../nodes/CleverTap/read/event';
import { MAX_BATCH_SIZE, pageSize, readPages } from '../../../nodes/CleverTap/read/pages';
import type { Line } from '../../../nodes/CleverTap/transport/ask';
import type { CleverTapRequest } from '../../../nodes/CleverTap/transport/request';

/** An account with this many events, which gives pages of at most the asked size, some of them not at once. */
function account(count: number, notReady: readonly boolean[]) {
	const requests: CleverTapRequest[] = [];
	const waits: number[] = [];
	const pending = [...notReady];
	let size = 0;
	const reply = (body: object) => Promise.resolve({ kind: 'reply' as const, status: 200, body });
	const line: Line = {
		request: (request) => {
			requests.push(request);
			const query = new URLSearchParams(request.path.split('?')[1]);
			if (request.method === 'POST') {
				size = Number(query.get('batch_size'));
				return reply({ status: 'success', cursor: 'at%200' });
			}
			if (pending.shift()) return reply({ status: 'fail', error: 'Request still in progress', code: 2 });
			const start = Number(query.get('cursor')?.split(' ')[1]);
			const records = Array.from({ length: Math.min(size, count - start) }, (_, index) => ({ ts: start + index }));
			const next = start + size;
			return reply({
				status: 'success',
				...(next < count ? { next_cursor: `at%20${next}` } : {}),
				...(records.length > 0 ? { records } : {}),
			});
		},
		wait: (milliseconds) => {
			waits.push(milliseconds);
			return Promise.resolve();
		},
		random: () => 0,
	};
	return { line, requests, waits };
}

const wanted = { path: '/1/events.json', parts: [], query: { event_name: 'X' }, maxWaitMs: 60_000 } as const;

describe('pages', () => {
	it('give every record once, in order, up to the limit, in as few requests as can be', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat({ max: 600 }),
				fc.option(fc.integer({ min: 1, max: 700 }), { nil: undefined }),
				fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
				fc.array(fc.boolean(), { maxLength: 5 }),
				async (count, limit, batchSize, notReady) => {
					const { line, requests, waits } = account(count, notReady);
					const records = await readPages({ ...wanted, limit, batchSize }, line);
					const expected = Math.min(count, limit ?? count);
					expect(records).toEqual(Array.from({ length: expected }, (_, ts) => ({ ts })));
					const pages = Math.max(1, Math.ceil(expected / pageSize(limit, batchSize)));
					expect(requests).toHaveLength(1 + pages + waits.length);
				},
			),
		);
	});

	it.each<[string, (number: number) => object]>([
		['empty pages', (number) => ({ next_cursor: `c${number}` })],
		['records', (number) => ({ next_cursor: `c${number}`, records: [{}] })],
		['the same cursor', () => ({ next_cursor: 'same', records: [{}] })],
	])('that never end are given up: %s', async (_name, page) => {
		let number = 0;
		const line: Line = {
			request: () =>
				Promise.resolve({ kind: 'reply', status: 200, body: { status: 'success', cursor: 'c', ...page(number++) } }),
			wait: () => Promise.resolve(),
			random: () => 0,
		};
		expect(await readPages(wanted, line)).toMatchObject({ status: 'refused' });
		expect(number).toBeLessThanOrEqual(20_001);
	});

	it.each<[string, number | undefined, number | undefined, number]>([
		['one record', 1, undefined, 23],
		['the default limit', 50, undefined, 69],
		['a multiple of 23', 46, undefined, 46],
		['everything', undefined, undefined, MAX_BATCH_SIZE],
		['more than a page can hold', 100_000, undefined, MAX_BATCH_SIZE],
		['what the user chose', undefined, 100, 115],
		['what the user chose, if it is needed', 10, 100, 23],
		['too much', undefined, 5000, MAX_BATCH_SIZE],
		['too little', undefined, 1, 23],
	])('hold enough for %s', (_name, limit, asked, size) => {
		expect(pageSize(limit, asked)).toBe(size);
		expect(size % 23).toBe(0);
		expect(size).toBeLessThanOrEqual(5000);
	});
});

describe('the time of an event', () => {
	it.each<[unknown, string | undefined]>([
		[20151023140416, '2015-10-23T14:04:16'],
		['20151023140416', '2015-10-23T14:04:16'],
		[1521611063, undefined],
		[{ toString: 1, valueOf: 1 }, undefined],
		[undefined, undefined],
	])('%j', (ts, time) => {
		expect(toLocalTime(ts)).toBe(time);
	});
});
