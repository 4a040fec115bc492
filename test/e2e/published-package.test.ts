import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';

import { packPackage } from '../../sandbox/n8n-package';

jest.setTimeout(300_000);

const run = promisify(execFile);
const root = join(__dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'n8n-published-'));
const unpacked = join(scratch, 'unpacked');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let tarball: string;
/** Everything that a user gets, by its path. */
let files: Map<string, string>;
let manifest: Record<string, unknown>;

beforeAll(async () => {
	tarball = await packPackage();
	await run('mkdir', [unpacked]);
	await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
	// As in an n8n, which brings it along.
	await run('mkdir', [join(scratch, 'node_modules')]);
	symlinkSync(join(root, 'sandbox/n8n/node_modules/n8n-workflow'), join(scratch, 'node_modules', 'n8n-workflow'));
	files = new Map(filesIn(unpacked).map((path) => [path, readFileSync(join(unpacked, path), 'utf8')]));
	manifest = JSON.parse(files.get('package.json') ?? '{}') as Record<string, unknown>;
});

function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => !entry.isDirectory())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
		.sort();
}

async function npm(folder: string, ...args: string[]): Promise<string> {
	return (await run('npm', args, { cwd: folder })).stdout;
}

/** The files that n8n is told of. */
function entries(): string[] {
	const { nodes, credentials } = manifest.n8n as Record<'nodes' | 'credentials', string[]>;
	return [...nodes, ...credentials];
}

/** What a file of the package exports once it is loaded, and which others were loaded with it. */
async function load(path: string): Promise<{ exported: string[]; classes: string[]; loaded: string[] }> {
	const script = `
		const found = require(${JSON.stringify(join(unpacked, path))});
		console.log(JSON.stringify({
			exported: Object.keys(found),
			classes: Object.values(found).map((one) => /^class\\b/.test(String(one)) ? new one().constructor.name : typeof one),
			loaded: Object.keys(require.cache),
		}));`;
	const { stdout } = await run(process.execPath, ['-e', script]);
	const told = JSON.parse(stdout) as Awaited<ReturnType<typeof load>>;
	return {
		...told,
		loaded: told.loaded.map((file) => relative(unpacked, file)).filter((file) => !file.startsWith('..')),
	};
}

it('holds one file for each source, what the editor shows, the README and the licence, and nothing else', () => {
	const expected = ['nodes', 'credentials'].flatMap((folder) =>
		filesIn(join(root, folder)).map((path) => join('dist', folder, path.replace(/\.ts$/, '.js'))),
	);
	expect([...files.keys()].sort()).toEqual([...expected, 'LICENSE.md', 'README.md', 'package.json'].sort());
	expect(entries().filter((path) => !files.has(path))).toEqual([]);
	expect([...files.keys()].filter((path) => /(?:^|\/)\.|\.(?:map|tsx?|env|log|tgz|pem|key)$|test/i.test(path))).toEqual(
		[],
	);
});

it('publishes what is written: each file says what its source says, without comments', () => {
	const published = [...files].filter(([path]) => path.endsWith('.js'));
	for (const [path, code] of published) {
		const source = readFileSync(join(root, path.replace(/^dist\//, '').replace(/\.js$/, '.ts')), 'utf8');
		const names = [...source.matchAll(/^export (?:async )?(?:function\*?|class|const) (\w+)/gm)].map(
			([, name]) => name,
		);
		expect(names.filter((name) => !new RegExp(`\\bexports\\.${name} = `).test(code))).toEqual([]);
		// Minified or bundled, a file would have longer lines and other lengths.
		expect(code.length).toBeLessThan(1.5 * source.length + 1500);
		expect(code).not.toMatch(/^\s*(?:\/\/|\/\*)/m);
	}
});

it('exports each class alone and under its own name, with which n8n loads it again', async () => {
	for (const path of entries()) {
		const name = basename(path).split('.')[0];
		expect(await load(path)).toMatchObject({ exported: [name], classes: [name] });
	}
});

it('is built the same again', async () => {
	await npm(root, 'run', 'build');
	for (const [path, text] of files) {
		if (path.startsWith('dist/')) expect(readFileSync(join(root, path), 'utf8')).toBe(text);
	}
});

it('needs nothing but n8n, and runs nothing when it is installed', () => {
	for (const kind of [
		'dependencies',
		'optionalDependencies',
		'bundledDependencies',
		'bundleDependencies',
		'overrides',
		'bin',
	]) {
		expect(manifest).not.toHaveProperty(kind);
	}
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	const scripts = Object.keys(manifest.scripts ?? {});
	expect(scripts.filter((name) => /^(?:pre|post)?(?:install|prepare|pack)$|^prepublish$/.test(name))).toEqual([]);

	const code = [...files].filter(([path]) => path.endsWith('.js'));
	const required = code.flatMap(([, text]) =>
		[...text.matchAll(/\b(?:require|import)\(["']([^"']+)["']\)/g)].map(([, name]) => name ?? ''),
	);
	expect(new Set(required.filter((name) => !name.startsWith('.')))).toEqual(new Set(['n8n-workflow', 'node:crypto']));
	const reaching = code.filter(([, text]) =>
		/\b(?:eval|Function)\s*\(|\bprocess\.|\bglobalThis\b|child_process/.test(text),
	);
	expect(reaching.map(([path]) => path)).toEqual([]);
});

it('tells nothing of where it was made, of a registry, or of a key', () => {
	const places = [root, homedir(), tmpdir()].filter((path) => path.length > 4);
	const telling =
		/sourceMappingURL|registry\.|npmjs\.|_authToken|\.npmrc|-----BEGIN|\btly-[a-z\d]{6,}|sandbox-passcode/i;
	const found = [...files].flatMap(([path, text]) => [
		...places.filter((place) => text.includes(place)).map((place) => `${path}: ${place}`),
		...(telling.exec(text) ?? []).map((what) => `${path}: ${what}`),
	]);
	expect(found).toEqual([]);
});

describe('installed', () => {
	const project = mkdtempSync(join(scratch, 'project-'));

	beforeAll(async () => {
		writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true }));
		// n8n leaves the peer out, too. Without a network nothing else can come.
		await npm(project, 'install', '--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', tarball);
	});

	it('it is alone', () => {
		expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([manifest.name]);
		const installed = join(project, 'node_modules', String(manifest.name));
		expect(existsSync(join(installed, 'node_modules'))).toBe(false);
		expect(filesIn(installed)).toEqual([...files.keys()].sort());
		const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as { packages: object };
		expect(Object.keys(lock.packages)).toEqual(['', `node_modules/${String(manifest.name)}`]);
	});

	it('npm audit has nothing to ask about but the package itself', async () => {
		const asked: unknown[] = [];
		const advisories = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body = Buffer.concat(chunks);
				asked.push(JSON.parse((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()));
				response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
			});
		});
		await new Promise<void>((resolve) => advisories.listen(0, '127.0.0.1', resolve));
		try {
			const registry = `http://127.0.0.1:${(advisories.address() as AddressInfo).port}/`;
			const report = JSON.parse(
				await npm(project, 'audit', '--json', '--omit=dev', '--legacy-peer-deps', '--registry', registry),
			) as { metadata: { vulnerabilities: { total: number } } };
			expect(asked).toEqual([{ [String(manifest.name)]: [manifest.version] }]);
			expect(report.metadata.vulnerabilities.total).toBe(0);
		} finally {
			advisories.closeAllConnections();
			await new Promise((resolve) => advisories.close(resolve));
		}
	});
});
