import { rmSync } from 'node:fs';
import { type LocalCleverTap, startCleverTap } from '../../sandbox/clevertap/clevertap';
import { type N8n, startN8n } from '../../sandbox/n8n';
import { listAt } from '../../sandbox/n8n-json';
import { freePort } from '../../sandbox/ports';
import { sampleForm } from '../../sandbox/tally/sampleForm';
import type { LocalTally } from '../../sandbox/tally/tally';
import { type Collector, startCollector } from '../chaos/collector';
import { startSandbox } from '../e2e/sandbox';
import { type JobReports, startJobReports } from './jobs';
import { inspectedAt, type Memory, measure } from './memory';
import { ours } from './ours';
import { plain, plainPath } from './plain';
import { type Acknowledge, acknowledgements, type SoakPlan } from './plan';
import type { Surroundings } from './surroundings';

/** One of the two n8n, with what is its own. */
export interface Side {
	readonly name: 'ours' | 'plain';
	readonly n8n: N8n;
	readonly cleverTap: LocalCleverTap;
	readonly collector: Collector;
	readonly jobs: JobReports;
	/** Where Tally delivers the submissions of the two forms. */
	readonly addresses: Readonly<Record<Acknowledge, string>>;
	/** What a delivery gets that is not Tally's. */
	readonly refusal: number;
	/** Fills two lists of the editor; gives how many entries each has. */
	search: () => Promise<number[]>;
	measure: () => Promise<Memory>;
	close: () => Promise<void>;
}

export interface Sides {
	readonly tally: LocalTally;
	readonly forms: Surroundings['forms'];
	readonly ours: Side;
	readonly plain: Side;
}

/**
 * Longer than a workflow takes, however CleverTap answers and however busy the machine is; Tally's
 * first retry, in real time five minutes later, must not meet it still running.
 */
const DELIVERY_TIMEOUT_MS = 600_000;
/** Tally's day-long ladder takes forty seconds. */
const TIME_SCALE = 1 / 2600;

/** The same for both. */
const settings = (inspectorPort: number): Record<string, string> => ({
	...inspectedAt(inspectorPort),
	// Nothing asks the registry.
	npm_config_offline: 'true',
	// A soak is about memory: what has run is not kept in the database.
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'none',
});

/** Folders of an n8n that did not come to its end. */
const folders: string[] = [];

export function removeFolders(): void {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

async function search(n8n: N8n, lists: ReadonlyArray<Record<string, unknown>>): Promise<number[]> {
	const counts: number[] = [];
	for (const list of lists) {
		const body = { currentNodeParameters: {}, ...list };
		const found = await n8n.client.call('POST', '/rest/dynamic-node-parameters/resource-locator-results', body);
		counts.push(listAt(found, ['results']).length);
	}
	return counts;
}

/** Starts both, with their workflows published. */
export async function startSides(plan: SoakPlan): Promise<Sides> {
	const { tally, ours: started, forms } = await startOurs(plan);
	return { tally, forms, ours: started, plain: await startPlain(plan, tally, forms) };
}

async function startOurs(plan: SoakPlan): Promise<{ tally: LocalTally; ours: Side; forms: Surroundings['forms'] }> {
	const [collector, jobs, inspectorPort] = await Promise.all([startCollector(), startJobReports(), freePort()]);
	const sandbox = await startSandbox({
		tally: { timeScale: TIME_SCALE, deliveryTimeoutMs: DELIVERY_TIMEOUT_MS },
		cleverTap: { onUpload: plan.faultOf },
		env: settings(inspectorPort),
	});
	const { n8n, tally, cleverTap, packageName, credentials } = sandbox;
	folders.push(n8n.userFolder);
	const second = sampleForm('mR3vQa');
	tally.addForm(second);
	const forms = { received: tally.formId, finished: second.id };
	const surroundings = { forms, reportsUrl: collector.url, jobsUrl: jobs.url };
	for (const workflow of ours(packageName, credentials, surroundings)) {
		await n8n.client.publish(await n8n.client.createWorkflow(workflow));
	}
	const addressOf = (acknowledge: Acknowledge): string => {
		const webhook = tally.webhooks().find(({ formId }) => formId === forms[acknowledge]);
		if (!webhook) throw new Error('The trigger has not registered its webhook');
		return webhook.url;
	};
	const lists = [
		{
			path: 'parameters.formId',
			methodName: 'searchForms',
			nodeTypeAndVersion: { name: `${packageName}.tallyTrigger`, version: 1.1 },
			credentials: { tallyAccountApi: credentials.tallyAccountApi },
		},
		{
			path: 'parameters.eventName',
			methodName: 'searchEvents',
			nodeTypeAndVersion: { name: `${packageName}.cleverTap`, version: 1 },
			credentials: { cleverTapAccountApi: credentials.cleverTapAccountApi },
		},
	];
	return {
		tally,
		forms,
		ours: {
			name: 'ours',
			n8n,
			cleverTap,
			collector,
			jobs,
			addresses: { received: addressOf('received'), finished: addressOf('finished') },
			refusal: 401,
			search: async () => await search(n8n, lists),
			measure: async () => await measure(inspectorPort),
			close: async () => {
				await sandbox.close();
				await Promise.all([collector.close(), jobs.close()]);
			},
		},
	};
}

async function startPlain(plan: SoakPlan, tally: LocalTally, forms: Surroundings['forms']): Promise<Side> {
	const [collector, jobs, inspectorPort, cleverTap] = await Promise.all([
		startCollector(),
		startJobReports(),
		freePort(),
		startCleverTap({ onUpload: plan.faultOf }),
	]);
	const n8n = await startN8n({ env: settings(inspectorPort) });
	folders.push(n8n.userFolder);
	// n8n's own way to tell Tally from anybody: a header that both know.
	const header = { name: 'X-Soak', value: 'known to both' };
	const auth = { name: 'Header', type: 'httpHeaderAuth', data: header };
	const headerAuth = { id: await n8n.client.createCredential(auth), name: auth.name };
	const surroundings = { forms, reportsUrl: collector.url, jobsUrl: jobs.url };
	for (const workflow of plain(tally, cleverTap, headerAuth, surroundings)) {
		await n8n.client.publish(await n8n.client.createWorkflow(workflow));
	}
	const addressOf = (acknowledge: Acknowledge) => `${n8n.url}/webhook/${plainPath(acknowledge)}`;
	for (const acknowledge of acknowledgements) {
		const url = addressOf(acknowledge);
		const response = await fetch(`${tally.url}/webhooks`, {
			method: 'POST',
			headers: { authorization: `Bearer ${tally.apiKey}`, 'content-type': 'application/json' },
			body: JSON.stringify({ formId: forms[acknowledge], url, eventTypes: ['FORM_RESPONSE'], httpHeaders: [header] }),
		});
		if (!response.ok) throw new Error(`Tally answered ${response.status} to the plain webhook`);
	}
	// Lists of n8n's own, by the same call.
	const tables = {
		path: 'parameters.dataTableId',
		methodName: 'tableSearch',
		nodeTypeAndVersion: { name: 'n8n-nodes-base.dataTable', version: 1 },
	};
	return {
		name: 'plain',
		n8n,
		cleverTap,
		collector,
		jobs,
		addresses: { received: addressOf('received'), finished: addressOf('finished') },
		refusal: 403,
		search: async () => await search(n8n, [tables, tables]),
		measure: async () => await measure(inspectorPort),
		close: async () => {
			await n8n.stop();
			await Promise.all([cleverTap.close(), collector.close(), jobs.close()]);
		},
	};
}
