import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { readPage, root } from './pages';

interface Versions {
	engines: { n8n: string };
	dependencies: { n8n: string };
}
const manifest = (folder: string) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Versions;

const older = readdirSync(join(root, 'sandbox/n8n-old'));
/** Oldest first. */
const tried = [...older, manifest('sandbox/n8n').dependencies.n8n].sort((a, b) =>
	a.localeCompare(b, undefined, { numeric: true }),
);

it('tries each older n8n that it has', () => {
	expect(older.map((version) => manifest(`sandbox/n8n-old/${version}`).dependencies.n8n)).toEqual(older);
});

it('states the oldest n8n that was tried, and every one in README', () => {
	expect(manifest('.').engines.n8n).toBe(`>=${tried[0]}`);
	const { tokens } = readPage('README.md');
	const cells = tokens.flatMap(({ type }, index) => (type === 'tr_open' ? [tokens[index + 2]?.content] : []));
	expect(cells.filter((cell) => /^\d+\.\d+\.\d+$/.test(cell ?? ''))).toEqual([...tried].reverse());
});

it('tries them every night', () => {
	const { jobs } = parse(readFileSync(join(root, '.github/workflows/nightly.yml'), 'utf8')) as {
		jobs: { compatibility: { strategy: { matrix: { n8n: string[] } } } };
	};
	expect(jobs.compatibility.strategy.matrix.n8n.map(String).sort()).toEqual([...older].sort());
});
