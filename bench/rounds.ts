/** What a piece of work took, in milliseconds. */
export interface Taken {
	/** By the clock. */
	readonly wall: number;
	/** Of the process's threads, all together. */
	readonly cpu: number;
}

export interface Rounds {
	/** Measured rounds. */
	readonly rounds: number;
	/** Rounds before them that nobody counts. */
	readonly warmUp: number;
}

/**
 * Lets all contenders run in every round, so that what the machine does meanwhile meets all of them,
 * and in another order each time, so that none always follows the same one.
 *
 * @returns what each contender gave, by name, in the order of the rounds
 */
export async function interleave<Name extends string, T>(
	contenders: Readonly<Record<Name, () => Promise<T>>>,
	{ rounds, warmUp }: Rounds,
	afterEach: (done: number, of: number) => void = () => undefined,
): Promise<Record<Name, T[]>> {
	const names = Object.keys(contenders) as Name[];
	const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
	for (let round = 0; round < warmUp + rounds; round++) {
		for (const [index] of names.entries()) {
			const name = names[(index + round) % names.length] as Name;
			const result = await contenders[name]();
			if (round >= warmUp) results[name].push(result);
		}
		afterEach(round + 1, warmUp + rounds);
	}
	return results;
}

/** The same work, measured. What earlier work has left behind is cleared away first, where node lets us. */
export function timed(work: () => unknown): () => Promise<Taken> {
	return async () => {
		globalThis.gc?.();
		const cpuBefore = process.cpuUsage();
		const before = performance.now();
		await work();
		const wall = performance.now() - before;
		const { user, system } = process.cpuUsage(cpuBefore);
		return { wall, cpu: (user + system) / 1000 };
	};
}
