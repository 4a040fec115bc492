/*
 * Runs everything that has to hold, one stage after the other, also after a failed one:
 *
 *     npm test                 all stages but the long ones, as each push
 *     npm test -- unit scan    chosen ones
 *     npm test -- all          all of them, as .ci/run and every night
 *
 * The last line counts what ran: `N passed, N failed`, with `, N skipped` if any.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { valueAt } from '../sandbox/n8n-json';
import { packPackage } from '../sandbox/n8n-package';
import { killGroup, onLeave } from '../sandbox/processes';
import { progress } from '../sandbox/progress.mjs';
import { splitChecks } from './split/stage';

const root = join(__dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'n8n-nodes-test-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

interface Count {
	passed: number;
	failed: number;
	skipped: number;
}

interface Stage {
	name: string;
	/** Runs only when it is asked for. */
	isLong?: boolean;
	run: () => Promise<Count>;
}

let running: ChildProcess | undefined;

/** Ends what runs, with everything it has started, and then this. */
function leave(status: number): void {
	killGroup(running);
	process.exit(status);
}
onLeave(leave);

/** Runs a script of this repository, or of node_modules; its output is shown as it comes, or else returned. */
async function execute(command: readonly string[], show: boolean): Promise<{ ok: boolean; output: string }> {
	const [script = '', ...args] = command;
	return await run(
		process.execPath,
		['--disable-warning=ExperimentalWarning', join(root, script), ...args],
		root,
		show,
	);
}

async function run(
	program: string,
	args: readonly string[],
	cwd: string,
	show = false,
): Promise<{ ok: boolean; output: string }> {
	const child = spawn(program, args, {
		cwd,
		detached: true,
		stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
	});
	running = child;
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const ok = await new Promise<boolean>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve(code === 0));
	});
	running = undefined;
	return { ok, output };
}

/** A check that counts as one: `work` returns what is wrong, or throws it. */
function check(name: string, title: string, work: () => Promise<string | undefined>): Stage {
	return {
		name,
		async run() {
			const finish = progress(title);
			const wrong = await work().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
			finish(wrong === undefined ? 'passed' : 'failed');
			if (wrong !== undefined) console.log(wrong);
			return { passed: wrong === undefined ? 1 : 0, failed: wrong === undefined ? 0 : 1, skipped: 0 };
		},
	};
}

/** What is wrong according to a program that ends with another status than 0. */
async function saidBy(...command: string[]): Promise<string | undefined> {
	const { ok, output } = await execute(command, false);
	return ok ? undefined : output.trim() || 'It failed without a word.';
}

/** A jest project; every test counts. */
function jest(project: string, ...flags: string[]): Stage {
	return {
		name: project,
		run: async () => await tested(project, [project], flags),
	};
}

/** The two packages of one service each, one after the other; a later check of one goes on where an earlier ended. */
function split(): Stage {
	return {
		name: 'split',
		isLong: true,
		async run() {
			const total: Count = { passed: 0, failed: 0, skipped: 0 };
			for (const { title, work } of splitChecks(run)) {
				add(total, await check('split', title, work).run());
			}
			return total;
		},
	};
}

/** The quick tests, with a few hundred random inputs to whatever reads from outside. */
function unit(): Stage {
	return { name: 'unit', run: async () => await tested('unit', ['unit', 'fuzz'], []) };
}

/** Many more random inputs: FUZZ_RUNS of each kind, from FUZZ_SEED; fewer in CI. */
function fuzz(): Stage {
	return {
		name: 'fuzz',
		isLong: true,
		async run() {
			process.env.FUZZ_RUNS ??= process.env.CI ? '3000' : '100000';
			const alone = await tested('fuzz', ['fuzz'], []);
			const only = ['--testPathPatterns', 'tally-trigger-webhook|clevertap-parameters', '--testNamePattern', 'Random'];
			const inEngine = await tested('fuzz-engine', ['integration'], only);
			return {
				passed: alone.passed + inEngine.passed,
				failed: alone.failed + inEngine.failed,
				// The other tests of those files are left out on purpose.
				skipped: alone.skipped,
			};
		},
	};
}

async function tested(name: string, projects: readonly string[], flags: readonly string[]): Promise<Count> {
	const file = join(scratch, `${name}.json`);
	const { ok } = await execute(
		['node_modules/jest/bin/jest.js', '--selectProjects', ...projects, '--json', `--outputFile=${file}`, ...flags],
		true,
	);
	const report: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
	const number = (key: string) => Number(valueAt(report, [key]) ?? 0);
	const passed = number('numPassedTests');
	// A file that can't even be read has no tests to count.
	const failed = number('numFailedTests') + number('numRuntimeErrorTestSuites');
	const nothingRan = passed + failed === 0;
	if (nothingRan) console.log('No test ran: that counts as a failure.');
	return {
		passed,
		failed: failed === 0 && (!ok || nothingRan) ? 1 : failed,
		skipped: number('numPendingTests') + number('numTodoTests'),
	};
}

/** A long suite of its own, at reduced length; each of its checks counts. */
function suite(name: string, script: string, ...args: string[]): Stage {
	return {
		name,
		isLong: true,
		async run() {
			const file = join(scratch, `${name}.json`);
			rmSync(file, { force: true });
			const { ok } = await execute(['node_modules/tsx/dist/cli.mjs', script, '--report', file, ...args], true);
			const report: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
			const failed = Number(valueAt(report, ['failed']) ?? 0);
			return {
				passed: Number(valueAt(report, ['passed']) ?? 0),
				failed: failed === 0 && !ok ? 1 : failed,
				skipped: 0,
			};
		},
	};
}

const chaos = (...args: string[]): Stage => suite('chaos', 'test/chaos/run.ts', ...args);
const queue = (...args: string[]): Stage => suite('queue', 'test/queue/run.ts', ...args);
const soak = (...args: string[]): Stage => suite('soak', 'test/soak/run.ts', ...args);

async function unpacked(): Promise<string> {
	const folder = mkdtempSync(join(scratch, 'package-'));
	const tar = spawn('tar', ['-xzf', await packPackage(), '-C', folder, '--strip-components=1'], { stdio: 'inherit' });
	await new Promise((resolve, reject) => tar.on('error', reject).on('close', resolve));
	return folder;
}

const stages: readonly Stage[] = [
	check(
		'lint',
		'Checking the format',
		async () => await saidBy('node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'),
	),
	check(
		'lint',
		'Checking what imports what',
		async () =>
			await saidBy(
				'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
				'nodes',
				'credentials',
				'sandbox',
				'test',
				'bench',
				'split',
				'--output-type',
				'err',
			),
	),
	check('lint', 'Linting', async () => await saidBy('node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0')),
	check(
		'types',
		'Checking types',
		async () => await saidBy('node_modules/typescript/bin/tsc', '-p', 'tsconfig.check.json'),
	),
	unit(),
	jest('integration'),
	check('build', 'Building and packing the package', async () => void (await packPackage())),
	check('scan', "n8n's scan of the sources", async () => await saidBy('test/scan/scan.mjs', 'source', root)),
	check(
		'scan',
		"n8n's scan of the package",
		async () => await saidBy('test/scan/scan.mjs', 'package', await unpacked()),
	),
	jest('e2e', '--runInBand'),
	{ ...jest('browser', '--runInBand'), isLong: true },
	split(),
	{ ...jest('split', '--runInBand'), isLong: true },
	// Three of the seven incidents kill n8n, too.
	chaos('--submissions', '100', '--pace', '700', '--kills', '1', '--incidents', '7', '--unconfirmed', 'fail'),
	chaos(
		...['--submissions', '100', '--pace', '700', '--kills', '1', '--incidents', '7', '--unconfirmed', 'neverTwice'],
		...['--ladder', 'off', '--repeats', 'refused'],
	),
	// By polling, with nothing that would deliver it again.
	chaos(
		...['--submissions', '100', '--pace', '400', '--kills', '5', '--incidents', '2'],
		...['--listen', 'polling', '--unconfirmed', 'neverTwice'],
	),
	queue('--submissions', '100', '--kills', '5', '--incidents', '2', '--unconfirmed', 'neverTwice'),
	// Some 1,200 submissions and 20 measurements after the warm-up: a growth of 4 kB a submission stands out.
	soak('--minutes', '6', '--pace', '240'),
	fuzz(),
];

async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	const names = new Set([...stages.map(({ name }) => name), 'all']);
	const isWanted = ({ name, isLong }: Stage): boolean =>
		wanted.includes(name) || wanted.includes('all') || (wanted.length === 0 && !isLong);
	const unknown = wanted.find((name) => !names.has(name));
	if (unknown !== undefined) {
		console.error(`There is no stage "${unknown}". Stages: ${[...names].join(', ')}`);
		process.exit(2);
	}
	const total: Count = { passed: 0, failed: 0, skipped: 0 };
	const summary: string[] = [];
	for (const { name, run } of stages.filter(isWanted)) {
		console.log(`\n== ${name}`);
		const start = Date.now();
		const count = await run();
		add(total, count);
		summary.push(
			`${count.failed > 0 ? 'FAILED' : 'passed'}  ${name.padEnd(12)} ${inWords(count)} (${Math.round((Date.now() - start) / 1000)} s)`,
		);
	}
	console.log(`\n${summary.join('\n')}\n`);
	console.log(inWords(total));
	process.exitCode = total.failed > 0 ? 1 : 0;
}

function add(total: Count, count: Count): void {
	for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += count[key];
}

function inWords({ passed, failed, skipped }: Count): string {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
