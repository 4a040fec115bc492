import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { Tally } from '../../nodes/Tally/Tally.node';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { anchors, deadLinks, filesEnding, inlineTokens, linkTarget, readPages, root, type Page } from './pages';

const pages = readPages();
const byPath = new Map(pages.map((page) => [page.path, page]));

const isThere = (path: string): boolean => existsSync(join(root, path));

it('reads the pages that people look for first', () => {
	expect([...byPath.keys()]).toEqual(
		expect.arrayContaining([
			'README.md',
			'CONTRIBUTING.md',
			'CHANGELOG.md',
			'docs/architecture.md',
			'docs/from-zapier.md',
		]),
	);
});

it.each(pages.map((page) => [page.path, page] as const))('%s has no dead link', (_path, page) => {
	expect(deadLinks(page, byPath, isThere)).toEqual([]);
});

it('leads from the README to every page in docs', () => {
	const readme = byPath.get('README.md') as Page;
	const linked = inlineTokens(readme).map((token) => linkTarget(readme, String(token.attrGet('href')))?.path);
	expect([...byPath.keys()].filter((path) => path.startsWith('docs/') && !linked.includes(path))).toEqual([]);
});

it('can tell a dead link from a live one', () => {
	const page = readPages().find(({ path }) => path === 'docs/architecture.md') as Page;
	expect(linkTarget(page, 'https://example.com/#here')).toBeUndefined();
	expect(linkTarget(page, '../README.md#usage')).toEqual({ path: 'README.md', anchor: 'usage' });
	expect(linkTarget(page, '#rooms')).toEqual({ path: 'docs/architecture.md', anchor: 'rooms' });
});

it('says of every image what it shows', () => {
	const images = pages.flatMap((page) => inlineTokens(page).filter(({ type }) => type === 'image'));
	expect(images.length).toBeGreaterThan(0);
	expect(images.filter(({ content }) => content.trim() === '')).toEqual([]);
});

// `nodes/Tally/<resource>` stands for many, and `nodes/*` too.
it.each(pages.map((page) => [page.path, page] as const))(
	'%s names only files and folders that are there',
	(_path, page) => {
		const named = inlineTokens(page)
			.filter(({ type }) => type === 'code_inline')
			.map(({ content }) => content)
			.filter((text) => /^(?:\.github|bench|credentials|docs|examples|nodes|sandbox|test)\/[\w./-]*$/.test(text));
		expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
	},
);

describe('"Docs" in the editor', () => {
	const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		repository: { url: string };
	};
	const onGitHub = `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/`;

	/** Whether an address is that of a page of ours, and of a heading on it. */
	function isOurs(address: string): boolean {
		const [path = '', anchor] = address.slice(onGitHub.length).split('#');
		const page = byPath.get(path);
		return address.startsWith(onGitHub) && page !== undefined && (anchor === undefined || anchors(page).has(anchor));
	}

	it.each([
		['CleverTap', new CleverTap().description.documentationUrl],
		['Tally', new Tally().description.documentationUrl],
		['Tally Trigger', new TallyTrigger().getNodeType().description.documentationUrl],
		['the credential of CleverTap', new CleverTapAccountApi().documentationUrl],
		['the credential of Tally', new TallyAccountApi().documentationUrl],
	])('of %s leads to its heading in our docs', (_of, address = '') => {
		expect(address).toContain('#');
		expect(isOurs(address)).toBe(true);
	});

	const codexFiles = filesEnding(['.node.json'], 'nodes');

	it.each(codexFiles)('of %s leads to our docs', (path) => {
		const { resources } = JSON.parse(readFileSync(join(root, path), 'utf8')) as {
			resources: Record<'credentialDocumentation' | 'primaryDocumentation', Array<{ url: string }>>;
		};
		const { primaryDocumentation, credentialDocumentation } = resources;
		// n8n puts "?…" behind it, which would become part of an anchor.
		expect(primaryDocumentation.map(({ url }) => [isOurs(url), url.includes('#')])).toEqual([[true, false]]);
		expect(credentialDocumentation.map(({ url }) => isOurs(url))).toEqual([true]);
	});
});

it.each([
	['nodes/CleverTap/CleverTap.node.json', ['clever tap', 'push notification', 'campaign', 'track event']],
	['nodes/Tally/Tally.node.json', ['forms', 'form submission', 'survey']],
	['nodes/Tally/TallyTrigger.node.json', ['forms', 'form submission', 'survey']],
])('%s is found by what people type', (path, typed) => {
	const { alias } = JSON.parse(readFileSync(join(root, path), 'utf8')) as { alias: string[] };
	expect(alias).toEqual(expect.arrayContaining(typed));
});
