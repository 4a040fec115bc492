/*
 * Sends submissions through a real n8n while it is killed and started again and CleverTap answers
 * badly, and draws up what became of each:
 *
 *     npm run test:chaos -- --seed 1 --submissions 300 --kills 5 --bad 0.2 --unconfirmed neverTwice
 *
 * The last line counts what was checked: `N passed, N failed`. All rows and n8n's log stay in
 * .cache/chaos.
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { progress } from '../../sandbox/progress.mjs';
import { type Sandbox, startSandbox } from '../e2e/sandbox';
import { type ChaosArguments, readArguments, usage } from './arguments';
import { startCollector } from './collector';
import { drawLedger } from './ledger';
import { drawPlan } from './plan';
import { factsOf, raise, type Weather } from './storm';
import { type Check, inWords, judge, tally } from './verdict';
import { chaosWorkflow } from './workflow';

/** Tally's day-long ladder takes two minutes: 0.4 s, 2.3 s, 4.5 s, 27 s, 108 s. */
const TIME_SCALE = 1 / 800;
/**
 * Longer than a workflow takes, however CleverTap answers: Tally's own ten seconds would be over
 * before, and its first retry, in real time five minutes later, would meet the workflow still running.
 */
const DELIVERY_TIMEOUT_MS = 90_000;
const SHOWN_ROWS = 40;

const folder = join(__dirname, '..', '..', '.cache', 'chaos');
let sandbox: Sandbox | undefined;

/** n8n ends with this process; its throw-away folder has to be ended by hand. */
function leave(status: number): void {
	if (sandbox) rmSync(sandbox.n8n.userFolder, { recursive: true, force: true });
	process.exit(status);
}
process.on('SIGINT', () => leave(130));
process.on('SIGTERM', () => leave(143));
process.on('SIGHUP', () => leave(129));
process.on('disconnect', () => leave(1));
process.channel?.unref();

async function storm(args: ChaosArguments): Promise<Check[]> {
	const plan = drawPlan(args);
	const weather: Weather = { submissions: [], kills: [], redelivered: 0 };
	const collector = await startCollector();
	const started = Date.now();
	const name = `${args.unconfirmed}-${args.records}-${args.seed}`;
	mkdirSync(folder, { recursive: true });
	try {
		const running = await startSandbox({
			tally: { timeScale: TIME_SCALE, deliveryTimeoutMs: DELIVERY_TIMEOUT_MS },
			cleverTap: { onUpload: (number) => plan.faultOf(number) },
		});
		sandbox = running;
		const { n8n, packageName, credentials, cleverTap } = running;
		const workflowId = await n8n.client.createWorkflow(
			chaosWorkflow(args, {
				packageName,
				credentials,
				formId: running.tally.formId,
				collectorUrl: collector.url,
			}),
		);
		await n8n.client.publish(workflowId);

		const finish = progress(`${args.submissions} submissions, n8n killed ${args.kills} times`);
		await raise(running, plan, weather).finally(() => finish('over'));

		const facts = factsOf(running, weather, collector.reports());
		const rows = drawLedger(facts);
		const bad = cleverTap.uploads().filter(({ fault }) => fault !== undefined).length;
		const attempts = facts.deliveries.reduce((sum, delivery) => sum + delivery.attempts, 0);
		writeFileSync(
			join(folder, `${name}.json`),
			JSON.stringify({ ...args, ...facts, uploads: cleverTap.uploads(), rows }, null, '\t'),
		);
		console.log(`
Seed                     ${args.seed}
Unconfirmed events       ${args.unconfirmed}, profile and event ${args.records}
Submissions              ${rows.length}
n8n killed               ${weather.kills.length} times
Tally's deliveries       ${attempts}, of which ${weather.redelivered} asked for after Tally had given up
Uploads                  ${cleverTap.uploads().length}, of which ${bad} met a bad reply
Took                     ${Math.round((Date.now() - started) / 1000)} s

${tally(rows, args.unconfirmed)
	.map(([kind, count]) => `${String(count).padStart(7)}  ${kind}`)
	.join('\n')}
`);
		const special = rows.filter(({ profile, events }) => !profile || events !== 1).map(inWords);
		for (const line of special.slice(0, SHOWN_ROWS)) console.log(`  ${line}`);
		if (special.length > SHOWN_ROWS) console.log(`  … and ${special.length - SHOWN_ROWS} more`);
		return [
			...judge(rows, facts, args.unconfirmed),
			{
				title: 'All went as planned: each submission sent, each kill done, bad replies given',
				wrong: [
					...(rows.length < args.submissions ? [`${rows.length} submissions were sent`] : []),
					...(weather.kills.length < args.kills ? [`${weather.kills.length} kills were done`] : []),
					...(args.bad > 0 && bad === 0 ? ['CleverTap never answered badly'] : []),
				],
			},
			{
				title: 'Neither service saw a request that breaks its API description',
				wrong: [...running.tally.violations(), ...cleverTap.violations()],
			},
		];
	} finally {
		if (sandbox) {
			copyFileSync(sandbox.n8n.logFile, join(folder, `${name}.log`));
			await sandbox.close();
			rmSync(sandbox.n8n.userFolder, { recursive: true, force: true });
		}
		await collector.close();
	}
}

async function main(): Promise<void> {
	const given = process.argv.slice(2);
	let args: ChaosArguments;
	try {
		args = readArguments(given);
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
		process.exit(2);
	}
	console.log(`Seed ${args.seed}`);
	const checks = await storm(args);
	console.log('');
	for (const { title, wrong } of checks) {
		console.log(`${wrong.length === 0 ? 'passed' : 'FAILED'}  ${title}`);
		for (const line of wrong) console.log(`          ${line}`);
	}
	const failed = checks.filter(({ wrong }) => wrong.length > 0).length;
	const count = { passed: checks.length - failed, failed };
	if (args.report !== undefined) writeFileSync(args.report, JSON.stringify(count));
	console.log(`\n${count.passed} passed, ${count.failed} failed`);
	process.exitCode = failed > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
