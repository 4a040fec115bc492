import { linearRegression, linearRegressionLine, sumNthPowerDeviations } from 'simple-statistics';
import type { Memory } from '../../sandbox/memory';
import type { Check } from '../chaos/verdict';

/** The memory of both n8n while nothing ran in them. */
export interface Sample {
	/** Milliseconds from the start of the load. */
	readonly at: number;
	/** Sent to each of both by then. */
	readonly submissions: number;
	readonly ours: Memory;
	readonly plain: Memory;
}

/** By then n8n has compiled and cached what it will: 15 minutes showed a bend after some 200 submissions. */
const WARM_UP = 300;
/** Bytes per submission: half of the smallest submission sent, of which not even the body may stay. */
const BOUND = 2500;
/** Standard errors on each side of a slope: what n8n keeps goes up and down by 2 MB, however quiet it is. */
const ERRORS = 3;

/** Fewer measurements say nothing of their own error. */
const MIN_POINTS = 8;

type Bytes = (sample: Sample) => number;

const live = ({ heap, outside }: Memory): number => heap + outside;
const difference: Bytes = ({ ours, plain }) => live(ours) - live(plain);

const warm = (samples: readonly Sample[]) => samples.filter(({ submissions }) => submissions >= WARM_UP);

/** What each submission after the warm-up adds, in bytes. */
interface Growth {
	readonly each: number;
	/** How far off that may be, either way. */
	readonly margin: number;
}

/** The slope of a straight line through what was measured; nothing where there is too little for one. */
export function growth(samples: readonly Sample[], bytes: Bytes = difference): Growth | undefined {
	const points = warm(samples).map((sample) => [sample.submissions, bytes(sample)]);
	if (points.length < MIN_POINTS) return undefined;
	const line = linearRegression(points);
	const at = linearRegressionLine(line);
	const squares = (values: number[]) => sumNthPowerDeviations(values, 2);
	const residuals = squares(points.map(([x = 0, y = 0]) => y - at(x))) / (points.length - 2);
	return { each: line.m, margin: ERRORS * Math.sqrt(residuals / squares(points.map(([x = 0]) => x))) };
}

/** Whether a run that shows no growth says anything: twice the bound, a whole body, would have shown. */
const tells = (found: Growth | undefined): boolean => found !== undefined && found.margin < BOUND;

/** Whether the package's nodes keep memory that n8n's own do not; no check of a run that can't tell. */
export function judgeGrowth(samples: readonly Sample[]): Check[] {
	const grown = growth(samples);
	if (grown === undefined) return [];
	const { each, margin } = grown;
	const isLeak = each - margin >= BOUND;
	if (!isLeak && !tells(grown)) return [];
	return [
		{
			title: `Live memory grows by less than ${BOUND} bytes a submission beyond the plain n8n’s`,
			wrong: isLeak ? [`it grows by ${Math.round(each)} ± ${Math.round(margin)}`] : [],
		},
	];
}

const kinds: ReadonlyArray<readonly [name: string, bytes: (memory: Memory) => number]> = [
	['Live', live],
	['Resident, main process', ({ main }) => main],
	['Resident, its children', ({ children }) => children],
];

/** All kinds of memory of both n8n, in MB. */
export function growthTable(samples: readonly Sample[]): string {
	const shown = [samples[0], warm(samples)[0], samples.at(-1)];
	const megabytes = (bytes: number | undefined) => (bytes === undefined ? '–' : (bytes / 1e6).toFixed(1));
	const row = (name: string, cells: readonly string[]) =>
		[name.padEnd(36), ...cells.map((cell) => cell.padStart(12))].join('');
	const measured = (name: string, bytes: Bytes) => {
		const grown = growth(samples, bytes);
		return row(name, [
			...shown.map((sample) => megabytes(sample && bytes(sample))),
			megabytes(grown && 1000 * grown.each),
			grown ? `± ${megabytes(1000 * grown.margin)}` : '–',
		]);
	};
	const tooShort = `Too short to tell: a growth of ${2 * BOUND} bytes a submission might not stand out. Give more --minutes.`;
	return [
		row('MB', ['start', 'warmed up', 'end', 'per 1,000', '']),
		...kinds.flatMap(([name, bytes]) => [
			measured(`${name}, ours`, ({ ours }) => bytes(ours)),
			measured(`${name}, plain`, ({ plain }) => bytes(plain)),
			measured(`${name}, difference`, ({ ours, plain }) => bytes(ours) - bytes(plain)),
		]),
		...(tells(growth(samples)) ? [] : ['', tooShort]),
	].join('\n');
}
