import type { Reply } from '../../../../nodes/CleverTap/transport/reply';
import { UploadOnce } from '../../../../nodes/CleverTap/upload/once';
import type { UnconfirmedEvents } from '../../../../nodes/CleverTap/parameters/uploadOptions';
import type { UploadRecord } from '../../../../nodes/CleverTap/result/record';
import type { CleverTapClient } from '../../../../nodes/CleverTap/transport/client';
import type { Prepared } from '../../../../nodes/CleverTap/upload/preparedItem';
import { uploadAll } from '../../../../nodes/CleverTap/upload/uploadAll';
import { MemoryMarkStore } from '../../../support/memoryMarkStore';
import { turn } from '../../../support/turn';

const item = (onceKey: string, number = 0, withProfile = false): Prepared => ({
	item: number,
	user: 'identity:a',
	onceKey,
	output: {},
	adjusted: [],
	records: [
		...(withProfile ? [{ identity: 'a', type: 'profile' as const, profileData: {} }] : []),
		{ identity: 'a', type: 'event' as const, evtName: onceKey, evtData: {} },
	],
});

type Answer = (records: readonly UploadRecord[]) => Reply;
const success: Answer = ({ length }) => ({
	kind: 'reply',
	status: 200,
	body: { status: 'success', processed: length, unprocessed: [] },
});
const reset: Answer = () => ({ kind: 'broken', code: 'ECONNRESET' });
const unreachable: Answer = () => ({ kind: 'unsent', code: 'ECONNREFUSED', isFinal: false });
const refuse =
	(number: number): Answer =>
	({ length }) => ({
		kind: 'reply',
		status: 200,
		body: {
			status: 'partial',
			processed: length - 1,
			unprocessed: [{ status: 'fail', code: 513, error: `No. Skipped record number : ${number}` }],
		},
	});

/** One attempt at a workflow run: what was sent, and the items' outcomes. */
async function attempt(
	store: MemoryMarkStore,
	items: Prepared[],
	answer: Answer,
	unconfirmedEvents: UnconfirmedEvents = 'fail',
	wait: CleverTapClient['wait'] = () => Promise.resolve(),
) {
	const sent: string[] = [];
	let requests = 0;
	const client: CleverTapClient = {
		request: ({ body }) => {
			const records = (body as { d: readonly UploadRecord[] }).d;
			requests++;
			sent.push(...records.map((record) => (record.type === 'event' ? record.evtName : 'profile')));
			return Promise.resolve(answer(records));
		},
		wait,
		random: () => 0,
	};
	const policy = { batchSize: 1000, concurrency: 1, dryRun: false, unconfirmedEvents };
	const once = new UploadOnce(store, unconfirmedEvents === 'neverTwice');
	const verdicts = await uploadAll(client, items, policy, once);
	return { sent, requests, statuses: verdicts.map(({ status }) => status), verdicts };
}

/** An attempt that n8n does not live to finish: what it sent before, and the marks it leaves behind. */
async function killedAttempt(store: MemoryMarkStore, upload: Prepared, hasSent: boolean) {
	await new UploadOnce(store, false).begin([upload.onceKey ?? '']);
	return hasSent ? upload.records.length : 0;
}

describe('Upload Once', () => {
	it('uploads a key once, however often it comes', async () => {
		const store = new MemoryMarkStore();
		expect((await attempt(store, [item('k')], success)).statuses).toEqual(['accepted']);
		for (let again = 0; again < 3; again++) {
			const { requests, verdicts } = await attempt(store, [item('k')], success);
			expect(requests).toBe(0);
			expect(verdicts).toEqual([{ status: 'skipped', reason: 'Uploaded before with the same Upload Once key' }]);
		}
	});

	it('sends what is new beside what is done', async () => {
		const store = new MemoryMarkStore();
		await attempt(store, [item('old')], success);
		const { sent, statuses } = await attempt(store, [item('new'), item('old', 1), item('newer', 2)], success);
		expect([sent, statuses]).toEqual([
			['new', 'newer'],
			['accepted', 'skipped', 'accepted'],
		]);
	});

	it('sends only the first of two items with the same key in one run, and the other follows it', async () => {
		const taken = await attempt(new MemoryMarkStore(), [item('k'), item('k', 1)], success);
		expect(taken.sent).toEqual(['k']);
		expect(taken.verdicts).toEqual([
			{ status: 'accepted' },
			{ status: 'skipped', reason: 'Another item of this run has the same Upload Once key' },
		]);
		const refused = await attempt(new MemoryMarkStore(), [item('k'), item('k', 1)], refuse(1));
		expect([refused.sent, refused.statuses]).toEqual([['k'], ['refused', 'refused']]);
	});

	it.each<[string, Answer, UnconfirmedEvents, string, string[], string]>([
		['a refusal is sent again', refuse(1), 'fail', 'refused', ['k'], 'accepted'],
		['what never left is sent again', unreachable, 'fail', 'refused', ['k'], 'accepted'],
		['what never left is sent again, even with "never twice"', unreachable, 'neverTwice', 'refused', ['k'], 'accepted'],
		['an unknown outcome is sent again', reset, 'fail', 'unknown', ['k'], 'accepted'],
		['an unknown outcome is not sent again with "never twice"', reset, 'neverTwice', 'unknown', [], 'skipped'],
	])('a later attempt: %s', async (_name, answer, policy, first, sentAgain, second) => {
		const store = new MemoryMarkStore();
		expect((await attempt(store, [item('k')], answer, policy)).statuses).toEqual([first]);
		const later = await attempt(store, [item('k')], success, policy);
		expect([later.sent, later.statuses]).toEqual([sentAgain, [second]]);
		const last = await attempt(store, [item('k')], success, policy);
		expect([last.sent, last.statuses]).toEqual([[], ['skipped']]);
	});

	it('loses nothing when n8n is killed between the mark and the upload', async () => {
		const store = new MemoryMarkStore();
		let stored = await killedAttempt(store, item('k'), false);
		stored += (await attempt(store, [item('k')], success)).sent.length;
		stored += (await attempt(store, [item('k')], success)).sent.length;
		expect(stored).toBe(1);
	});

	it('stores an event twice, rather than not at all, when n8n is killed after the upload', async () => {
		const store = new MemoryMarkStore();
		let stored = await killedAttempt(store, item('k'), true);
		stored += (await attempt(store, [item('k')], success)).sent.length;
		stored += (await attempt(store, [item('k')], success)).sent.length;
		expect(stored).toBe(2);
	});

	it('doubles nothing with "never twice" when n8n is killed between the upload and the mark', async () => {
		const store = new MemoryMarkStore();
		const stored = await killedAttempt(store, item('k'), true);
		const { sent, verdicts } = await attempt(store, [item('k')], success, 'neverTwice');
		expect(stored + sent.length).toBe(1);
		expect(verdicts).toEqual([
			{
				status: 'skipped',
				reason: 'An earlier attempt ended without an answer; with "Never Send Twice" it is not sent again',
			},
		]);
	});

	describe.each<[string, string[], string[], string]>([
		['an upload, as version 1.0.0 noted it', ['seen:k'], [], 'skipped'],
		['an upload that has just been noted', ['seen:k', 'open:k', 'done:k'], [], 'skipped'],
		['an attempt that has begun', ['seen:k', 'open:k'], ['k'], 'accepted'],
		['one that somebody has asked about', ['seen:k', 'open:k', 'done:k', 'asked:k'], ['k'], 'accepted'],
		['marks of which the oldest have gone', ['open:k', 'done:k'], ['k'], 'accepted'],
	])('%s', (_name, marks, sent, status) => {
		it(`is ${sent.length > 0 ? '' : 'not '}sent again, and is an upload afterwards`, async () => {
			const store = new MemoryMarkStore();
			marks.forEach((mark) => store.marks.add(mark));
			const first = await attempt(store, [item('k')], success);
			expect([first.sent, first.statuses]).toEqual([sent, [status]]);
			expect([...store.marks]).toEqual(['seen:k']);
			expect((await attempt(store, [item('k')], success)).sent).toEqual([]);
		});
	});

	it('sends an attempt that has begun not again with "never twice", and goes on saying so', async () => {
		const store = new MemoryMarkStore();
		await killedAttempt(store, item('k'), true);
		for (let again = 0; again < 3; again++) {
			const { sent, statuses } = await attempt(store, [item('k')], success, 'neverTwice');
			expect([sent, statuses]).toEqual([[], ['skipped']]);
		}
	});

	it('sends what is refused again, whatever was asked about it', async () => {
		const store = new MemoryMarkStore();
		await killedAttempt(store, item('k'), false);
		await attempt(store, [item('k')], refuse(1));
		expect(store.marks).toEqual(new Set());
		expect((await attempt(store, [item('k')], success, 'neverTwice')).statuses).toEqual(['accepted']);
	});

	it('sends nothing again that ends, and is tidied up, while it is asked about', async () => {
		const store = new MemoryMarkStore();
		await killedAttempt(store, item('k'), true);
		const set = store.set.bind(store);
		store.set = async (marks) => {
			const before = await set(marks);
			store.set = set;
			await store.clear(['open:k']);
			return before;
		};
		expect((await attempt(store, [item('k')], success)).statuses).toEqual(['skipped']);
		expect([...store.marks]).toEqual(['seen:k']);
	});

	it('takes two calls of the store for a first upload', async () => {
		const store = new MemoryMarkStore();
		await attempt(store, [item('k'), item('l', 1)], success);
		expect(store.calls).toBe(2);
	});

	it.each<[UnconfirmedEvents, number, number]>([
		['fail', 4, 2],
		['retry', 4, 2],
		['neverTwice', 2, 2],
	])('with "%s" asks about %i batches at a time, and sends %i', async (unconfirmedEvents, asked, sent) => {
		const store = new MemoryMarkStore();
		const most = { begun: 0, sending: 0 };
		let sending = 0;
		const client: CleverTapClient = {
			request: async ({ body }) => {
				most.sending = Math.max(most.sending, ++sending);
				most.begun = Math.max(most.begun, store.uploads);
				await turn();
				sending--;
				return success((body as { d: readonly UploadRecord[] }).d);
			},
			wait: () => Promise.resolve(),
			random: () => 0,
		};
		const policy = { batchSize: 1, concurrency: 2, dryRun: false, unconfirmedEvents };
		const items = Array.from({ length: 20 }, (_, number) => ({
			...item(String(number), number),
			user: String(number),
		}));
		const once = new UploadOnce(store, unconfirmedEvents === 'neverTwice');
		const verdicts = await uploadAll(client, items, policy, once);
		expect(verdicts.every(({ status }) => status === 'accepted')).toBe(true);
		expect(most).toEqual({ begun: asked, sending: sent });
	});

	it('says how many uploads are under way, and when they are over', async () => {
		const store = new MemoryMarkStore();
		const during: number[] = [];
		const answer: Answer = (records) => {
			during.push(store.uploads);
			return success(records);
		};
		await attempt(store, [item('k'), item('l', 1)], answer);
		await attempt(store, [item('k'), item('m', 1)], answer);
		await attempt(store, [item('n')], refuse(1));
		store.broken = true;
		await attempt(store, [item('o')], success);
		expect([during, store.uploads]).toEqual([[2, 1], 0]);
	});

	it('remembers an event that was stored though its profile was refused', async () => {
		const store = new MemoryMarkStore();
		const first = await attempt(store, [item('k', 0, true)], refuse(1));
		expect(first.verdicts).toEqual([
			expect.objectContaining({
				status: 'refused',
				code: 513,
				reason: 'The event was stored, the profile was not: No.',
			}),
		]);
		const later = await attempt(store, [item('k', 0, true)], success);
		expect([later.sent, later.statuses]).toEqual([['profile'], ['skipped']]);
	});

	it('goes on refusing an item whose profile is refused, and never sends its event again', async () => {
		const store = new MemoryMarkStore();
		await attempt(store, [item('k', 0, true)], refuse(1));
		const later = await attempt(store, [item('k', 0, true)], refuse(1));
		expect([later.sent, later.statuses]).toEqual([['profile'], ['refused']]);
	});

	it('sends what an attempt did not that was cancelled while it waited, even with "never twice"', async () => {
		const store = new MemoryMarkStore();
		const busy: Answer = () => ({ kind: 'reply', status: 429, body: '' });
		const cancelled = attempt(store, [item('k')], busy, 'neverTwice', () => Promise.reject(new Error('cancelled')));
		await expect(cancelled).rejects.toThrow('cancelled');
		expect((await attempt(store, [item('k')], success, 'neverTwice')).statuses).toEqual(['accepted']);
	});

	it('sends an event again that was refused though its profile was taken', async () => {
		const store = new MemoryMarkStore();
		const first = await attempt(store, [item('k', 0, true)], refuse(2));
		expect(first.verdicts).toEqual([
			expect.objectContaining({ status: 'refused', reason: 'The profile was updated, the event was not stored: No.' }),
		]);
		expect((await attempt(store, [item('k', 0, true)], success)).sent).toEqual(['profile', 'k']);
	});

	it('has the event’s own refusal where its profile was refused too', async () => {
		const both: Answer = () => ({
			kind: 'reply',
			status: 200,
			body: {
				status: 'fail',
				processed: 0,
				unprocessed: [515, 513].map((code, index) => ({
					code,
					error: `No ${code}. Skipped record number : ${index + 1}`,
				})),
			},
		});
		const { verdicts } = await attempt(new MemoryMarkStore(), [item('k', 0, true)], both);
		expect(verdicts).toMatchObject([{ status: 'refused', code: 513, reason: 'No 513.' }]);
	});

	it('sends nothing while the store does not answer, and says so', async () => {
		const store = new MemoryMarkStore();
		store.broken = true;
		const { sent, verdicts } = await attempt(store, [item('k')], success);
		expect(sent).toEqual([]);
		expect(verdicts).toEqual([
			expect.objectContaining({
				status: 'refused',
				reason: 'n8n’s store of uploaded keys did not keep the key',
				advice: expect.stringContaining('Nothing was sent') as string,
			}),
		]);
		store.broken = false;
		expect((await attempt(store, [item('k')], success)).sent).toEqual(['k']);
	});
});

describe('Upload Once beside another worker', () => {
	/**
	 * The store, in which another worker reads the row after one call and writes it back, with a mark of
	 * its own, after a later one.
	 */
	class SharedRow extends MemoryMarkStore {
		private stale: string[] = [];

		constructor(
			private readonly readAfter: number,
			private readonly writeAfter: number,
		) {
			super();
		}

		override async set(marks: readonly string[]) {
			const before = await super.set(marks);
			this.called();
			return before;
		}

		override async clear(marks: readonly string[]) {
			await super.clear(marks);
			if (marks.length > 0) this.called();
		}

		private called(): void {
			if (this.calls === this.readAfter) this.stale = [...this.marks];
			if (this.calls !== this.writeAfter) return;
			this.marks.clear();
			[...this.stale, 'seen:other'].forEach((mark) => this.marks.add(mark));
		}
	}

	const never = Infinity;

	describe.each<[string, Answer, UnconfirmedEvents]>([
		['an unknown outcome, with "never twice"', reset, 'neverTwice'],
		['a success, with "never twice"', success, 'neverTwice'],
	])('%s', (_name, answer, policy) => {
		it('is not sent again, whenever the other one writes, unless it held the row all the while', async () => {
			const undisturbed = new SharedRow(never, never);
			await attempt(undisturbed, [item('k')], answer, policy);
			const { calls } = undisturbed;
			expect(calls).toBeGreaterThan(2);
			for (let readAfter = 0; readAfter < calls; readAfter++) {
				for (let writeAfter = readAfter + 1; writeAfter <= calls; writeAfter++) {
					if (readAfter === 0 && writeAfter === calls) continue;
					const store = new SharedRow(readAfter, writeAfter);
					await attempt(store, [item('k')], answer, policy);
					const later = await attempt(store, [item('k')], success, policy);
					expect([readAfter, writeAfter, later.sent]).toEqual([readAfter, writeAfter, []]);
				}
			}
		});
	});

	it('has a success not sent again where the other one wrote during the upload', async () => {
		const store = new SharedRow(0, 1);
		await attempt(store, [item('k')], success);
		expect((await attempt(store, [item('k')], success)).sent).toEqual([]);
	});

	it('sends nothing with "never twice" where the marks are taken away again and again, and all the same the next time', async () => {
		const store = new MemoryMarkStore();
		const set = store.set.bind(store);
		store.set = async (marks) => {
			const before = await set(marks);
			store.marks.delete('seen:k');
			return before;
		};
		const { sent, verdicts } = await attempt(store, [item('k')], success, 'neverTwice');
		expect([sent, verdicts]).toEqual([[], [expect.objectContaining({ status: 'refused' })]]);
		store.set = set;
		expect((await attempt(store, [item('k')], success, 'neverTwice')).statuses).toEqual(['accepted']);
	});

	it('calls a success a success though the store does not answer after it, and has the log say so', async () => {
		const store = new MemoryMarkStore();
		const answer: Answer = (records) => {
			store.broken = true;
			return success(records);
		};
		expect((await attempt(store, [item('k')], answer)).statuses).toEqual(['accepted']);
		expect(store.warnings).toBe(1);
	});
});

describe.each([
	['in a run that waits until it is noted', false],
	['in a run that does not wait for that', true],
])('marks that another worker’s write has taken away, %s', (_title, isLongLived) => {
	const accepted = { status: 'accepted' } as const;
	const unknownEnd = { status: 'unknown', reason: 'No answer', advice: 'Look first.' } as const;
	const refusedEnd = { status: 'refused', reason: 'No.', advice: 'Mend it.' } as const;

	/** A store that loses what it is told so many times; every set is kept. */
	function losing(times: number, lost: (mark: string) => boolean = () => true) {
		const store = new MemoryMarkStore();
		const sets: Array<readonly string[]> = [];
		const set = store.set.bind(store);
		store.set = async (marks) => {
			sets.push(marks);
			const before = await set(marks);
			if (sets.length <= times) await store.clear(marks.filter(lost));
			return before;
		};
		return { store, marks: store.marks, sets };
	}

	const ended = async (
		store: MemoryMarkStore,
		neverTwice: boolean,
		...verdicts: Parameters<UploadOnce['end']>[0]
	): Promise<void> => {
		const { noted } = await new UploadOnce(store, neverTwice, isLongLived).end(verdicts);
		await noted;
	};

	it.each([0, 1])('are set again after an upload until they are there: lost %i times', async (times) => {
		const { store, marks, sets } = losing(times);
		await ended(store, false, ['k', accepted]);
		expect(marks).toEqual(new Set(['seen:k']));
		expect(sets).toHaveLength(times + 2);
	});

	it('are not set again after an upload where they are there', async () => {
		const { store, marks, sets } = losing(0);
		marks.add('seen:k').add('open:k');
		await ended(store, false, ['k', accepted]);
		expect([marks, sets]).toEqual([new Set(['seen:k']), [['seen:k', 'open:k', 'done:k']]]);
	});

	it('are told by those of the last key: what was set in one call is gone together', async () => {
		const all = ['j', 'k'].flatMap((key) => [`seen:${key}`, `open:${key}`]);
		const ends = ['j', 'k'].map((key) => [key, accepted] as const);
		const there = losing(0);
		all.forEach((mark) => there.marks.add(mark));
		await ended(there.store, false, ...ends);
		expect([...there.marks, ...there.sets]).toEqual(['seen:j', 'seen:k', ['seen:k', 'open:k', 'done:j', 'done:k']]);
		const gone = losing(0);
		await ended(gone.store, false, ...ends);
		expect(gone.marks).toEqual(new Set(['seen:j', 'seen:k']));
	});

	it('are set again until all of them are there, where it is unknown how it ended and it must not be sent twice', async () => {
		const { store, marks } = losing(2, (mark) => mark === 'open:k');
		await ended(store, true, ['k', unknownEnd]);
		expect(marks).toEqual(new Set(['seen:k', 'open:k']));
	});

	it('may stay away where it is unknown how it ended and it may be sent twice', async () => {
		const { store, sets } = losing(0);
		await ended(store, false, ['k', unknownEnd]);
		expect(sets).toEqual([]);
	});

	it('are given up in the end', async () => {
		const { store, sets } = losing(Infinity);
		await ended(store, false, ['k', accepted]);
		expect(sets).toHaveLength(4);
	});

	it('are not set again where the upload was refused', async () => {
		const { store, marks, sets } = losing(0);
		marks.add('seen:k').add('open:k');
		await ended(store, false, ['k', refusedEnd]);
		expect([marks, sets]).toEqual([new Set(), []]);
	});

	it('are set again before an upload only with "never twice", since that costs time', async () => {
		const often = losing(1);
		await new UploadOnce(often.store, true).begin(['k']);
		expect([often.marks, often.sets.length]).toEqual([new Set(['seen:k', 'open:k']), 3]);
		const once = losing(1);
		await new UploadOnce(once.store, false).begin(['k']);
		expect(once.sets).toHaveLength(1);
	});
});
