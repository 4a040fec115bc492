import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { filesEnding, readPage, root } from './pages';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Pages, and what CI and the forms for issues say. */
const texts = filesEnding(['.md', '.yml']).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

function found(pattern: RegExp): string[][] {
	return texts.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([, named = '']) => [path, named]));
}

/** The stages of `npm test`, as it lists them itself for one that it does not know; it runs on Node 24. */
function stages(): string[] {
	const node24 = join(root, 'sandbox/node24/node_modules/node/bin/node');
	const node = Number(process.versions.node.split('.')[0]) < 24 ? node24 : process.execPath;
	const { stderr } = spawnSync(node, ['--import', 'tsx', 'test/run.ts', 'no-such-stage'], {
		cwd: root,
		encoding: 'utf8',
	});
	return /Stages: (.*)/.exec(stderr)?.[1]?.split(', ') ?? [];
}

it('mentions no script that is not there', () => {
	const named = found(/\bnpm (?:run )?((?<=run )[\w:-]+|start|test)\b/g);
	expect(named.map(([, script]) => script)).toEqual(expect.arrayContaining(['start', 'test', 'lint']));
	expect(named.filter(([, script = '']) => !Object.hasOwn(scripts, script))).toEqual([]);
});

it('mentions no stage of npm test that is not there', () => {
	const there = stages();
	expect(there).toEqual(expect.arrayContaining(['unit', 'e2e', 'all']));
	const named = found(/\bnpm test -- ([a-z0-9 -]+)/g).flatMap(([path, words = '']) =>
		words
			.trim()
			.split(/\s+/)
			.map((stage) => [path, stage]),
	);
	expect(named.length).toBeGreaterThan(0);
	expect(named.filter(([, stage = '']) => !there.includes(stage))).toEqual([]);
}, 60_000);

it('explains every script in CONTRIBUTING, and every stage', () => {
	const { tokens } = readPage('CONTRIBUTING.md');
	// The first cell of each row of a table.
	const cells = tokens.flatMap(({ type }, index) => (type === 'tr_open' ? (tokens[index + 2]?.children ?? []) : []));
	const commands = cells.filter(({ type }) => type === 'code_inline').map(({ content }) => content);
	const missing = Object.keys(scripts).filter(
		(script) => !commands.some((command) => new RegExp(`^npm (?:run )?${script}(?: |$)`).test(command)),
	);
	expect(missing).toEqual([]);
	expect(stages().filter((stage) => !commands.includes(stage))).toEqual([]);
}, 60_000);

it('names the n8n that the sandbox runs', () => {
	const { dependencies } = JSON.parse(readFileSync(join(root, 'sandbox/n8n/package.json'), 'utf8')) as {
		dependencies: { n8n: string };
	};
	expect(readPage('README.md').text).toContain(`n8n ${dependencies.n8n}`);
});
