import type { IExecuteFunctions } from 'n8n-workflow';

import { type Caller, nodeMarkStore, SharedMarks } from '../../../../nodes/CleverTap/upload/sharedMarks';
import { turn } from '../../../support/turn';

/** A row whose calls wait until they are let through, and fail where they are told to. */
class SlowRow {
	readonly marks = new Set<string>();
	readonly calls: Array<readonly [what: 'set' | 'clear', ...marks: readonly string[]]> = [];
	readonly rooms: number[] = [];
	private readonly waiting: Array<(error?: Error) => void> = [];

	async set(marks: readonly string[], room: number): Promise<readonly string[]> {
		this.calls.push(['set', ...marks]);
		this.rooms.push(room);
		await this.turn();
		const before = marks.filter((mark) => this.marks.has(mark));
		marks.forEach((mark) => this.marks.add(mark));
		return before;
	}

	async clear(marks: readonly string[]): Promise<void> {
		this.calls.push(['clear', ...marks]);
		await this.turn();
		marks.forEach((mark) => this.marks.delete(mark));
	}

	/** Lets the call that is under way end; there is one at most. */
	async next(error?: Error): Promise<void> {
		await turn();
		expect(this.waiting.length).toBeLessThan(2);
		this.waiting.shift()?.(error);
		await turn();
	}

	/** Lets all calls end, those that follow them as well. */
	async rest(): Promise<void> {
		await turn();
		while (this.waiting.length > 0) await this.next();
	}

	private async turn(): Promise<void> {
		await new Promise<void>((done, failed) => {
			this.waiting.push((error) => (error ? failed(error) : done()));
		});
	}
}

function shared(worthACall = 4) {
	const row = new SlowRow();
	const marks = new SharedMarks({ worthACall, quiet: 0, wait: async () => {} });
	const caller: Caller = { row, remembered: 100 };
	return { row, marks, caller };
}

describe('marks that executions of one process share', () => {
	it('are set in one call where they begin at the same moment', async () => {
		const { row, marks, caller } = shared();
		const all = Promise.all([marks.set(caller, ['a']), marks.set(caller, ['b', 'c']), marks.set(caller, ['d'])]);
		await row.rest();
		expect(await all).toEqual([new Set(), new Set(), new Set()]);
		expect(row.calls).toEqual([['set', 'a', 'b', 'c', 'd']]);
	});

	it('are set in the next call where one is under way, whoever waits', async () => {
		const { row, marks, caller } = shared();
		const first = marks.set(caller, ['a']);
		await turn();
		const others = [marks.set(caller, ['b']), marks.clear(caller, ['a']), marks.set(caller, ['c'])];
		await row.rest();
		await Promise.all([first, ...others]);
		expect(row.calls).toEqual([
			['set', 'a'],
			['clear', 'a'],
			['set', 'b', 'c'],
		]);
	});

	it('are told to each as if it had been its turn after those before it', async () => {
		const { row, marks, caller } = shared();
		row.marks.add('old');
		const all = Promise.all([
			marks.set(caller, ['old', 'new']),
			marks.set(caller, ['new', 'newer']),
			marks.set(caller, ['other']),
		]);
		await row.rest();
		expect(await all).toEqual([new Set(['old']), new Set(['new']), new Set()]);
	});

	it('are not told to somebody whose own they are not', async () => {
		const { row, marks, caller } = shared();
		row.marks.add('old');
		const all = Promise.all([marks.set(caller, ['old']), marks.set(caller, ['mine'])]);
		await row.rest();
		expect((await all)[1]).toEqual(new Set());
	});

	it('are asked for anew each time: another worker may have taken them away', async () => {
		const { row, marks, caller } = shared();
		const first = marks.set(caller, ['a']);
		await row.rest();
		await first;
		row.marks.clear();
		const second = marks.set(caller, ['a']);
		await row.rest();
		expect(await second).toEqual(new Set());
	});

	it('are set once more where a call fails, and for nobody where it fails again; the next call goes on', async () => {
		const { row, marks, caller } = shared();
		const all = Promise.allSettled([marks.set(caller, ['a']), marks.set(caller, ['b'])]);
		await row.next(new Error('two workers at once'));
		await row.next(new Error('no database'));
		expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		const later = marks.set(caller, ['a']);
		await row.next(new Error('two workers at once'));
		await row.rest();
		expect(await later).toEqual(new Set());
		expect(row.calls).toHaveLength(4);
	});

	describe('by the clock', () => {
		let now = 0;
		beforeEach(() => {
			now = 10_000;
			jest.spyOn(performance, 'now').mockImplementation(() => now);
		});
		afterEach(() => jest.restoreAllMocks());

		/** Marks that wait until they are told that the time is over; what they wait for is kept. */
		function paced(remembered = 100) {
			const row = new SlowRow();
			const pauses: number[] = [];
			const ends: Array<() => void> = [];
			const wait = async (ms: number) => {
				pauses.push(ms);
				await new Promise<void>((end) => ends.push(end));
			};
			const marks = new SharedMarks({ worthACall: 4, quiet: 1000, wait });
			const caller = { row, remembered };
			const goOn = async () => {
				await turn();
				ends.splice(0).forEach((end) => end());
				await turn();
			};
			/** A call of so many uploads that takes so many milliseconds; all of them are under way after it. */
			const call = async (uploads: number, took: number) => {
				marks.underWay(uploads);
				const calls = Array.from({ length: uploads }, () => marks.set(caller, ['first']));
				await turn();
				now += took;
				await row.next();
				await Promise.all(calls);
				expect([row.calls, pauses]).toEqual([[['set', 'first']], []]);
			};
			return { row, pauses, marks, caller, goOn, call };
		}
		const numbers = (length: number) => Array.from({ length }, (_, number) => String(number));

		it('leave n8n alone four times as long as it took to discard some, before others are discarded', async () => {
			const { row, pauses, marks, caller, goOn } = paced(1000);
			marks.discard(caller, numbers(450));
			await turn();
			now += 20;
			await row.rest();
			marks.discard(caller, []);
			await row.rest();
			expect([row.calls.length, pauses]).toEqual([1, [80]]);
			const set = marks.set(caller, ['x']);
			await row.rest();
			expect(await set).toEqual(new Set());
			for (let rest = 0; rest < 3; rest++) {
				now += 1000;
				await goOn();
				await row.rest();
			}
			expect(row.calls.map(([what, ...some]) => [what, some.length])).toEqual([
				['clear', 200],
				['set', 1],
				['clear', 200],
				['clear', 50],
			]);
		});

		it('are discarded when there are very many, or in a quiet moment', async () => {
			const { row, pauses, marks, caller, goOn } = paced();
			for (const mark of ['a', 'b']) {
				const set = marks.set(caller, [mark]);
				await row.rest();
				await set;
				marks.discard(caller, [`${mark}1`, `${mark}2`]);
				await row.rest();
			}
			expect([row.calls, pauses]).toEqual([
				[
					['set', 'a'],
					['set', 'b'],
				],
				[1000],
			]);
			now += 999;
			await goOn();
			await row.rest();
			expect([row.calls.length, pauses]).toEqual([2, [1000, 1000]]);
			now += 1;
			await goOn();
			await row.rest();
			expect(row.calls.slice(2)).toEqual([['clear', 'a1', 'a2', 'b1', 'b2']]);
		});

		it.each([
			['as long as the last call took, for each of three under way', 3, 10, 0, [30]],
			['longer with more', 8, 10, 0, [80]],
			['as long, though some time has gone', 3, 10, 500, [30]],
			['not longer than a person would notice', 20, 400, 0, [100]],
			['not at all where nobody has asked anything for a second', 3, 10, 1000, []],
		])('wait %s, so that more go together', async (_name, uploads, took, later, expected) => {
			const { row, pauses, marks, caller, goOn, call } = paced();
			await call(uploads, took);
			marks.underWay(2 - uploads);
			now += later;
			const others = [marks.set(caller, ['b']), marks.set(caller, ['c'])];
			await turn();
			expect(pauses).toEqual(expected);
			await goOn();
			await row.rest();
			await Promise.all(others);
			expect(row.calls.at(-1)).toEqual(['set', 'b', 'c']);
		});

		it('do not wait for anybody where one comes after the other', async () => {
			const { row, pauses, marks, caller, call } = paced();
			await call(1, 10);
			marks.underWay(-1);
			marks.underWay(1);
			const next = marks.set(caller, ['b']);
			await row.rest();
			expect([await next, pauses]).toEqual([new Set(), []]);
		});

		it('end a pause once as many wait as were under way, and no sooner because some have ended', async () => {
			const { row, pauses, marks, caller, call } = paced();
			await call(3, 10);
			const noted = [marks.note(caller, ['a1'], 1), marks.note(caller, ['a2'], 1), marks.note(caller, ['a3'], 1)];
			marks.underWay(3);
			const next = [marks.set(caller, ['b']), marks.set(caller, ['c'])];
			await turn();
			expect([row.calls.length, pauses]).toEqual([1, [30]]);
			next.push(marks.set(caller, ['d']));
			await row.rest();
			await Promise.all([...noted, ...next]);
			expect(row.calls.at(-1)).toEqual(['set', 'a1', 'a2', 'a3', 'b', 'c', 'd']);
		});

		it('wait for some time for others to go with where nobody waits for them, and then go alone', async () => {
			const { row, pauses, marks, caller, goOn } = paced();
			marks.underWay(2);
			const noted = [marks.note(caller, ['a'], 1), marks.note(caller, ['b'], 1)];
			await row.rest();
			expect([row.calls, pauses]).toEqual([[], [250]]);
			await goOn();
			await row.rest();
			expect([await Promise.all(noted), row.calls]).toEqual([[new Set(), new Set()], [['set', 'a', 'b']]]);
		});
	});

	it('of an upload that has ended are set before those of one that begins now', async () => {
		const { row, marks, caller } = shared();
		const begun = marks.set(caller, ['k']);
		const noted = marks.note(caller, ['k', 'done'], 1);
		await row.rest();
		expect([await noted, await begun]).toEqual([new Set(), new Set(['k'])]);
		expect(row.calls).toEqual([['set', 'k', 'done']]);
	});

	it('of an upload that has ended are for nobody where the call fails again, and the upload is over all the same', async () => {
		const { row, marks, caller } = shared();
		marks.underWay(1);
		const noted = marks.note(caller, ['a'], 1);
		const refused = expect(noted).rejects.toThrow('no database');
		await row.next(new Error('two workers at once'));
		await row.next(new Error('no database'));
		await refused;
		const set = marks.set(caller, ['b']);
		await row.rest();
		await set;
		expect(row.rooms).toEqual([113, 113, 110]);
	});

	it('do not wait in a large run', async () => {
		const row = new SlowRow();
		const wait = async () => await Promise.reject(new Error('waited'));
		const marks = new SharedMarks({ worthACall: 4, quiet: 1000, wait });
		marks.underWay(200);
		for (const mark of ['a', 'b']) {
			const set = marks.set({ row, remembered: 100 }, [mark]);
			await row.rest();
			await set;
		}
		expect(row.calls).toHaveLength(2);
	});
});

describe('marks that are discarded', () => {
	it('go together, in a call for which nobody waits', async () => {
		const { row, marks, caller } = shared();
		marks.discard(caller, ['a', 'b']);
		await row.rest();
		expect(row.calls).toEqual([]);
		marks.discard(caller, ['c', 'd']);
		await row.rest();
		expect(row.calls).toEqual([['clear', 'a', 'b', 'c', 'd']]);
	});

	it('let those go first who wait, unless there are very many', async () => {
		const row = new SlowRow();
		const never = async () => await new Promise<void>(() => undefined);
		const marks = new SharedMarks({ worthACall: 4, quiet: 60_000, wait: never });
		const caller = { row, remembered: 100 };
		const first = marks.set(caller, ['x']);
		await turn();
		const many = Array.from({ length: 200 }, (_, number) => `many${number}`);
		marks.discard(caller, many.slice(0, 199));
		const second = marks.set(caller, ['y']);
		await row.next();
		await first;
		marks.discard(caller, many.slice(199));
		const third = marks.set(caller, ['z']);
		await row.rest();
		await Promise.all([second, third]);
		expect(row.calls).toEqual([
			['set', 'x'],
			['set', 'y'],
			['clear', ...many],
			['set', 'z'],
		]);
	});

	it('wait for the end of a large run, go 200 at a time, and at most those that the row still has', async () => {
		const { row, marks, caller } = shared();
		marks.underWay(1000);
		marks.discard(
			caller,
			Array.from({ length: 350 }, (_, number) => String(number)),
		);
		await row.rest();
		expect(row.calls).toEqual([]);
		marks.underWay(-1000);
		marks.discard(caller, []);
		await row.rest();
		expect(row.calls).toEqual([['clear', ...Array.from({ length: 200 }, (_, number) => String(number + 150))]]);
	});

	it('have room as long as they are there, and so have those of what is under way', async () => {
		const { row, marks, caller } = shared(1000);
		const set = async (mark: string, remembered: number) => {
			const done = marks.set({ ...caller, remembered }, [mark]);
			await row.rest();
			await done;
		};
		await set('a', 100);
		marks.underWay(2);
		await set('b', 100);
		marks.discard(caller, ['x', 'y']);
		await set('c', 100);
		marks.underWay(-2);
		await set('d', 10);
		expect(row.rooms).toEqual([110, 116, 118, 13]);
	});

	it('may stay where the row fails', async () => {
		const { row, marks, caller } = shared();
		marks.discard(caller, ['a', 'b', 'c', 'd']);
		await row.next(new Error('no database'));
		const set = marks.set(caller, ['x']);
		await row.rest();
		expect(await set).toEqual(new Set());
	});
});

describe('the marks in n8n’s own store', () => {
	let node = 0;

	/** n8n's deduplication, of which every call is kept; `trouble` is thrown by one call after the other. */
	function deduplication(...trouble: Error[]) {
		const marks = new Set<string>();
		const calls: unknown[][] = [];
		const warnings: string[] = [];
		const call = async <T>(name: string, given: unknown[], work: () => T): Promise<T> => {
			calls.push([name, ...given]);
			await Promise.resolve();
			const error = trouble.shift();
			if (error) throw error;
			return work();
		};
		const context = {
			helpers: {
				checkProcessedAndRecord: (items: string[], ...rest: unknown[]) =>
					call('set', [items, ...rest], () => {
						const processed = items.filter((item) => marks.has(item));
						items.forEach((item) => marks.add(item));
						return { new: items.filter((item) => !processed.includes(item)), processed };
					}),
				removeProcessed: (items: string[], ...rest: unknown[]) =>
					call('clear', [items, ...rest], () => items.forEach((item) => marks.delete(item))),
			},
			logger: { warn: (text: string) => warnings.push(text) },
			getWorkflow: () => ({ id: 'workflow' }),
			getNode: () => ({ id: `node ${node}` }),
		};
		node++;
		const execution = (remembered = 10_000) => nodeMarkStore(context as unknown as IExecuteFunctions, remembered);
		return { store: execution(), execution, marks, calls, warnings };
	}

	it('are the node’s own, and there is room for as many uploads as are to be remembered, and some more', async () => {
		const { store, calls } = deduplication();
		await store.set(['a', 'b']);
		await store.clear(['a']);
		expect(calls).toEqual([
			['set', ['a', 'b'], 'node', { mode: 'entries', maxEntries: 11_000 }],
			['clear', ['a'], 'node', { mode: 'entries' }],
		]);
	});

	it('tells which were there before', async () => {
		const { store } = deduplication();
		expect(await store.set(['a', 'b'])).toEqual(new Set());
		await store.clear(['a']);
		expect(await store.set(['a', 'b', 'c'])).toEqual(new Set(['b']));
	});

	it('are not touched to clear nothing', async () => {
		const { store, calls } = deduplication();
		await store.clear([]);
		expect(calls).toEqual([]);
	});

	it('are shared by the executions of one node, of which the one with the largest memory counts', async () => {
		const { execution, calls } = deduplication();
		await Promise.all([execution(10).set(['a']), execution(1000).set(['b']), execution(100).set(['c'])]);
		expect(calls).toEqual([['set', ['a', 'b', 'c'], 'node', { mode: 'entries', maxEntries: 1100 }]]);
	});

	it('are not shared by two nodes', async () => {
		const [one, other] = [deduplication(), deduplication()];
		await Promise.all([one.store.set(['a']), other.store.set(['a'])]);
		expect([one.calls.length, other.calls.length, other.marks]).toEqual([1, 1, new Set(['a'])]);
	});

	it('fail to be set where the second attempt fails too, and go on working afterwards', async () => {
		const { store } = deduplication(new Error('first'), new Error('second'));
		await expect(store.set(['a'])).rejects.toThrow('second');
		expect(await store.set(['a'])).toEqual(new Set());
	});

	it('never fail to be cleared: the log says what may happen', async () => {
		const { store, warnings } = deduplication(new Error('first'), new Error('second'));
		await store.clear(['a', 'b']);
		expect(warnings).toEqual([expect.stringContaining('may be sent again')]);
	});

	it('are discarded when there is time', async () => {
		const { store, marks, calls } = deduplication();
		const many = Array.from({ length: 20 }, (_, number) => `open:${number}`);
		await store.set(many);
		store.discard(many);
		while (marks.size > 0) await turn();
		expect(calls.at(-1)).toEqual(['clear', many, 'node', { mode: 'entries' }]);
	});
});
