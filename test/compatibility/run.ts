/*
 * The package on older n8n: all end-to-end tests, on every one of sandbox/n8n-old or on those that are
 * named. Each is set up first, where it is not there yet.
 *
 *     npm run test:compatibility -- 1.123.81
 *
 * The last line counts what ran on all of them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onLeave } from '../../sandbox/processes';

const root = join(__dirname, '..', '..');
const versions = readdirSync(join(root, 'sandbox', 'n8n-old')).sort((a, b) =>
	a.localeCompare(b, undefined, { numeric: true }),
);

let running: ChildProcess | undefined;
onLeave((status) => {
	running?.kill('SIGTERM');
	process.exit(status);
});

/** Runs the end-to-end tests on another n8n; gives what their last line counts, or one failure where there is no such line. */
async function tested(version: string): Promise<{ passed: number; failed: number }> {
	const child = spawn(process.execPath, ['sandbox/setup.mjs', '--run', 'test/run.ts', 'e2e'], {
		cwd: root,
		env: { ...process.env, SANDBOX_N8N: version },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	running = child;
	let end = '';
	child.stdout.on('data', (chunk: Buffer) => {
		process.stdout.write(chunk);
		end = (end + chunk.toString()).slice(-200);
	});
	await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
	const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(end) ?? [undefined, 0, 1];
	return { passed: Number(passed), failed: Number(failed) };
}

async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	const unknown = wanted.find((version) => !versions.includes(version));
	if (unknown !== undefined) {
		console.error(`There is no n8n "${unknown}" in sandbox/n8n-old, only ${versions.join(', ')}.`);
		process.exit(2);
	}
	const counts: Array<{ version: string; passed: number; failed: number }> = [];
	for (const version of wanted.length > 0 ? wanted : versions) {
		console.log(`\n==== n8n ${version}`);
		counts.push({ version, ...(await tested(version)) });
	}
	const sum = (what: 'passed' | 'failed') => counts.reduce((total, count) => total + count[what], 0);
	console.log(
		`\n${counts.map(({ version, passed, failed }) => `n8n ${version}: ${passed} passed, ${failed} failed`).join('\n')}\n`,
	);
	console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
	process.exitCode = sum('failed') > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
