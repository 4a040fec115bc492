import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { progress } from './progress.mjs';

/** What an installation's log says, and what that means for the person who waits for it. */
const causes = [
	[/ENOSPC|no space left/i, 'The disk is full. n8n alone needs about 3 GB.'],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|network (request|timeout)/,
		'The npm registry cannot be reached. Check the network connection and, behind a proxy, npm\'s settings "proxy" and "https-proxy".',
	],
	[/E401|E403|ENEEDAUTH/, 'The npm registry refuses the download. Check which registry npm is set to, and its login.'],
	[/EACCES|EPERM/, "A file or folder cannot be written. Check who owns the project folder and npm's cache."],
	[
		/find Python|Python is not set|not found: make|make: not found|not found: g\+\+|g\+\+: not found|c\+\+: not found|xcode-select|node-gyp|gyp ERR/i,
		'A part of n8n has to be compiled here, which needs Python 3, make and a C++ compiler (Debian and Ubuntu: apt install python3 make g++; macOS: xcode-select --install).',
	],
	[
		/EUSAGE|can only install packages when your package\.json and package-lock\.json/,
		'package.json and package-lock.json do not agree. Take both from the repository again.',
	],
	[/ETARGET|E404|notarget/, 'The npm registry does not have one of the packages. Check which registry npm is set to.'],
];

/**
 * Runs one command of the set-up with its output in a log file, and says in plain words why it failed.
 * Ctrl-C and SIGTERM end the command and everything that it started.
 */
export async function runStep({ title, command, args, cwd, env, log }) {
	mkdirSync(dirname(log), { recursive: true });
	const output = createWriteStream(log);
	const finish = progress(title);
	// A process group of its own, so that compilers and the like end with it.
	const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
	child.stdout.pipe(output, { end: false });
	child.stderr.pipe(output, { end: false });

	let stoppedBy;
	const stop = (signal) => {
		stoppedBy = signal;
		try {
			// npm would finish its work first; what it leaves half done is done again next time.
			process.kill(-child.pid, 'SIGKILL');
		} catch {
			// It has ended already.
		}
	};
	process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
	const ended = await new Promise((resolve) => {
		child.on('error', (error) => resolve({ error }));
		child.on('close', (code) => resolve({ code }));
	});
	process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
	await new Promise((resolve) => output.end(resolve));

	if (stoppedBy) {
		finish('stopped');
		process.exit(130);
	}
	if (ended.code === 0) return finish('done');
	finish('failed');
	const text = readFileSync(log, 'utf8');
	const cause =
		ended.error?.code === 'ENOENT'
			? `"${command}" was not found. Install Node.js with npm (https://nodejs.org) and try again.`
			: causes.find(([pattern]) => pattern.test(text))?.[1];
	const tail = text
		.trimEnd()
		.split('\n')
		.slice(-15)
		.map((line) => `    ${line}`)
		.join('\n');
	throw new Error(
		`${title} failed.${cause ? `\n  ${cause}` : ''}\n  The whole log: ${relative(process.cwd(), log)}. Its last lines:\n${tail}`,
	);
}
