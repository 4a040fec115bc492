import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCleverTap, type LocalCleverTapOptions, startCleverTap } from '../../sandbox/clevertap/clevertap';
import { filledExample, sandboxCredentials } from '../../sandbox/example';
import { type N8n, startN8n } from '../../sandbox/n8n';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { installPackage, listPackage, packageName, packPackage } from '../../sandbox/n8n-package';
import { type LocalTally, type LocalTallyOptions, startTally } from '../../sandbox/tally/tally';

/** A real n8n with the package installed as users get it, between a local Tally and a local CleverTap. */
export interface Sandbox {
	readonly n8n: N8n;
	readonly tally: LocalTally;
	readonly cleverTap: LocalCleverTap;
	/** The package's name, which its node types begin with. */
	readonly packageName: string;
	/** Ids of credentials that are right, by credential type. */
	readonly credentials: Readonly<Record<string, { id: string; name: string }>>;
	/** An example of ours with form and credentials chosen. */
	example(file: string): Promise<WorkflowDraft>;
	close(): Promise<void>;
}

/** How the two services behave. */
export interface SandboxOptions {
	tally?: LocalTallyOptions;
	cleverTap?: LocalCleverTapOptions;
	/** Settings of n8n, as an administrator would make them. */
	env?: Record<string, string>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	await installPackage(await packPackage(), userFolder);
	const [tally, cleverTap, name] = await Promise.all([
		startTally(options.tally),
		startCleverTap(options.cleverTap),
		packageName(),
	]);
	const close = async (): Promise<void> => {
		await Promise.all([tally.close(), cleverTap.close()]);
		await rm(userFolder, { recursive: true, force: true });
	};
	// Without a network: n8n would ask the registry for newer versions of what it lists.
	await writeFile(join(userFolder, '.n8n', 'nodes', '.npmrc'), 'offline=true\n');
	const n8n = await startN8n({ userFolder, env: options.env }).catch(async (error: unknown) => {
		await close();
		throw error;
	});
	// Only n8n's own SQLite can be written from here; elsewhere the editor does not list the package, and it works.
	if (options.env?.DB_TYPE === undefined) await listPackage(name, userFolder, await n8n.client.nodeTypes(name));
	const credentials: Record<string, { id: string; name: string }> = {};
	for (const [type, draft] of Object.entries(sandboxCredentials(tally, cleverTap))) {
		credentials[type] = { id: await n8n.client.createCredential(draft), name: draft.name };
	}
	return {
		n8n,
		tally,
		cleverTap,
		packageName: name,
		credentials,
		example: async (file) => await filledExample(file, { formId: tally.formId, formName: 'Feedback', credentials }),
		close: async () => {
			await n8n.stop();
			await close();
		},
	};
}
