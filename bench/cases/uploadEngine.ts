import type { Case, Scale } from '../case';
import { inChild, startChild } from '../children';
import type { Uploader, UploadTask } from '../children/upload';
import { type Claim, claim, compare, ratios, type Row, spreadOf, sums } from '../figures';
import { unpackOurs } from '../package';
import type { Taken } from '../rounds';
import { inDigits } from '../table';

const name = 'upload-engine';
const AT_ONCE = 20;
const SLOWLY = 200;
const DECISIVE = 100_000;
/** What of a record's cost may depend on how many there are. */
const STEADINESS = 0.2;

interface Setting {
	readonly size: number;
	readonly delay: number;
	readonly uploaders: readonly Uploader[];
}

type Samples = Readonly<Record<Uploader, readonly Taken[]>>;

const everybody: readonly Uploader[] = [
	'ours, paths',
	'ours, expressions',
	'version 2, fields',
	'version 2, mapped',
	'bare loop',
	'n8n reads paths',
	'n8n reads expressions',
	'n8n computes expressions',
];
/** 100 records a request, one after the other: beyond this it takes minutes. */
const MAX_FOR_THE_CLIENT = 10_000;

function settings({ quick }: Scale): Setting[] {
	const sizes = quick ? [1_000, 10_000] : [1_000, 10_000, DECISIVE, 500_000];
	return sizes.flatMap((size) =>
		(quick ? [AT_ONCE] : [AT_ONCE, SLOWLY]).map((delay) => ({ size, delay, uploaders: uploadersFor(size, delay) })),
	);
}

function uploadersFor(size: number, delay: number): Uploader[] {
	const client: Uploader[] = size <= MAX_FOR_THE_CLIENT ? ['official client'] : [];
	if (size <= DECISIVE && delay === AT_ONCE) return [...everybody, ...client];
	// What n8n computes takes the same time whatever the server does.
	const own: Uploader[] =
		size <= DECISIVE || delay === AT_ONCE ? ['ours, paths', 'ours, expressions'] : ['ours, paths'];
	return [...own, 'bare loop', ...client];
}

/** *Profile: Create or Update* in n8n's own engine, against servers that answer in 20 and in 200 ms. */
export const uploadEngine: Case = {
	name,
	title: 'Upload in n8n’s engine',

	async run(scale, say) {
		const { folder } = await unpackOurs();
		const servers = await startChild<Record<number, string>>('cleverTap', [AT_ONCE, SLOWLY]);
		const rows: Row[] = [];
		const decisive = scale.quick ? 10_000 : DECISIVE;
		const costs = new Map<number, number[]>();
		const bareCosts: number[] = [];
		let claims: Claim[] = [];
		try {
			for (const { size, delay, uploaders } of settings(scale)) {
				const task: UploadTask = {
					folder,
					origin: servers.answer[delay] as string,
					size,
					uploaders,
					rounds: scale.rounds,
					warmUp: scale.warmUp,
				};
				const samples = await inChild<Samples>('upload', task, {
					heapMb: 8_000,
					onNote: (note) => say(`${size} profiles, ${delay} ms: round ${note}`),
				});
				rows.push(...rowsOf(size, delay, samples));
				if (delay !== AT_ONCE) continue;
				costs.set(
					size,
					samples['ours, paths'].map(({ cpu }) => (cpu * 1000) / size),
				);
				bareCosts.push((spreadOf(wall(samples['bare loop'])).median * 1000) / size);
				if (size === decisive) claims = claimsOf(size, samples);
			}
		} finally {
			servers.stop();
		}
		return { rows, claims: [...claims, steadiness(costs, decisive, bareCosts)] };
	},
};

const wall = (taken: readonly Taken[]): number[] => taken.map((one) => one.wall);

function rowsOf(size: number, delay: number, samples: Samples): Row[] {
	const line = (
		what: string,
		ours: 'ours, paths' | 'ours, expressions' | 'version 2, mapped',
		against: string,
		theirs: readonly number[] | undefined,
	): Row[] => {
		if (theirs === undefined || !(ours in samples)) return [];
		const title = `${size.toLocaleString('en')} profiles, ${delay} ms, ${what}`;
		return [compare({ case: name, what: title, unit: 'ms', ours: wall(samples[ours]), against, theirs })];
	};
	const of = (uploader: Uploader): number[] | undefined => (uploader in samples ? wall(samples[uploader]) : undefined);
	const bare = of('bare loop') as number[];
	const computing = of('n8n computes expressions');
	const dragged = 'fields dragged in';
	const computed = 'four fields computed';
	return [
		...line(dragged, 'ours, paths', 'bare loop', bare),
		...line(dragged, 'ours, paths', 'n8n reading the same parameters, nothing sent', of('n8n reads paths')),
		...line(dragged, 'ours, paths', 'official client', of('official client')),
		...(computing
			? line(computed, 'ours, expressions', 'bare loop + n8n computing the four', sums(bare, computing))
			: line(computed, 'ours, expressions', 'bare loop', bare)),
		...line(
			computed,
			'ours, expressions',
			'n8n reading the same parameters, nothing sent',
			of('n8n reads expressions'),
		),
		...line('mapped to CleverTap’s names', 'version 2, mapped', 'the same in Fields Below', of('version 2, fields')),
	];
}

function claimsOf(size: number, samples: Samples): Claim[] {
	const paths = wall(samples['ours, paths']);
	const bare = wall(samples['bare loop']);
	const profiles = `${size.toLocaleString('en')} profiles at ${AT_ONCE} ms`;
	const unit = '×';
	return [
		claim({
			case: name,
			title: `${profiles}, fields dragged in: at most twice the bare loop`,
			samples: ratios(paths, bare),
			limit: 2,
			unit,
		}),
		claim({
			case: name,
			title: `${profiles}, fields dragged in: faster than n8n reads the parameters`,
			samples: ratios(paths, wall(samples['n8n reads paths'])),
			limit: 1,
			unit,
		}),
		claim({
			case: name,
			title: `${profiles}, mapped to CleverTap’s names: no slower than Fields Below`,
			samples: ratios(wall(samples['version 2, mapped']), wall(samples['version 2, fields'])),
			limit: 1,
			unit,
		}),
		claim({
			case: name,
			title: `${profiles}, computed fields: at most 1.25 × (bare loop + n8n computing them)`,
			samples: ratios(wall(samples['ours, expressions']), sums(bare, wall(samples['n8n computes expressions']))),
			limit: 1.25,
			unit,
		}),
	];
}

/** By processor time: by the clock, a single request waits as long as three at a time do. */
function steadiness(
	costs: ReadonlyMap<number, readonly number[]>,
	decisive: number,
	bareCosts: readonly number[],
): Claim {
	const of = (size: number): number => spreadOf(costs.get(size) as number[]).median;
	const deviations = [...costs.keys()].map((size) => Math.abs(of(size) / of(decisive) - 1));
	const each = [...costs.keys()].map((size) => `${size.toLocaleString('en')}: ${of(size).toFixed(1)} µs`).join(', ');
	return claim({
		case: name,
		title: `Processor time per record within ±20 % from the smallest upload to the largest (${each})`,
		samples: [Math.max(...deviations)],
		limit: STEADINESS,
		unit: '',
		because: `What a run costs once weighs more on a small one. The bare loop itself takes ${bareCosts.map((cost) => `${inDigits(cost)} µs`).join(', ')} for a record of each.`,
	});
}
