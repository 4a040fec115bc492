import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { build } from 'esbuild';

import { valueAt } from '../sandbox/n8n-json';

const run = promisify(execFile);
const root = join(__dirname, '..');

/** The package's nodes, as `<file>#<class>` below `dist/nodes`. */
export const nodeClasses = ['Tally/TallyTrigger', 'CleverTap/CleverTap', 'Tally/Tally'] as const;

/** What all nodes of a service would be in one file. */
const services: Readonly<Record<string, string>> = {
	'dist/nodes/Tally/Tally.node.js':
		'export { Tally } from "./nodes/Tally/Tally.node.ts"; export { TallyTrigger } from "./nodes/Tally/TallyTrigger.node.ts";',
	'dist/nodes/CleverTap/CleverTap.node.js': 'export { CleverTap } from "./nodes/CleverTap/CleverTap.node.ts";',
};

/**
 * The package with one file per service in place of one per source: how small it could be, and how
 * fast to load. It is made to be measured only: people read what they install, line by line with its
 * sources beside it, and an error's stack names the source's file.
 *
 * @param minify with short names and without blanks.
 * @returns the size of its tarball in bytes.
 */
export async function makeFloor(folder: string, target: string, minify: boolean): Promise<number> {
	await rm(target, { recursive: true, force: true });
	await cp(folder, target, { recursive: true });
	for (const file of await readdir(join(target, 'dist', 'nodes'), { recursive: true })) {
		if (file.endsWith('.js')) await rm(join(target, 'dist', 'nodes', file));
	}
	for (const [file, contents] of Object.entries(services)) {
		await mkdir(dirname(join(target, file)), { recursive: true });
		await build({
			stdin: { contents, resolveDir: root },
			bundle: true,
			platform: 'node',
			format: 'cjs',
			target: 'es2022',
			external: ['n8n-workflow'],
			outfile: join(target, file),
			minify,
			logLevel: 'error',
		});
	}
	const { stdout } = await run('npm', ['pack', '--json', '--dry-run', '--ignore-scripts'], { cwd: target });
	return Number(valueAt(JSON.parse(stdout), [0, 'size']));
}
