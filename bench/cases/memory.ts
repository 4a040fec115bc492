import type { Case } from '../case';
import { inChild, startChild } from '../children';
import type { MemoryTask, MemoryUse } from '../children/memory';
import { byRound, type Claim, claim, compare, MEBIBYTE, ratios, type Row, spreadOf } from '../figures';
import { unpackOurs } from '../package';
import { interleave } from '../rounds';
import { inDigits } from '../table';

const name = 'memory';

/** The memory that an upload takes, in fresh processes: what it takes beyond its input is measured against a node that does nothing. */
export const memory: Case = {
	name,
	title: 'Memory of an upload',

	async run(scale, say) {
		const { folder } = await unpackOurs();
		const server = await startChild<Record<number, string>>('cleverTap', [0]);
		const rows: Row[] = [];
		const claims: Claim[] = [];
		try {
			for (const size of scale.quick ? [10_000, 100_000] : [100_000, 500_000]) {
				const runs = (by: MemoryTask['by']) => async () => {
					const task: MemoryTask = { folder, origin: server.answer[0] as string, size, by };
					return await inChild<MemoryUse>('memory', task, { heapMb: 8_000 });
				};
				const { ours, bare, nothing } = await interleave(
					{ ours: runs('ours'), bare: runs('bare loop'), nothing: runs('nothing') },
					{ rounds: scale.rounds, warmUp: 0 },
					(done, of) => say(`${size} items: round ${done} of ${of}`),
				);
				const peaks = (uses: readonly MemoryUse[]) => uses.map(({ peak }) => peak / MEBIBYTE);
				const beyondNothing = (uses: readonly MemoryUse[]) =>
					byRound(peaks(uses), peaks(nothing), (all, base) => all - base);
				const items = ours.map((use) => use.items / MEBIBYTE);
				const sent = ours.map((use) => use.sent / MEBIBYTE);
				const extra = beyondNothing(ours);
				const extraOfBare = beyondNothing(bare);
				const profiles = `${size.toLocaleString('en')} profiles`;
				const line = (what: string, measured: number[], against: string, theirs: number[]): Row =>
					compare({ case: name, what: `${profiles}, ${what}`, unit: 'MiB', ours: measured, against, theirs });
				const beyond = 'peak beyond a node that does nothing';
				rows.push(
					line('peak of the whole process', peaks(ours), 'the items’ own size', items),
					line(beyond, extra, 'the JSON sent', sent),
					line(beyond, extra, 'a bare loop in the node’s place', extraOfBare),
				);
				claims.push(
					claim({
						case: name,
						title: `${profiles}: memory beyond the input at most twice the JSON sent`,
						samples: ratios(extra, sent),
						limit: 2,
						unit: '×',
						because: `A bare loop that gives one item out for each one in takes ${inDigits(spreadOf(ratios(extraOfBare, sent)).median)} ×: node lets what is no longer needed lie until there is much of it.`,
					}),
				);
			}
		} finally {
			server.stop();
		}
		return { rows, claims };
	},
};
