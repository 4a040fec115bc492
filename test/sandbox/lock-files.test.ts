import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Entry {
	resolved?: string;
	optionalDependencies?: Record<string, string>;
}

const root = join(__dirname, '..', '..');
const older = readdirSync(join(root, 'sandbox/n8n-old')).map((version) => `sandbox/n8n-old/${version}`);

function entriesOf(folder: string): Record<string, Entry> {
	const lock = JSON.parse(readFileSync(join(root, folder, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, Entry>;
	};
	return lock.packages;
}

/** Where Node would look for a package that the one at `path` asks for, nearest first. */
function places(path: string, name: string): string[] {
	const folders = path === '' ? [] : path.split('/node_modules/');
	const parents = folders.map((_, index) => folders.slice(0, folders.length - index).join('/node_modules/'));
	return [...parents.map((parent) => `${parent}/node_modules/${name}`), `node_modules/${name}`];
}

describe.each(['.', 'sandbox/n8n', ...older, 'sandbox/node24', 'test/scan'])('the lock file in %s', (folder) => {
	const entries = entriesOf(folder);

	it('names no address of a registry', () => {
		const addressed = Object.entries(entries).filter(([, { resolved }]) => resolved !== undefined);
		expect(addressed.map(([path]) => path)).toEqual([]);
	});

	// npm leaves out what its registry does not have; `npm ci` then refuses the file on every machine.
	it('has every optional part, for other platforms too', () => {
		const missing = Object.entries(entries).flatMap(([path, { optionalDependencies = {} }]) =>
			Object.keys(optionalDependencies)
				.filter((name) => !places(path, name).some((place) => Object.hasOwn(entries, place)))
				.map((name) => `${path} -> ${name}`),
		);
		expect(missing).toEqual([]);
	});
});
