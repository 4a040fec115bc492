/*
 * Sends submissions through a real n8n while it is killed and started again, its webhook is removed
 * or switched off at Tally, Tally's API is down, a proxy answers for n8n, and CleverTap answers badly;
 * then draws up what became of each:
 *
 *     npm run test:chaos -- --seed 1 --submissions 300 --kills 5 --bad 0.2 --unconfirmed neverTwice
 *
 * Tally delivers to n8n itself, also while it starts; nobody helps by hand. With --balanced a load
 * balancer keeps deliveries from an n8n that is not ready.
 * The last line counts what was checked: `N passed, N failed`. All rows and n8n's log stay in
 * .cache/chaos.
 */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startProxy } from '../../sandbox/proxy';
import { progress } from '../../sandbox/progress.mjs';
import { onLeave } from '../../sandbox/processes';
import { startRoundRobin } from '../../sandbox/roundRobin';
import { type Sandbox, startSandbox } from '../e2e/sandbox';
import { account, conclude, ledgers, nameOf } from './account';
import { type ChaosArguments, readArguments, usage } from './arguments';
import { startCollector } from './collector';
import { drawPlan } from './plan';
import { clearSky, raise, type Victim } from './storm';
import type { Check } from './verdict';
import { chaosWorkflow } from './workflow';

/** Tally's day-long ladder takes two minutes: 0.4 s, 2.3 s, 4.5 s, 27 s, 108 s. */
const TIME_SCALE = 1 / 800;
/**
 * Longer than a workflow takes, however CleverTap answers: Tally's own ten seconds would be over
 * before, and its first retry, in real time five minutes later, would meet the workflow still running.
 */
const DELIVERY_TIMEOUT_MS = 90_000;
let sandbox: Sandbox | undefined;

/** n8n ends with this process; its throw-away folder has to be ended by hand. */
function leave(status: number): void {
	if (sandbox) rmSync(sandbox.n8n.userFolder, { recursive: true, force: true });
	process.exit(status);
}
onLeave(leave);

async function storm(args: ChaosArguments): Promise<Check[]> {
	const plan = drawPlan(args);
	const weather = clearSky();
	const [collector, proxy, balancer] = await Promise.all([startCollector(), startProxy({}), startRoundRobin()]);
	const name = nameOf(args);
	mkdirSync(ledgers, { recursive: true });
	try {
		const running = await startSandbox({
			tally: { timeScale: TIME_SCALE, deliveryTimeoutMs: DELIVERY_TIMEOUT_MS, ...plan.habits },
			cleverTap: { onUpload: (number) => plan.faultOf(number) },
			// With the time of each line, to be held against the ledger.
			env: { WEBHOOK_URL: `${proxy.url}/`, N8N_LOG_FORMAT: 'json' },
		});
		sandbox = running;
		const { n8n, packageName, credentials } = running;
		proxy.passTo(args.balanced ? balancer.url : n8n.url);
		const serve = (isReady: boolean): void => balancer.serve(isReady ? [n8n.url] : []);
		serve(true);
		const victim: Victim = {
			kill: async () => {
				await n8n.kill();
				serve(false);
			},
			start: async () => {
				await n8n.start();
				serve(true);
			},
		};
		const workflowId = await n8n.client.createWorkflow(
			chaosWorkflow(args, {
				packageName,
				credentials,
				formId: running.tally.formId,
				collectorUrl: collector.url,
			}),
		);
		await n8n.client.publish(workflowId);

		const finish = progress(
			`${args.submissions} submissions, n8n killed ${args.kills} times, ${args.incidents} other incidents`,
		);
		const world = { ...running, collector, proxy, main: victim, victim: () => victim };
		await raise(world, plan, weather, args).finally(() => finish('over'));

		return account(args, world, plan, weather, name);
	} finally {
		if (sandbox) {
			copyFileSync(sandbox.n8n.logFile, join(ledgers, `${name}.log`));
			await sandbox.close();
			rmSync(sandbox.n8n.userFolder, { recursive: true, force: true });
		}
		await Promise.all([collector.close(), proxy.close(), balancer.close()]);
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
	process.exitCode = conclude(await storm(args), args.report);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
