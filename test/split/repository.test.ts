import type { INode } from 'n8n-workflow';

import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { Tally } from '../../nodes/Tally/Tally.node';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import combined from '../../package.json';
import { filesIn } from '../../split/files';
import { halves } from '../../split/halves';
import { repositoryOf, type Repository } from '../../split/repository';
import { deadLinks, inlineTokens, pageOf, type Page } from '../docs/pages';
import { unknownParameters } from '../support/unknownParameters';

const descriptions = [new Tally(), new TallyTrigger().getNodeType(), new CleverTap()].map(
	({ description }) => description,
);

function textOf(repository: Repository, path: string): string {
	const text = repository.get(path);
	if (typeof text !== 'string') throw new Error(`There is no text at ${path}`);
	return text;
}

const jsonOf = (repository: Repository, path: string): unknown => JSON.parse(textOf(repository, path));

interface Manifest {
	name: string;
	version: string;
	repository: { url: string };
	n8n: { strict: boolean; nodes: string[]; credentials: string[] };
	devDependencies: Record<string, string>;
}

describe.each([
	{
		...halves[0],
		other: /clevertap/i,
		nodes: ['dist/nodes/Tally/Tally.node.js', 'dist/nodes/Tally/TallyTrigger.node.js'],
		credentials: ['dist/credentials/TallyAccountApi.credentials.js'],
	},
	{
		...halves[1],
		other: /tally/i,
		nodes: ['dist/nodes/CleverTap/CleverTap.node.js'],
		credentials: ['dist/credentials/CleverTapAccountApi.credentials.js'],
	},
])('the repository of $name', ({ other, nodes, credentials, name = '', service = '' }) => {
	const half = halves.find((one) => one.name === name) ?? halves[0]!;
	const repository = repositoryOf(half);
	const paths = [...repository.keys()];
	const manifest = jsonOf(repository, 'package.json') as Manifest;

	it('is the same when it is made again', () => {
		expect([...repositoryOf(half)]).toEqual([...repository]);
	});

	it('has nodes and credentials of its service, whole', () => {
		expect(manifest.n8n).toEqual({ n8nNodesApiVersion: 1, strict: true, credentials, nodes });
		const own = [
			...filesIn(`nodes/${service}`),
			...filesIn('credentials').filter((path) => path.includes(`/${service}`)),
		];
		expect(paths).toEqual(expect.arrayContaining(own));
		for (const file of [...nodes, ...credentials]) {
			expect(paths).toContain(file.replace('dist/', '').replace(/\.js$/, '.ts'));
		}
	});

	it('has of the shared code and of the tests’ support what it imports, and nothing else', () => {
		const imported = (path: string): boolean => {
			const file = path.replace(/^.*\/(.*)\.ts$/, '$1');
			return [...repository].some(
				([from, text]) => from.endsWith('.ts') && from !== path && String(text).includes(`/${file}'`),
			);
		};
		const shared = paths.filter((path) => /^(?:nodes\/shared|test\/support)\//.test(path));
		expect(shared.length).toBeGreaterThan(10);
		expect(shared.filter((path) => !imported(path))).toEqual([]);
	});

	it('has the tests of its nodes, and none that needs what is not here', () => {
		const tests = paths.filter((path) => path.endsWith('.test.ts'));
		expect(tests.filter((path) => path.startsWith(`test/nodes/${service}/`)).length).toBeGreaterThan(40);
		const missing = tests.flatMap((path) =>
			[...textOf(repository, path).matchAll(/from '([^'.][^']*)'/g)]
				.map(([, module = '']) => module)
				.filter((module) => module !== 'node:crypto' && !Object.hasOwn(manifest.devDependencies, module)),
		);
		expect(missing).toEqual([]);
	});

	it('names the other service nowhere but in comments and tests', () => {
		const shown = paths.filter((path) => !path.startsWith('test/') && !path.endsWith('.png'));
		expect(shown.filter((path) => other.test(path))).toEqual([]);
		const naming = shown.filter((path) => {
			const text = textOf(repository, path);
			return other.test(path.endsWith('.ts') ? text.replace(/\/\*[^]*?\*\/|\/\/ .*/g, '') : text);
		});
		expect(naming).toEqual([]);
	});

	it('calls itself by its name wherever its node types and addresses stand', () => {
		expect(manifest.name).toBe(name);
		expect(manifest.version).toBe(combined.version);
		expect(manifest.repository.url).toMatch(new RegExp(`/${name}\\.git$`));
		expect([...repository.values()].filter((text) => String(text).includes(combined.name))).toEqual([]);
		const codex = paths.filter((path) => path.endsWith('.node.json')).map((path) => jsonOf(repository, path));
		expect(codex.length).toBe(nodes.length);
		for (const { node } of codex as Array<{ node: string }>) expect(node.startsWith(`${name}.`)).toBe(true);
	});

	it('is linted as n8n’s tool writes it, without an exception', () => {
		expect(textOf(repository, 'eslint.config.mjs').replace(/\s+/g, ' ').trim()).toBe(
			"import { config } from '@n8n/node-cli/eslint'; export default config;",
		);
		const excepted = [...repository].filter(([, text]) => /eslint-disable/.test(String(text)));
		expect(excepted.map(([path]) => path)).toEqual([]);
	});

	it('uses in tests no global that this lint forbids (support/turn.ts waits for a turn)', () => {
		const forbidden = /(?<![.\w'"`])(?:set(?:Immediate|Timeout|Interval)|globalThis|process\.env|__dirname)\b/;
		const tests = paths.filter((path) => path.startsWith('test/'));
		expect(tests.filter((path) => forbidden.test(textOf(repository, path)))).toEqual([]);
	});

	it('has a lock file of the very versions; else make it anew (CONTRIBUTING.md)', () => {
		const { packages } = jsonOf(repository, 'package-lock.json') as { packages: Record<string, { version: string }> };
		const locked = Object.keys(manifest.devDependencies).map((tool) => [
			tool,
			packages[`node_modules/${tool}`]?.version,
		]);
		expect(Object.fromEntries(locked)).toEqual(manifest.devDependencies);
		expect(textOf(repository, 'package-lock.json')).not.toContain('"resolved"');
	});

	it('publishes a tag without v, with provenance, after its tests', () => {
		const publish = textOf(repository, '.github/workflows/publish.yml');
		expect(publish).toContain("tags: ['*.*.*']");
		expect(publish).toContain('--provenance');
		expect(publish).toContain('npm test');
	});

	describe('its pages', () => {
		const pages = new Map(
			paths
				.filter((path) => path.endsWith('.md'))
				.map((path): [string, Page] => [path, pageOf(path, textOf(repository, path))]),
		);
		const readme = pages.get('README.md')!;

		it('have no dead link, and no place that was not filled', () => {
			for (const page of pages.values()) {
				expect(deadLinks(page, pages, (path) => repository.has(path))).toEqual([]);
				expect(page.text.match(/\{\{\w.*/)).toBeNull();
			}
		});

		it('begin with a README in n8n’s order, with pictures and examples', () => {
			expect([...readme.text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
				...['Installation', 'Operations', 'Credentials', 'Compatibility', 'Usage', 'Resources', 'Version history'],
			]);
			const links = inlineTokens(readme).map((token) => token.attrGet('href') ?? token.attrGet('src'));
			const examples = paths.filter((path) => path.startsWith('examples/'));
			expect(examples.length).toBeGreaterThan(1);
			expect(links).toEqual(expect.arrayContaining(examples));
			expect(links.some((link) => String(link).endsWith('.png'))).toBe(true);
		});

		it('are where the nodes’ Docs lead to', () => {
			const address = new RegExp(`https://github\\.com/[\\w-]+/${name}/blob/main/([^'"#]+)(#[^'"]+)?`, 'g');
			const found = [...repository].flatMap(([path, text]) =>
				/\.(?:ts|json)$/.test(path) ? [...String(text).matchAll(address)] : [],
			);
			expect(found.length).toBeGreaterThan(3);
			for (const [, path = '', anchor = ''] of found) {
				expect(deadLinks(pageOf('README.md', `[a](${path}${anchor})`), pages, (file) => repository.has(file))).toEqual(
					[],
				);
			}
		});
	});

	it('has examples of its own nodes and n8n’s alone, with parameters that they have', () => {
		const examples = paths.filter((path) => path.startsWith('examples/')).map((path) => jsonOf(repository, path));
		const steps = (examples as Array<{ nodes: INode[] }>).flatMap((example) => example.nodes);
		expect(steps.filter(({ type }) => !/^(?:n8n-nodes-base\.)/.test(type) && !type.startsWith(`${name}.`))).toEqual([]);
		for (const node of steps.filter(({ type }) => type.startsWith(`${name}.`))) {
			const description = descriptions.find((one) => node.type === `${name}.${one.name}`);
			expect(description && unknownParameters(node, description)).toEqual([]);
		}
	});
});
