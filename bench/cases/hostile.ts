import type { Case } from '../case';
import { inChild } from '../children';
import type { HostileFigures, HostileTask } from '../children/hostile';
import { byRound, claim, compare } from '../figures';
import { unpackOurs } from '../package';

const name = 'hostile';

/** How long the largest and oddest inputs hold n8n's only thread, against reading the same bytes with `JSON.parse`. */
export const hostile: Case = {
	name,
	title: 'What strangers send',

	async run(scale) {
		const { folder } = await unpackOurs();
		const task: HostileTask = { folder, rounds: scale.rounds, warmUp: scale.warmUp };
		const figures = await inChild<HostileFigures[]>('hostile', task, { heapMb: 4000 });
		return {
			rows: figures.map(({ what, ours, parse }) =>
				compare({ case: name, what, unit: 'ms', ours, against: 'JSON.parse of the same bytes', theirs: parse }),
			),
			claims: figures.map(({ what, ours, parse }) =>
				claim({
					case: name,
					title: `${what}: the thread is held for at most 250 ms beyond JSON.parse`,
					samples: byRound(ours, parse, (all, reading) => all - reading),
					limit: 250,
					unit: 'ms',
				}),
			),
		};
	},
};
