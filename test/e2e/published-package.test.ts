import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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

it('holds what the sources compile to, the README and the licence, and nothing else', () => {
	const sources = ['nodes', 'credentials'].flatMap((folder) => filesIn(join(root, folder)).map((path) => join(folder, path)));
	const compiled = sources.map((path) => join('dist', path.replace(/\.ts$/, '.js')));
	expect([...files.keys()].sort()).toEqual([...compiled, 'LICENSE.md', 'README.md', 'package.json'].sort());
	expect([...files.keys()].filter((path) => /(?:^|\/)\.|\.(?:map|tsx?|env|log|tgz|pem|key)$|test/i.test(path))).toEqual([]);
});

it('needs nothing but n8n, and runs nothing when it is installed', () => {
	for (const kind of ['dependencies', 'optionalDependencies', 'bundledDependencies', 'bundleDependencies', 'overrides', 'bin']) {
		expect(manifest).not.toHaveProperty(kind);
	}
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	const scripts = Object.keys((manifest.scripts ?? {}));
	expect(scripts.filter((name) => /^(?:pre|post)?(?:install|prepare|pack)$|^prepublish$/.test(name))).toEqual([]);

	const code = [...files].filter(([path]) => path.endsWith('.js'));
	const required = code.flatMap(([, text]) => [...text.matchAll(/\b(?:require|import)\(["']([^"']+)["']\)/g)].map(([, name]) => name ?? ''));
	expect(new Set(required.filter((name) => !name.startsWith('.')))).toEqual(new Set(['n8n-workflow', 'node:crypto']));
	const reaching = code.filter(([, text]) => /\b(?:eval|Function)\s*\(|\bprocess\.|\bglobalThis\b|child_process/.test(text));
	expect(reaching.map(([path]) => path)).toEqual([]);
});

it('tells nothing of where it was made, of a registry, or of a key', () => {
	const places = [root, homedir(), tmpdir()].filter((path) => path.length > 4);
	const telling = /sourceMappingURL|registry\.|npmjs\.|_authToken|\.npmrc|-----BEGIN|\btly-[a-z\d]{6,}|sandbox-passcode/i;
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
