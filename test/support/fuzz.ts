import fc from 'fast-check';

/** What the environment says; jest.config.js hands it on. */
declare const FUZZ: { readonly FUZZ_RUNS?: string; readonly FUZZ_SEED?: string };

/** With a number that is none nothing would be tried, and everything would pass. */
function wholeNumber(name: 'FUZZ_RUNS' | 'FUZZ_SEED', usual: number): number {
	const number = Number(FUZZ[name] ?? usual);
	if (Number.isInteger(number) && number >= 1) return number;
	throw new Error(`${name} is no whole number from 1`);
}

/** How often something random is tried: as often as it is worth in every run of the tests, or FUZZ_RUNS times. */
function runsInsteadOf(usual: number): number {
	return wholeNumber('FUZZ_RUNS', usual);
}

/** For `fc.assert`: all random tests share FUZZ_RUNS, and FUZZ_SEED, with which a failure comes again. */
export function seeded(usual: number): { seed: number; numRuns: number } {
	return { seed: wholeNumber('FUZZ_SEED', 20260209), numRuns: runsInsteadOf(usual) };
}

/** For jest: room enough for long runs on a slow machine. */
export function timeoutMs(usual: number): number {
	return 60_000 + runsInsteadOf(usual) * 200;
}

const prototypes = [Object.prototype, Array.prototype, Function.prototype];
const counts = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);

/** Whether what was read has left something in what every object inherits. */
function isPolluted(): boolean {
	return prototypes.some((prototype, index) => Reflect.ownKeys(prototype).length !== counts[index]);
}

/**
 * A test that holds for every input; a failure names the seed and the smallest input that was found.
 *
 * @param check says what is wrong with what became of an input; nothing where all is well. `expect`
 * would take most of the time of a long run.
 */
export function fuzz<T>(
	title: string,
	input: fc.Arbitrary<T>,
	check: (value: T) => readonly string[] | Promise<readonly string[]>,
	usual = 300,
): void {
	it(
		title,
		async () => {
			await fc.assert(
				fc.asyncProperty(input, async (value) => {
					const wrong = [...(await check(value))];
					if (isPolluted()) wrong.push('Object, Array or Function has a new property');
					if (wrong.length > 0) throw new Error(wrong.join('\n'));
				}),
				seeded(usual),
			);
		},
		timeoutMs(usual),
	);
}

/** What is wrong if something does not hold. */
export function unless(holds: boolean, complaint: string): string[] {
	return holds ? [] : [complaint];
}
