import fc from 'fast-check';

import type { Reply } from '../../../../nodes/CleverTap/transport/reply';
import type { UploadRecord } from '../../../../nodes/CleverTap/result/record';
import type { CleverTapClient } from '../../../../nodes/CleverTap/transport/client';
import type { CleverTapRequest } from '../../../../nodes/CleverTap/transport/request';
import { EarlierTries } from '../../../../nodes/CleverTap/upload/earlierTries';
import type { Prepared } from '../../../../nodes/CleverTap/upload/preparedItem';
import type { UnconfirmedEvents } from '../../../../nodes/CleverTap/parameters/uploadOptions';
import { uploadAll } from '../../../../nodes/CleverTap/upload/uploadAll';
import type { Verdict } from '../../../../nodes/CleverTap/result/verdict';

/** What a CleverTap that has a bad day does with a request. */
const MOODS = [
	'fine',
	'fine',
	'fine',
	'busy',
	'unreachable',
	'reset before taking',
	'reset after taking',
	'error before taking',
	'error after taking',
	'empty after taking',
	'unnamed refusals',
	'bad request',
] as const;
type Mood = (typeof MOODS)[number];

/** A record says of itself whether CleverTap refuses it, and which item it belongs to. */
interface Plan {
	readonly user: string;
	readonly kind: 'profile' | 'event' | 'counter';
	readonly bad: boolean;
}

function toItem({ user, kind, bad }: Plan, item: number): Prepared {
	const mark = { n: item, bad };
	const record: UploadRecord =
		kind === 'event'
			? { identity: user, type: 'event', evtName: 'E', evtData: mark }
			: { identity: user, type: 'profile', profileData: kind === 'counter' ? { ...mark, count: { $incr: 1 } } : mark };
	return { item, user, records: [record], output: {}, adjusted: [] };
}

const dataOf = (record: UploadRecord) => (record.type === 'event' ? record.evtData : record.profileData);
const numberOf = (record: UploadRecord) => dataOf(record).n as number;
const isBad = (record: UploadRecord) => dataOf(record).bad === true;

/** What a request to `/1/upload` carries. */
const recordsOf = (body: unknown) => (body as { d: readonly UploadRecord[] }).d;

/** Plays the moods in turn and keeps the truth: which record arrived, how often, in which order. */
class BadDay implements CleverTapClient {
	readonly taken: number[] = [];

	readonly asked: number[] = [];

	readonly unanswered = new Set<number>();

	/** Records of requests whose reply refused some without naming them. */
	readonly unnamed = new Set<number>();

	requests = 0;

	mostAtATime = 0;

	private underWay = 0;

	constructor(
		private readonly moods: Mood[],
		private readonly scheduler: fc.Scheduler,
	) {}

	async request({ body }: CleverTapRequest): Promise<Reply> {
		const records = recordsOf(body);
		this.requests++;
		this.asked.push(...records.map(numberOf));
		this.mostAtATime = Math.max(this.mostAtATime, ++this.underWay);
		await this.scheduler.schedule(Promise.resolve());
		const reply = this.answer(this.moods.shift() ?? 'fine', records);
		this.underWay--;
		return reply;
	}

	wait = async () => {
		await this.scheduler.schedule(Promise.resolve());
	};

	random = () => 0.5;

	private answer(mood: Mood, records: readonly UploadRecord[]): Reply {
		if (mood.endsWith('after taking')) this.take(records);
		switch (mood) {
			case 'busy':
				return { kind: 'reply', status: 429, body: { status: 'fail', error: 'Too many concurrent requests' } };
			case 'unreachable':
				return { kind: 'unsent', code: 'ECONNREFUSED', isFinal: false };
			case 'reset before taking':
			case 'reset after taking':
				this.noteUnanswered(records);
				return { kind: 'broken', code: 'ECONNRESET' };
			case 'error before taking':
			case 'error after taking':
				this.noteUnanswered(records);
				return { kind: 'reply', status: 500, body: '' };
			case 'empty after taking':
				this.noteUnanswered(records);
				return { kind: 'reply', status: 200, body: '' };
			case 'bad request':
				return { kind: 'reply', status: 400, body: { status: 'fail', error: 'Malformed request' } };
			default:
				this.take(records);
				if (mood === 'unnamed refusals') records.forEach((record) => this.unnamed.add(numberOf(record)));
				return { kind: 'reply', status: 200, body: verdict(records, mood === 'unnamed refusals') };
		}
	}

	private take(records: readonly UploadRecord[]): void {
		this.taken.push(...records.filter((record) => !isBad(record)).map(numberOf));
	}

	private noteUnanswered(records: readonly UploadRecord[]): void {
		records.forEach((record) => this.unanswered.add(numberOf(record)));
	}
}

function verdict(records: readonly UploadRecord[], unnamed: boolean) {
	const unprocessed = records.flatMap((record, index) =>
		isBad(record)
			? [{ status: 'fail', code: 515, error: unnamed ? 'No.' : `No.Skipped record number : ${index + 1}` }]
			: [],
	);
	const processed = records.length - unprocessed.length;
	const status = unprocessed.length === 0 ? 'success' : processed === 0 ? 'fail' : 'partial';
	return { status, processed, unprocessed };
}

const plans = fc.array(
	fc.record({
		user: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
		kind: fc.constantFrom<Plan['kind']>('profile', 'event', 'counter'),
		bad: fc.boolean(),
	}),
	{ maxLength: 40 },
);

describe('uploads on a bad day', () => {
	it('tell the truth of every record, in order, within the limits', async () => {
		await fc.assert(
			fc.asyncProperty(
				plans,
				fc.array(fc.constantFrom(...MOODS), { maxLength: 30 }),
				fc.integer({ min: 1, max: 9 }),
				fc.integer({ min: 1, max: 4 }),
				fc.constantFrom<UnconfirmedEvents>('fail', 'retry', 'neverTwice'),
				fc.scheduler(),
				async (given, moods, batchSize, concurrency, unconfirmedEvents, scheduler) => {
					const items = given.map(toItem);
					const day = new BadDay([...moods], scheduler);
					const policy = { batchSize, concurrency, dryRun: false, unconfirmedEvents };
					const verdicts: Verdict[] = [];
					const done = uploadAll(day, items, policy).then((result) => verdicts.push(...result));
					await scheduler.waitFor(done);

					expect(verdicts).toHaveLength(items.length);
					expect(day.mostAtATime).toBeLessThanOrEqual(concurrency);
					const taken = new Set(day.taken);
					verdicts.forEach(({ status }, item) => {
						if (status === 'accepted') expect(taken.has(item) && !given[item]?.bad).toBe(true);
						if (status === 'refused') expect(taken.has(item)).toBe(false);
						if (status === 'unknown') expect(day.unanswered.has(item) || day.unnamed.has(item)).toBe(true);
					});
					for (const user of new Set(given.map((plan) => plan.user))) {
						const arrived = [...taken].filter((item) => given[item]?.user === user);
						expect(arrived).toEqual([...arrived].sort((x, y) => x - y));
					}
					for (const item of taken) {
						const times = day.taken.filter((number) => number === item).length;
						const { kind } = given[item] as Plan;
						if (kind === 'counter') expect(times).toBe(1);
						if (kind === 'event' && unconfirmedEvents !== 'retry') expect(times).toBe(1);
					}
				},
			),
			{ numRuns: 400 },
		);
	});

	it('tell it through all tries of n8n, and repeat nothing that is settled', async () => {
		await fc.assert(
			fc.asyncProperty(
				plans,
				fc.array(fc.constantFrom(...MOODS), { maxLength: 30 }),
				fc.integer({ min: 1, max: 9 }),
				fc.constantFrom<UnconfirmedEvents>('fail', 'retry', 'neverTwice'),
				fc.scheduler(),
				async (given, moods, batchSize, unconfirmedEvents, scheduler) => {
					const items = given.map(toItem);
					const day = new BadDay([...moods], scheduler);
					const policy = { batchSize, concurrency: 2, dryRun: false, unconfirmedEvents };
					const tries = new EarlierTries();
					let before: Verdict[] = [];
					for (let number = 1; number <= 3; number++) {
						const asked = day.asked.length;
						const verdicts: Verdict[] = [];
						await scheduler.waitFor(
							uploadAll(day, items, policy, undefined, tries).then((result) => verdicts.push(...result)),
						);
						const again = new Set(day.asked.slice(asked));
						before.forEach((verdict, item) => {
							const { kind } = given[item] as Plan;
							const isOver =
								verdict.status === 'accepted' ||
								(verdict.status === 'refused' && [400, 515].includes(verdict.code ?? 0)) ||
								(verdict.status === 'unknown' &&
									(kind === 'counter' || (kind === 'event' && unconfirmedEvents === 'neverTwice')));
							if (isOver) expect(verdicts[item]).toEqual(verdict);
							expect(again.has(item)).toBe(!isOver);
						});
						before = verdicts;
					}
					for (const item of day.taken) {
						const times = day.taken.filter((number) => number === item).length;
						const { kind } = given[item] as Plan;
						if (kind === 'counter' || (kind === 'event' && unconfirmedEvents === 'neverTwice')) expect(times).toBe(1);
					}
				},
			),
			{ numRuns: 200 },
		);
	});

	it('takes as few requests as the batch size allows when all goes well', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 200 }),
				fc.integer({ min: 1, max: 50 }),
				fc.scheduler(),
				async (count, batchSize, scheduler) => {
					const items = Array.from({ length: count }, (_, index) =>
						toItem({ user: String(index), kind: 'event', bad: false }, index),
					);
					const day = new BadDay([], scheduler);
					const policy = { batchSize, concurrency: 3, dryRun: false, unconfirmedEvents: 'fail' as const };
					await scheduler.waitFor(uploadAll(day, items, policy));
					expect(day.requests).toBe(Math.ceil(count / batchSize));
				},
			),
		);
	});
});

describe('a run of one request after the other', () => {
	const items = ['a', 'b', 'c'].map((user, item) => toItem({ user, kind: 'event', bad: false }, item));
	const policy = { batchSize: 1, concurrency: 1, dryRun: false, unconfirmedEvents: 'fail' as const };

	/** The verdicts of three items, of which CleverTap answers the first one so. */
	async function verdictsAfter(first: Reply) {
		let requests = 0;
		const client: CleverTapClient = {
			request: ({ body }) => {
				const answer = { kind: 'reply', status: 200, body: verdict(recordsOf(body), false) } as const;
				return Promise.resolve(++requests === 1 ? first : answer);
			},
			wait: () => Promise.resolve(),
			random: () => 0,
		};
		const verdicts = await uploadAll(client, items, policy);
		return { requests, verdicts };
	}

	it.each([401, 403])('tries nothing more once CleverTap refuses the credentials (HTTP %i)', async (status) => {
		const { requests, verdicts } = await verdictsAfter({
			kind: 'reply',
			status,
			body: { error: 'Invalid Credentials' },
		});
		expect(requests).toBe(1);
		const refusal = { status: 'refused', code: status, reason: 'Invalid Credentials' };
		expect(verdicts).toMatchObject([refusal, refusal, refusal]);
	});

	it.each<[string, Reply]>([
		[
			'a refused record',
			{
				kind: 'reply',
				status: 200,
				body: { status: 'fail', unprocessed: [{ code: 515, error: 'No. Skipped record number : 1' }] },
			},
		],
		['a refusal without a code', { kind: 'unsent', code: 'ERR_INVALID_URL', isFinal: true }],
		['an unknown outcome', { kind: 'broken', code: 'ECONNRESET' }],
	])('goes on after %s', async (_what, reply) => {
		const { requests, verdicts } = await verdictsAfter(reply);
		expect(requests).toBe(3);
		expect(verdicts.slice(1)).toEqual([{ status: 'accepted' }, { status: 'accepted' }]);
	});
});
