import type { Case } from '../case';
import { inChild } from '../children';
import type { FunctionFigures, FunctionsTask } from '../children/functions';
import { type Claim, claim, compare, ratios, type Row, spreadOf } from '../figures';
import { unpackOurs } from '../package';
import { inDigits } from '../table';

const name = 'functions';
const decisive = 'signature and submission to item';

/** What turns JSON into JSON, against reading the same bytes with `JSON.parse`. */
export const functions: Case = {
	name,
	title: 'Pure functions',

	async run(scale) {
		const { folder } = await unpackOurs();
		// A round takes a tenth of a second.
		const task: FunctionsTask = { folder, rounds: scale.rounds * 4, warmUp: scale.warmUp * 3 };
		const figures = await inChild<FunctionFigures[]>('functions', task);
		const rows = figures.map(({ what, ours, parse, count, each }): Row =>
			compare({
				case: name,
				what,
				unit: `ns per ${each}`,
				ours: ours.map((nanoseconds) => nanoseconds / count),
				against: 'JSON.parse of the same bytes',
				theirs: parse.map((nanoseconds) => nanoseconds / count),
			}),
		);
		const timesParse = (wanted: string): string => {
			const found = figures.find(({ what }) => what === wanted);
			return inDigits(found ? spreadOf(ratios(found.ours, found.parse)).median : NaN);
		};
		const claims = figures
			.filter(({ what }) => what.startsWith(decisive))
			.map(({ what, ours, parse }): Claim =>
				claim({
					case: name,
					title: `${what}: at most 2 × JSON.parse of the body`,
					samples: ratios(ours, parse),
					limit: 2,
					unit: '×',
					because: `JSON.parse has to be called for the item, too: 1 ×. The signature, which is SHA-256 over the body, takes ${timesParse(what.replace(decisive, 'signature'))} × by itself.`,
				}),
			);
		return { rows, claims };
	},
};
