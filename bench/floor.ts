import { execFile } from 'node:child_process';
import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

import { valueAt } from '../sandbox/n8n-json';
import { loadCredential, loadNode } from './package';

const run = promisify(execFile);

/** The package's nodes, below `dist/nodes` and without their endings. */
export const nodeClasses = ['Tally/TallyTrigger', 'CleverTap/CleverTap', 'Tally/Tally'] as const;
const credentialClasses = ['TallyAccountApi', 'CleverTapAccountApi'] as const;

/**
 * The package without anything that it does: its classes hold only what the editor shows. Smaller
 * than that, and faster to load, no code can make it. It is made to be measured only.
 *
 * @returns the size of its tarball in bytes.
 */
export async function makeFloor(folder: string, target: string): Promise<number> {
	await rm(target, { recursive: true, force: true });
	await cp(folder, target, { recursive: true });
	for (const file of await readdir(join(target, 'dist'), { recursive: true })) {
		if (file.endsWith('.js')) await rm(join(target, 'dist', file));
	}
	const shown = async (file: string, texts: unknown): Promise<void> => {
		const name = basename(file).split('.')[0];
		await writeFile(
			join(target, 'dist', file),
			`exports.${name}=class ${name}{constructor(){Object.assign(this,${JSON.stringify(texts)})}};`,
		);
	};
	for (const node of nodeClasses)
		await shown(`nodes/${node}.node.js`, { description: loadNode(folder, node).description });
	for (const name of credentialClasses) await shown(`credentials/${name}.credentials.js`, loadCredential(folder, name));
	const { stdout } = await run('npm', ['pack', '--json', '--dry-run', '--ignore-scripts'], { cwd: target });
	return Number(valueAt(JSON.parse(stdout), [0, 'size']));
}
