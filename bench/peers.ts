import { execFile } from 'node:child_process';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { valueAt } from '../sandbox/n8n-json';
import { unpack } from './package';

const run = promisify(execFile);
const tarballs = join(__dirname, '..', '.cache', 'bench', 'peers');

/** A published package of nodes for n8n. */
export interface Peer {
	readonly name: string;
	/** Of the tarball, in bytes. */
	readonly size: number;
	/** `<file>#<class>` of each of its nodes. */
	readonly classes: readonly string[];
}

/**
 * Other packages for the same two services, and one of another form service, each as it was
 * published. They are fetched to be measured and never become part of this one.
 */
export const peerNames = [
	'n8n-nodes-tallyforms',
	'n8n-nodes-tallyso',
	'@velocity-bpa/n8n-nodes-clevertap',
	'@muzzammil-ms/n8n-nodes-clevertap',
	'@formbricks/n8n-nodes-formbricks',
] as const;

/** The package, or nothing where npm does not have it. */
export async function fetchPeer(name: string): Promise<Peer | undefined> {
	await mkdir(tarballs, { recursive: true });
	let packed: unknown;
	try {
		const { stdout } = await run('npm', ['pack', name, '--json', '--ignore-scripts', '--pack-destination', tarballs]);
		packed = JSON.parse(stdout);
	} catch {
		return undefined;
	}
	const tarball = join(tarballs, String(valueAt(packed, [0, 'filename'])));
	const folder = await unpack(tarball, name);
	const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const nodes = valueAt(manifest, ['n8n', 'nodes']);
	return {
		name,
		size: (await stat(tarball)).size,
		classes: (Array.isArray(nodes) ? nodes : []).map((file) => {
			const path = String(file);
			const [className] = (path.split('/').at(-1) ?? '').split('.');
			return `${join(folder, path)}#${className}`;
		}),
	};
}
