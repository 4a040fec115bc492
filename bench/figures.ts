import { max, median, min } from 'simple-statistics';

export const MEBIBYTE = 2 ** 20;

/** A median with the least and the most of the samples that it stands for. */
export interface Spread {
	readonly median: number;
	readonly least: number;
	readonly most: number;
}

/** One line of the table. Less is better in every column. */
export interface Row {
	readonly case: string;
	readonly what: string;
	readonly unit: string;
	readonly ours: Spread;
	readonly against: string;
	readonly theirs: Spread;
	/** Ours by theirs, of the same round each. */
	readonly ratio: Spread;
	readonly rounds: number;
}

/** Something that must hold, and whether it does. */
export interface Claim {
	readonly case: string;
	readonly title: string;
	/** The figure that decides. */
	readonly measured: Spread;
	readonly limit: number;
	readonly unit: string;
	readonly holds: boolean;
	/** Why it does not hold, and what the floor is. */
	readonly because?: string;
}

/** What one case has found. */
export interface Findings {
	readonly rows: readonly Row[];
	readonly claims: readonly Claim[];
}

/** All that was found, in this order. */
export function together(findings: readonly Findings[]): Findings {
	return { rows: findings.flatMap(({ rows }) => rows), claims: findings.flatMap(({ claims }) => claims) };
}

export function spreadOf(samples: readonly number[]): Spread {
	const all = [...samples];
	return { median: median(all), least: min(all), most: max(all) };
}

/** Sums, ratios and the like of samples that belong together, round by round. */
export function byRound(
	first: readonly number[],
	second: readonly number[],
	combine: (a: number, b: number) => number,
): number[] {
	if (first.length !== second.length) throw new Error('These samples are not of the same rounds');
	return first.map((value, round) => combine(value, second[round] as number));
}

export const ratios = (ours: readonly number[], theirs: readonly number[]): number[] =>
	byRound(ours, theirs, (a, b) => a / b);

export const sums = (first: readonly number[], second: readonly number[]): number[] =>
	byRound(first, second, (a, b) => a + b);

/** A line of the table from the samples of the same rounds. */
export function compare({
	ours,
	theirs,
	...named
}: Pick<Row, 'case' | 'what' | 'unit' | 'against'> & {
	readonly ours: readonly number[];
	readonly theirs: readonly number[];
}): Row {
	return {
		...named,
		ours: spreadOf(ours),
		theirs: spreadOf(theirs),
		ratio: spreadOf(ratios(ours, theirs)),
		rounds: ours.length,
	};
}

/** Whether the median keeps within the limit. */
export function claim({
	samples,
	...named
}: Pick<Claim, 'case' | 'title' | 'limit' | 'unit' | 'because'> & {
	readonly samples: readonly number[];
}): Claim {
	const measured = spreadOf(samples);
	return { ...named, measured, holds: measured.median <= named.limit };
}
