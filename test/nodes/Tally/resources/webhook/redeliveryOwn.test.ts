import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { chosen, nodeAsking, outcomeOf, Refusal, type Outcome, type Sent } from '../../../../support/tallyOperation';
import { Tally } from '../../../../../nodes/Tally/Tally.node';
import { OTHERS, OWN } from './logged';

// What version 1.1 does otherwise; what both do is in redelivery.test.ts.

// Waiting takes no time, but the clock goes on as if it did.
let now = 0;
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: (milliseconds: number) => {
		now += milliseconds;
		return Promise.resolve();
	},
}));

beforeEach(() => {
	now = Date.parse('2026-02-10T00:00:00Z');
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

const at = (minute: number) => `2026-02-09T10:${String(minute).padStart(2, '0')}:00.000Z`;
const entry = (id: string, deliveryStatus: string, minute: number, more: object = {}) => ({
	id,
	webhookUrl: OWN,
	deliveryStatus,
	statusCode: 503,
	response: 'Bad Gateway',
	retry: 0,
	createdAt: at(minute),
	updatedAt: at(minute),
	payload: { data: { responseId: `s${minute}`, formId: 'GxdRaQ', createdAt: at(minute) } },
	...more,
});
const failed = (id: string, minute: number, more: object = {}) => entry(id, 'FAILED', minute, more);
const taken = (id: string, minute: number, more: object = {}) =>
	entry(id, 'SUCCEEDED', minute, { statusCode: 202, response: '', ...more });
const starting = (id: string, minute: number, more: object = {}) =>
	entry(id, 'SUCCEEDED', minute, { statusCode: 200, response: 'n8n is starting up. Please wait', ...more });
const old = (id: string, minute: number) => starting(id, minute, { response: '' });
const log = (...events: object[]) => ({ events, hasMore: false });
const page = (...events: object[]) => ({ events, hasMore: true });
const again = { retry: 1, updatedAt: at(59) };

const own = { id: 'h1', formId: 'GxdRaQ', url: OWN };
const others = { id: 'h2', formId: 'GxdRaQ', url: OTHERS };
const hooks = (...webhooks: object[]) => ({ webhooks, hasMore: false });

const list: Sent = ['GET /webhooks?page=1&limit=100'];
const read = (webhook = 'h1', number = 1): Sent => [`GET /webhooks/${webhook}/events?page=${number}`];
const ask = (id: string, webhook = 'h1'): Sent => [`POST /webhooks/${webhook}/events/${id}`];

const form = { formId: chosen('GxdRaQ'), returnAll: true };
const never = { ...form, options: { waitForOutcome: 0 } };
const run = async (given: Record<string, unknown>, replies: readonly unknown[]): Promise<Outcome> =>
	await outcomeOf(['webhook', 'redeliver'], given, replies, 1.1);
const askedOf = ({ sent }: Outcome) => sent.map(([request]) => request).filter((request) => request.startsWith('POST'));

it('names the address and the reason of each delivery', async () => {
	const { sent, items } = await run(never, [
		hooks(own, others),
		log(starting('d4', 4), taken('d3', 3), entry('d2', 'DROPPED', 2, { statusCode: null }), failed('d1', 1)),
		log(failed('e5', 5, { webhookUrl: OTHERS }), starting('e6', 6, { webhookUrl: OTHERS })),
	]);
	expect(sent).toEqual([list, read(), read('h2'), ask('d1'), ask('d2'), ask('d4'), ask('e5', 'h2')]);
	const first: IDataObject = {
		submissionId: 's1',
		formId: 'GxdRaQ',
		webhookId: 'h1',
		deliveryId: 'd1',
		firstSentAt: at(1),
		was: 'failed',
		outcome: 'pending',
		statusCode: null,
		webhookUrl: OWN,
		notArrivedBecause: 'failed',
		previousStatusCode: 503,
	};
	expect(items).toStrictEqual([
		first,
		{
			...first,
			submissionId: 's2',
			deliveryId: 'd2',
			firstSentAt: at(2),
			was: 'dropped',
			notArrivedBecause: 'dropped',
			previousStatusCode: null,
		},
		{
			...first,
			submissionId: 's4',
			deliveryId: 'd4',
			firstSentAt: at(4),
			was: 'succeeded',
			notArrivedBecause: 'answeredByOther',
			previousStatusCode: 200,
		},
		{
			...first,
			submissionId: 's5',
			webhookId: 'h2',
			deliveryId: 'e5',
			firstSentAt: at(5),
			webhookUrl: OTHERS,
		},
	]);
});

it.each<[string, object, object, string[]]>([
	['a trigger of this n8n that has answered 202', own, log(starting('d2', 2), taken('d1', 1)), ['d2']],
	['one that has not', own, log(starting('d2', 2), old('d1', 1)), []],
	['one of which nothing has arrived', own, log(starting('d2', 2), failed('d1', 1)), ['d1']],
	['one whose 202 somebody else gave', own, log(starting('d2', 2), taken('d1', 1, { webhookUrl: OTHERS })), []],
	['somebody else, who answers 202 at times', others, log(starting('d2', 2), taken('d1', 1)), []],
	['a webhook that has left this n8n', others, log(failed('d2', 2), starting('d3', 3), taken('d1', 1)), ['d2']],
	['one without an address', { id: 'h1', formId: 'GxdRaQ' }, log(starting('d2', 2), taken('d1', 1)), []],
])('at %s', async (_what, webhook, entries, ids) => {
	const outcome = await run(never, [hooks(Object.assign({}, webhook, { id: 'h1' })), entries]);
	expect(askedOf(outcome)).toEqual(ids.flatMap((id) => ask(id)));
});

describe('with "From" within an outage', () => {
	const since = { ...never, filters: { from: at(10) } };
	const outage = [page(starting('d12', 12), starting('d11', 11)), page(starting('d9', 9))];

	it.each<[string, object[], string[], number]>([
		['the trigger answered 202 before', [...outage, ...outage, page(taken('d7', 7), old('d6', 6))], ['d11', 'd12'], 5],
		[
			'the trigger had an older version before',
			[...outage, ...outage, page(old('d7', 7)), page(taken('d6', 6))],
			[],
			5,
		],
		['nobody ever took anything', [...outage, ...outage, log(failed('d7', 7))], [], 5],
		['the trigger answered 202 just before', [outage[0] ?? {}, page(taken('d9', 9))], ['d11', 'd12'], 2],
		['the trigger answered since', [page(taken('d13', 13), starting('d12', 12)), page(failed('d9', 9))], ['d12'], 2],
		['an older trigger answered since', [page(old('d13', 13), starting('d12', 12)), page(failed('d9', 9))], [], 2],
		['all was taken', [page(old('d13', 13)), page(old('d9', 9))], [], 2],
	])('%s', async (_what, pages, ids, reads) => {
		const outcome = await run(since, [hooks(own), ...pages]);
		expect(askedOf(outcome)).toEqual(ids.flatMap((id) => ask(id)));
		expect(outcome.sent.filter(([request]) => request.includes('/events?'))).toHaveLength(reads);
	});

	it('a submission that was taken before is not sent again', async () => {
		// Sent again by hand: an entry of its own.
		const repeated = starting('d12', 12, { payload: starting('d8', 8).payload });
		const pages = [page(taken('d13', 13), repeated), page(failed('d9', 9))];
		const further = page(taken('d8', 8), failed('d7', 7));
		const outcome = await run(since, [hooks(own), ...pages, ...pages, further, page(failed('d6', 6))]);
		expect(outcome.items).toEqual([]);
		expect(outcome.sent.slice(1)).toEqual([read(), read('h1', 2), read(), read('h1', 2), read('h1', 3), read('h1', 4)]);
	});

	it('one that nobody took before is sent again, and nothing else from before', async () => {
		const repeated = starting('d12', 12, { payload: starting('d8', 8).payload });
		const entries = [taken('d13', 13), repeated, failed('d9', 9), starting('d8', 8)];
		expect(askedOf(await run(since, [hooks(own), log(...entries), log(...entries)]))).toEqual(ask('d12'));
	});
});

describe('one webhook', () => {
	const one = { ...never, scope: 'webhook', webhookId: chosen('h1') };

	it('is looked up for its address', async () => {
		const outcome = await run(one, [hooks(others, own), log(starting('d2', 2), taken('d1', 1))]);
		expect(outcome.sent).toEqual([list, read(), ask('d2')]);
		expect(outcome.items).toMatchObject([{ webhookUrl: OWN, notArrivedBecause: 'answeredByOther' }]);
	});

	it.each<[string, unknown]>([
		['is not in the list', hooks(others)],
		['is in a list that a gateway forbids', new Refusal(403)],
	])('that %s is taken for somebody else’s', async (_what, webhooks) => {
		const outcome = await run(one, [webhooks, log(starting('d2', 2), failed('d3', 3), taken('d1', 1))]);
		expect(askedOf(outcome)).toEqual(ask('d3'));
		// The log tells where it went.
		expect(outcome.items).toMatchObject([{ webhookUrl: OWN }]);
	});

	it('of somebody else is left alone, if that is wanted', async () => {
		const onlyOwn = { ...one, filters: { onlyOwnTriggers: true } };
		expect(await run(onlyOwn, [hooks({ ...others, id: 'h1' })])).toEqual({ sent: [list], items: [] });
		expect((await run(onlyOwn, [hooks(own)])).sent).toEqual([list, read()]);
	});
});

it.each<[string, object, string[]]>([
	['this n8n’s triggers', { filters: { onlyOwnTriggers: true } }, ['h1']],
	['those of all forms', { scope: 'all', filters: { onlyOwnTriggers: true } }, ['h1', 'h3']],
	['those of an address', { filters: { onlyOwnTriggers: true, addressContains: 'elsewhere' } }, []],
	['all', { filters: { onlyOwnTriggers: false } }, ['h1', 'h2']],
])('looks through the webhooks of %s', async (_what, given, ids) => {
	const third = { id: 'h3', formId: 'Other1', url: OWN.replace(/webhook$/, 'finished') };
	const { sent } = await run({ ...form, ...given }, [hooks(own, others, third)]);
	expect(sent).toEqual([list, ...ids.map((id) => read(id))]);
});

it('version 1 knows nothing of it', async () => {
	const given = { ...never, filters: { onlyOwnTriggers: true } };
	const replies = [hooks(own, others), log(starting('d2', 2), taken('d1', 1)), log(failed('e3', 3))];
	const { sent, items } = await outcomeOf(['webhook', 'redeliver'], given, replies);
	expect(sent).toEqual([list, read(), read('h2'), ask('e3', 'h2')]);
	expect(Object.keys(items?.[0] ?? {})).not.toContain('notArrivedBecause');
});

it('a yes/no that is neither is refused by its name', async () => {
	const { error } = await run({ ...form, filters: { onlyOwnTriggers: 'maybe' } }, []);
	expect(error?.message).toContain('"Only Own Triggers"');
});

describe('what became of it', () => {
	const before = log(taken('d9', 9), starting('d2', 2), failed('d1', 1));
	const looks = [list, read(), ask('d1'), ask('d2')];
	const ended = (one: object, two: object) => log(taken('d9', 9), two, one);

	it.each<[string, unknown[], Sent[], Array<[string, number | null]>]>([
		[
			'the trigger took both',
			[ended(taken('d1', 1, again), taken('d2', 2, again))],
			[read()],
			[
				['succeeded', 202],
				['succeeded', 202],
			],
		],
		[
			'somebody else answered again',
			[ended(starting('d1', 1, again), starting('d2', 2, again))],
			[read()],
			[
				['answeredByOther', 200],
				['answeredByOther', 200],
			],
		],
		[
			'the trigger took it in an entry of its own, at the second look',
			[
				ended(failed('d1', 1, again), starting('d2', 2)),
				log(taken('d8', 8, { payload: starting('d2', 2).payload }), starting('d2', 2)),
			],
			[read(), read()],
			[
				['failed', 503],
				['succeeded', 202],
			],
		],
	])('%s', async (_what, replies, reads, outcomes) => {
		const { sent, items } = await run(form, [hooks(own), before, '', '', ...replies]);
		expect(sent).toEqual([...looks, ...reads]);
		expect(items?.map(({ outcome, statusCode }) => [outcome, statusCode])).toEqual(outcomes);
	});

	it('Tally will not repeat what succeeded', async () => {
		const { sent, items } = await run(form, [
			hooks(own),
			before,
			'',
			new Refusal(400),
			ended(taken('d1', 1, again), starting('d2', 2)),
		]);
		expect(sent).toEqual([...looks, read()]);
		expect(items).toMatchObject([
			{ outcome: 'succeeded', statusCode: 202 },
			{ outcome: 'refused', statusCode: null, reason: 'Tally did not accept the request', previousStatusCode: 200 },
		]);
	});
});

it('whatever logs hold, no trigger gets again what it took, and nobody what others took', async () => {
	const id = fc.uuid();
	const addresses = [
		OWN,
		OTHERS,
		'https://hook.eu1.make.com/abcdefghijklmnop',
		OWN.replace('n8n.example.com', 'another.example.com'),
		OWN.replace('/webhook/', '/webhook-test/'),
	];
	const event = fc
		.record({
			id,
			submission: fc.integer({ min: 1, max: 4 }),
			deliveryStatus: fc.constantFrom('SUCCEEDED', 'SUCCEEDED', 'FAILED', 'DROPPED', 'QUEUED'),
			statusCode: fc.constantFrom(200, 200, 202, 204, 503, null),
			response: fc.constantFrom('', 'n8n is starting up. Please wait', null),
			minute: fc.integer({ min: 0, max: 59 }),
			changed: fc.integer({ min: 0, max: 59 }),
		})
		.map(({ submission, minute, changed, ...rest }) => ({
			...failed(rest.id, minute),
			...rest,
			updatedAt: at(changed),
			payload: failed('', submission).payload,
		}));
	const account = fc.array(fc.tuple(fc.constantFrom(...addresses), fc.array(event, { maxLength: 12 })), {
		minLength: 1,
		maxLength: 3,
	});
	await fc.assert(
		fc.asyncProperty(account, async (webhooks) => {
			const logs = webhooks.map(([webhookUrl, events]) => events.map((one) => ({ ...one, webhookUrl })));
			const listed = hooks(...webhooks.map(([url], index) => ({ id: `h${index}`, formId: 'GxdRaQ', url })));
			const { context, sent } = nodeAsking(
				{ parameters: { resource: 'webhook', operation: 'redeliver', ...never, scope: 'all' }, typeVersion: 1.1 },
				[listed, ...logs.map((events) => log(...events))],
			);
			await new Tally().execute.call(context);
			for (const [request] of sent.filter(([one]) => one.startsWith('POST'))) {
				const [, index = '', deliveryId] = /^POST \/webhooks\/h(\d+)\/events\/(.+)$/.exec(request) ?? [];
				const events = logs[Number(index)] ?? [];
				const asked = events.find((one) => one.id === deliveryId);
				const succeeded = events.filter(
					(one) => one.deliveryStatus === 'SUCCEEDED' && JSON.stringify(one.payload) === JSON.stringify(asked?.payload),
				);
				if (webhooks[Number(index)]?.[0] === OWN) {
					const isMarked = events.some((one) => one.deliveryStatus === 'SUCCEEDED' && one.statusCode === 202);
					const isTaken = (one: (typeof succeeded)[number]) =>
						one.statusCode === 202 || one.statusCode === null || (one.statusCode === 200 && !one.response);
					expect(isMarked ? succeeded.filter(isTaken) : []).toEqual([]);
					expect(isMarked || asked?.deliveryStatus !== 'SUCCEEDED').toBe(true);
				} else {
					expect(asked?.deliveryStatus).not.toBe('SUCCEEDED');
				}
			}
		}),
	);
});
