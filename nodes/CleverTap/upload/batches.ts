/** Records that share one request. */
export interface Batch<T> {
	readonly entries: readonly T[];
	/** Indexes of the earlier batches that must have ended before this one starts. */
	readonly after: ReadonlySet<number>;
}

/**
 * Cuts entries, in their order, into the fewest batches of at most `size`. A batch waits for an
 * earlier one only if both hold a record of the same user, so that a user's records stay in order.
 */
export function planBatches<T extends { readonly user: string }>(
	entries: readonly T[],
	size: number,
): Array<Batch<T>> {
	const batches: Array<Batch<T>> = [];
	const latestOf = new Map<string, number>();
	for (let start = 0; start < entries.length; start += size) {
		const index = batches.length;
		const part = entries.slice(start, start + size);
		const after = new Set<number>();
		for (const { user } of part) {
			const latest = latestOf.get(user);
			if (latest !== undefined && latest !== index) after.add(latest);
			latestOf.set(user, index);
		}
		batches.push({ entries: part, after });
	}
	return batches;
}

/**
 * Runs `run` for every batch, at most `parallel` at a time, each after those it waits for. The cost
 * beyond `run` itself grows with the number of batches and their waits, not with its square.
 *
 * @throws what `run` throws first; batches that have started by then run to their end unobserved.
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
		const start = () => {
			if (left === 0) resolve();
			while (running < parallel && next < ready.length) {
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
				}, reject);
			}
		};
		start();
	});
}
