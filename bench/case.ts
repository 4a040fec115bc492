import type { Findings } from './figures';
import type { Rounds } from './rounds';

export interface Scale extends Rounds {
	/** Only to try something out. */
	readonly quick: boolean;
}

/** One part of the benchmark. */
export interface Case {
	/** As on the command line, and in the table. */
	readonly name: string;
	readonly title: string;
	/** @param say tells a person how far it is. */
	run(scale: Scale, say: (text: string) => void): Promise<Findings>;
}
