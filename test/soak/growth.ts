import { linearRegression } from 'simple-statistics';
import type { Check } from '../chaos/verdict';
import type { Sample } from './load';
import type { Memory } from './memory';

/** By then n8n has compiled and cached what it will: 15 minutes showed a bend after some 200 submissions. */
const WARM_UP = 300;
/** Fewer submissions after the warm-up say nothing: the measurements of a quiet n8n scatter by 0.6 MB. */
const ENOUGH = 400;
/** Bytes per submission: half of the smallest submission sent, of which not even the body may stay. */
const BOUND = 2500;

type Bytes = (sample: Sample) => number;

const live = ({ heap, outside }: Memory): number => heap + outside;
const difference: Bytes = ({ ours, plain }) => live(ours) - live(plain);

const warm = (samples: readonly Sample[]) => samples.filter(({ submissions }) => submissions >= WARM_UP);

/** By how many bytes memory grows with each submission after the warm-up; nothing where that is too short to tell. */
export function growth(samples: readonly Sample[], bytes: Bytes = difference): number | undefined {
	const points = warm(samples).map((sample) => [sample.submissions, bytes(sample)]);
	const [first = 0, last = 0] = [points[0]?.[0], points.at(-1)?.[0]];
	return last - first < ENOUGH ? undefined : linearRegression(points).m;
}

/** Whether the package's nodes keep memory that n8n's own do not; no check of a run too short to tell. */
export function judgeGrowth(samples: readonly Sample[]): Check[] {
	const grown = growth(samples);
	if (grown === undefined) return [];
	return [
		{
			title: `Live memory grows by less than ${BOUND} bytes a submission beyond the plain n8n’s`,
			wrong: grown < BOUND ? [] : [`it grows by ${Math.round(grown)}`],
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
			megabytes(grown === undefined ? undefined : 1000 * grown),
		]);
	};
	const tooShort = `Growth is judged from ${ENOUGH} submissions on after the first ${WARM_UP}; this run is too short.`;
	return [
		row('MB', ['start', 'warmed up', 'end', 'per 1,000']),
		...kinds.flatMap(([name, bytes]) => [
			measured(`${name}, ours`, ({ ours }) => bytes(ours)),
			measured(`${name}, plain`, ({ plain }) => bytes(plain)),
			measured(`${name}, difference`, ({ ours, plain }) => bytes(ours) - bytes(plain)),
		]),
		...(growth(samples) === undefined ? ['', tooShort] : []),
	].join('\n');
}
