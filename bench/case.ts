import type { Findings } from './figures';
import type { Rounds } from './rounds';

export interface Scale extends Rounds {
	/** Only to try something out. */
	readonly quick: boolean;
}

/** Tells a person how far it is. */
export type Say = (text: string) => void;

/** One part of the benchmark. */
export interface Case {
	/** As on the command line, and in the table. */
	readonly name: string;
	readonly title: string;
	run(scale: Scale, say: Say): Promise<Findings>;
}
