import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../sandbox/ports';
import { until } from '../../sandbox/until';

/** A service that runs as long as the suite, on a free port of this machine. */
export interface Backing {
	readonly port: number;
	/** Kills it at once. */
	kill(): Promise<void>;
	/** Starts it again on the same port, after `kill()`. */
	start(): Promise<void>;
}

const answers = async (port: number): Promise<boolean> =>
	await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});

interface Program {
	path: string;
	args: readonly string[];
	log: string;
	port: number;
	/** Who runs it, where not the caller. */
	as?: { uid: number; gid: number };
}

async function keepRunning({ path, args, log, port, as }: Program): Promise<Backing> {
	let child: ChildProcess | undefined;
	const start = async (): Promise<void> => {
		const output = openSync(log, 'a');
		const started = spawn(path, [...args], { stdio: ['ignore', output, output], ...as });
		child = started;
		await until(
			`${path} answers`,
			async () => {
				if (started.exitCode !== null) throw new Error(`${path} ended with ${started.exitCode}: see ${log}`);
				return await answers(port);
			},
			60_000,
		);
	};
	const kill = async (): Promise<void> => {
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const ended = once(child, 'exit');
		child.kill('SIGKILL');
		await ended;
	};
	process.on('exit', () => child?.kill('SIGKILL'));
	await start();
	return { port, kill, start };
}

/**
 * Redis. Debian: `apt-get install redis-server`.
 *
 * @param comesBack with what it held when it was killed (its append-only file), or with nothing
 */
export async function startRedis(folder: string, comesBack: 'full' | 'empty'): Promise<Backing> {
	const port = await freePort();
	const file = comesBack === 'full' ? 'yes' : 'no';
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', file, '--dir', folder];
	return await keepRunning({ path: 'redis-server', args, log: join(folder, 'redis.log'), port });
}

/** PostgreSQL with an empty database "n8n", open to its user "n8n". Debian: `apt-get install postgresql`. */
export async function startPostgres(folder: string): Promise<Backing> {
	const base = '/usr/lib/postgresql';
	const version = existsSync(base) ? readdirSync(base).sort().at(-1) : undefined;
	if (version === undefined) throw new Error('PostgreSQL is not installed (apt-get install postgresql)');
	const bin = (name: string) => join(base, version, 'bin', name);
	const data = join(folder, 'postgres');
	mkdirSync(data, { mode: 0o700 });
	// It refuses to run as root.
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	const as = process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : undefined;
	if (as) chownSync(data, as.uid, as.gid);
	const quiet = { stdio: 'ignore' as const, cwd: '/', ...as };
	execFileSync(bin('initdb'), ['-D', data, '-U', 'n8n', '--auth=trust', '--no-sync'], quiet);
	const port = await freePort();
	const postgres = await keepRunning({
		path: bin('postgres'),
		args: ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-F'],
		log: join(folder, 'postgres.log'),
		port,
		...(as ? { as } : {}),
	});
	await until(
		'the database is made',
		() => {
			try {
				execFileSync(bin('createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', 'n8n'], quiet);
				return true;
			} catch {
				return false;
			}
		},
		60_000,
	);
	return postgres;
}

/** n8n's settings for a PostgreSQL of here, with a key of its own for credentials. */
export function postgresEnv({ port }: Backing): Record<string, string> {
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: 'n8n',
		DB_POSTGRESDB_USER: 'n8n',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
	};
}
