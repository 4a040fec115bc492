import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { NodeTypeSummary } from './n8n-client';
import { textAt, valueAt } from './n8n-json';

const run = promisify(execFile);
const root = join(__dirname, '..');

/** What the built package is made from. */
const sources = ['nodes', 'credentials', 'package.json', 'tsconfig.json', 'gulpfile.js', 'README.md', 'LICENSE.md'];

async function fingerprint(): Promise<string> {
	const hash = createHash('sha256');
	for (const source of sources.filter((name) => existsSync(join(root, name)))) {
		const files = source.includes('.')
			? [source]
			: (await readdir(join(root, source), { recursive: true, withFileTypes: true }))
					.filter((entry) => entry.isFile())
					.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
					.sort();
		for (const file of files)
			hash
				.update(file)
				.update('\0')
				.update(await readFile(join(root, file)));
	}
	return hash.digest('hex').slice(0, 16);
}

async function npm(args: readonly string[], cwd: string): Promise<string> {
	try {
		return (await run('npm', [...args], { cwd, maxBuffer: 64e6 })).stdout;
	} catch (error) {
		const said = ['stdout', 'stderr']
			.map((stream) => textAt(error, [stream]))
			.join('\n')
			.trim();
		throw new Error(`"npm ${args.join(' ')}" failed:\n${said.split('\n').slice(-30).join('\n')}`);
	}
}

/**
 * Builds and packs the package as it would be published, and returns the tarball's path.
 * Sources that were packed before are not packed again.
 */
export async function packPackage(): Promise<string> {
	const folder = join(root, '.cache', 'package');
	const tarball = join(folder, `${await fingerprint()}.tgz`);
	if (existsSync(tarball)) return tarball;
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await npm(['run', 'build'], root);
	const packed = textAt(JSON.parse(await npm(['pack', '--json', '--pack-destination', folder], root)), [0, 'filename']);
	await rename(join(folder, packed), tarball);
	return tarball;
}

/**
 * Puts a packed package where n8n puts community packages, with the steps of n8n's own installation: unpack into
 * `<user folder>/.n8n/nodes/node_modules/<name>`, drop development, peer and optional dependencies, install the
 * rest without scripts, write it down in the folder's package.json. n8n loads it at its next start; its node types
 * are called `<name>.<node>`.
 *
 * n8n's own call (POST /rest/community-packages) does the same, but only with packages from the public registry:
 * one from elsewhere needs an n8n licence.
 *
 * @returns the package's name
 */
export async function installPackage(tarball: string, userFolder: string): Promise<string> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const unpacked = join(nodesFolder, 'unpacked');
	await rm(unpacked, { recursive: true, force: true });
	await mkdir(unpacked, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);

	const manifest: unknown = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'));
	if (typeof manifest !== 'object') throw new Error('The package has no usable package.json.');
	const dropped = ['devDependencies', 'peerDependencies', 'optionalDependencies'];
	const kept = Object.fromEntries(Object.entries(manifest ?? {}).filter(([key]) => !dropped.includes(key)));
	await writeFile(join(unpacked, 'package.json'), JSON.stringify(kept, null, 2));

	const name = textAt(kept, ['name']);
	const target = join(nodesFolder, 'node_modules', name);
	await rm(target, { recursive: true, force: true });
	await mkdir(join(target, '..'), { recursive: true });
	await rename(unpacked, target);
	await npm(
		[
			'install',
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
		],
		target,
	);
	const list = join(nodesFolder, 'package.json');
	const others: unknown = existsSync(list) ? JSON.parse(await readFile(list, 'utf8')) : {};
	const dependencies = { ...(valueAt(others, ['dependencies']) as object), [name]: textAt(kept, ['version']) };
	await writeFile(list, JSON.stringify({ name: 'installed-nodes', private: true, dependencies }, null, 2));
	return name;
}

/** Takes a package away again, as n8n's own uninstallation does: its files, and its place in n8n's list. */
export async function uninstallPackage(name: string, userFolder: string): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	await rm(join(nodesFolder, 'node_modules', name), { recursive: true, force: true });
	const list = join(nodesFolder, 'package.json');
	const { dependencies, ...others } = JSON.parse(await readFile(list, 'utf8')) as { dependencies: object };
	const left = Object.fromEntries(Object.entries(dependencies).filter(([other]) => other !== name));
	await writeFile(list, JSON.stringify({ ...others, dependencies: left }, null, 2));
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { timeout: 10_000 });
	try {
		unlist(name, database);
	} finally {
		database.close();
	}
}

function unlist(name: string, database: DatabaseSync): void {
	database.prepare('DELETE FROM installed_nodes WHERE package = ?').run(name);
	database.prepare('DELETE FROM installed_packages WHERE packageName = ?').run(name);
}

/**
 * Enters an installed package in n8n's list (Settings → Community Nodes), as n8n's own installation does. No two
 * packages in it may have nodes of the same display name: n8n would refuse to install the second one.
 *
 * @param userFolder of an n8n that has been started once, so that its database is there
 * @param loaded the node types that n8n has loaded from the package
 */
export async function listPackage(name: string, userFolder: string, loaded: readonly NodeTypeSummary[]): Promise<void> {
	const manifest: unknown = JSON.parse(
		await readFile(join(userFolder, '.n8n', 'nodes', 'node_modules', name, 'package.json'), 'utf8'),
	);
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { timeout: 10_000 });
	try {
		database.exec('BEGIN IMMEDIATE');
		unlist(name, database);
		const now = new Date().toISOString().replace('T', ' ').replace('Z', '');
		database
			.prepare(
				'INSERT INTO installed_packages (packageName, installedVersion, authorName, authorEmail, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?)',
			)
			.run(
				name,
				textAt(manifest, ['version']),
				textAt(manifest, ['author', 'name']),
				textAt(manifest, ['author', 'email']),
				now,
				now,
			);
		const enter = database.prepare(
			'INSERT INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, ?, ?)',
		);
		// n8n tells of each version of a node that differs from the others; listed is the latest.
		const latest = new Map([...loaded].sort((a, b) => a.version - b.version).map((node) => [node.name, node]));
		for (const node of latest.values()) enter.run(node.displayName, node.name, node.version, name);
		database.exec('COMMIT');
	} finally {
		database.close();
	}
}

/** The name under which the package is published. */
export async function packageName(): Promise<string> {
	return textAt(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')), ['name']);
}
