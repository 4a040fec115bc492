import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startCleverTap } from '../sandbox/clevertap/clevertap';
import { sandboxCredentials } from '../sandbox/example';
import { startTally } from '../sandbox/tally/tally';
import type { Sandbox } from '../test/e2e/sandbox';
import { postgresEnv, startPostgres } from '../test/queue/backing';
import { startCluster } from '../test/queue/cluster';
import { engines, inSandbox } from './n8n';

/** An n8n with the package, on one of the databases and in one of the modes that n8n offers. */
export interface Place extends Pick<Sandbox, 'n8n' | 'tally' | 'packageName' | 'credentials'> {
	/** Where it takes what its triggers wait for. */
	readonly url: string;
	/** Bytes that it has written to its database so far, of whatever kind; nothing where that can't be told. */
	written(): number | undefined;
}

export interface PlaceKind {
	readonly title: string;
	/** One of its own, for as long as `use` takes. */
	open<T>(use: (place: Place) => Promise<T>): Promise<T>;
}

const { env } = engines.whereNeeded;

export const places: readonly PlaceKind[] = [
	{
		title: 'SQLite',
		open: async (use) =>
			await inSandbox(
				async (sandbox) => await use({ ...sandbox, url: sandbox.n8n.url, written: () => writtenBy(sandbox.n8n.pid()) }),
				{ env },
			),
	},
	{
		title: 'PostgreSQL',
		open: async (use) =>
			await withPostgres(
				async (port, database) =>
					await inSandbox(
						async (sandbox) => await use({ ...sandbox, url: sandbox.n8n.url, written: () => loggedBy(port) }),
						{ env: { ...env, ...database } },
					),
			),
	},
	{ title: 'PostgreSQL, queue mode with two workers', open: inQueueMode },
];

/** What a process has written, to files and sockets, by Linux's count. */
function writtenBy(pid: number | undefined): number | undefined {
	if (pid === undefined || process.platform !== 'linux') return undefined;
	return Number(/^wchar: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
}

/** What PostgreSQL has put into its write-ahead log. */
function loggedBy(port: number): number {
	const query = "select pg_current_wal_insert_lsn() - '0/0'::pg_lsn";
	const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', '-d', 'n8n'];
	return Number(execFileSync('psql', [...connection, '-Atc', query], { encoding: 'utf8' }));
}

async function withPostgres<T>(use: (port: number, env: Record<string, string>) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-bench-'));
	// PostgreSQL may run as another user, who has to get to its own folder in here.
	chmodSync(folder, 0o711);
	const remove = () => rmSync(folder, { recursive: true, force: true });
	process.on('exit', remove);
	const postgres = await startPostgres(folder);
	try {
		return await use(postgres.port, postgresEnv(postgres));
	} finally {
		await postgres.kill();
		remove();
	}
}

async function inQueueMode<T>(use: (place: Place) => Promise<T>): Promise<T> {
	const [tally, cleverTap] = await Promise.all([startTally(), startCleverTap()]);
	try {
		// Tally itself delivers nothing: the address at which it would is not asked.
		const cluster = await startCluster({
			redisComesBack: 'empty',
			balanced: true,
			webhookUrl: 'http://127.0.0.1:9/',
			env,
		});
		try {
			const { main: n8n, url, packageName, postgres } = cluster;
			const credentials: Record<string, { id: string; name: string }> = {};
			for (const [type, draft] of Object.entries(sandboxCredentials(tally, cleverTap))) {
				credentials[type] = { id: await n8n.client.createCredential(draft), name: draft.name };
			}
			return await use({ n8n, url, tally, packageName, credentials, written: () => loggedBy(postgres.port) });
		} finally {
			await cluster.close();
		}
	} finally {
		await Promise.all([tally.close(), cleverTap.close()]);
	}
}
