import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Half } from './halves';
import { repositoryOf } from './repository';

/** What of a repository is not written by this, and stays. */
const KEPT = ['.git', 'node_modules'];

/**
 * Writes the repository of a half, and removes what an earlier one had there.
 *
 * @returns its folder: `writeRepository(tally, '/tmp/split')` → `/tmp/split/tally`
 * @throws Error if something else is in that folder
 */
export function writeRepository(half: Half, parent: string): string {
	const folder = join(parent, half.folder);
	const there = existsSync(folder) ? readdirSync(folder).filter((name) => !KEPT.includes(name)) : [];
	if (there.length > 0 && nameOf(folder) !== half.name) {
		throw new Error(`${folder} holds something else than ${half.name}: name another folder, or empty it.`);
	}
	for (const name of there) rmSync(join(folder, name), { recursive: true });
	for (const [path, content] of repositoryOf(half)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), content);
	}
	return folder;
}

function nameOf(folder: string): unknown {
	const file = join(folder, 'package.json');
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }).name : undefined;
}
