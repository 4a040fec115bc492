import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { valueAt } from '../../sandbox/n8n-json';
import { drawLedger, type Facts } from '../chaos/ledger';
import { type Check, judge, tally as countKinds } from '../chaos/verdict';
import type { SoakArguments } from './arguments';
import type { Done, Job } from './deeds';
import { growthTable, judgeGrowth } from './growth';
import type { JobReport } from './jobs';
import type { Sample } from './load';
import { judgeLogs } from './log';
import type { Side, Sides } from './side';
import { importedEvent } from './surroundings';

/** Where samples, ledgers and n8n's logs are kept, each file named after its seed. */
export const kept = join(__dirname, '..', '..', '.cache', 'soak');

/** Draws up what became of everything, prints it, keeps it, and gives what is to be held against it. */
export function account(args: SoakArguments, sides: Sides, done: Done, samples: readonly Sample[]): Check[] {
	const facts = factsOf(sides, done);
	const rows = drawLedger(facts);
	const { ours, plain, tally } = sides;
	writeFileSync(
		join(kept, `${args.seed}.json`),
		JSON.stringify({ ...args, ...done, deliveries: facts.deliveries, reports: facts.reports, rows }, null, '\t'),
	);
	const bad = ours.cleverTap.uploads().filter(({ fault }) => fault !== undefined).length;
	console.log(`
Seed                     ${args.seed}
Sent to each n8n         ${Object.entries(done.counts)
		.map(([kind, count]) => `${count} ${kind}`)
		.join(', ')}
Uploads                  ${ours.cleverTap.uploads().length} of ours, of which ${bad} met a bad reply; ${plain.cleverTap.uploads().length} of the plain n8n

${countKinds(rows, 'fail')
	.map(([kind, count]) => `${String(count).padStart(7)}  ${kind}`)
	.join('\n')}

${growthTable(samples)}
`);
	return [
		...judge(rows, facts, 'fail'),
		{
			title: 'Each job is accounted for: every item went well or was refused',
			wrong: done.wrong.job.concat(judgeJobs(ours, done.jobs)),
		},
		{ title: 'No forged delivery was taken', wrong: done.wrong.forged },
		{ title: 'The lists of the editor were full each time', wrong: done.wrong.search },
		{ title: 'The plain n8n did the same work', wrong: idleness(plain, done) },
		{
			title: 'Neither service saw a request that breaks its API description',
			wrong: [...tally.violations(), ...ours.cleverTap.violations()],
		},
		judgeLogs([ours, plain]),
		...judgeGrowth(samples),
	];
}

/** What came of the submissions in the n8n with the package. */
function factsOf({ tally, ours }: Sides, { submissions }: Done): Facts {
	const addresses = Object.values(ours.addresses);
	return {
		submissions,
		kills: [],
		reports: ours.collector.reports(),
		uploads: ours.cleverTap
			.uploads()
			.map((upload) => ({ ...upload, taken: upload.taken.filter((record) => !isImported(record)) })),
		deliveries: tally
			.deliveries()
			.filter(({ webhookUrl }) => addresses.includes(webhookUrl))
			.map(({ payload, retry, deliveryStatus, statusCode }) => ({
				submissionId: payload.data.submissionId,
				attempts: retry + 1,
				status: deliveryStatus,
				answered: statusCode !== null,
			})),
	};
}

const isImported = (record: unknown): boolean => valueAt(record, ['evtName']) === importedEvent;

/** Of each item of a job it has to be known how it ended; CleverTap has none twice. */
function judgeJobs(side: Side, jobs: readonly Job[]): string[] {
	const rows = new Map<number, unknown[]>();
	for (const { evtName, evtData } of side.cleverTap.events()) {
		if (evtName !== importedEvent) continue;
		const job = Number(String(evtData.row).split('-')[0]);
		const known = rows.get(job) ?? [];
		known.push(evtData.row);
		rows.set(job, known);
	}
	return jobs.flatMap(({ number, kind, items }) => {
		const told = side.jobs.reports().filter(({ job }) => job === number);
		const count = (status: JobReport['status']) =>
			told.filter((report) => report.status === status).reduce((sum, report) => sum + report.items, 0);
		const [accepted, refused] = [count('accepted'), count('refused')];
		const inWords = `job ${number}, ${kind}: ${accepted} accepted and ${refused} refused of ${items}`;
		if (kind === 'read') return accepted >= items ? [] : [inWords];
		const stored = rows.get(number) ?? [];
		const isRight = accepted + refused === items && stored.length >= accepted && new Set(stored).size === stored.length;
		return isRight ? [] : [`${inWords}; CleverTap has ${stored.length}`];
	});
}

/** What the plain n8n was sent and has not said a word of. */
function idleness(side: Side, { submissions, jobs }: Done): string[] {
	const told = new Set(side.collector.reports().map(({ submissionId }) => submissionId));
	const done = new Set(side.jobs.reports().map(({ job }) => job));
	return [
		...submissions
			.filter(({ submissionId }) => !told.has(submissionId))
			.map(({ submissionId }) => `nothing of submission ${submissionId}`),
		...jobs
			.filter(({ number, items }) => items > 0 && !done.has(number))
			.map(({ number, kind }) => `nothing of job ${number}, ${kind}`),
	];
}
