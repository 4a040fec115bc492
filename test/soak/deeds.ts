import { randomUUID } from 'node:crypto';
import type { LocalTally } from '../../sandbox/tally/tally';
import { type Acknowledge, type Deed, withFile } from './plan';
import { post, reached } from './reach';
import type { Side, Sides } from './side';
import { jobPaths, READ_LIMIT } from './surroundings';

const BULK_ROWS = 1000;

/** Work that a workflow is called to do. */
export interface Job {
	readonly number: number;
	readonly kind: 'read' | 'bulk';
	/** How many items it has to end with; a read may end with more. */
	readonly items: number;
}

/** What was done, and what should not have come of it. */
export interface Done {
	/** How often each kind of deed was done. */
	readonly counts: Record<Deed['kind'], number>;
	readonly submissions: Array<{ submissionId: string; respondentId: string; to: Acknowledge }>;
	readonly jobs: Job[];
	readonly wrong: Record<'forged' | 'search' | 'job', string[]>;
}

export const nothingDone = (): Done => ({
	counts: { submission: 0, forged: 0, read: 0, bulk: 0, search: 0 },
	submissions: [],
	jobs: [],
	wrong: { forged: [], search: [], job: [] },
});

/** Does one deed to both n8n alike; ends when both have answered. */
export async function doDeed(sides: Sides, deed: Deed, done: Done): Promise<void> {
	done.counts[deed.kind] += 1;
	const toBoth = async (work: (side: Side) => Promise<void>): Promise<void> => {
		await Promise.all([work(sides.ours), work(sides.plain)]);
	};
	switch (deed.kind) {
		case 'submission': {
			const answers = withFile(deed.answers, deed.fileSize);
			done.submissions.push({ ...(await sides.tally.submit(answers, sides.forms[deed.to])), to: deed.to });
			return;
		}
		case 'forged': {
			const body = forgedBody(sides.tally, deed.isLike);
			return await toBoth(async (side) => {
				const status = await post(side.addresses[deed.to], body, deed.signature);
				if (status !== side.refusal) done.wrong.forged.push(`${side.name} answered ${status}`);
			});
		}
		case 'read': {
			const there = done.submissions.filter(({ to }) => to === 'received').length;
			return await toBoth(call({ kind: 'read', items: Math.min(READ_LIMIT, there) }, done));
		}
		case 'bulk':
			return await toBoth(call({ kind: 'bulk', items: BULK_ROWS }, done));
		case 'search':
			return await toBoth(async (side) => {
				const events = new Set(side.cleverTap.events().map(({ evtName }) => evtName)).size;
				const [forms = 0, names = 0] = await reached(side.search);
				const isFull = forms >= Object.keys(sides.forms).length && names >= events;
				if (side.name === 'ours' && !isFull) done.wrong.search.push(`${forms} forms, ${names} of ${events} events`);
			});
	}
}

/** Notes a job; gives what calls a workflow to do it. */
function call(wanted: Omit<Job, 'number'>, { jobs, wrong }: Done): (side: Side) => Promise<void> {
	const job = { number: jobs.length, ...wanted };
	jobs.push(job);
	const rows = job.kind === 'bulk' ? { rows: rowsOf(job) } : {};
	const body = JSON.stringify({ job: job.number, ...rows });
	return async (side) => {
		const status = await post(`${side.n8n.url}/webhook/${jobPaths[job.kind]}`, body);
		if (status !== 200) wrong.job.push(`${side.name} answered ${status} to job ${job.number}, ${job.kind}`);
	};
}

function rowsOf({ number, items }: Job): unknown[] {
	return Array.from({ length: items }, (_, index) => ({
		user: `imported-${number}-${index}`,
		row: `${number}-${index}`,
		note: `Row ${index} of job ${number}`.padEnd(100, '.'),
	}));
}

/** What Tally sent last, with another ID; or something else. */
function forgedBody(tally: LocalTally, isLike: boolean): string {
	const payload = tally.deliveries().at(-1)?.payload;
	if (!isLike || !payload) return JSON.stringify({ hello: 'n8n', eventType: 'FORM_RESPONSE' });
	return JSON.stringify({ ...payload, data: { ...payload.data, submissionId: `forged-${randomUUID()}` } });
}
