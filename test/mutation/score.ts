import { listAt, textAt, valueAt } from '../../sandbox/n8n-json';

/** A change of the code, and whether a test has noticed it. */
export interface Mutant {
	readonly file: string;
	readonly end: 'noticed' | 'survived' | 'not reached' | 'not counted';
}

const ENDS: Readonly<Record<string, Mutant['end']>> = {
	Killed: 'noticed',
	Timeout: 'noticed',
	Survived: 'survived',
	NoCoverage: 'not reached',
};

/** The mutants of Stryker's report. */
export function mutantsIn(report: unknown): Mutant[] {
	const files = Object.entries(valueAt(report, ['files']) ?? {});
	return files.flatMap(([file, content]) =>
		listAt(content, ['mutants']).map((mutant): Mutant => ({
			file,
			end: ENDS[textAt(mutant, ['status'])] ?? 'not counted',
		})),
	);
}

export interface Score {
	readonly noticed: number;
	readonly survived: number;
	readonly notReached: number;
	/** Per cent of what can be noticed. */
	readonly percent: number;
}

export function scoreOf(mutants: readonly Mutant[]): Score {
	const count = (wanted: Mutant['end']) => mutants.filter(({ end }) => end === wanted).length;
	const [noticed, survived, notReached] = [count('noticed'), count('survived'), count('not reached')];
	const all = noticed + survived + notReached;
	return { noticed, survived, notReached, percent: all === 0 ? 100 : (100 * noticed) / all };
}
