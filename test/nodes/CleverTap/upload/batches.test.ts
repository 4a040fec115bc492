import fc from 'fast-check';

import { atMost, cutBatches, runBatches } from '../../../../nodes/CleverTap/upload/batches';
import { turn } from '../../../support/turn';

const users = (...names: string[]) => names.map((user, number) => ({ user, number }));

describe('cutBatches', () => {
	it('cuts into the fewest batches of a size, in order', () => {
		expect([...cutBatches([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]]);
	});

	it('minds what an entry takes; one that takes more than there is goes alone', () => {
		const batches = [...cutBatches([1, 2, 3, 1, 1, 9, 1], 3, (entry) => entry)];
		expect(batches).toEqual([[1, 2], [3], [1, 1], [9], [1]]);
		expect([...cutBatches([9, 1], 3, (entry) => entry)]).toEqual([[9], [1]]);
	});

	it('cuts nothing into nothing', () => {
		expect([...cutBatches([], 10)]).toEqual([]);
	});

	it('takes an entry only when its batch is asked for', () => {
		const taken: number[] = [];
		function* source() {
			for (let number = 0; number < 10; number++) {
				taken.push(number);
				yield number;
			}
		}
		const batches = cutBatches(source(), 3);
		expect(taken).toEqual([]);
		batches.next();
		// The first entry of the next batch tells that this one is full.
		expect(taken).toEqual([0, 1, 2, 3]);
	});
});

describe('runBatches', () => {
	const stories = fc.record({
		entries: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 60 }),
		size: fc.integer({ min: 1, max: 7 }),
		parallel: fc.integer({ min: 1, max: 5 }),
	});

	it('sends everything once, each user in order, never more than allowed at a time', async () => {
		await fc.assert(
			fc.asyncProperty(stories, fc.scheduler(), async ({ entries, size, parallel }, scheduler) => {
				const records = users(...entries);
				const sent: typeof records = [];
				let running = 0;
				let most = 0;
				const done = runBatches(cutBatches(records, size), parallel, async (entries) => {
					most = Math.max(most, ++running);
					await scheduler.schedule(Promise.resolve());
					sent.push(...entries);
					running--;
				});
				await scheduler.waitFor(done);

				expect(most).toBeLessThanOrEqual(parallel);
				expect([...sent].sort((x, y) => x.number - y.number)).toEqual(records);
				for (const user of new Set(entries)) {
					const order = sent.filter((record) => record.user === user).map(({ number }) => number);
					expect(order).toEqual([...order].sort((x, y) => x - y));
				}
			}),
		);
	});

	it('lets batches of different users overtake a slow one', async () => {
		const ends: number[] = [];
		let release = () => undefined as void;
		const slow = new Promise<void>((resolve) => (release = resolve));
		const done = runBatches(cutBatches(users('a', 'b', 'c', 'a'), 1), 2, async (entries) => {
			const number = entries[0]?.number ?? -1;
			if (number === 0) await slow;
			ends.push(number);
			if (number === 2) release();
		});
		await done;
		expect(ends).toEqual([1, 2, 0, 3]);
	});

	it('starts nothing after a failure, and fails when what is under way has ended', async () => {
		const started: number[] = [];
		const ended: number[] = [];
		let release = () => undefined as void;
		const slow = new Promise<void>((resolve) => (release = resolve));
		const failing = runBatches(cutBatches(users('a', 'b', 'c', 'd'), 1), 2, async (entries) => {
			const number = entries[0]?.number ?? -1;
			started.push(number);
			if (number === 0) throw new Error('stop');
			await slow;
			ended.push(number);
		});
		const failed = expect(failing.finally(() => ended.push(-1))).rejects.toThrow('stop');
		await turn();
		expect(ended).toEqual([]);
		release();
		await failed;
		expect([started, ended]).toEqual([
			[0, 1],
			[1, -1],
		]);
	});

	it('makes a batch wait for what is running with a user of its own, and those behind it too', async () => {
		const started: number[] = [];
		const ends = new Map<number, () => void>();
		const done = runBatches(cutBatches(users('a', 'b', 'c', 'a', 'd', 'e', 'a', 'c'), 2), 9, async ([first]) => {
			const number = first?.number ?? -1;
			started.push(number);
			await new Promise<void>((resolve) => ends.set(number, resolve));
		});
		await turn();
		expect(started).toEqual([0]);
		ends.get(0)?.();
		while (started.length < 3) await turn();
		expect(started).toEqual([0, 2, 4]);
		ends.get(4)?.();
		await turn();
		expect(started).toEqual([0, 2, 4]);
		ends.get(2)?.();
		while (started.length < 4) await turn();
		expect(started).toEqual([0, 2, 4, 6]);
		ends.get(6)?.();
		await done;
	});

	it('asks for a batch only when it can start', async () => {
		const asked: number[] = [];
		function* source() {
			for (let number = 0; number < 5; number++) {
				asked.push(number);
				yield [{ user: String(number) }];
			}
		}
		const ends: Array<() => void> = [];
		const done = runBatches(source(), 2, async () => await new Promise<void>((resolve) => ends.push(resolve)));
		for (const running of [2, 3, 4, 5]) {
			while (ends.length < running) await turn();
			expect(asked).toHaveLength(running);
			ends[running - 2]?.();
		}
		ends[4]?.();
		await done;
	});

	it('asks for no more than one batch that has to wait', async () => {
		let asked = 0;
		let started = 0;
		let furthest = 0;
		function* source() {
			while (asked < 500) {
				furthest = Math.max(furthest, ++asked - started);
				yield [{ user: 'the same' }];
			}
		}
		await runBatches(source(), 3, async () => {
			started++;
			await turn();
		});
		expect(started).toBe(500);
		expect(furthest).toBe(1);
	});

	it('fails with its source, and starts nothing more', async () => {
		function* source() {
			yield users('a');
			throw new Error('no more');
		}
		let runs = 0;
		const failing = runBatches(source(), 2, () => Promise.resolve(void runs++));
		await expect(failing).rejects.toThrow('no more');
		// The first batch has ended, and whatever follows from that has happened.
		await turn();
		expect(runs).toBe(1);
	});

	it('passes a failure on', async () => {
		const failing = runBatches(cutBatches(users('a'), 1), 1, () => Promise.reject(new Error('stop')));
		await expect(failing).rejects.toThrow('stop');
	});
});

describe('atMost', () => {
	/** Work that waits until it is told to end. */
	function piece(started: string[], name: string) {
		let end: (error?: Error) => void = () => {};
		const work = async () => {
			started.push(name);
			await new Promise<void>((done, failed) => (end = (error) => (error ? failed(error) : done())));
			return name;
		};
		return { work, end: (error?: Error) => end(error) };
	}

	it('has so many pieces of work under way, and the others wait for their turn', async () => {
		const started: string[] = [];
		const inTurn = atMost(2);
		const pieces = ['a', 'b', 'c', 'd'].map((name) => piece(started, name));
		const all = Promise.allSettled(pieces.map(async ({ work }) => await inTurn(work)));
		await turn();
		expect(started).toEqual(['a', 'b']);
		pieces[1]?.end(new Error('failed'));
		await turn();
		expect(started).toEqual(['a', 'b', 'c']);
		pieces[0]?.end();
		pieces[2]?.end();
		await turn();
		pieces[3]?.end();
		expect((await all).map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
			'a',
			'failed',
			'c',
			'd',
		]);
	});

	it('has as many under way again when all have ended', async () => {
		const inTurn = atMost(1);
		for (const name of ['a', 'b']) {
			const started: string[] = [];
			const { work, end } = piece(started, name);
			const done = inTurn(work);
			await turn();
			expect(started).toEqual([name]);
			end();
			await done;
		}
	});
});
