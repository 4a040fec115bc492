/*
 * Changes the code of nodes/ in thousands of small ways, one at a time, and counts how many of them
 * the tests notice:
 *
 *     npm run test:mutation
 *     npm run test:mutation -- nodes/CleverTap nodes/Tally/submission/answers.ts
 *     npm run test:mutation -- --force nodes/CleverTap      forgets what earlier runs have found
 *
 * What an earlier run has found of code and tests that are still the same is not tried again. With
 * MUTATION_TESTS=unit only the quick tests are asked: a first look that takes a fraction of the time.
 * The last line counts the thresholds that are kept and missed.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import { killGroup, onLeave } from '../../sandbox/processes';
import { mutantsIn, scoreOf, type Mutant } from './score';

const root = join(__dirname, '..', '..');
const folder = join(root, '.cache', 'mutation');
const report = join(folder, 'report.json');

/** Where a mistake loses a submission, or takes a false one. */
const CORE = [
	'nodes/Tally/trigger/signature.ts',
	'nodes/Tally/submission/*.ts',
	'nodes/CleverTap/upload/{batches,outcome,reply,verdict}.ts',
];
const THRESHOLDS = [
	{ title: 'signature, answers, batches and verdicts', of: CORE, percent: 95 },
	{ title: 'all code that decides', of: ['nodes/**/*.ts'], percent: 90 },
];

/** Runs Stryker on the files; its output is shown as it comes. */
async function mutate(files: readonly string[], flags: readonly string[]): Promise<void> {
	const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
	const only = files.length > 0 ? ['--mutate', files.join(',')] : [];
	const child = spawn(process.execPath, [stryker, 'run', ...flags, ...only], {
		cwd: root,
		detached: true,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	onLeave((status) => {
		killGroup(child);
		process.exit(status);
	});
	await new Promise<void>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`Stryker ended with ${code}.`))));
	});
}

/** A folder stands for the code in it. */
function toGlob(path: string): string {
	const isFolder = existsSync(join(root, path)) && statSync(join(root, path)).isDirectory();
	return isFolder ? `${path.replace(/\/$/, '')}/**/*.ts` : path;
}

function row(title: string, mutants: readonly Mutant[]): string {
	const { noticed, survived, notReached, percent } = scoreOf(mutants);
	const numbers = [noticed, survived, notReached].map((number) => String(number).padStart(9));
	return `${title.padEnd(42)}${numbers.join('')}${percent.toFixed(1).padStart(9)} %`;
}

function table(mutants: readonly Mutant[]): string {
	const areas = [...new Set(mutants.map(({ file }) => dirname(file)))].sort();
	const head = ['noticed', 'survived', 'no test', 'score'].map((word) => word.padStart(9)).join('');
	return [
		`${' '.repeat(42)}${head}`,
		...areas.map((area) =>
			row(
				area,
				mutants.filter(({ file }) => dirname(file) === area),
			),
		),
	].join('\n');
}

async function main(): Promise<void> {
	const args = process.argv.slice(2);
	const flags = args.filter((arg) => arg.startsWith('--'));
	const files = args.filter((arg) => !arg.startsWith('--')).map(toGlob);
	mkdirSync(folder, { recursive: true });
	rmSync(report, { force: true });
	await mutate(files, flags);

	const found = mutantsIn(JSON.parse(readFileSync(report, 'utf8')));
	const mutants =
		files.length === 0 ? found : found.filter(({ file }) => files.some((glob) => matchesGlob(file, glob)));
	console.log(`\n${table(mutants)}\n`);

	let failed = 0;
	const checked = THRESHOLDS.map((threshold) => ({
		...threshold,
		mutants: mutants.filter(({ file }) => threshold.of.some((glob) => matchesGlob(file, glob))),
	})).filter((threshold) => threshold.mutants.length > 0);
	for (const threshold of checked) {
		const isKept = scoreOf(threshold.mutants).percent >= threshold.percent;
		if (!isKept) failed++;
		console.log(
			`${isKept ? 'passed' : 'FAILED'}  ${row(threshold.title, threshold.mutants)} (at least ${threshold.percent} %)`,
		);
	}
	console.log(`\nWhat survived is in ${join(folder, 'survivors.txt')}; report.html beside it shows it in the code.\n`);
	console.log(`${checked.length - failed} passed, ${failed} failed`);
	process.exitCode = failed > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	console.log('0 passed, 1 failed');
	process.exitCode = 1;
});
