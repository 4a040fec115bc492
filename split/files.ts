import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { preProcessFile } from 'typescript';

/** The repository that is split. */
export const root = join(__dirname, '..');
/** Where both repositories are written unless another folder is named. */
export const usualParent = join(root, '.cache', 'split');

/** The files below a folder of the repository, by their paths from its root. */
export function filesIn(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
		.sort();
}

/** A text file of the repository. */
export function read(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

const isFile = (path: string): boolean => existsSync(join(root, path)) && statSync(join(root, path)).isFile();

/** What each file imports, as far as it was asked for: most tests reach the same sources. */
const imports = new Map<string, readonly string[]>();

function importsOf(path: string): readonly string[] {
	const known = imports.get(path) ?? importsIn(path);
	imports.set(path, known);
	return known;
}

/** What a file imports, types too: `nodes/Tally/Tally.node.ts` → `['n8n-workflow', 'nodes/shared/describe.ts', …]`. */
function importsIn(path: string): string[] {
	if (!path.endsWith('.ts')) return [];
	return preProcessFile(read(path)).importedFiles.map(({ fileName }) => {
		if (!fileName.startsWith('.')) return fileName;
		const target = join(dirname(path), fileName);
		const found = [target, `${target}.ts`].find(isFile);
		if (found === undefined) throw new Error(`${path} imports ${fileName}, which is not there`);
		return found;
	});
}

/** Files, and all that they import, by whatever way: paths from the root, and names of packages. */
export function reached(start: readonly string[]): Set<string> {
	const found = new Set<string>();
	const open = [...start];
	for (let path = open.pop(); path !== undefined; path = open.pop()) {
		if (found.has(path)) continue;
		found.add(path);
		open.push(...importsOf(path));
	}
	return found;
}
