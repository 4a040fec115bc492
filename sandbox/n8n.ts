import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { N8nClient } from './n8n-client';
import { n8nFolder, n8nHas, n8nProgram } from './n8n-version';
import { freePort } from './ports';
import { killGroup } from './processes';
import { until } from './until';

/** The login of the sandbox's n8n. It listens on this machine only and holds made-up data. */
export const owner = { email: 'owner@sandbox.example', password: 'Sandbox-2026' } as const;

const ownerName = { firstName: 'Sandbox', lastName: 'Owner' } as const;

export interface N8nOptions {
	/** What the process does; `webhook` and `worker` are n8n's queue mode. Default `start`: the main process. */
	command?: 'start' | 'webhook' | 'worker';
	/** Holds `.n8n`; default: a throw-away folder, removed by `stop()`. */
	userFolder?: string;
	/** Taken if it is free, else another one. */
	port?: number;
	/** Added to n8n's environment, over what is set here. */
	env?: Record<string, string>;
	/** Where n8n's output goes; default: `n8n.log` in the user folder. */
	logFile?: string;
	/** How long a start may take, in milliseconds. */
	timeoutMs?: number;
}

export interface N8n {
	/** `http://127.0.0.1:<port>`: the editor, the REST calls and the webhooks. */
	readonly url: string;
	/** Logged in as the owner, where this is a main process. */
	readonly client: N8nClient;
	readonly userFolder: string;
	readonly logFile: string;
	/** The number of the process; another one after `start()`. */
	pid(): number | undefined;
	/** Ends n8n as an administrator would; a throw-away folder goes with it. */
	stop(): Promise<void>;
	/** Kills n8n and its task runner at once, as a power cut would. The folder stays. */
	kill(): Promise<void>;
	/** Starts n8n again on the same folder and ports, after `kill()`, and logs in. */
	start(): Promise<void>;
}

/** Only what a process needs: settings of n8n and proxies in the caller's shell must not decide what the sandbox does. */
function inherited(): Record<string, string> {
	const names = ['PATH', 'HOME', 'USER', 'TMPDIR', 'LANG', 'SystemRoot'];
	return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

function settings(userFolder: string, port: number, brokerPort: number): Record<string, string> {
	const bcrypt = createRequire(join(n8nFolder, 'package.json'))('bcryptjs') as {
		hashSync(password: string, rounds: number): string;
	};
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		// A worker serves nothing but this.
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// The editor is reached by plain http.
		N8N_SECURE_COOKIE: 'false',
		// Nothing leaves this machine.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		// The package is not one of those that n8n has verified, and n8n announces that such ones will be off by default.
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		...(n8nHas.steadyExpressionEngine ? {} : { N8N_EXPRESSION_ENGINE: 'legacy' }),
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: owner.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: ownerName.firstName,
		N8N_INSTANCE_OWNER_LAST_NAME: ownerName.lastName,
		N8N_INSTANCE_OWNER_PASSWORD_HASH: bcrypt.hashSync(owner.password, 10),
	};
}

/** The last lines that n8n wrote. */
function logTail(logFile: string): string {
	const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
	return lines
		.slice(-25)
		.map((line) => `    ${line}`)
		.join('\n');
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/**
 * Starts a real n8n with an owner, on its embedded SQLite, and waits until it can be used.
 * Packages are to be installed in the user folder beforehand (`installPackage`).
 */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	const command = options.command ?? 'start';
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-sandbox-')));
	mkdirSync(userFolder, { recursive: true });
	const port = await freePort(options.port);
	const env = { ...inherited(), ...settings(userFolder, port, await freePort()), ...options.env };
	const url = `http://127.0.0.1:${port}`;
	const logFile = options.logFile ?? join(userFolder, 'n8n.log');
	const client = new N8nClient(url);
	let child: ChildProcess | undefined;

	async function ready(started: ChildProcess): Promise<void> {
		await until(
			'n8n is ready',
			async () => {
				if (hasEnded(started))
					throw new Error(`n8n ended with ${started.exitCode ?? started.signalCode} while starting`);
				try {
					// The health check answers before the editor's calls do.
					if (!(await fetch(`${url}/healthz/readiness`)).ok) return false;
					if (command !== 'start') return true;
					if (!n8nHas.ownerFromEnvironment) await client.setUpOwner({ ...owner, ...ownerName });
					await client.login(owner.email, owner.password);
					return true;
				} catch {
					return false;
				}
			},
			options.timeoutMs ?? 180_000,
		);
	}

	async function start(): Promise<void> {
		if (child && !hasEnded(child)) throw new Error('n8n is running already.');
		const log = openSync(logFile, 'a');
		child = spawn(
			process.execPath,
			['--require', join(__dirname, 'n8n-lifeline.cjs'), n8nProgram, command],
			// A process group of its own, to be ended with its task runner; the folder, since n8n reads a .env where it starts.
			{ cwd: userFolder, env, detached: true, stdio: ['ignore', log, log, 'ipc'] },
		);
		closeSync(log);
		try {
			await ready(child);
		} catch (error) {
			killGroup(child);
			throw new Error(
				`${error instanceof Error ? error.message : String(error)}. The end of ${logFile}:\n${logTail(logFile)}`,
			);
		}
	}

	async function kill(): Promise<void> {
		if (!child) return;
		const ended = hasEnded(child) ? undefined : once(child, 'exit');
		killGroup(child);
		await ended;
	}

	async function stop(): Promise<void> {
		if (child && !hasEnded(child)) {
			const ended = once(child, 'exit');
			child.kill('SIGTERM');
			const grace = new AbortController();
			await Promise.race([ended, wait(15_000, undefined, { signal: grace.signal }).catch(() => undefined)]);
			grace.abort();
		}
		await kill();
		if (!options.userFolder) await rm(userFolder, { recursive: true, force: true });
	}

	await start();
	return { url, client, userFolder, logFile, pid: () => child?.pid, stop, kill, start };
}
