import type { IDataObject } from 'n8n-workflow';

import { chosen, outcomeOf, Refusal, type Sent } from '../../../../support/tallyOperation';

// Waiting takes no time, but the clock goes on as if it did.
let now = 0;
const waits: number[] = [];
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: (milliseconds: number) => {
		now += milliseconds;
		waits.push(milliseconds);
		return Promise.resolve();
	},
}));

beforeEach(() => {
	now = Date.parse('2026-02-10T00:00:00Z');
	waits.length = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

const form = { formId: chosen('GxdRaQ') };
const one = { scope: 'webhook', webhookId: chosen('h1') };
const never = { options: { waitForOutcome: 0 } };

const at = (minute: number) => `2026-02-09T10:${String(minute).padStart(2, '0')}:00.000Z`;
const entry = (id: string, deliveryStatus: string, minute: number, more: object = {}) => ({
	id,
	deliveryStatus,
	statusCode: 503,
	retry: 0,
	createdAt: at(minute),
	updatedAt: at(minute),
	payload: { data: { responseId: `s${minute}`, formId: 'GxdRaQ' } },
	...more,
});
const arrived = (id: string, minute: number) =>
	entry(id, 'SUCCEEDED', minute, { statusCode: 200, updatedAt: at(59), retry: 1 });
const log = (...events: object[]) => ({ events, hasMore: false });
const item = (deliveryId: string, minute: number, outcome: string, statusCode: number | null, more: object = {}) => ({
	submissionId: `s${minute}`,
	formId: 'GxdRaQ',
	webhookId: 'h1',
	deliveryId,
	firstSentAt: at(minute),
	was: 'failed',
	outcome,
	statusCode,
	...more,
});
const read = (webhook = 'h1', page = 1): Sent => [`GET /webhooks/${webhook}/events?page=${page}`];
const ask = (id: string, webhook = 'h1'): Sent => [`POST /webhooks/${webhook}/events/${id}`];
const lost = log(entry('d3', 'FAILED', 3), entry('d2', 'SUCCEEDED', 2), entry('d1', 'FAILED', 1));
const asked = (...pending: Array<[string, number]>) => pending.map(([id, minute]) => item(id, minute, 'pending', null));

it.each<[string, object, unknown[], Sent[], IDataObject[]]>([
	[
		'what has not arrived, the oldest first',
		never,
		[lost],
		[read(), ask('d1'), ask('d3')],
		asked(['d1', 1], ['d3', 3]),
	],
	['no more than the limit', { ...never, limit: 1 }, [lost], [read(), ask('d1')], asked(['d1', 1])],
	['nothing where all has arrived', {}, [log(entry('d2', 'SUCCEEDED', 2))], [read()], []],
	[
		'what was first sent from a time',
		{ ...never, filters: { from: at(3) } },
		[lost],
		[read(), ask('d3')],
		asked(['d3', 3]),
	],
	[
		'what was first sent up to a time',
		{ ...never, filters: { to: at(1) } },
		[lost],
		[read(), ask('d1')],
		asked(['d1', 1]),
	],
	[
		'what was first sent at one moment',
		{ ...never, filters: { from: at(3), to: at(3) } },
		[lost],
		[read(), ask('d3')],
		asked(['d3', 3]),
	],
	[
		'what an old part of the log tells of',
		never,
		[{ ...log(entry('d3', 'FAILED', 3)), hasMore: true }, log(entry('d1', 'FAILED', 1))],
		[read(), read('h1', 2), ask('d1'), ask('d3')],
		asked(['d1', 1], ['d3', 3]),
	],
	[
		'only as far back as is wanted',
		{ ...never, filters: { from: at(3) } },
		[
			{ ...log(entry('d3', 'FAILED', 3)), hasMore: true },
			{ ...log(entry('d1', 'FAILED', 1)), hasMore: true },
		],
		[read(), read('h1', 2), ask('d3')],
		asked(['d3', 3]),
	],
])('asks for %s', async (_what, given, replies, sent, items) => {
	expect(await outcomeOf(['webhook', 'redeliver'], { ...one, ...given }, replies)).toStrictEqual({ sent, items });
});

describe('looks through', () => {
	const hooks = {
		webhooks: [
			{ id: 'h1', formId: 'GxdRaQ', url: 'https://n8n.example.com/a' },
			{ id: 'h2', formId: 'Other1', url: 'https://n8n.example.com/b' },
			{ id: 'h3', formId: 'GxdRaQ', url: 'https://elsewhere.example.com:8080/' },
			{ id: '../h4', formId: 'GxdRaQ', url: 'https://n8n.example.com/' },
			{ id: 'h5', formId: 'Other1' },
		],
	};
	it.each<[string, object, string[]]>([
		['the webhooks of a form', form, ['h1', 'h3']],
		['all webhooks', { scope: 'all' }, ['h1', 'h2', 'h3', 'h5']],
		['those of an address', { scope: 'all', filters: { addressContains: 'n8n.example.com' } }, ['h1', 'h2']],
		['those of a form and an address', { ...form, filters: { addressContains: 'n8n.example.com' } }, ['h1']],
		['those of an address, be it a number', { scope: 'all', filters: { addressContains: 8080 } }, ['h3']],
		['none', { scope: 'all', filters: { addressContains: 'nobody' } }, []],
	])('%s', async (_what, given, ids) => {
		expect(await outcomeOf(['webhook', 'redeliver'], { ...given }, [hooks])).toEqual({
			sent: [['GET /webhooks?page=1&limit=100'], ...ids.map((id) => read(id))],
			items: [],
		});
	});

	it('two webhooks, and brings the oldest of both first', async () => {
		const logs = [log(entry('d3', 'FAILED', 3)), log(entry('d1', 'DROPPED', 1))];
		const { sent, items } = await outcomeOf(['webhook', 'redeliver'], { ...form, ...never }, [hooks, ...logs]);
		expect(sent.slice(1)).toEqual([read('h1'), read('h3'), ask('d1', 'h3'), ask('d3', 'h1')]);
		expect(items).toMatchObject([
			{ webhookId: 'h3', was: 'dropped' },
			{ webhookId: 'h1', was: 'failed' },
		]);
	});
});

describe('what became of it', () => {
	const first = log(entry('d1', 'FAILED', 1));
	const both = log(entry('d2', 'FAILED', 2), entry('d1', 'FAILED', 1));
	const again = entry('d1', 'FAILED', 1, { retry: 1, statusCode: 500, updatedAt: at(59) });
	const gone = 'Tally does not have what was asked for';
	const down = 'Tally is not working at the moment (status 500)';
	const look = [read(), ask('d1')];

	it.each<[string, unknown[], Sent[], IDataObject[]]>([
		['arrived', [first, '', log(arrived('d1', 1))], [...look, read()], [item('d1', 1, 'succeeded', 200)]],
		['failed again', [first, '', log(again)], [...look, read()], [item('d1', 1, 'failed', 500)]],
		[
			'arrived at the second look',
			[first, '', first, log(arrived('d1', 1))],
			[...look, read(), read()],
			[item('d1', 1, 'succeeded', 200)],
		],
		[
			'arrived for one, later for the other',
			[both, '', '', log(arrived('d1', 1), entry('d2', 'QUEUED', 2)), log(arrived('d2', 2))],
			[...look, ask('d2'), read(), read()],
			[item('d1', 1, 'succeeded', 200), item('d2', 2, 'succeeded', 200)],
		],
		[
			'refused: there is nothing to wait for',
			[first, new Refusal(404)],
			look,
			[item('d1', 1, 'refused', null, { reason: gone })],
		],
		[
			'refused at the last status that is certain',
			[first, new Refusal(499)],
			look,
			[item('d1', 1, 'refused', null, { reason: 'The answer did not come from Tally' })],
		],
		[
			'refused at the first',
			[first, new Refusal(400)],
			look,
			[item('d1', 1, 'refused', null, { reason: 'Tally did not accept the request' })],
		],
		[
			'refused, whatever is seen of it',
			[both, new Refusal(404), '', log(arrived('d1', 1), arrived('d2', 2))],
			[...look, ask('d2'), read()],
			[item('d1', 1, 'refused', null, { reason: gone }), item('d2', 2, 'succeeded', 200)],
		],
		[
			'arrived although Tally broke off',
			[first, new Refusal(500), log(arrived('d1', 1))],
			[...look, read()],
			[item('d1', 1, 'succeeded', 200)],
		],
		[
			'unknown',
			[first, new Refusal(500), ...Array<unknown>(10).fill(first)],
			[...look, ...Array<Sent>(10).fill(read())],
			[item('d1', 1, 'unknown', null, { reason: down })],
		],
		[
			'an answer that leads elsewhere',
			[first, new Refusal(301), log(arrived('d1', 1))],
			[...look, read()],
			[item('d1', 1, 'succeeded', 200)],
		],
		[
			'still pending after all the time',
			[first, '', ...Array<unknown>(10).fill(first)],
			[...look, ...Array<Sent>(10).fill(read())],
			asked(['d1', 1]),
		],
	])('%s', async (_what, replies, sent, items) => {
		expect(await outcomeOf(['webhook', 'redeliver'], one, replies)).toStrictEqual({ sent, items });
	});

	it.each<[unknown, number, number]>([
		[3, 2, 3_000],
		[1, 1, 1_000],
		[4, 2, 4_000],
		['2', 1, 2_000],
		[-1, 0, 0],
		['soon', 0, 0],
		[{ soon: 1 }, 0, 0],
	])('waits %j seconds for it', async (waitForOutcome, looks, waited) => {
		const { sent } = await outcomeOf(
			['webhook', 'redeliver'],
			{ ...one, options: { waitForOutcome, requestsPerMinute: 60_000 } },
			Array<unknown>(9).fill(first),
		);
		expect(sent).toHaveLength(2 + looks);
		expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(waited + 1);
	});

	it('looks through each log once, as far back as its oldest that is pending', async () => {
		const hooks = {
			webhooks: [
				{ id: 'h1', formId: 'GxdRaQ' },
				{ id: 'h2', formId: 'GxdRaQ' },
			],
		};
		const more = { ...both, hasMore: true };
		const other = log(entry('e5', 'FAILED', 5));
		const done = { ...log(arrived('d2', 2), arrived('d1', 1)), hasMore: true };
		const old = { ...log(entry('d0', 'SUCCEEDED', 0)), hasMore: true };
		const { sent } = await outcomeOf(['webhook', 'redeliver'], { ...form, filters: { from: at(1) } }, [
			hooks,
			more,
			old,
			other,
			'',
			'',
			'',
			done,
			old,
			log(arrived('e5', 5)),
		]);
		expect(sent.slice(1)).toEqual([
			read(),
			read('h1', 2),
			read('h2'),
			ask('d1'),
			ask('d2'),
			ask('e5', 'h2'),
			read(),
			read('h1', 2),
			read('h2'),
		]);
	});
});

it.each<[object, number]>([
	[{}, 667],
	[{ requestsPerMinute: 60 }, 1_000],
	[{ requestsPerMinute: '30' }, 2_000],
	[{ requestsPerMinute: 0 }, 667],
	[{ requestsPerMinute: 1.5 }, 667],
])('with %j spreads what it asks for', async (pace, between) => {
	await outcomeOf(['webhook', 'redeliver'], { ...one, options: { waitForOutcome: 0, ...pace } }, [lost]);
	expect(Math.round(waits.reduce((sum, wait) => sum + wait, 0) / 2)).toBe(between);
});
