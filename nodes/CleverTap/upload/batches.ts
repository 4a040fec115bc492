/**
 * Cuts entries, in their order, into the fewest batches of at most `size`, of which an entry takes
 * `weight`. An entry is taken from its source only when its batch is asked for, so that what entries
 * hold need not be in memory all at once.
 *
 *     [1, 2, 3, 4, 5], 2 → [1, 2], [3, 4], [5]
 */
export function* cutBatches<T>(
	entries: Iterable<T>,
	size: number,
	weight: (entry: T) => number = () => 1,
): Generator<readonly T[]> {
	let batch: T[] = [];
	let room = size;
	for (const entry of entries) {
		const needed = weight(entry);
		if (needed > room && batch.length > 0) {
			yield batch;
			batch = [];
			room = size;
		}
		batch.push(entry);
		room -= needed;
	}
	if (batch.length > 0) yield batch;
}

/**
 * Runs `run` for every batch, in order, at most `parallel` at a time. A batch starts only when none is
 * running that holds an entry of one of its users, so that a user's entries stay in order. It is asked
 * for only when there is room for it: however many entries there are, few of them are in memory at a time.
 *
 * @throws what `run`, or the source of the batches, throws first, once those under way have ended: n8n may
 * start the node anew, which must know what was stored. No batch is started after that.
 */
export async function runBatches<T extends { readonly user: string }>(
	batches: Iterable<readonly T[]>,
	parallel: number,
	run: (entries: readonly T[]) => Promise<void>,
): Promise<void> {
	/** What has not ended, and whose entries it holds. */
	const running = new Map<Promise<void>, ReadonlySet<string>>();
	try {
		for (const entries of batches) {
			const users = new Set(entries.map(({ user }) => user));
			for (const [task, others] of running) {
				if (entries.some(({ user }) => others.has(user))) await task;
			}
			const task = run(entries).then(() => {
				running.delete(task);
			});
			// Its failure is passed on below, whichever it is waited for first.
			task.catch(() => undefined);
			running.set(task, users);
			if (running.size >= parallel) await Promise.race(running.keys());
		}
		await Promise.all(running.keys());
	} finally {
		await Promise.allSettled(running.keys());
	}
}

/** Has at most so many pieces of work under way at a time; the others wait for their turn. */
export function atMost(parallel: number): <T>(work: () => Promise<T>) => Promise<T> {
	const waiting: Array<() => void> = [];
	let free = parallel;
	return async (work) => {
		if (free > 0) free--;
		else await new Promise<void>((goOn) => waiting.push(goOn));
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else free++;
		}
	};
}
