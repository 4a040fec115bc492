/*
 * The storm of test/chaos, on n8n in queue mode: one main, two webhook processes, two workers, real
 * Redis and PostgreSQL. The main process, a worker, a webhook process and Redis are killed in turns;
 * Redis comes back after some seconds, with what it held (its append-only file), or with nothing
 * (--redis-forgets). The load balancer before the webhook processes passes deliveries on to those that
 * start, too; with --balanced only to those that are ready.
 *
 *     npm run test:queue -- --seed 1 --submissions 300 --kills 6 --unconfirmed neverTwice
 *
 * Needs Debian's redis-server and postgresql. The last line counts what was checked.
 */
import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { startCleverTap } from '../../sandbox/clevertap/clevertap';
import { sandboxCredentials } from '../../sandbox/example';
import { onLeave } from '../../sandbox/processes';
import { startProxy } from '../../sandbox/proxy';
import { progress } from '../../sandbox/progress.mjs';
import { startTally } from '../../sandbox/tally/tally';
import { account, conclude, ledgers, nameOf } from '../chaos/account';
import { type ChaosArguments, readArguments, usage } from '../chaos/arguments';
import { startCollector } from '../chaos/collector';
import { drawPlan } from '../chaos/plan';
import { clearSky, raise, type Victim } from '../chaos/storm';
import type { Check } from '../chaos/verdict';
import { chaosWorkflow } from '../chaos/workflow';
import { startCluster } from './cluster';

const TIME_SCALE = 1 / 800;
/**
 * n8n gives up the job of a killed worker after a minute and a half at most, and answers 500; Tally's
 * first retry, in real time five minutes later, must not meet a workflow that is still running.
 */
const DELIVERY_TIMEOUT_MS = 150_000;
/** n8n 2.41.1 ends itself where Redis stays away for ten seconds. */
const REDIS_AWAY_MS = 5000;

onLeave((status) => process.exit(status));

async function storm(args: ChaosArguments): Promise<Check[]> {
	const plan = drawPlan(args);
	const weather = clearSky();
	const name = `queue-${nameOf(args)}`;
	mkdirSync(ledgers, { recursive: true });
	const [collector, proxy, tally, cleverTap] = await Promise.all([
		startCollector(),
		startProxy({}),
		startTally({ timeScale: TIME_SCALE, deliveryTimeoutMs: DELIVERY_TIMEOUT_MS, ...plan.habits }),
		startCleverTap({ onUpload: (number) => plan.faultOf(number) }),
	]);
	try {
		const starting = progress('Starting Redis, PostgreSQL and five n8n processes');
		const cluster = await startCluster({
			redisComesBack: args.redisForgets ? 'empty' : 'full',
			balanced: args.balanced,
			webhookUrl: `${proxy.url}/`,
		}).finally(() => starting('over'));
		proxy.passTo(cluster.url);
		try {
			const { client } = cluster.main;
			const credentials: Record<string, { id: string; name: string }> = {};
			for (const [type, draft] of Object.entries(sandboxCredentials(tally, cleverTap))) {
				credentials[type] = { id: await client.createCredential(draft), name: draft.name };
			}
			const { packageName } = cluster;
			const draft = chaosWorkflow(args, {
				packageName,
				credentials,
				formId: tally.formId,
				collectorUrl: collector.url,
			});
			await client.publish(await client.createWorkflow(draft));

			const finish = progress(
				`${args.submissions} submissions, ${args.kills} kills, ${args.incidents} other incidents`,
			);
			const { main } = cluster;
			const [worker1, worker2] = cluster.workers;
			const [webhook1, webhook2] = cluster.webhooks;
			const redis = {
				kill: async () => await cluster.redis.kill(),
				start: async () => {
					await wait(REDIS_AWAY_MS);
					await cluster.redis.start();
				},
			};
			const victims: Victim[] = [main, worker1, webhook1, redis, worker2, webhook2];
			const victim = (number: number): Victim => victims[number % victims.length] ?? main;
			const world = { tally, cleverTap, collector, proxy, main, victim };
			await raise(world, plan, weather, args).finally(() => finish('over'));
			return account(args, world, plan, weather, name);
		} finally {
			cluster.saveLogs(ledgers, name);
			await cluster.close();
		}
	} finally {
		await Promise.all([collector.close(), proxy.close(), tally.close(), cleverTap.close()]);
	}
}

async function main(): Promise<void> {
	let args: ChaosArguments;
	try {
		args = readArguments(process.argv.slice(2));
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
