import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startN8n } from '../sandbox/n8n';
import { installPackage } from '../sandbox/n8n-package';

/** A folder of n8n that has been started once: its first start is spent on its database. */
export interface Home {
	/** Starts n8n until it is ready, and stops it again; gives the milliseconds until then. */
	startUp(): Promise<number>;
	remove(): Promise<void>;
}

/** @param tarball of a package that is installed in it. */
export async function makeHome(tarball?: string): Promise<Home> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-bench-'));
	if (tarball !== undefined) await installPackage(tarball, userFolder);
	const startUp = async (): Promise<number> => {
		const start = performance.now();
		const n8n = await startN8n({ userFolder, env: { npm_config_offline: 'true' } });
		const took = performance.now() - start;
		await n8n.stop();
		return took;
	};
	await startUp();
	return { startUp, remove: async () => await rm(userFolder, { recursive: true, force: true }) };
}
