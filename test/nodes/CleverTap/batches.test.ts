import fc from 'fast-check';

import { planBatches, runBatches } from '../../../nodes/CleverTap/upload/batches';

const users = (...names: string[]) => names.map((user, number) => ({ user, number }));

describe('planBatches', () => {
	it('makes a batch wait only for the latest earlier one with a user of its own', () => {
		const batches = planBatches(users('a', 'b', 'c', 'a', 'd', 'e', 'a', 'c'), 2);
		expect(batches.map(({ entries }) => entries.length)).toEqual([2, 2, 2, 2]);
		expect(batches.map(({ after }) => [...after])).toEqual([[], [0], [], [1]]);
	});

	it('plans nothing for nothing', () => {
		expect(planBatches([], 10)).toEqual([]);
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
				const done = runBatches(planBatches(records, size), parallel, async (batch) => {
					most = Math.max(most, ++running);
					await scheduler.schedule(Promise.resolve());
					sent.push(...batch.entries);
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
		const done = runBatches(planBatches(users('a', 'b', 'c', 'a'), 1), 2, async ({ entries }) => {
			const number = entries[0]?.number ?? -1;
			if (number === 0) await slow;
			ends.push(number);
			if (number === 2) release();
		});
		await done;
		expect(ends).toEqual([1, 2, 0, 3]);
	});

	it('starts nothing after a failure', async () => {
		const started: number[] = [];
		let release = () => undefined as void;
		const slow = new Promise<void>((resolve) => (release = resolve));
		const failing = runBatches(planBatches(users('a', 'b', 'c', 'd'), 1), 2, async ({ entries }) => {
			started.push(entries[0]?.number ?? -1);
			if (started.length === 1) throw new Error('stop');
			await slow;
		});
		await expect(failing).rejects.toThrow('stop');
		release();
		await slow;
		expect(started).toEqual([0, 1]);
	});

	it('passes a failure on', async () => {
		const failing = runBatches(planBatches(users('a'), 1), 1, () => Promise.reject(new Error('stop')));
		await expect(failing).rejects.toThrow('stop');
	});
});
