import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

export const root = join(__dirname, '..', '..');

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

export interface Page {
	/** From the root of the repository. */
	readonly path: string;
	readonly text: string;
	readonly tokens: readonly Token[];
}

/** What is installed or made, and what only belongs to tools. */
const isForeign = (name: string): boolean =>
	['node_modules', 'dist', 'coverage'].includes(name) || (name.startsWith('.') && name !== '.github');

/** The files of the repository whose names end so, from its root. */
export function filesEnding(ends: readonly string[], folder = ''): string[] {
	return readdirSync(join(root, folder), { withFileTypes: true })
		.filter(({ name }) => !isForeign(name))
		.flatMap((entry) => {
			const path = join(folder, entry.name);
			if (entry.isDirectory()) return filesEnding(ends, path);
			return ends.some((end) => entry.name.endsWith(end)) ? [path] : [];
		});
}

export function readPage(path: string): Page {
	return pageOf(path, readFileSync(join(root, path), 'utf8'));
}

/** A page from its text. */
export function pageOf(path: string, text: string): Page {
	return { path, text, tokens: new MarkdownIt().parse(text, {}) };
}

/** Every page that a reader of the repository may open. */
export function readPages(): Page[] {
	return filesEnding(['.md']).map(readPage);
}

/** Links, images, texts and code between words, out of all paragraphs, headings and tables. */
export function inlineTokens({ tokens }: Page): Token[] {
	return tokens.flatMap(({ children }) => children ?? []);
}

/** The anchors that GitHub gives to a page's headings. */
export function anchors({ tokens }: Page): Set<string> {
	const slugger = new GithubSlugger();
	return new Set(
		tokens.flatMap(({ type }, index) => {
			if (type !== 'heading_open') return [];
			const parts = tokens[index + 1]?.children ?? [];
			return [slugger.slug(parts.map(({ content }) => content).join(''))];
		}),
	);
}

/** Where a link leads inside the repository; nothing if it leads out of it. */
export function linkTarget(page: Page, address: string): { path: string; anchor: string } | undefined {
	if (/^[a-z][a-z+.-]*:/i.test(address)) return undefined;
	const [path = '', anchor = ''] = address.split('#');
	return {
		path: path === '' ? page.path : normalize(join(page.path, '..', decodeURIComponent(path))),
		anchor: decodeURIComponent(anchor),
	};
}

/**
 * The links of a page that lead nowhere inside the repository.
 *
 * @param pages by their paths, for the headings that links name
 */
export function deadLinks(page: Page, pages: ReadonlyMap<string, Page>, isThere: (path: string) => boolean): string[] {
	return inlineTokens(page).flatMap((token) => {
		const address = token.attrGet('href') ?? token.attrGet('src');
		const to = typeof address === 'string' ? linkTarget(page, address) : undefined;
		if (to === undefined) return [];
		if (to.path.startsWith('..') || !isThere(to.path)) return [`${page.path}: ${String(address)}`];
		if (to.anchor === '') return [];
		const heads = pages.get(to.path);
		return heads && anchors(heads).has(to.anchor) ? [] : [`${page.path}: ${String(address)} (no such heading)`];
	});
}

/** The blocks of code in one language. */
export function codeBlocks({ tokens }: Page, language: string): string[] {
	return tokens.filter(({ type, info }) => type === 'fence' && info.trim() === language).map(({ content }) => content);
}

/** The texts of the cells of each row of each table. */
export function tableRows({ tokens }: Page): string[][] {
	const rows: string[][] = [];
	tokens.forEach(({ type, content }, index) => {
		if (type === 'tr_open') rows.push([]);
		const around = tokens[index - 1]?.type;
		if (around === 'td_open' || around === 'th_open') rows.at(-1)?.push(content);
	});
	return rows;
}

/** Every name that the editor shows of these fields. */
export function labelsIn(
	entries: ReadonlyArray<INodeProperties | INodePropertyOptions | INodePropertyCollection>,
): string[] {
	return entries.flatMap((entry): string[] => {
		if ('values' in entry) return labelsIn(entry.values);
		if ('value' in entry) return [entry.name];
		return [entry.displayName, ...labelsIn(entry.options ?? [])];
	});
}
