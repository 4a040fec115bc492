import { parseArgs } from 'node:util';

export interface BenchArguments {
	/** Names of the cases to run; all if it is empty. */
	readonly cases: readonly string[];
	/** Fewer sizes and rounds, to try something out: nothing is written. */
	readonly quick: boolean;
}

/**
 * Reads the command line.
 *
 * @throws Error that names what is wrong with it.
 */
export function readArguments(args: readonly string[], known: readonly string[]): BenchArguments {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: { quick: { type: 'boolean', default: false } },
	});
	const unknown = positionals.find((name) => !known.includes(name));
	if (unknown !== undefined) throw new Error(`There is no case "${unknown}". Cases: ${known.join(', ')}`);
	return { cases: positionals, quick: values.quick };
}
