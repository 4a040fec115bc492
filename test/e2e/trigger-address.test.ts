import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type N8n, startN8n } from '../../sandbox/n8n';
import { type RoundRobin, startRoundRobin } from '../../sandbox/roundRobin';
import { until } from '../../sandbox/until';
import { type Sandbox, startSandbox } from './sandbox';

jest.setTimeout(300_000);

let sandbox: Sandbox;
/** What is in front of n8n: first at the old address, then at the new one. */
let oldFront: RoundRobin;
let newFront: RoundRobin;
let loginPage: Server;
let moved: N8n | undefined;

beforeAll(async () => {
	oldFront = await startRoundRobin();
	newFront = await startRoundRobin();
	loginPage = createServer((request, response) => {
		request.resume();
		response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Please log in</h1>');
	});
	await new Promise<void>((resolve) => loginPage.listen(0, '127.0.0.1', resolve));
	// Tests take n8n's address from the editor's, published workflows from WEBHOOK_URL.
	sandbox = await startSandbox({ env: { WEBHOOK_URL: oldFront.url, N8N_EDITOR_BASE_URL: oldFront.url } });
	oldFront.serve([sandbox.n8n.url]);
}, 300_000);

afterAll(async () => {
	await moved?.stop();
	await sandbox?.close();
	await newFront?.close();
	await oldFront?.close().catch(() => undefined);
	await new Promise((resolve) => loginPage.close(resolve));
});

function triggerWith(options: Record<string, unknown>, webhookId: string = randomUUID()): Record<string, unknown> {
	return {
		id: webhookId,
		webhookId,
		name: 'Tally Trigger',
		type: `${sandbox.packageName}.tallyTrigger`,
		typeVersion: 1.1,
		position: [0, 0],
		credentials: { tallyAccountApi: sandbox.credentials.tallyAccountApi },
		parameters: { formId: { __rl: true, mode: 'id', value: sandbox.tally.formId }, options },
	};
}

async function createWorkflow(n8n: N8n, trigger: Record<string, unknown>): Promise<string> {
	return await n8n.client.createWorkflow({ name: 'Trigger alone', nodes: [trigger], connections: {} });
}

/** The submissions of a workflow's runs that have succeeded. */
async function shownBy(n8n: N8n, workflowId: string): Promise<unknown[]> {
	const executions = await n8n.client.executions(workflowId);
	const done = executions.filter(({ status }) => status === 'success');
	const results = await Promise.all(done.map(async ({ id }) => await n8n.client.execution(id)));
	return results.flatMap((result) => result.output('Tally Trigger')).map((item) => submissionIn(item));
}

function submissionIn(item: unknown): unknown {
	return (item as { submissionId?: unknown }).submissionId;
}

const addresses = () => sandbox.tally.webhooks().map(({ url, isEnabled }) => [new URL(url).origin, isEnabled]);
const originOf = (url: string) => new URL(url).origin;

describe('the newest submission in the editor', () => {
	it.each(['received', 'finished'] as const)('starts the test, acknowledged when %s', async (acknowledge) => {
		const { n8n, tally } = sandbox;
		const { submissionId } = await tally.submit();
		const workflowId = await createWorkflow(n8n, triggerWith({ acknowledge }));
		await n8n.client.listen(workflowId, 'Tally Trigger');
		await until('the test has run', async () => (await shownBy(n8n, workflowId)).length > 0, 60_000);
		expect(await shownBy(n8n, workflowId)).toEqual([submissionId]);
		await until('the webhook of the test is gone', () => tally.webhooks().length === 0, 60_000);
		expect(readFileSync(n8n.logFile, 'utf8')).not.toContain('could not show the newest submission');
	});

	it('says in the log what to do where a login page answers at n8n’s own address', async () => {
		const { n8n } = sandbox;
		const workflowId = await createWorkflow(n8n, triggerWith({}));
		oldFront.serve([`http://127.0.0.1:${(loginPage.address() as AddressInfo).port}`]);
		try {
			await n8n.client.listen(workflowId, 'Tally Trigger');
			const log = () => readFileSync(n8n.logFile, 'utf8');
			await until('the log says so', () => log().includes('something else answers (status 200)'), 60_000);
			expect(log()).toContain('without a login');
			expect(await n8n.client.executions(workflowId)).toEqual([]);
			await n8n.client.stopListening(workflowId);
		} finally {
			oldFront.serve([n8n.url]);
		}
	});
});

it('takes its webhook along when WEBHOOK_URL changes', async () => {
	const { n8n, tally } = sandbox;
	const webhookId = randomUUID();
	const workflowId = await createWorkflow(n8n, triggerWith({}, webhookId));
	await n8n.client.publish(workflowId);
	expect(addresses()).toEqual([[originOf(oldFront.url), true]]);

	await n8n.stop();
	await oldFront.close();
	moved = await startN8n({ userFolder: n8n.userFolder, env: { WEBHOOK_URL: newFront.url } });
	newFront.serve([moved.url]);
	// n8n asks a trigger anew only where something of it has changed.
	await moved.client.updateWorkflow(workflowId, { nodes: [triggerWith({ answerKeys: 'key' }, webhookId)] });
	await moved.client.publish(workflowId);
	expect(addresses()).toEqual([[originOf(newFront.url), true]]);

	const { submissionId } = await tally.submit();
	const here = moved;
	await until('the submission has run', async () => (await shownBy(here, workflowId)).length > 0, 60_000);
	expect(await shownBy(here, workflowId)).toEqual([submissionId]);

	await moved.client.unpublish(workflowId);
	expect(tally.webhooks()).toEqual([]);
});
