import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type N8n, startN8n } from '../../sandbox/n8n';
import { installPackage, packageName, packPackage } from '../../sandbox/n8n-package';
import { startRoundRobin } from '../../sandbox/roundRobin';
import { type Backing, postgresEnv, startPostgres, startRedis } from './backing';

export interface ClusterOptions {
	redisComesBack: 'full' | 'empty';
	/** Deliveries go only to webhook processes that are ready; else also to those that start, or are gone. */
	balanced: boolean;
	/** WEBHOOK_URL of all processes. */
	webhookUrl: string;
	/** Added to the environment of all processes. */
	env?: Readonly<Record<string, string>>;
}

/** n8n in queue mode: one main, two webhook processes behind a load balancer, two workers. */
export interface Cluster {
	/** Where the load balancer takes deliveries. */
	readonly url: string;
	readonly main: N8n;
	readonly webhooks: readonly [N8n, N8n];
	readonly workers: readonly [N8n, N8n];
	readonly redis: Backing;
	readonly postgres: Backing;
	readonly packageName: string;
	/** Keeps the processes' logs. */
	saveLogs(folder: string, prefix: string): void;
	close(): Promise<void>;
}

export async function startCluster({
	redisComesBack,
	balanced,
	webhookUrl,
	env: added,
}: ClusterOptions): Promise<Cluster> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-'));
	// PostgreSQL may run as another user, who has to get to its own folder in here.
	chmodSync(folder, 0o711);
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	const ending: Array<() => Promise<void>> = [];
	const names = ['main', 'webhook1', 'webhook2', 'worker1', 'worker2'];
	const close = async (): Promise<void> => {
		for (const end of ending.splice(0).reverse()) await end();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const redis = await startRedis(folder, redisComesBack);
		ending.push(() => redis.kill());
		const postgres = await startPostgres(folder);
		ending.push(() => postgres.kill());
		const balancer = await startRoundRobin();
		ending.push(() => balancer.close());
		const env = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			...postgresEnv(postgres),
			WEBHOOK_URL: webhookUrl,
			// With the time of each line, to be held against the ledger.
			N8N_LOG_FORMAT: 'json',
			npm_config_offline: 'true',
			...added,
		};
		const tarball = await packPackage();
		const begin = async (name: string, command: 'start' | 'webhook' | 'worker'): Promise<N8n> => {
			const userFolder = join(folder, name);
			mkdirSync(userFolder);
			await installPackage(tarball, userFolder);
			const n8n = await startN8n({ command, userFolder, env });
			ending.push(() => n8n.stop());
			return n8n;
		};
		const main = await begin('main', 'start');
		const ready = new Set<string>();
		const serve = (): void => balancer.serve([...ready]);
		// While n8n 2.41.1 starts it answers 200 to deliveries, and forgets them.
		const behindBalancer = (n8n: N8n): N8n => {
			ready.add(n8n.url);
			if (!balanced) return n8n;
			return {
				...n8n,
				kill: async () => {
					await n8n.kill();
					ready.delete(n8n.url);
					serve();
				},
				start: async () => {
					await n8n.start();
					ready.add(n8n.url);
					serve();
				},
			};
		};
		const webhooks: Cluster['webhooks'] = [
			behindBalancer(await begin('webhook1', 'webhook')),
			behindBalancer(await begin('webhook2', 'webhook')),
		];
		const workers: Cluster['workers'] = [await begin('worker1', 'worker'), await begin('worker2', 'worker')];
		serve();
		return {
			url: balancer.url,
			main,
			webhooks,
			workers,
			redis,
			postgres,
			packageName: await packageName(),
			saveLogs: (target, prefix) => {
				for (const name of names) {
					const log = join(folder, name, 'n8n.log');
					if (existsSync(log)) copyFileSync(log, join(target, `${prefix}-${name}.log`));
				}
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
