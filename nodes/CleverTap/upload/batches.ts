/** Records that share one request. */
export interface Batch<T> {
	readonly entries: readonly T[];
	/** Indexes of the earlier batches that must have ended before this one starts. */
	readonly after: ReadonlySet<number>;
}

/**
 * Cuts entries, in their order, into the fewest batches of at most `size`, of which an entry takes
 * `weight`. A batch waits for an earlier one only if both hold a record of the same user, so that a
 * user's records stay in order.
 */
export function planBatches<T extends { readonly user: string }>(
	entries: readonly T[],
	size: number,
	weight: (entry: T) => number = () => 1,
): Array<Batch<T>> {
	const batches: Array<{ entries: T[]; after: Set<number> }> = [];
	const latestOf = new Map<string, number>();
	let room = 0;
	for (const entry of entries) {
		const needed = weight(entry);
		if (needed > room) {
			batches.push({ entries: [], after: new Set() });
			room = size;
		}
		room -= needed;
		const index = batches.length - 1;
		const batch = batches[index];
		batch?.entries.push(entry);
		const latest = latestOf.get(entry.user);
		if (latest !== undefined && latest !== index) batch?.after.add(latest);
		latestOf.set(entry.user, index);
	}
	return batches;
}

/**
 * Runs `run` for every batch, at most `parallel` at a time, each after those it waits for. The cost
 * beyond `run` itself grows with the number of batches and their waits, not with its square.
 *
 * @throws what `run` throws first; no batch is started after that, those under way end unobserved.
 */
export async function runBatches<T>(
	batches: ReadonlyArray<Batch<T>>,
	parallel: number,
	run: (batch: Batch<T>) => Promise<void>,
): Promise<void> {
	const waitsFor = batches.map(({ after }) => after.size);
	const followers = batches.map(() => [] as number[]);
	batches.forEach(({ after }, index) => after.forEach((earlier) => followers[earlier]?.push(index)));

	const ready = batches.flatMap((_, index) => (waitsFor[index] === 0 ? [index] : []));
	let next = 0;
	let left = batches.length;

	await new Promise<void>((resolve, reject) => {
		let running = 0;
		let hasFailed = false;
		const start = () => {
			if (left === 0) resolve();
			while (!hasFailed && running < parallel && next < ready.length) {
				const index = ready[next++] as number;
				running++;
				run(batches[index] as Batch<T>).then(() => {
					running--;
					left--;
					for (const follower of followers[index] ?? []) {
						const waits = (waitsFor[follower] ?? 0) - 1;
						waitsFor[follower] = waits;
						if (waits === 0) ready.push(follower);
					}
					start();
				}, (error: Error) => {
					hasFailed = true;
					reject(error);
				});
			}
		};
		start();
	});
}
