/*
 * Makes sure that everything is there, then runs a TypeScript file under Node 24:
 *
 *     node sandbox/setup.mjs [--without-n8n] [--with-scan] --run <file.ts> [arguments …]
 *
 * Runs on Node 20 and needs no packages. A part that is there is not installed again; one that was
 * interrupted is. What npm says goes to .cache/logs. SANDBOX_N8N=1.123.81 has another n8n set up and run,
 * one of sandbox/n8n-old.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { setInterval, setTimeout } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lock } from './lock.mjs';
import { runStep } from './setup-step.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node24Folder = join(root, 'sandbox', 'node24');
const oldN8nFolder = join(root, 'sandbox', 'n8n-old');
const chosenN8n = process.env.SANDBOX_N8N;
const n8nFolder = chosenN8n ? join(oldN8nFolder, chosenN8n) : join(root, 'sandbox', 'n8n');
const scanFolder = join(root, 'test', 'scan');
const neededNode = 24;

const ownNode24 = join(node24Folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const thisNodeWillDo = Number(process.versions.node.split('.')[0]) >= neededNode;
const node = thisNodeWillDo ? process.execPath : ownNode24;

/**
 * npm tells what it starts about this project, its settings (.npmrc) included, and would so impose them on
 * folders that have their own.
 */
function isOfThisProject(name) {
	const settings = readFileSync(join(root, '.npmrc'), 'utf8').match(/^[a-z-]+(?==)/gm) ?? [];
	return (
		/^npm_(package|lifecycle|command|config_(local|global)_prefix|config_allow_scripts)/.test(name) ||
		settings.some((key) => name === `npm_config_${key.replaceAll('-', '_')}`)
	);
}

/** The environment with Node 24 first, for this project's other folders as for this one. */
function environment() {
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOfThisProject(name)));
	return { ...env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
}

/** npm as a command: the one that started this where it is known, since version managers put another Node before theirs. */
function npm(...args) {
	const started = process.env.npm_execpath;
	return started && basename(started) === 'npm-cli.js'
		? { command: existsSync(node) ? node : process.execPath, args: [started, ...args] }
		: { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };
}

function readJson(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/** npm's own record of what it has put into node_modules; it writes the record last. */
const installedRecord = (folder) => join(folder, 'node_modules', '.package-lock.json');

/** Whether node_modules holds what the lock file names, whoever installed it. */
function isInstalled(folder) {
	const wanted = readJson(join(folder, 'package-lock.json'))?.packages;
	const found = readJson(installedRecord(folder))?.packages;
	if (!wanted || !found) return false;
	return Object.entries(wanted).every(
		// What is for other platforms is left out, and so is what nothing asks for.
		([path, { version, optional, extraneous }]) =>
			path === '' || optional || extraneous || found[path]?.version === version,
	);
}

const runs = (...args) => spawnSync(node, args, { cwd: n8nFolder, stdio: 'ignore' }).status === 0;

function install(folder, title, log, { diskSpace = 0, ...flags } = {}) {
	return {
		title,
		log,
		folder,
		diskSpace,
		isDone: () => isInstalled(folder),
		// Should this be interrupted, what is there must not pass for complete.
		before: () => rmSync(installedRecord(folder), { force: true }),
		command: () => npm('ci', ...Object.keys(flags)),
	};
}

const gigabyte = 1e9;
const n8n = chosenN8n
	? { version: chosenN8n, log: `n8n-${chosenN8n}`, size: 1.9 }
	: { version: readJson(join(n8nFolder, 'package.json'))?.dependencies.n8n, log: 'n8n', size: 2.7 };
const steps = {
	node24: {
		...install(node24Folder, 'Fetching Node 24 (about 10 seconds)', 'node24.log', { diskSpace: gigabyte / 3 }),
		isDone: () => thisNodeWillDo || (isInstalled(node24Folder) && existsSync(ownNode24) && runs('--version')),
	},
	root: install(root, 'Installing what the project needs (about a minute)', 'project.log', { diskSpace: gigabyte / 2 }),
	n8n: install(n8nFolder, `Installing n8n ${n8n.version} (about 5 minutes, ${n8n.size} GB)`, `${n8n.log}.log`, {
		diskSpace: 1.3 * n8n.size * gigabyte,
		'--ignore-scripts': true,
	}),
	sqlite: {
		title: "Building n8n's database driver (some 2 minutes where it has to be compiled)",
		log: `${n8n.log}-sqlite.log`,
		folder: n8nFolder,
		diskSpace: gigabyte / 5,
		isDone: () => runs('--eval', 'require("sqlite3")'),
		before: () => {},
		command: () => npm('rebuild', 'sqlite3', '--ignore-scripts=false'),
	},
	scan: install(scanFolder, "Installing n8n's scan of community packages (about 20 seconds)", 'scan.log', {
		diskSpace: gigabyte / 4,
	}),
};

/** Waits until no other set-up changes the folders; returns what lets the next one in. */
async function takeTurn() {
	for (let told = false; ; told = true) {
		const { release, holder } = await lock(join(root, 'set-up'));
		if (release) return release;
		if (!told) console.log(`Another set-up is running here (process ${holder}); waiting for it …`);
		await wait(300);
	}
}

async function setUp(wanted) {
	const missing = () => wanted.filter((step) => !step.isDone());
	if (missing().length === 0) return;
	const release = await takeTurn();
	// Asked again, one by one: another set-up may have been at it, and a later step needs the earlier ones.
	for (const step of wanted) {
		if (step.isDone()) continue;
		const { bavail, bsize } = statfsSync(step.folder);
		if (bavail * bsize < step.diskSpace) {
			throw new Error(
				`${step.title}: ${(step.diskSpace / gigabyte).toFixed(1)} GB of free disk space are needed, ${((bavail * bsize) / gigabyte).toFixed(1)} GB are there.`,
			);
		}
		step.before();
		const log = join(root, '.cache', 'logs', step.log);
		await runStep({ title: step.title, ...step.command(), cwd: step.folder, env: environment(), log });
		if (!step.isDone()) throw new Error(`${step.title}: npm ended well, but something is missing. Its log: ${log}`);
	}
	release();
}

/** Runs the file and ends as it ends. Each signal reaches it once, however often a terminal and npm send it here. */
function run(file, args) {
	const child = spawn(node, ['--import', 'tsx', file, ...args], {
		cwd: root,
		env: environment(),
		// Out of the terminal's reach, else Ctrl-C would come from there as well. The channel tells
		// it should this process be killed.
		detached: true,
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
	});
	const heard = new Set();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => {
			if (heard.has(signal)) return;
			heard.add(signal);
			setTimeout(() => heard.delete(signal), 1000).unref();
			child.kill(signal);
		});
	}
	// The shell that npm puts between may end without a word to this process.
	const parent = process.ppid;
	setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 1000).unref();
	child.on('error', (error) => {
		console.error(`Node 24 could not be started: ${error.message}`);
		process.exit(1);
	});
	child.on('exit', (code, signal) => {
		process.exit(code ?? (signal === 'SIGINT' ? 130 : 143));
	});
}

const given = process.argv.slice(2);
const runAt = given.indexOf('--run');
const flags = given.slice(0, runAt);
const [file, ...args] = given.slice(runAt + 1);
const unknown = flags.find((flag) => flag !== '--without-n8n' && flag !== '--with-scan');
if (runAt < 0 || !file || unknown) {
	console.error('Usage: node sandbox/setup.mjs [--without-n8n] [--with-scan] --run <file.ts> [arguments …]');
	process.exit(2);
}
if (chosenN8n && !existsSync(join(n8nFolder, 'package.json'))) {
	console.error(
		`SANDBOX_N8N=${chosenN8n}: there is no such n8n in sandbox/n8n-old, only ${readdirSync(oldN8nFolder).join(', ')}.`,
	);
	process.exit(2);
}
try {
	await setUp([
		steps.node24,
		steps.root,
		...(flags.includes('--without-n8n') ? [] : [steps.n8n, steps.sqlite]),
		...(flags.includes('--with-scan') ? [steps.scan] : []),
	]);
	run(file, args);
} catch (error) {
	console.error(`\n${error.message}`);
	process.exit(1);
}
