/**
 * Cuts entries, in their order, into the fewest batches of at most `size`, of which an entry takes
 * `weight`. An entry is taken from its source only when its batch is asked for, so that what entries
 * hold need not be in memory all at once.
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

interface Planned<T> {
	/** Nothing once it has ended: what has grown old keeps what it refers to in memory, needed or not. */
	entries: readonly T[];
	readonly users: Set<string>;
	/** How many earlier batches must end before this one starts. */
	waits: number;
	/** Later batches that wait for this one. */
	readonly followers: Array<Planned<T>>;
}

/** How many batches may be there beyond those that can run at a time before no more of them are asked for. */
const MOST_WAITING = 100;

/**
 * Runs `run` for every batch, at most `parallel` at a time. A batch waits for an earlier one only if
 * both hold an entry of the same user, so that a user's entries stay in order. Batches are asked for
 * as they can start, or to find one that can, within limits: however many entries there are, few of
 * them are in memory at a time.
 *
 * @throws what `run`, or the source of the batches, throws first; no batch is started after that,
 * those under way end unobserved.
 */
export async function runBatches<T extends { readonly user: string }>(
	batches: Iterable<readonly T[]>,
	parallel: number,
	run: (entries: readonly T[]) => Promise<void>,
): Promise<void> {
	const source = batches[Symbol.iterator]();
	/** What has not ended, the latest first. */
	const open: Array<Planned<T>> = [];
	const ready: Array<Planned<T>> = [];

	function plan(entries: readonly T[]): Planned<T> {
		const users = new Set(entries.map(({ user }) => user));
		const batch: Planned<T> = { entries, users, waits: 0, followers: [] };
		const earlier = new Set<Planned<T>>();
		for (const user of users) {
			const latest = open.find((other) => other.users.has(user));
			if (latest) earlier.add(latest);
		}
		for (const { followers } of earlier) followers.push(batch);
		batch.waits = earlier.size;
		open.unshift(batch);
		return batch;
	}

	/** A batch that waits for nothing. */
	function next(): Planned<T> | undefined {
		if (ready.length > 0) return ready.shift();
		while (open.length < parallel + MOST_WAITING) {
			const step = source.next();
			if (step.done) return undefined;
			const batch = plan(step.value);
			if (batch.waits === 0) return batch;
		}
		return undefined;
	}

	function end(batch: Planned<T>): void {
		open.splice(open.indexOf(batch), 1);
		batch.entries = [];
		batch.users.clear();
		for (const follower of batch.followers) {
			follower.waits--;
			if (follower.waits === 0) ready.push(follower);
		}
	}

	await new Promise<void>((resolve, reject) => {
		let running = 0;
		let hasFailed = false;
		const fail = (error: Error): void => {
			hasFailed = true;
			reject(error);
		};
		const start = (): void => {
			while (!hasFailed && running < parallel) {
				const batch = next();
				if (batch === undefined) break;
				running++;
				run(batch.entries)
					.then(() => {
						running--;
						end(batch);
						start();
					})
					.catch(fail);
			}
			if (running === 0) resolve();
		};
		try {
			start();
		} catch (error) {
			fail(error as Error);
		}
	});
}
