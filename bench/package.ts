import { execFile } from 'node:child_process';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { ICredentialType, INodeType } from 'n8n-workflow';

import { packageName, packPackage } from '../sandbox/n8n-package';

const run = promisify(execFile);
const root = join(__dirname, '..');
/** Where packages are unpacked, beside the `n8n-workflow` of the sandbox's n8n. */
export const packages = join(root, '.cache', 'bench', 'node_modules');

/** Unpacks a tarball of npm where node finds it together with `n8n-workflow`; returns its folder. */
export async function unpack(tarball: string, name: string): Promise<string> {
	const folder = join(packages, name);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	const link = join(packages, 'n8n-workflow');
	await rm(link, { force: true });
	await symlink(join(root, 'sandbox', 'n8n', 'node_modules', 'n8n-workflow'), link);
	return folder;
}

/** Builds, packs and unpacks what would be published: that is what is measured, not the sources. */
export async function unpackOurs(): Promise<{ tarball: string; folder: string }> {
	const tarball = await packPackage();
	return { tarball, folder: await unpack(tarball, await packageName()) };
}

/** A file of the unpacked package, by its path below `dist`. */
function fromPackage<T>(folder: string, file: string): T {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- its path is known only now
	return require(join(folder, 'dist', file)) as T;
}

/**
 * What a file of the published code exports.
 *
 * @param file from the root, without its ending, such as `nodes/Tally/trigger/signature`.
 */
export function fromSources<T>(folder: string, file: string): T {
	return fromPackage<T>(folder, `${file}.js`);
}

/** @param file below `dist/nodes`, without its endings; the class has the file's name. */
export function loadNode(folder: string, file: string): INodeType {
	const found = fromPackage<Record<string, new () => INodeType>>(folder, `nodes/${file}.node.js`);
	return new (found[basename(file)] as new () => INodeType)();
}

export function loadCredential(folder: string, name: string): ICredentialType {
	const found = fromPackage<Record<string, new () => ICredentialType>>(folder, `credentials/${name}.credentials.js`);
	return new (found[name] as new () => ICredentialType)();
}
