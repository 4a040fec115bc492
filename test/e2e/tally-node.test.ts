import { randomUUID } from 'node:crypto';

import { type LocalGateway, startGateway } from '../../sandbox/gateway/gateway';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { valueAt } from '../../sandbox/n8n-json';
import { n8nHas } from '../../sandbox/n8n-version';
import { sampleAnswers } from '../../sandbox/tally/sampleForm';
import { until } from '../../sandbox/until';
import { type Sandbox, startSandbox } from './sandbox';

jest.setTimeout(300_000);

const LOST = 500;
let sandbox: Sandbox;

beforeAll(async () => {
	// The 31 hours of Tally's retries pass in a tenth of a second.
	// Hours are told in minutes: at that pace, an isolate for each execution is too much for a small machine.
	const env: Record<string, string> = n8nHas.isolatesWhereNeeded
		? { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' }
		: { N8N_EXPRESSION_ENGINE: 'legacy' };
	sandbox = await startSandbox({ tally: { timeScale: 1e-6 }, env });
}, 300_000);

afterAll(async () => {
	await sandbox?.close();
});

type Node = WorkflowDraft['nodes'][number];

/** A draft whose nodes are changed by name; the changed parameters replace those of the same name. */
function withParameters(draft: WorkflowDraft, changes: Record<string, object>): WorkflowDraft {
	return {
		...draft,
		nodes: draft.nodes.map((node: Node) => {
			const change = changes[String(node.name)];
			return change ? { ...node, parameters: { ...(node.parameters as object), ...change } } : node;
		}),
	};
}

async function executionsOf(workflowId: string, status = 'success'): Promise<string[]> {
	const executions = await sandbox.n8n.client.executions(workflowId);
	return executions.filter((execution) => execution.status === status).map(({ id }) => id);
}

describe('through a gateway', () => {
	let gateway: LocalGateway;
	let credential: { id: string; name: string };

	beforeAll(async () => {
		gateway = await startGateway({ tally: sandbox.tally });
		const name = 'Tally through a gateway';
		const data = { apiKey: gateway.apiKey, baseUrl: gateway.url, gatewayConnectionId: gateway.connectionId };
		const draft = { name, type: 'tallyAccountApi', data };
		expect(await sandbox.n8n.client.testCredential(draft)).toMatchObject({ ok: true });
		const wrong = { ...draft, data: { ...data, gatewayConnectionId: 'conn-9' } };
		expect(await sandbox.n8n.client.testCredential(wrong)).toMatchObject({ ok: false });
		credential = { id: await sandbox.n8n.client.createCredential(draft), name };
	});
	afterAll(async () => {
		await gateway?.close();
	});

	it('the trigger registers, takes submissions and leaves; the Tally node reads', async () => {
		const direct = sandbox.tally.requests().length - gateway.passedOn().length;
		const example = await sandbox.example('tally-feedback-to-clevertap.json');
		const tallyAccountApi = { credentials: { tallyAccountApi: credential } };
		const workflowId = await sandbox.n8n.client.createWorkflow({
			...example,
			nodes: example.nodes.map((node) =>
				String(node.type).endsWith('tallyTrigger') ? { ...node, ...tallyAccountApi } : node,
			),
		});
		await sandbox.n8n.client.publish(workflowId);
		expect(sandbox.tally.webhooks()).toMatchObject([{ formId: sandbox.tally.formId, isEnabled: true }]);
		const { submissionId } = await sandbox.tally.submit();
		await sandbox.cleverTap.until(({ events }) => events.length > 0, 60_000);

		const reader = await sandbox.n8n.client.createWorkflow({
			name: 'Read through the gateway',
			nodes: [
				{
					id: randomUUID(),
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: randomUUID(),
					name: 'Tally',
					type: `${sandbox.packageName}.tally`,
					typeVersion: 1,
					position: [200, 0],
					...tallyAccountApi,
					parameters: {
						resource: 'submission',
						operation: 'getAll',
						formId: { __rl: true, mode: 'id', value: sandbox.tally.formId },
					},
				},
			],
			connections: { Start: { main: [[{ node: 'Tally', type: 'main', index: 0 }]] } },
		});
		const execution = await sandbox.n8n.client.finished(await sandbox.n8n.client.runManually(reader, 'Start'));
		expect(execution.errorMessage).toBeUndefined();
		expect(execution.output('Tally')).toMatchObject([
			{ submissionId, answers: { 'Your email': sampleAnswers['Your email'], Topics: sampleAnswers.Topics } },
		]);

		await sandbox.n8n.client.unpublish(workflowId);
		expect(sandbox.tally.webhooks()).toEqual([]);
		expect(gateway.passedOn()).toEqual(
			expect.arrayContaining(['POST /webhooks', expect.stringMatching(/^DELETE \/webhooks\//)]),
		);
		// Nothing went past the gateway.
		expect(sandbox.tally.requests().length - gateway.passedOn().length).toBe(direct);
		expect(sandbox.tally.violations()).toEqual([]);
	});
});

describe('Reconcile, the example', () => {
	it('brings what the trigger has missed, and nothing twice', async () => {
		const draft = await sandbox.example('reconcile-daily.json');
		const workflowId = await sandbox.n8n.client.createWorkflow(draft);
		// Submitted while the workflow is not published: no webhook knows of them.
		const already = (await sandbox.tally.submit({ 'Your email': 'early@example.com' })).submissionId;
		await sandbox.n8n.client.publish(workflowId);
		await sandbox.tally.submit({ 'Your email': 'live@example.com' });
		const by = (identity: string) => sandbox.cleverTap.events().filter((event) => event.identity === identity);
		await until('the trigger has brought one', () => by('live@example.com').length === 1, 60_000);
		await until('its execution is stored', async () => (await executionsOf(workflowId)).length > 0, 30_000);
		expect(by('early@example.com')).toEqual([]);

		for (let night = 1; night <= 2; night++) {
			const id = await sandbox.n8n.client.runManually(workflowId, 'Every Night');
			const execution = await sandbox.n8n.client.finished(id);
			expect(execution.errorMessage).toBeUndefined();
			const read = execution.output('Submissions of Two Days').map((json) => valueAt(json, ['submissionId']));
			expect(read).toContain(already);
			expect(by('early@example.com')).toHaveLength(1);
			expect(by('live@example.com')).toHaveLength(1);
		}
		await sandbox.n8n.client.unpublish(workflowId);
	});
});

describe('Catch up, the example', () => {
	const EVENT = 'Caught Up';

	/** Trigger → CleverTap event, once for each submission. */
	async function publishMain(): Promise<string> {
		const example = await sandbox.example('reconcile-daily.json');
		const draft = withParameters(example, {
			'Upload Event': {
				eventName: { __rl: true, mode: 'name', value: EVENT },
				propertiesMode: 'fields',
				properties: {
					assignments: [{ id: '1', name: 'submission', value: '={{ $json.submissionId }}', type: 'string' }],
				},
			},
		});
		// One that does not see to it itself: it is what the example is for.
		const nodes = draft.nodes.map((node) =>
			String(node.type).endsWith('tallyTrigger') ? { ...node, typeVersion: 1.1 } : node,
		);
		const id = await sandbox.n8n.client.createWorkflow({ ...draft, nodes });
		await sandbox.n8n.client.publish(id);
		return id;
	}

	it(`brings all of ${LOST} submissions that were lost to Tally's retries, one event each`, async () => {
		const { tally, n8n, cleverTap } = sandbox;
		await publishMain();
		const example = await sandbox.example('catch-up-at-start.json');
		const catchUp = await n8n.client.createWorkflow(
			// About as fast as an n8n on SQLite takes them, on a small machine too.
			withParameters(example, { Redeliver: { options: { requestsPerMinute: 400, waitForOutcome: 15 } } }),
		);
		await n8n.client.publish(catchUp);

		await n8n.stop();
		const lost = new Set<string>();
		for (let number = 0; number < LOST; number++) {
			const { submissionId } = await tally.submit({ 'Your email': `lost-${number}@example.com` });
			lost.add(submissionId);
			if (number % 25 === 24) await tally.settled();
		}
		await tally.settled();
		const ofLost = () => tally.deliveries().filter(({ payload }) => lost.has(payload.data.submissionId));
		expect(ofLost().map(({ deliveryStatus }) => deliveryStatus)).toEqual(Array(LOST).fill('DROPPED'));

		await n8n.start();
		const brought = () =>
			cleverTap
				.events()
				.filter(({ evtName }) => evtName === EVENT)
				.map(({ evtData }) => evtData.submission);
		await until('all have been brought', () => brought().length >= LOST, 200_000);
		expect(new Set(brought())).toEqual(lost);
		expect(brought()).toHaveLength(LOST);

		const [id = ''] = await until(
			'the catching up has ended',
			async () => {
				const ended = await executionsOf(catchUp);
				return ended.length > 0 && ended;
			},
			60_000,
		);
		const items = (await n8n.client.execution(id)).output('Redeliver');
		expect(new Set(items.map((json) => valueAt(json, ['submissionId'])))).toEqual(lost);
		expect(items).toHaveLength(LOST);

		// An n8n that is slow to answer gets some of them again, which makes no further event.
		const nextHour = async () => {
			const execution = await n8n.client.finished(await n8n.client.runManually(catchUp, 'Every Hour'), 120_000);
			expect(execution.errorMessage).toBeUndefined();
			return execution.output('Redeliver');
		};
		await until('nothing is left to catch up on', async () => (await nextHour()).length === 0, 120_000);
		expect(ofLost().every(({ deliveryStatus }) => deliveryStatus === 'SUCCEEDED')).toBe(true);
		expect(brought()).toHaveLength(LOST);
		expect(tally.violations()).toEqual([]);
	});
});
