/*
 * Sends the same mixed load to two real n8n side by side, one with the package's nodes and one with n8n's
 * own, holds that every submission, item and job is accounted for, and compares how their memory grows:
 *
 *     npm run test:soak -- --minutes 30 --seed 1 --pace 1000
 *
 * The last line counts what was checked: `N passed, N failed`. Samples, ledger and n8n's logs stay in
 * .cache/soak. Linux only: resident memory is read from /proc.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type LocalCleverTap, startCleverTap } from '../../sandbox/clevertap/clevertap';
import { inspectedAt, measure } from '../../sandbox/memory';
import { type N8n, startN8n } from '../../sandbox/n8n';
import { N8nRequestFailed } from '../../sandbox/n8n-client';
import { listAt, valueAt } from '../../sandbox/n8n-json';
import { freePort } from '../../sandbox/ports';
import { onLeave } from '../../sandbox/processes';
import { progress } from '../../sandbox/progress.mjs';
import { sampleForm } from '../../sandbox/tally/sampleForm';
import type { LocalTally } from '../../sandbox/tally/tally';
import { until } from '../../sandbox/until';
import { conclude } from '../chaos/account';
import { type Collector, startCollector } from '../chaos/collector';
import { drawLedger, type Facts, type Promised } from '../chaos/ledger';
import { type Check, judge, tally as countKinds } from '../chaos/verdict';
import { startSandbox } from '../e2e/sandbox';
import { type Receiver, startReceiver } from '../sandbox/receiver';
import { growthTable, judgeGrowth, type Sample } from './growth';
import { type Action, drawPlan, readArguments, type SoakArguments, type SoakPlan, usage } from './plan';
import * as work from './workflows';
import type { Acknowledge } from './workflows';

/** Where samples, ledgers and n8n's logs are kept, each file named after its seed. */
const keptFolder = join(__dirname, '..', '..', '.cache', 'soak');

const BULK_ROWS = 1000;
/** Both n8n are measured after so many actions: each pause lasts until the slowest workflow has ended. */
const MEASURED_EVERY = 60;
/** A workflow may wait for CleverTap for a minute, several times; a busy machine adds to it. */
const QUIET_MS = 300_000;
/** What n8n answers while its database does not answer it in time, as on a busy machine, and how long that may last. */
const OVERLOADED = 503;
const OVERLOADED_MS = 120_000;
/**
 * Longer than a workflow takes, however CleverTap answers and however busy the machine is; Tally's
 * first retry, in real time five minutes later, must not meet it still running.
 */
const DELIVERY_TIMEOUT_MS = 600_000;
/** Tally's retries, a day in real time, take forty seconds. */
const TIME_SCALE = 1 / 2600;

// ---- The two n8n

/** One of the two, with what is its own. */
interface Side {
	readonly name: 'ours' | 'plain';
	readonly n8n: N8n;
	readonly inspectorPort: number;
	readonly cleverTap: LocalCleverTap;
	/** What its workflows say of submissions, and of jobs. */
	readonly collector: Collector;
	readonly jobs: Receiver;
	/** Where Tally delivers the submissions of the two forms. */
	readonly addresses: Readonly<Record<Acknowledge, string>>;
	/** What a delivery gets that is not Tally's. */
	readonly refusal: number;
	/** Two lists of the editor, as it asks for them. */
	readonly lists: ReadonlyArray<Record<string, unknown>>;
	close(): Promise<void>;
}

interface Sides {
	readonly tally: LocalTally;
	readonly forms: Readonly<Record<Acknowledge, string>>;
	readonly ours: Side;
	readonly plain: Side;
}

/** Throw-away folders of n8n that has not come to its end. */
const folders: string[] = [];
const removeFolders = (): void => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));

/** The same settings for both. */
const settings = (inspectorPort: number): Record<string, string> => ({
	...inspectedAt(inspectorPort),
	// Nothing asks the registry.
	npm_config_offline: 'true',
	// A soak is about memory: what has run is not kept in the database.
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'none',
});

/** Starts both, with their workflows published. */
async function startSides({ faultOf }: SoakPlan): Promise<Sides> {
	const own = async () => ({
		collector: await startCollector(),
		jobs: await startReceiver(),
		inspectorPort: await freePort(),
	});
	const publish = async ({ client }: N8n, workflows: ReadonlyArray<Parameters<N8n['client']['createWorkflow']>[0]>) => {
		for (const workflow of workflows) await client.publish(await client.createWorkflow(workflow));
	};

	const [mine, theirs] = [await own(), await own()];
	const sandbox = await startSandbox({
		tally: { timeScale: TIME_SCALE, deliveryTimeoutMs: DELIVERY_TIMEOUT_MS },
		cleverTap: { onUpload: faultOf },
		env: settings(mine.inspectorPort),
	});
	const { n8n, tally, cleverTap, packageName, credentials } = sandbox;
	folders.push(n8n.userFolder);
	const second = sampleForm('mR3vQa');
	tally.addForm(second);
	const forms = { received: tally.formId, finished: second.id };
	const surroundings = { forms, reportsUrl: mine.collector.url, jobsUrl: mine.jobs.url };
	await publish(n8n, work.packageWorkflows(packageName, credentials, surroundings));
	const addressOf = (acknowledge: Acknowledge): string => {
		const webhook = tally.webhooks().find(({ formId }) => formId === forms[acknowledge]);
		if (!webhook) throw new Error('The trigger has not registered its webhook');
		return webhook.url;
	};
	const list = (field: string, methodName: string, type: string, version: number, rest = {}) => ({
		path: `parameters.${field}`,
		methodName,
		nodeTypeAndVersion: { name: type, version },
		currentNodeParameters: {},
		...rest,
	});
	const { tallyAccountApi, cleverTapAccountApi } = credentials;
	const ours: Side = {
		...mine,
		name: 'ours',
		n8n,
		cleverTap,
		addresses: { received: addressOf('received'), finished: addressOf('finished') },
		refusal: 401,
		lists: [
			list('formId', 'searchForms', `${packageName}.tallyTrigger`, 1.1, { credentials: { tallyAccountApi } }),
			list('eventName', 'searchEvents', `${packageName}.cleverTap`, 1, { credentials: { cleverTapAccountApi } }),
		],
		close: async () => void (await Promise.all([sandbox.close(), mine.collector.close(), mine.jobs.close()])),
	};

	const plainCleverTap = await startCleverTap({ onUpload: faultOf });
	const plainN8n = await startN8n({ env: settings(theirs.inspectorPort) });
	folders.push(plainN8n.userFolder);
	// n8n's own way to tell Tally from anybody: a header that both know.
	const header = { name: 'X-Soak', value: 'known to both' };
	const auth = { name: 'Header', type: 'httpHeaderAuth', data: header };
	const headerAuth = { id: await plainN8n.client.createCredential(auth), name: auth.name };
	const plainSurroundings = { forms, reportsUrl: theirs.collector.url, jobsUrl: theirs.jobs.url };
	await publish(plainN8n, work.plainWorkflows(tally, plainCleverTap, headerAuth, plainSurroundings));
	const plainAddress = (acknowledge: Acknowledge) => `${plainN8n.url}/webhook/${work.plainPath(acknowledge)}`;
	for (const acknowledge of work.acknowledgements) {
		const webhook = { formId: forms[acknowledge], url: plainAddress(acknowledge), eventTypes: ['FORM_RESPONSE'] };
		const response = await fetch(`${tally.url}/webhooks`, {
			method: 'POST',
			headers: { authorization: `Bearer ${tally.apiKey}`, 'content-type': 'application/json' },
			body: JSON.stringify({ ...webhook, httpHeaders: [header] }),
		});
		if (!response.ok) throw new Error(`Tally answered ${response.status} to the plain webhook`);
	}
	// A list of n8n's own, by the same call.
	const tables = list('dataTableId', 'tableSearch', 'n8n-nodes-base.dataTable', 1);
	const plain: Side = {
		...theirs,
		name: 'plain',
		n8n: plainN8n,
		cleverTap: plainCleverTap,
		addresses: { received: plainAddress('received'), finished: plainAddress('finished') },
		refusal: 403,
		lists: [tables, tables],
		close: async () => {
			await plainN8n.stop();
			await Promise.all([plainCleverTap.close(), theirs.collector.close(), theirs.jobs.close()]);
		},
	};
	return { tally, forms, ours, plain };
}

/** Asks again for as long as n8n is overloaded. */
async function reached<T>(ask: () => Promise<T>): Promise<T> {
	const attempt = async () => {
		try {
			return { answer: await ask() };
		} catch (error) {
			if (error instanceof N8nRequestFailed && error.status === OVERLOADED) return undefined;
			throw error;
		}
	};
	return (await until('n8n reaches its database', attempt, OVERLOADED_MS)).answer;
}

/** Posts JSON to a webhook of n8n and gives the status of the answer. */
async function post(url: string, body: string, signature?: string): Promise<number> {
	return await reached(async () => {
		const headers = { connection: 'close', 'content-type': 'application/json' };
		const signed = signature === undefined ? headers : { ...headers, 'tally-signature': signature };
		const response = await fetch(url, { method: 'POST', headers: signed, body });
		const said = await response.text();
		if (response.status === OVERLOADED) throw new N8nRequestFailed(response.status, 'a webhook', said);
		return response.status;
	});
}

// ---- The load

/** Work that a workflow is called to do. */
interface Job {
	readonly number: number;
	readonly kind: 'read' | 'bulk';
	/** How many items it has to end with; a read may end with more. */
	readonly items: number;
}

/** What was done, and what went wrong at once. */
interface Done {
	readonly counts: Record<Action['kind'], number>;
	readonly submissions: Array<{ submissionId: string; respondentId: string; to: Acknowledge }>;
	readonly jobs: Job[];
	readonly wrong: Record<'forged' | 'search' | 'job', string[]>;
}

/** Does all that is planned to both n8n, and measures them before, in between and after. */
async function load(sides: Sides, { steps }: SoakPlan, done: Done, onSample: (sample: Sample) => void): Promise<void> {
	const start = Date.now();
	let underWay: Array<Promise<void>> = [];
	const sample = async (): Promise<void> => {
		await Promise.all(underWay);
		underWay = [];
		await untilQuiet(sides);
		const [ours, plain] = await Promise.all([measure(sides.ours.inspectorPort), measure(sides.plain.inspectorPort)]);
		onSample({ at: Date.now() - start, submissions: done.submissions.length, ours, plain });
	};
	await sample();
	for (const [index, { gapMs, action }] of steps.entries()) {
		await wait(gapMs);
		const doing = act(sides, action, done);
		// What fails is thrown where it is waited for.
		doing.catch(() => undefined);
		underWay.push(doing);
		if ((index + 1) % MEASURED_EVERY === 0 || index + 1 === steps.length) await sample();
	}
}

/** Waits until Tally has nothing left to send and nothing runs in either n8n: what runs would count as memory kept. */
async function untilQuiet({ tally, ours, plain }: Sides): Promise<void> {
	await tally.settled();
	const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
	for (const { name, n8n } of [ours, plain]) {
		const isQuiet = async (): Promise<boolean> => {
			const ask = async () => await n8n.client.call('GET', `/rest/executions?filter=${filter}&limit=1`);
			return listAt(await reached(ask), ['results']).length === 0;
		};
		await until(`nothing runs in n8n (${name}); send less with --pace`, isQuiet, QUIET_MS);
	}
}

/** Does the same to both n8n; ends when both have answered. */
async function act(sides: Sides, action: Action, done: Done): Promise<void> {
	const { tally, forms } = sides;
	const toBoth = async (one: (side: Side) => Promise<void>): Promise<void> => {
		await Promise.all([one(sides.ours), one(sides.plain)]);
	};
	done.counts[action.kind] += 1;
	switch (action.kind) {
		case 'submission': {
			// Nobody reads what is in the file.
			const file = { name: 'picture.png', mimeType: 'image/png', content: randomBytes(action.fileSize) };
			const answers = action.fileSize === 0 ? action.answers : { ...action.answers, 'Show us a picture': [file] };
			done.submissions.push({ ...(await tally.submit(answers, forms[action.to])), to: action.to });
			return;
		}
		case 'forged': {
			// What Tally sent last, with another ID; or something else.
			const payload = action.looksReal ? tally.deliveries().at(-1)?.payload : undefined;
			const forged = payload && { ...payload, data: { ...payload.data, submissionId: `forged-${randomUUID()}` } };
			const body = JSON.stringify(forged ?? { hello: 'n8n', eventType: 'FORM_RESPONSE' });
			return await toBoth(async ({ name, addresses, refusal }) => {
				const status = await post(addresses[action.to], body, action.signature);
				if (status !== refusal) done.wrong.forged.push(`${name} answered ${status}`);
			});
		}
		case 'search':
			return await toBoth(async ({ name, n8n, cleverTap, lists }) => {
				const events = new Set(cleverTap.events().map(({ evtName }) => evtName)).size;
				const lengths: number[] = [];
				for (const list of lists) {
					const path = '/rest/dynamic-node-parameters/resource-locator-results';
					const found = await reached(async () => await n8n.client.call('POST', path, list));
					lengths.push(listAt(found, ['results']).length);
				}
				const [formsFound = 0, eventsFound = 0] = lengths;
				if (name === 'plain' || (formsFound >= Object.keys(forms).length && eventsFound >= events)) return;
				done.wrong.search.push(`${formsFound} forms, ${eventsFound} of ${events} events`);
			});
		case 'read':
		case 'bulk': {
			const { kind } = action;
			const readable = done.submissions.filter(({ to }) => to === 'received').length;
			const items = kind === 'bulk' ? BULK_ROWS : Math.min(work.READ_LIMIT, readable);
			const number = done.jobs.length;
			done.jobs.push({ number, kind, items });
			const rows = Array.from({ length: kind === 'bulk' ? items : 0 }, (_, index) => ({
				user: `imported-${number}-${index}`,
				row: `${number}-${index}`,
				note: `Row ${index} of job ${number}`.padEnd(100, '.'),
			}));
			return await toBoth(async ({ name, n8n }) => {
				const status = await post(`${n8n.url}/webhook/${work.jobPath(kind)}`, JSON.stringify({ job: number, rows }));
				if (status !== 200) done.wrong.job.push(`${name} answered ${status} to job ${number}, ${kind}`);
			});
		}
	}
}

// ---- What became of it

/** Draws up what became of everything, prints it, keeps it, and gives what is to be held against it. */
function account(args: SoakArguments, sides: Sides, done: Done, samples: readonly Sample[]): Check[] {
	const { ours, plain, tally } = sides;
	const facts = factsOf(sides, done);
	const rows = drawLedger(facts);
	const kept = { ...args, ...done, deliveries: facts.deliveries, reports: facts.reports, rows };
	writeFileSync(join(keptFolder, `${args.seed}.json`), JSON.stringify(kept, null, '\t'));
	const counts = Object.entries(done.counts).map(([kind, count]) => `${count} ${kind}`);
	const [uploads, plainUploads] = [ours.cleverTap.uploads(), plain.cleverTap.uploads()];
	const bad = uploads.filter(({ fault }) => fault !== undefined).length;
	console.log(`
Seed                     ${args.seed}
Sent to each n8n         ${counts.join(', ')}
Uploads                  ${uploads.length} of ours, of which ${bad} met a bad reply; ${plainUploads.length} of the plain n8n
`);
	for (const [kind, count] of countKinds(rows, promised)) console.log(`${String(count).padStart(7)}  ${kind}`);
	console.log(`\n${growthTable(samples)}\n`);
	return [
		...judge(rows, facts, promised),
		{
			title: 'Each job is accounted for: every item went well or was refused',
			wrong: [...done.wrong.job, ...done.jobs.flatMap((job) => wrongWithJob(ours, job))],
		},
		{ title: 'No forged delivery was taken', wrong: done.wrong.forged },
		{ title: 'The lists of the editor were full each time', wrong: done.wrong.search },
		{ title: 'The plain n8n did the same work', wrong: unreported(plain, done) },
		{
			title: 'Neither service saw a request that breaks its API description',
			wrong: [...tally.violations(), ...ours.cleverTap.violations()],
		},
		{ title: 'No unhandled error is in n8n’s log', wrong: [ours, plain].flatMap(unhandledErrors) },
		...judgeGrowth(samples),
	];
}

/** Nothing is killed here: what is acknowledged when received is not missing either. */
const promised: Promised = { unconfirmed: 'fail', acknowledge: 'finished' };

const isImported = (record: unknown): boolean => valueAt(record, ['evtName']) === work.IMPORTED_EVENT;

/** What came of the submissions in the n8n with the package. */
function factsOf({ tally, ours }: Sides, { submissions }: Done): Facts {
	const addresses = Object.values(ours.addresses);
	const reports = ours.collector.reports();
	return {
		submissions,
		kills: [],
		// A run that has not reported its end is missing by that.
		begun: reports.map(({ at, run, submissionId }) => ({ at, run, submissionId, isDelivered: true })),
		reports,
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
				statusCode,
			})),
	};
}

/** What the workflows said of a job: how many items there were, and how they ended. */
function reportsOn(side: Side, job: Job): Array<{ status: unknown; items: number }> {
	return side.jobs.received
		.map(({ body }): unknown => JSON.parse(body.toString()))
		.filter((report) => valueAt(report, ['job']) === job.number)
		.map((report) => ({ status: valueAt(report, ['status']), items: Number(valueAt(report, ['items'])) }));
}

/** Of each item of a job it has to be known how it ended; CleverTap has none twice. */
function wrongWithJob(side: Side, job: Job): string[] {
	const { number, kind, items } = job;
	const reports = reportsOn(side, job);
	const count = (wanted: string) =>
		reports.filter(({ status }) => status === wanted).reduce((sum, report) => sum + report.items, 0);
	const [accepted, refused] = [count('accepted'), count('refused')];
	const told = `job ${number}, ${kind}: ${accepted} accepted and ${refused} refused of ${items}`;
	if (kind === 'read') return accepted >= items ? [] : [told];
	const stored = side.cleverTap
		.events()
		.filter((event) => isImported(event) && String(event.evtData.row).startsWith(`${number}-`))
		.map(({ evtData }) => evtData.row);
	const isRight = accepted + refused === items && stored.length >= accepted && new Set(stored).size === stored.length;
	return isRight ? [] : [`${told}; CleverTap has ${stored.length}`];
}

/** What a side was sent and has not said a word of. */
function unreported(side: Side, { submissions, jobs }: Done): string[] {
	const told = new Set(side.collector.reports().map(({ submissionId }) => submissionId));
	return [
		...submissions
			.filter(({ submissionId }) => !told.has(submissionId))
			.map(({ submissionId }) => `nothing of submission ${submissionId}`),
		...jobs
			.filter((job) => job.items > 0 && reportsOn(side, job).length === 0)
			.map(({ number, kind }) => `nothing of job ${number}, ${kind}`),
	];
}

/** What Node or n8n writes of an error that nobody has handled. */
function unhandledErrors({ name, n8n }: Side): string[] {
	return readFileSync(n8n.logFile, 'utf8')
		.split('\n')
		.filter((line) => /unhandled|uncaught|out of memory|MaxListenersExceeded/i.test(line))
		.map((line) => `${name}: ${line}`);
}

// ---- The run

async function run(args: SoakArguments): Promise<Check[]> {
	const plan = drawPlan(args);
	mkdirSync(keptFolder, { recursive: true });
	let sides: Sides | undefined;
	try {
		const starting = progress('Starting two n8n');
		sides = await startSides(plan).finally(() => starting('over'));
		const done: Done = {
			counts: { submission: 0, forged: 0, read: 0, bulk: 0, search: 0 },
			submissions: [],
			jobs: [],
			wrong: { forged: [], search: [], job: [] },
		};
		const samples: Sample[] = [];
		const finish = progress(`${plan.steps.length} actions in ${args.minutes} minutes, and pauses to measure`);
		await load(sides, plan, done, (sample) => {
			samples.push(sample);
			writeFileSync(join(keptFolder, `${args.seed}-samples.json`), JSON.stringify(samples, null, '\t'));
			const live = [sample.ours, sample.plain].map(({ heap, outside }) => ((heap + outside) / 1e6).toFixed(1));
			console.log(`  ${sample.submissions} submissions, live memory ${live.join(' and ')} MB`);
		}).finally(() => finish('over'));
		return account(args, sides, done, samples);
	} finally {
		for (const side of sides ? [sides.ours, sides.plain] : []) {
			copyFileSync(side.n8n.logFile, join(keptFolder, `${args.seed}-${side.name}.log`));
			await side.close();
		}
		removeFolders();
	}
}

async function main(): Promise<void> {
	let args: SoakArguments;
	try {
		args = readArguments(process.argv.slice(2));
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
		process.exit(2);
	}
	console.log(`Seed ${args.seed}`);
	process.exitCode = conclude(await run(args), args.report);
}

/** n8n ends with this process; its throw-away folder has to be removed by hand. */
function leave(status: number): void {
	removeFolders();
	process.exit(status);
}
onLeave(leave);

main().catch((error: unknown) => {
	console.error(error);
	leave(1);
});
