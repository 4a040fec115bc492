import fc from 'fast-check';
import type { IHttpRequestOptions, ILoadOptionsFunctions, INodeExecutionData } from 'n8n-workflow';

import { dispatch } from '../../nodes/shared/dispatch';
import { getProfileProperties } from '../../nodes/CleverTap/listSearch/profileProperties';
import { searchEvents, searchProfileProperties } from '../../nodes/CleverTap/listSearch/schemaNames';
import { resources } from '../../nodes/CleverTap/resources/resources';
import type { CleverTapClient } from '../../nodes/CleverTap/transport/client';
import type { Reply } from '../../nodes/CleverTap/transport/reply';
import { MAX_ATTEMPTS, MAX_BISECT_REQUESTS } from '../../nodes/CleverTap/transport/retry';
import type { UploadRecord } from '../../nodes/CleverTap/result/record';
import { sendUpload } from '../../nodes/CleverTap/upload/policies';
import { fuzz, unless } from '../support/fuzz';
import { bodyOf, contextOf, ORIGIN, PASSCODE, type Parameters } from './cleverTapNode';
import { like, oddJson, oddText } from './json';
import { recordCleverTap } from './recordedCleverTap';
import { inTurn, replies, type HttpReply, type Recorded, type Replies } from './replies';
import { oddities, wrongInOutput, wrongWith } from './wrong';

// Waiting is minutes long; what is waited for is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

let recorded: ReadonlyMap<string, Recorded>;

beforeAll(async () => {
	recorded = await recordCleverTap();
}, 60_000);

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What CleverTap says of `count` records, of which it refuses some. */
function honestReply(count: number, refuses: readonly boolean[]): object {
	const unprocessed = Array.from({ length: count }, (_, index) => index).flatMap((index) =>
		refuses[index % refuses.length] === true
			? [{ status: 'fail', code: 515, error: `Email is not valid.Skipped record number : ${index + 1}`, record: {} }]
			: [],
	);
	const processed = count - unprocessed.length;
	const status = unprocessed.length === 0 ? 'success' : processed === 0 ? 'fail' : 'partial';
	return { status, processed, unprocessed };
}

/** How one upload ends. */
type Ending =
	/** `draw` changes what is said. */
	| { readonly kind: 'honest'; readonly refuses: readonly boolean[]; readonly draw: fc.GeneratorValue | undefined }
	| { readonly kind: 'reply'; readonly status: number; readonly body: unknown; readonly retryAfterMs?: number }
	| { readonly kind: 'unsent'; readonly isFinal: boolean }
	| { readonly kind: 'broken' };

const recordNumber = fc.oneof(
	fc.integer({ min: -1, max: 9 }).map(String),
	fc.constantFrom('99999999999999999999', '1e3', ''),
);
const entry = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			code: fc.constant(515),
			error: recordNumber.map((number) => `No. Skipped record number : ${number}`),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ code: oddJson, error: oddJson }) },
	{ weight: 1, arbitrary: oddJson },
	{ weight: 1, arbitrary: recordNumber.map((number) => `Skipped record number : ${number}`) },
);
const anyBody = fc.oneof(
	{ weight: 1, arbitrary: oddJson },
	{
		weight: 3,
		arbitrary: fc.record(
			{
				status: fc.oneof(fc.constantFrom('success', 'partial', 'fail'), oddJson),
				processed: fc.oneof(fc.nat(8), oddJson),
				unprocessed: fc.oneof(fc.array(entry, { maxLength: 5 }), oddJson),
				error: oddJson,
				code: oddJson,
			},
			{ requiredKeys: [] },
		),
	},
);
const ending: fc.Arbitrary<Ending> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('honest' as const),
			refuses: fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
			draw: fc.oneof(fc.constant(undefined), fc.gen()),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('reply' as const),
			status: fc.oneof(fc.constantFrom(200, 200, 200, 400, 413, 429, 503), fc.integer({ min: 100, max: 599 })),
			body: anyBody,
			retryAfterMs: fc.constantFrom(undefined, 0, 5, 1e12),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('unsent' as const), isFinal: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.constant<Ending>({ kind: 'broken' }) },
);

function replyOf(met: Ending, count: number): Reply {
	switch (met.kind) {
		case 'honest': {
			const said = honestReply(count, met.refuses);
			const body = met.draw === undefined ? said : met.draw(like, JSON.stringify(said));
			return { kind: 'reply', status: 200, body };
		}
		case 'unsent':
			return { ...met, code: 'ECONNREFUSED' };
		case 'broken':
			return { ...met, code: 'ECONNRESET' };
		default:
			return met;
	}
}

/** What a reply says of its records, told in another way than the node's. */
function readingOf(reply: Reply) {
	const body = reply.kind === 'reply' && reply.status < 300 && isObject(reply.body) ? reply.body : {};
	const list = body.unprocessed ?? [];
	const entries: unknown[] = Array.isArray(list) ? list : [list];
	const named = entries.map((refusal) => {
		const text = isObject(refusal) ? refusal.error : undefined;
		return Number(/record number\s*:\s*(\d+)/.exec(typeof text === 'string' ? text : '')?.[1] ?? NaN);
	});
	return { status: body.status, processed: body.processed, entries: entries.length, named };
}

const records: fc.Arbitrary<UploadRecord[]> = fc.array(
	fc.constantFrom<UploadRecord>(
		{ identity: 'a', type: 'profile', profileData: { Name: 'Ada' } },
		{ identity: 'a', type: 'profile', profileData: { Visits: { $incr: 1 } } },
		{ identity: 'b', type: 'event', evtName: 'X', evtData: {} },
	),
	{ minLength: 1, maxLength: 7 },
);

describe('Whatever CleverTap answers to an upload', () => {
	fuzz(
		'every record gets one verdict, and none is called accepted that CleverTap has not taken',
		fc.record({
			records,
			endings: fc.array(ending, { minLength: 1, maxLength: 6 }),
			dryRun: fc.boolean(),
			unconfirmedEvents: fc.constantFrom('fail', 'retry', 'neverTwice'),
		}),
		async ({ records: given, endings, ...policy }) => {
			const sent = given.map((record) => ({ ...record }));
			const posts: Array<{ records: readonly UploadRecord[]; reply: Reply }> = [];
			const waits: number[] = [];
			const client: CleverTapClient = {
				request: ({ body }) => {
					const posted = (body as { d: readonly UploadRecord[] }).d;
					const reply = replyOf(endings[posts.length % endings.length] ?? { kind: 'broken' }, posted.length);
					posts.push({ records: posted, reply });
					return Promise.resolve(reply);
				},
				wait: (milliseconds) => {
					waits.push(milliseconds);
					return Promise.resolve();
				},
				random: () => 0.5,
			};
			const verdicts = await sendUpload(client, sent, policy);
			const accepted = sent.flatMap((record, index): string[] => {
				if (verdicts[index]?.status !== 'accepted') return [];
				const { records: posted, reply } = [...posts].reverse().find((post) => post.records.includes(record)) ?? {};
				if (posted === undefined || reply === undefined) return ['A record is accepted that was never sent'];
				const { status, processed, entries, named } = readingOf(reply);
				const count = posted.length;
				const others = named.filter(
					(number) => number >= 1 && number <= count && number !== posted.indexOf(record) + 1,
				);
				const fits =
					(status === 'success' || status === 'partial') &&
					others.length === entries &&
					new Set(others).size === entries &&
					(policy.dryRun || typeof processed !== 'number' || processed + entries >= count);
				return unless(fits, `Record ${index} is accepted by ${JSON.stringify(reply)}`);
			});
			return [
				...unless(verdicts.length === sent.length, `There are ${verdicts.length} verdicts for ${sent.length} records`),
				...accepted,
				...oddities(verdicts),
				...verdicts.flatMap((verdict) => {
					if (verdict.status === 'accepted') return [];
					const words = 'advice' in verdict ? `${verdict.reason} ${verdict.advice}` : verdict.reason;
					return unless(!/undefined|NaN|^ | $/.test(words), `It says ${JSON.stringify(verdict)}`);
				}),
				...unless(posts.length <= (MAX_BISECT_REQUESTS + 1) * MAX_ATTEMPTS, `It sends ${posts.length} times`),
				...unless(
					waits.every((wait) => wait >= 0 && wait <= 120_000),
					`It waits ${waits.join()}`,
				),
			];
		},
		1_000,
	);
});

const user = { identifyBy: 'identity', identifier: '={{ $json.id }}' };
const campaign = { campaignName: '={{ $json.nth }}', channel: 'sms', contentMode: 'fields', message: 'Hello' };
const query = { queryMode: 'fields', eventName: 'Charged', from: '2026-02-01', to: '2026-02-28' };

/** Every operation of the node, some of them in several ways. */
const runs: readonly Parameters[] = [
	{ resource: 'profile', operation: 'upsert', ...user, propertiesMode: 'input', options: { batchSize: 2 } },
	{ resource: 'profile', operation: 'delete', ...user },
	{ resource: 'profile', operation: 'demerge', ...user },
	{ resource: 'profile', operation: 'disassociate', phone: '={{ $json.id }}' },
	{ resource: 'profile', operation: 'subscribe', channel: 'email', status: 'Unsubscribe', value: '={{ $json.id }}' },
	{ resource: 'profile', operation: 'get', ...user, simplify: true },
	{ resource: 'profile', operation: 'get', ...user, simplify: false, options: { onNotFound: 'fail' } },
	{ resource: 'profile', operation: 'getAll', ...query, returnAll: true, simplify: true },
	{ resource: 'profile', operation: 'getAll', ...query, limit: 3, simplify: false },
	{ resource: 'profile', operation: 'count', ...query },
	{
		resource: 'event',
		operation: 'upload',
		...user,
		eventName: 'Feedback',
		propertiesMode: 'input',
		options: { uploadOnceKey: '={{ $json.id }}' },
	},
	{
		resource: 'event',
		operation: 'upload',
		...user,
		eventName: 'Feedback',
		propertiesMode: 'input',
		options: { dryRun: true, unconfirmedEvents: 'retry' },
	},
	{ resource: 'event', operation: 'getAll', ...query, returnAll: true, simplify: true },
	{ resource: 'event', operation: 'getAll', ...query, limit: 3, options: { identity: 'u0', maxWait: 1 } },
	{ resource: 'event', operation: 'count', ...query },
	{ resource: 'campaign', operation: 'trigger', campaign: '1700000002', ...user, values: {} },
	{
		resource: 'campaign',
		operation: 'trigger',
		campaign: '1700000002',
		...user,
		valuesMode: 'json',
		valuesJson: { rating: 2 },
		options: { dryRun: true },
	},
	{ resource: 'campaign', operation: 'create', ...campaign, audience: 'all', when: 'now' },
	{
		resource: 'campaign',
		operation: 'create',
		...campaign,
		audience: 'segment',
		segmentId: '17',
		when: 'at',
		sendAt: '2026-02-09T10:00:00',
		options: { labels: 'Spring, Sale', provider: 'main', respectCaps: false },
	},
	{ resource: 'campaign', operation: 'estimate', ...campaign, ...query, audience: 'query', when: 'now' },
	{ resource: 'campaign', operation: 'getAll', from: '2026-01-01', to: '2026-04-30', returnAll: true },
	{ resource: 'campaign', operation: 'getResults', campaign: '1700000002', options: { maxWait: 1 } },
	{ resource: 'campaign', operation: 'stop', campaign: '1700000002' },
	{
		resource: 'report',
		operation: 'getMessages',
		from: '2026-02-01',
		to: '2026-02-28',
		options: { channel: ['push'] },
	},
	{ resource: 'report', operation: 'getRealTime', breakDownBy: ['browser'] },
	{
		resource: 'report',
		operation: 'getTop',
		...query,
		propertyOf: 'event_properties',
		propertyName: 'Amount',
		topN: 3,
	},
	{ resource: 'report', operation: 'getTrends', ...query, interval: 'daily', options: { unique: true } },
	{ resource: 'segment', operation: 'create', segmentName: 'VIP', customerSegmentId: '={{ $json.nth }}' },
	{ resource: 'segment', operation: 'addProfiles', segment: 'vip', ...user },
	{ resource: 'segment', operation: 'removeProfiles', segment: '17', segmentBy: 'cleverTap', ...user },
];
const READS = /^(get|count|estimate)/;

/** What every path of the node looks like; whatever is looked up stands behind the question mark. */
const PATH =
	/^\/(?:1\/(?:upload|profile\.json|(?:profiles|events)\.json|counts\/(?:profiles|events|top|trends)\.json|(?:delete|demerge)\/profiles\.json|subscribe|disassociate|targets\/(?:create|list|result|stop)\.json|send\/externaltrigger\.json|message\/report\.json|now\.json)|getSchema|api\/(?:create|update)Segment)$/;
/** What reaches people, or is billed: nothing of it goes out again after an answer that leaves its outcome open. */
const ONCE = /\/(externaltrigger|createSegment|updateSegment)|targets\/create/;

/** More than any run below has a reason to send. */
const MAX_REQUESTS = 5_000;

/** A CleverTap that replies like this; `wrong` says what it should not have been asked. */
function cleverTapWith(met: Replies) {
	const replyTo = inTurn(met);
	const complaints: string[] = [];
	const open = new Set<string>();
	let requests = 0;
	const answer = async (request: IHttpRequestOptions) => {
		const { method, url, encoding } = request;
		const { origin, pathname } = new URL(url);
		if (origin !== ORIGIN || !PATH.test(pathname)) complaints.push(`It asks for ${url}`);
		if (++requests > MAX_REQUESTS) throw new Error('Enough');
		const body = bodyOf(request);
		const list = isObject(body) ? Object.values(body)[0] : undefined;
		const count = Array.isArray(list) ? list.length : 0;
		const usual =
			pathname === '/1/upload'
				? { status: 200, text: JSON.stringify(honestReply(count, [false, count > 1])) }
				: (recorded.get(`${method} ${pathname}`) ?? { status: 200, text: '' });
		const sent = `${pathname} ${JSON.stringify(body)}`;
		const isOnce = ONCE.test(pathname) && !sent.includes('"estimate_only":true');
		if (open.has(sent)) complaints.push(`It sends again what may have reached somebody: ${pathname}`);
		try {
			const reply = await Promise.resolve(replyTo(usual));
			if (isOnce && !isBusy(reply)) open.add(sent);
			return encoding === 'text' ? { ...reply, body: textOf(reply.body) } : reply;
		} catch (error) {
			if (isOnce && !NOT_SENT.test(String((error as { cause?: { code?: unknown } }).cause?.code))) open.add(sent);
			throw error;
		}
	};
	const wrong = () => [...complaints, ...unless(requests <= MAX_REQUESTS, 'It asks without end')];
	return { answer, wrong };
}

/** No connection came about. */
const NOT_SENT = /^(ECONNREFUSED|ENOTFOUND|CERT_HAS_EXPIRED)$/;

/** Whether CleverTap had too many requests, in either way of saying so. */
function isBusy({ statusCode, body }: HttpReply): boolean {
	return statusCode === 429 || /"code":\s*"?429/.test(String(textOf(body)));
}

/** A body that was not parsed. */
function textOf(body: unknown): unknown {
	return typeof body === 'string' ? body : JSON.stringify(body);
}

const ids = fc.oneof(fc.constantFrom<unknown>('u0', 'u1', 'u2', 42), oddText);
const items: fc.Arbitrary<INodeExecutionData[]> = fc.array(
	ids.map((id) => ({ json: { id: id as string, Plan: 'gold' } })),
	{ minLength: 1, maxLength: 4 },
);
const onError = fc.constantFrom(undefined, 'continueErrorOutput' as const, 'continueRegularOutput' as const);

describe('Whatever CleverTap answers, an operation gives items or an error that says what to do', () => {
	fuzz(
		'each of them, and each item of an upload comes out once',
		fc.record({ run: fc.constantFrom(...runs), items, met: replies, onError }),
		async ({ run, items: given, met, onError: mode }) => {
			const { answer, wrong } = cleverTapWith(met);
			// What is made for an item is made for no other.
			const numbered = given.map(({ json }, nth) => ({ json: { ...json, nth: `n${nth}` } }));
			const context = contextOf(run, numbered, answer, mode);
			try {
				const output = await dispatch(context, resources);
				const numbers = output.flat().map(({ pairedItem }) => (pairedItem as { item: number }).item);
				const isOnePerItem = numbers.length === given.length && numbers.every((number, index) => number === index);
				return [
					...wrongInOutput(output),
					...unless(READS.test(run.operation) || isOnePerItem, `The items ${numbers.join()} come out`),
					...wrong(),
				];
			} catch (error) {
				return [...wrongWith(error, PASSCODE), ...wrong()];
			}
		},
		1_000,
	);

	type Picker = (this: ILoadOptionsFunctions, filter?: string) => Promise<{ readonly results: readonly object[] }>;
	const pickers: Readonly<Record<string, Picker>> = {
		searchEvents,
		searchProfileProperties,
		async getProfileProperties() {
			return { results: (await getProfileProperties.call(this)).fields };
		},
	};
	fuzz(
		'each of the editor’s lists',
		fc.record({
			name: fc.constantFrom(...Object.keys(pickers)),
			filter: fc.option(oddText, { nil: undefined }),
			met: replies,
		}),
		async ({ name, filter, met }) => {
			const { answer, wrong } = cleverTapWith(met);
			const editor = contextOf({ resource: '', operation: '' }, [], answer) as unknown as ILoadOptionsFunctions;
			try {
				const { results } = await (pickers[name] as Picker).call(editor, filter);
				return [...oddities(results), ...wrong()];
			} catch (error) {
				// Properties to map are there whatever comes.
				if (name === 'getProfileProperties') throw error;
				return [...wrongWith(error, PASSCODE), ...wrong()];
			}
		},
	);
});
