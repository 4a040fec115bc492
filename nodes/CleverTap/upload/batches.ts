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
	readonly entries: readonly T[];
	/** How many earlier batches must end before this one starts. */
	waits: number;
	/** Later batches that wait for this one. */
	readonly followers: Array<Planned<T>>;
}

/**
 * Runs `run` for every batch, at most `parallel` at a time. A batch waits for an earlier one only if
 * both hold an entry of the same user, so that a user's entries stay in order. Batches are asked for
 * as they can start. The cost beyond `run` itself grows with the number of entries and waits, not
 * with its square.
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
	/** The latest batch of each user, as long as it has not ended. */
	const latestOf = new Map<string, Planned<T>>();
	const ready: Array<Planned<T>> = [];

	function plan(entries: readonly T[]): Planned<T> {
		const batch: Planned<T> = { entries, waits: 0, followers: [] };
		const earlier = new Set<Planned<T>>();
		for (const { user } of entries) {
			const latest = latestOf.get(user);
			if (latest && latest !== batch) earlier.add(latest);
			latestOf.set(user, batch);
		}
		for (const { followers } of earlier) followers.push(batch);
		batch.waits = earlier.size;
		return batch;
	}

	/** A batch that waits for nothing. */
	function next(): Planned<T> | undefined {
		if (ready.length > 0) return ready.shift();
		for (let step = source.next(); !step.done; step = source.next()) {
			const batch = plan(step.value);
			if (batch.waits === 0) return batch;
		}
		return undefined;
	}

	function end(batch: Planned<T>): void {
		for (const { user } of batch.entries) {
			if (latestOf.get(user) === batch) latestOf.delete(user);
		}
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
		start();
	});
}
