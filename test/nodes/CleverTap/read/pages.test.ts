import fc from 'fast-check';

import { toVerdict } from '../../../support/itemFailure';
import { toLocalTime } from '../../../../nodes/CleverTap/read/event';
import { MAX_BATCH_SIZE } from '../../../../nodes/CleverTap/parameters/readOptions';
import { pageSize, readPages } from '../../../../nodes/CleverTap/read/pages';
import type { CleverTapClient } from '../../../../nodes/CleverTap/transport/client';
import type { CleverTapRequest } from '../../../../nodes/CleverTap/transport/request';

/** An account with this many events, which gives pages of at most the asked size, some of them not at once. */
function account(count: number, notReady: readonly boolean[]) {
	const requests: CleverTapRequest[] = [];
	const waits: number[] = [];
	const pending = [...notReady];
	let size = 0;
	const reply = (body: object) => Promise.resolve({ kind: 'reply' as const, status: 200, body });
	const client: CleverTapClient = {
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
	return { client, requests, waits };
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
					const { client, requests, waits } = account(count, notReady);
					const records = await readPages(client, { ...wanted, limit, batchSize });
					const expected = Math.min(count, limit ?? count);
					expect(records).toEqual(Array.from({ length: expected }, (_, ts) => ({ ts })));
					const pages = Math.max(1, Math.ceil(expected / pageSize(limit, batchSize)));
					expect(requests).toHaveLength(1 + pages + waits.length);
				},
			),
		);
	});

	/** A CleverTap that gives these answers in turn, the last one again and again. */
	function answering(...answers: object[]) {
		const requests: CleverTapRequest[] = [];
		const client: CleverTapClient = {
			request: (request) => {
				requests.push(request);
				const { status = 200, ...body } = (answers.length > 1 ? answers.shift() : answers[0]) as { status?: unknown };
				return Promise.resolve(
					typeof status === 'number'
						? { kind: 'reply', status, body }
						: { kind: 'reply', status: 200, body: { status, ...body } },
				);
			},
			wait: () => Promise.resolve(),
			random: () => 0,
		};
		return { client, requests };
	}
	const started = { status: 'success', cursor: 'a%2Bb' };
	const unreadable = {
		status: 'refused',
		reason: 'CleverTap’s answer could not be read',
		advice: expect.stringContaining('Custom Host') as string,
	};

	it('are asked for with the parts that are wanted, and by the cursor exactly as it came', async () => {
		const { client, requests } = answering(started, { status: 'success', records: [] });
		await readPages(client, { ...wanted, parts: ['app', 'profile'], batchSize: 46 });
		expect(requests).toEqual([
			{ method: 'POST', path: '/1/events.json?batch_size=46&app=true&profile=true', body: { event_name: 'X' } },
			{ method: 'GET', path: '/1/events.json?cursor=a%2Bb' },
		]);
	});

	it('without any part ask for none', async () => {
		const { client, requests } = answering({ status: 'success' });
		expect(await readPages(client, { ...wanted, batchSize: 46 })).toEqual([]);
		expect(requests.map(({ path }) => path)).toEqual(['/1/events.json?batch_size=46']);
	});

	it.each<[string, object[], unknown]>([
		['a start without a cursor', [{ status: 'success' }], []],
		['a start with an empty cursor', [{ status: 'success', cursor: '' }], []],
		[
			'a start of another status with a cursor',
			[
				{ status: 'ok', cursor: 'c' },
				{ status: 'success', records: [{ a: 1 }] },
			],
			[{ a: 1 }],
		],
		['a start of another status', [{ status: 'ok' }], unreadable],
		['a page of another status with records', [started, { status: 'ok', records: [{ a: 1 }] }], [{ a: 1 }]],
		['a page of another status', [started, { status: 'ok' }], unreadable],
		['entries that are no records', [started, { status: 'success', records: [{ a: 1 }, null, 'x', [1]] }], [{ a: 1 }]],
		['records that are no list', [started, { status: 'success', records: 'none' }], []],
		[
			'a refused start',
			[{ status: 401, error: 'Invalid Credentials' }],
			{ status: 'refused', code: 401, reason: 'Invalid Credentials', advice: expect.any(String) as string },
		],
		[
			'a refused page',
			[started, { status: 401, error: 'Invalid Credentials' }],
			{ status: 'refused', code: 401, reason: 'Invalid Credentials', advice: expect.any(String) as string },
		],
		[
			'a cursor that comes twice',
			[started, { status: 'success', next_cursor: 'a%2Bb' }],
			{
				status: 'refused',
				reason: 'CleverTap gave the same cursor twice',
				advice: expect.stringContaining('Run the node again') as string,
			},
		],
	])('are read as far as they can be: %s', async (_what, answers, result) => {
		expect(await readPages(answering(...answers).client, wanted).catch(toVerdict)).toEqual(result);
	});

	it.each<[string, object[], number]>([
		['a start with an empty cursor', [{ status: 'success', cursor: '' }], 1],
		['a page with an empty cursor', [started, { status: 'success', records: [{}], next_cursor: '' }], 2],
		['a page whose cursor is no text', [started, { status: 'success', records: [{}], next_cursor: 7 }], 2],
	])('end with %s', async (_what, answers, count) => {
		const { client, requests } = answering(...answers);
		await readPages(client, wanted);
		expect(requests).toHaveLength(count);
	});

	/** A list of pages that are empty but for those of which the numbers, from 1, are given. */
	async function emptyBut(filled: (page: number) => boolean) {
		let page = 0;
		let waited = 0;
		const client: CleverTapClient = {
			request: ({ method }) => {
				const body =
					method === 'POST'
						? { cursor: 'c' }
						: { next_cursor: `c${++page}`, ...(filled(page) ? { records: [{}] } : {}) };
				return Promise.resolve({ kind: 'reply', status: 200, body: { status: 'success', ...body } });
			},
			wait: (milliseconds) => {
				waited += milliseconds;
				return Promise.resolve();
			},
			random: () => 0,
		};
		return { result: await readPages(client, { ...wanted, limit: 3 }).catch(toVerdict), pages: () => page, waited };
	}

	it('are read on behind many empty ones', async () => {
		const { result } = await emptyBut((page) => page % 1_000 === 0);
		expect(result).toHaveLength(3);
	});

	it('are given up behind too many empty ones', async () => {
		const { result, pages, waited } = await emptyBut(() => false);
		expect(result).toMatchObject({
			reason: 'CleverTap’s list does not end',
			advice: expect.stringContaining('again') as string,
		});
		expect(pages()).toBe(1_001);
		// With pauses between them.
		expect(waited).toBeGreaterThan(300_000);
	});

	it.each<[string, number, (number: number) => object]>([
		['empty pages', 1_002, (number) => ({ next_cursor: `c${number}` })],
		['records', 20_001, (number) => ({ next_cursor: `c${number}`, records: [{}] })],
		['the same cursor', 3, () => ({ next_cursor: 'same', records: [{}] })],
	])('that never end are given up: %s, after %i requests', async (_name, requests, page) => {
		let number = 0;
		const client: CleverTapClient = {
			request: () =>
				Promise.resolve({ kind: 'reply', status: 200, body: { status: 'success', cursor: 'c', ...page(number++) } }),
			wait: () => Promise.resolve(),
			random: () => 0,
		};
		expect(await readPages(client, wanted).catch(toVerdict)).toMatchObject({ status: 'refused' });
		expect(number).toBe(requests);
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
		['x20151023140416', undefined],
		['201510231404160', undefined],
		[{ toString: 1, valueOf: 1 }, undefined],
		[undefined, undefined],
	])('%j', (ts, time) => {
		expect(toLocalTime(ts)).toBe(time);
	});
});
