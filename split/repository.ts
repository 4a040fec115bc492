import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import MarkdownIt from 'markdown-it';

import combined from '../package.json';
import combinedTsconfig from '../tsconfig.json';
import { filesIn, reached, read, root } from './files';
import { halves, type Half } from './halves';
import { changesOf, filled } from './pages';

/** The files of a repository, by their paths. */
export type Repository = ReadonlyMap<string, string | Buffer>;

/** n8n's own tool, which builds and lints. Too much comes with it to have it in this repository as well. */
const NODE_CLI = '0.48.3';

/** What the scripts need beside what the tests import. */
const TOOLS = ['@types/jest', '@types/luxon', '@types/node', 'eslint', 'jest', 'prettier', 'ts-jest', 'typescript'];

const SCRIPTS = {
	build: 'n8n-node build',
	'build:watch': 'tsc --watch',
	dev: 'n8n-node dev',
	lint: 'n8n-node lint',
	'lint:fix': 'n8n-node lint --fix',
	typecheck: 'tsc --project tsconfig.check.json',
	test: 'jest',
};

/**
 * Everything in the repository of one half.
 *
 * Sources, tests, icons, schemas, examples and pictures are those of this repository, in which its name is replaced;
 * what they need of `nodes/shared` and `test/support` comes with them, and no more. Pages, and what tools read, come
 * from `templates`.
 */
export function repositoryOf(half: Half): Repository {
	const files = new Map<string, string | Buffer>();
	const add = (path: string, text: string): void => void files.set(path, renamed(text, half));

	const sources = sourcesOf(half);
	const examples = examplesOf(half);
	const copied = [...sources, ...testsOf(sources), ...examples];
	for (const path of [...copied, '.gitignore', '.prettierrc.json', 'LICENSE.md']) add(path, read(path));

	const templates = templatesOf(half);
	for (const [path, text] of templates) add(path, filled(text, read).replace('{{examples}}', listOf(examples)));
	for (const path of picturesIn(files)) files.set(path, readFileSync(join(root, path)));
	add('CHANGELOG.md', changesOf(read('CHANGELOG.md'), displayNames(half), textAt(templates, 'CHANGELOG.md')));

	const manifest = manifestOf(half);
	add('package.json', json(manifest));
	add('package-lock.json', json(lockOf(textAt(templates, 'package-lock.json'), manifest)));
	add('tsconfig.json', json(TSCONFIG));
	return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** This repository's name is the half's, and so is what stands for its publisher until somebody is. */
function renamed(text: string, { name }: Half): string {
	return text.replace(/(?:n8n-nodes-)?tally-clevertap/g, name);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, '\t')}\n`;

/** The nodes and the credential of a half with what they import, icons, codex files and schemas. */
function sourcesOf({ service }: Half): string[] {
	const own = [
		...filesIn(`nodes/${service}`),
		...filesIn('credentials').filter((path) => path.includes(`/${service}`)),
	];
	return [...reached(own)].filter(isPath);
}

/** A file of this repository, not a package. */
const isPath = (name: string): boolean => /^(?:nodes|credentials|test|sandbox)\//.test(name);

/** The tests that need nothing but these sources and their own support, with that. */
function testsOf(sources: readonly string[]): string[] {
	return [...needsOfTests(sources)].filter(isPath);
}

/**
 * All that those tests reach: files, and packages. Left out is what needs the other half, a local service,
 * n8n's engine, or a module of Node: the lint of a verified package allows none but crypto, in tests either.
 */
function needsOfTests(sources: readonly string[]): Set<string> {
	const isAtHand = (name: string): boolean => {
		if (/^(?:nodes|credentials)\//.test(name)) return sources.includes(name);
		return !/^(?:sandbox\/|n8n-core$|node:(?!crypto$))/.test(name);
	};
	const tests = ['nodes', 'credentials', 'fuzz']
		.flatMap((folder) => filesIn(`test/${folder}`))
		.filter((path) => path.endsWith('.test.ts'));
	const needs = tests.map((path) => [...reached([path])]);
	return new Set(needs.filter((names) => names.every(isAtHand)).flat());
}

/** The examples that this half can run alone. */
function examplesOf(half: Half): string[] {
	const others = halves.filter((other) => other !== half).flatMap(nodeNames);
	return filesIn('examples').filter(
		(path) => path.endsWith('.json') && !others.some((name) => read(path).includes(`${combined.name}.${name}`)),
	);
}

/** What the list of examples says of some of them, with links from the root. */
function listOf(examples: readonly string[]): string {
	const isWanted = (line: string): boolean => examples.some((path) => line.includes(`](${basename(path)})`));
	const lines = read('examples/README.md').split('\n').filter(isWanted);
	return lines.map((line) => line.replace('](', '](examples/')).join('\n');
}

/** The names of a half's nodes, as types of nodes end: `['tally', 'tallyTrigger']`. */
export function nodeNames({ service }: Half): string[] {
	return filesIn(`nodes/${service}`)
		.filter((path) => path.endsWith('.node.json'))
		.map((path) => (JSON.parse(read(path)) as { node: string }).node.slice(combined.name.length + 1));
}

/** And as people read them: `['Tally', 'Tally Trigger']`. */
function displayNames(half: Half): string[] {
	return nodeFiles(half).map((file) => file.replace(/^.*\/|\.node\..*$/g, '').replace(/(?<=.)Trigger$/, ' Trigger'));
}

const nodeFiles = ({ service }: Half): string[] =>
	combined.n8n.nodes.filter((file) => file.startsWith(`dist/nodes/${service}/`));

function templatesOf({ folder }: Half): Map<string, string> {
	return new Map(
		['both', folder].flatMap((origin) =>
			filesIn(`split/templates/${origin}`).map((path): [string, string] => [
				path
					.split('/')
					.slice(3)
					.join('/')
					.replace(/\.template$/, ''),
				read(path),
			]),
		),
	);
}

function textAt(templates: ReadonlyMap<string, string>, path: string): string {
	const text = templates.get(path);
	if (text === undefined) throw new Error(`There is no template for ${path}`);
	return text;
}

/** The pictures that pages show; they have the same places here. */
function picturesIn(files: Repository): string[] {
	return [...files].flatMap(([path, text]) => {
		if (!path.endsWith('.md') || typeof text !== 'string') return [];
		const tokens = new MarkdownIt().parse(text, {}).flatMap(({ children }) => children ?? []);
		return tokens.filter(({ type }) => type === 'image').map((image) => join(path, '..', String(image.attrGet('src'))));
	});
}

type Manifest = ReturnType<typeof manifestOf>;

function manifestOf(half: Half) {
	const { version, license, author, homepage, bugs, repository, engines, peerDependencies } = combined;
	return {
		name: half.name,
		version,
		description: half.description,
		license,
		keywords: ['n8n-community-node-package', 'n8n', ...half.keywords],
		homepage,
		bugs,
		repository,
		author,
		// n8n's tool also puts pictures and more into dist.
		files: ['dist/credentials', 'dist/nodes'],
		engines,
		n8n: {
			n8nNodesApiVersion: 1,
			strict: true,
			credentials: combined.n8n.credentials.filter((file) => file.includes(`/${half.service}`)),
			nodes: nodeFiles(half),
		},
		scripts: SCRIPTS,
		peerDependencies,
		devDependencies: devDependencies(),
	};
}

/** The same for both halves, so that they share one lock file. */
function devDependencies(): Record<string, string> {
	const known: Readonly<Record<string, string>> = combined.devDependencies;
	const imported = halves
		.flatMap((half) => [...needsOfTests(sourcesOf(half))])
		.filter((name) => !isPath(name) && !name.endsWith('.json') && !builtinModules.includes(name.replace(/^node:/, '')))
		.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
	const versions = [...new Set([...TOOLS, ...imported])].map((name): [string, string] => {
		const version = known[name];
		if (version === undefined) throw new Error(`package.json names no version of ${name}, which a test imports`);
		return [name, version];
	});
	return Object.fromEntries([...versions, ['@n8n/node-cli', NODE_CLI] as const].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The lock file of both halves with the names of one. */
function lockOf(template: string, { name, version, engines, peerDependencies, devDependencies, license }: Manifest) {
	const lock = JSON.parse(template) as { packages: Record<string, unknown> };
	const packages = { ...lock.packages, '': { name, version, license, devDependencies, engines, peerDependencies } };
	return { ...lock, name, version, packages };
}

const TSCONFIG = {
	compilerOptions: { ...combinedTsconfig.compilerOptions, resolveJsonModule: true },
	// The compiler writes the codex files to dist; the schemas are copied.
	include: ['credentials/**/*.ts', 'nodes/**/*.ts', 'nodes/**/*.node.json'],
};
