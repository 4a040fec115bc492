/* What `npm test -- split` does before n8n starts: each half alone, as somebody who has nothing but its repository. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root, usualParent } from '../../split/files';
import { halves, type Half } from '../../split/halves';
import { writeRepository } from '../../split/write';

/** One thing that must hold: `work` returns what is wrong, or throws it. */
export interface SplitCheck {
	readonly title: string;
	readonly work: () => Promise<string | undefined>;
}

/** Runs a program and returns what it said. */
export type Run = (program: string, args: readonly string[], cwd: string) => Promise<{ ok: boolean; output: string }>;

/** What must hold of both halves, in this order. */
export function splitChecks(run: Run): SplitCheck[] {
	return [
		{ title: 'Writing both repositories, twice', work: async () => await Promise.resolve(writtenTwice()) },
		...halves.flatMap((half) => checksOf(half, run)),
	];
}

function writtenTwice(): string | undefined {
	const second = mkdtempSync(join(tmpdir(), 'n8n-split-'));
	try {
		const different = halves.flatMap((half) => {
			const folders = [writeRepository(half, usualParent), writeRepository(half, second)];
			const [one = new Map<string, string>(), other] = folders.map(contentsOf);
			const paths = new Set([...one.keys(), ...(other?.keys() ?? [])]);
			return [...paths].filter((path) => one.get(path) !== other?.get(path)).map((path) => `${half.folder}/${path}`);
		});
		return different.length === 0 ? undefined : `They differ in ${different.join(', ')}.`;
	} finally {
		rmSync(second, { recursive: true, force: true });
	}
}

/** The files of a repository with their bytes. */
function contentsOf(folder: string): Map<string, string> {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.filter((path) => !/^(?:node_modules|\.git)\//.test(path));
	return new Map(files.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}

function checksOf(half: Half, run: Run): SplitCheck[] {
	const folder = join(usualParent, half.folder);
	const saidBy = async (program: string, ...args: string[]): Promise<string | undefined> => {
		const { ok, output } = await run(program, args, folder);
		return ok ? undefined : output.trim() || 'It failed without a word.';
	};
	const scan = async (leg: string, scanned: string) =>
		await saidBy(process.execPath, join(root, 'test', 'scan', 'scan.mjs'), leg, scanned);
	const check = (title: string, work: () => Promise<string | undefined>): SplitCheck => ({
		title: `${half.name}: ${title}`,
		work,
	});
	const unpacked = join(folder, 'node_modules', '.unpacked');

	return [
		check('installing what it is built with (about a minute)', async () => await saidBy('npm', 'ci')),
		check("n8n's strict lint, without a warning", async () => {
			const { ok, output } = await run('npm', ['run', 'lint'], folder);
			return ok && !/\b(?:warning|problem)/.test(output) ? undefined : output.trim();
		}),
		check('types', async () => await saidBy('npm', 'run', 'typecheck')),
		check('its own tests', async () => await saidBy('npm', 'test')),
		check('building and packing', async () => (await saidBy('npm', 'run', 'build')) ?? (await saidBy('npm', 'pack'))),
		check("n8n's scan of the sources", async () => await scan('source', folder)),
		check("n8n's scan of the package", async () => {
			rmSync(unpacked, { recursive: true, force: true });
			return (await unpack(unpacked)) ?? (await scan('package', unpacked));
		}),
		check(
			'one published file for each source, and no word of the other service',
			async () => await Promise.resolve(wrongIn(half, contentsOf(unpacked))),
		),
	];

	async function unpack(to: string): Promise<string | undefined> {
		const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
		return (
			(await saidBy('mkdir', '-p', to)) ?? (await saidBy('tar', '-xzf', tarball, '-C', to, '--strip-components=1'))
		);
	}
}

/** What is published and should not be, or the other way round. */
function wrongIn(half: Half, published: ReadonlyMap<string, string>): string | undefined {
	const sources = [...contentsOf(join(usualParent, half.folder)).keys()].filter((path) =>
		/^(?:nodes|credentials)\//.test(path),
	);
	const wanted = [
		'LICENSE.md',
		'README.md',
		'package.json',
		...sources.map((path) => `dist/${path.replace(/\.ts$/, '.js')}`),
	];
	const others = halves.filter((other) => other !== half).map(({ service }) => service.toLowerCase());
	const wrong = [
		...[...published.keys()].filter((path) => !wanted.includes(path)).map((path) => `${path} is published`),
		...wanted.filter((path) => !published.has(path)).map((path) => `${path} is missing`),
		...[...published].flatMap(([path, text]) =>
			others.filter((other) => text.toLowerCase().includes(other)).map((other) => `${path} names ${other}`),
		),
	];
	return wrong.length === 0 ? undefined : wrong.join('\n');
}
