import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';

import { parse as parseFlatted } from 'flatted';

import type { N8n } from '../sandbox/n8n';
import type { WorkflowDraft } from '../sandbox/n8n-client';
import { textAt, valueAt } from '../sandbox/n8n-json';
import { until } from '../sandbox/until';
import { type Sandbox, type SandboxOptions, startSandbox } from '../test/e2e/sandbox';
import type { Say } from './case';
import { type Findings, together } from './figures';

/** A way in which n8n 2.41 makes the isolates that it evaluates expressions in, and how it is set. */
export interface Engine {
	readonly title: string;
	readonly env: Readonly<Record<string, string>>;
}

export const engines = {
	asItIs: { title: 'n8n as it is', env: {} },
	whereNeeded: { title: 'isolates where needed', env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } },
} as const satisfies Record<string, Engine>;

let running: Sandbox | undefined;

/** For the moment at which the benchmark itself is ended: n8n ends with it, its throw-away folder does not. */
export function removeSandbox(): void {
	if (running) rmSync(running.n8n.userFolder, { recursive: true, force: true });
}

/** A real n8n with the package, for as long as `use` takes. */
export async function inSandbox<T>(use: (sandbox: Sandbox) => Promise<T>, options?: SandboxOptions): Promise<T> {
	const sandbox = await startSandbox(options);
	running = sandbox;
	try {
		return await use(sandbox);
	} finally {
		await sandbox.close();
		running = undefined;
	}
}

/** Measures the same in an n8n of each kind, and puts what was found together. */
export async function onEachEngine(
	measure: (sandbox: Sandbox, engine: Engine, say: Say) => Promise<Findings>,
	say: Say,
	env: Readonly<Record<string, string>> = {},
): Promise<Findings> {
	const found: Findings[] = [];
	for (const engine of Object.values(engines)) {
		const use = async (sandbox: Sandbox) => await measure(sandbox, engine, (text) => say(`${engine.title}: ${text}`));
		found.push(await inSandbox(use, { env: { ...engine.env, ...env } }));
	}
	return together(found);
}

/** A CleverTap node in a workflow, with a credential that leads to a service at this address. */
export async function cleverTapNode(
	{ n8n, packageName }: Pick<Sandbox, 'n8n' | 'packageName'>,
	origin: string,
	parameters: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
	const data = { accountId: 'BENCH', passcode: 'bench', region: 'custom', customHost: origin };
	const draft = { name: 'Benchmark', type: 'cleverTapAccountApi', data };
	const account = { id: await n8n.client.createCredential(draft), name: draft.name };
	return {
		name: 'CleverTap',
		type: `${packageName}.cleverTap`,
		credentials: { cleverTapAccountApi: account },
		parameters,
	};
}

/** Nodes in a row, each fed by the one before. */
export function chain(name: string, nodes: ReadonlyArray<Record<string, unknown>>): WorkflowDraft {
	const names = nodes.map((node) => String(node.name));
	return {
		name,
		nodes: nodes.map((node, index) => ({
			id: randomUUID(),
			typeVersion: 1,
			position: [index * 200, 0],
			parameters: {},
			...node,
		})),
		connections: Object.fromEntries(
			names.slice(0, -1).map((from, index) => [from, { main: [[{ node: names[index + 1], type: 'main', index: 0 }]] }]),
		),
		settings: { executionOrder: 'v1' },
	};
}

/** Publishes nodes in a row, as a workflow with the name of the first. */
export async function publish({ n8n }: Sandbox, ...nodes: ReadonlyArray<Record<string, unknown>>): Promise<void> {
	await n8n.client.publish(await n8n.client.createWorkflow(chain(String(nodes[0]?.name), nodes)));
}

/** A Tally Trigger that answers when the workflow has finished, followed by these; gives where Tally delivers, and how it signs. */
export async function publishTrigger(
	sandbox: Pick<Sandbox, 'n8n' | 'tally' | 'packageName' | 'credentials'>,
	...nodes: ReadonlyArray<Record<string, unknown>>
): Promise<Delivery> {
	return await publishTriggerInto(sandbox, chain('Tally Trigger', nodes), String(nodes[0]?.name));
}

/** Where Tally delivers what starts a workflow, and how it signs. */
export interface Delivery {
	readonly workflowId: string;
	readonly url: string;
	readonly signingSecret: string;
}

/** Publishes a workflow with such a trigger before one of its nodes. */
export async function publishTriggerInto(
	{ n8n, tally, packageName, credentials }: Pick<Sandbox, 'n8n' | 'tally' | 'packageName' | 'credentials'>,
	{ nodes, connections, ...workflow }: WorkflowDraft,
	before: string,
): Promise<Delivery> {
	const trigger = {
		id: randomUUID(),
		name: 'Tally Trigger',
		type: `${packageName}.tallyTrigger`,
		typeVersion: 1.1,
		position: [0, 200],
		webhookId: randomUUID(),
		credentials: { tallyAccountApi: credentials.tallyAccountApi },
		parameters: {
			formId: { __rl: true, mode: 'list', value: tally.formId },
			options: { acknowledge: 'finished' },
		},
	};
	const earlier = new Set(tally.webhooks().map(({ id }) => id));
	const workflowId = await n8n.client.createWorkflow({
		...workflow,
		nodes: [trigger, ...nodes],
		connections: { ...connections, [trigger.name]: { main: [[{ node: before, type: 'main', index: 0 }]] } },
	});
	await n8n.client.publish(workflowId);
	const { url, signingSecret } = tally.webhooks().find(({ id }) => !earlier.has(id)) ?? {};
	if (!url || !signingSecret) throw new Error('The trigger has registered no signed webhook');
	return { workflowId, url, signingSecret };
}

/** What a user fills in for an event of each submission, but for the options. */
export const eventParameters = {
	resource: 'event',
	operation: 'upload',
	identifyBy: 'identity',
	identifier: '={{ $json.respondentId }}',
	eventName: { __rl: true, mode: 'name', value: 'Feedback Given' },
	propertiesMode: 'fields',
	properties: {
		assignments: [{ id: '1', name: 'submissionId', value: '={{ $json.submissionId }}', type: 'string' }],
	},
};

/**
 * A Tally Trigger and a CleverTap node that uploads an event for each submission to a service at this
 * address; gives where Tally delivers, and how it signs.
 */
export async function publishUpload(sandbox: Sandbox, origin: string): Promise<Delivery> {
	const parameters = { ...eventParameters, options: {} };
	return await publishTrigger(sandbox, await cleverTapNode(sandbox, origin, parameters));
}

/** A Webhook node that answers when the workflow has finished, and says nothing of it. */
export function webhook(path: string): Record<string, unknown> {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: randomUUID(),
		parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', responseData: 'noData', options: {} },
	};
}

export function code(name: string, jsCode: string): Record<string, unknown> {
	return { name, type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } };
}

/** An HTTP Request node that posts to CleverTap, the way a person fills it in. */
export function httpRequest(url: string, jsonBody: string): Record<string, unknown> {
	return {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `${url}/1/upload`,
			sendHeaders: true,
			headerParameters: {
				parameters: [
					{ name: 'X-CleverTap-Account-Id', value: 'BENCH' },
					{ name: 'X-CleverTap-Passcode', value: 'bench' },
				],
			},
			sendBody: true,
			specifyBody: 'json',
			jsonBody,
			options: {},
		},
	};
}

/**
 * The milliseconds from the start of one node to the end of another in the newest execution of a
 * workflow, by n8n's own record.
 */
export async function tookIn({ client }: N8n, workflowId: string, first: string, last: string): Promise<number> {
	return await until(
		'the execution is recorded',
		async () => {
			const [newest] = await client.executions(workflowId);
			if (newest?.status === 'error' || newest?.status === 'crashed')
				throw new Error(`Execution ${newest.id} ended with ${newest.status}`);
			if (newest?.status !== 'success') return undefined;
			const data: unknown = parseFlatted(textAt(await client.call('GET', `/rest/executions/${newest.id}`), ['data']));
			const at = (node: string, key: string) => Number(valueAt(data, ['resultData', 'runData', node, 0, key]));
			return at(last, 'startTime') + at(last, 'executionTime') - at(first, 'startTime');
		},
		60_000,
	);
}
