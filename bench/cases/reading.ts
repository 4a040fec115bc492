import type { Case } from '../case';
import { inChild, startChild } from '../children';
import type { Pages, PagesTask } from '../children/pages';
import type { Reader, ReadingTask } from '../children/reading';
import { compare, type Row } from '../figures';
import { unpackOurs } from '../package';
import type { Taken } from '../rounds';

const name = 'reading';
/** Tally gives 500; more, lest its 100 requests a minute, which hold for everybody, be what is measured. */
const SUBMISSIONS_PER_PAGE = 2_000;
/** As the node asks CleverTap for them. */
const EVENTS_PER_PAGE = 4_991;

/** *Return All* of submissions and of events, against a loop that asks for the same pages and does nothing with them. */
export const reading: Case = {
	name,
	title: 'Reading all submissions and events',

	async run(scale, say) {
		const { folder } = await unpackOurs();
		const count = scale.quick ? 10_000 : 100_000;
		const pagesTask: PagesTask = {
			submissions: count,
			submissionsPerPage: SUBMISSIONS_PER_PAGE,
			events: count,
			eventsPerPage: EVENTS_PER_PAGE,
		};
		const server = await startChild<Pages>('pages', pagesTask);
		try {
			const task: ReadingTask = {
				folder,
				pages: server.answer,
				submissions: count,
				events: count,
				rounds: scale.rounds,
				warmUp: scale.warmUp,
			};
			const samples = await inChild<Record<Reader, Taken[]>>('reading', task, {
				heapMb: 8_000,
				onNote: (note) => say(`round ${note}`),
			});
			const line = (what: 'submissions' | 'events', remark: string): Row =>
				compare({
					case: name,
					what: `${count.toLocaleString('en')} ${what}, Return All${remark}`,
					unit: 'ms',
					ours: samples[what].map(({ wall }) => wall),
					against: 'bare loop over the same pages',
					theirs: samples[`${what}, bare`].map(({ wall }) => wall),
				});
			return {
				rows: [line('submissions', `, ${SUBMISSIONS_PER_PAGE.toLocaleString('en')} a page`), line('events', '')],
				claims: [],
			};
		} finally {
			server.stop();
		}
	},
};
