import { randomUUID } from 'node:crypto';

import type { WebhookDelivery } from '../../sandbox/tally/deliveries';
import { type RoundRobin, startRoundRobin } from '../../sandbox/roundRobin';
import { sampleForm } from '../../sandbox/tally/sampleForm';
import { until } from '../../sandbox/until';
import { type Sandbox, startSandbox } from './sandbox';

jest.setTimeout(400_000);

const SUBMISSIONS = 300;
const BURST = 10;
const SECOND_FORM = 'mSecond';
let sandbox: Sandbox;
let balancer: RoundRobin;

beforeAll(async () => {
	// n8n 2.41 answers 200 to webhooks while it starts, and drops them: what stands before it must wait.
	balancer = await startRoundRobin();
	sandbox = await startSandbox({
		// Tally's first retries come after 1.5, 9, 18 and 108 seconds: n8n is back before they run out.
		tally: { timeScale: 1 / 200 },
		env: { WEBHOOK_URL: balancer.url },
	});
	balancer.serve([sandbox.n8n.url]);
}, 300_000);

afterAll(async () => {
	await sandbox?.close();
	await balancer?.close();
});

/** Trigger → CleverTap event named after the workflow, which holds the submission's ID. */
async function publish(name: string, formId: string): Promise<string> {
	const { tallyAccountApi, cleverTapAccountApi } = sandbox.credentials;
	const workflowId = await sandbox.n8n.client.createWorkflow({
		name,
		nodes: [
			{
				id: randomUUID(),
				webhookId: randomUUID(),
				name: 'Tally Trigger',
				type: `${sandbox.packageName}.tallyTrigger`,
				typeVersion: 1.1,
				position: [0, 0],
				credentials: { tallyAccountApi },
				parameters: {
					formId: { __rl: true, mode: 'id', value: formId },
					options: { acknowledge: 'finished' },
				},
			},
			{
				id: randomUUID(),
				name: 'CleverTap',
				type: `${sandbox.packageName}.cleverTap`,
				typeVersion: 1,
				position: [300, 0],
				credentials: { cleverTapAccountApi },
				parameters: {
					resource: 'event',
					operation: 'upload',
					identifyBy: 'identity',
					identifier: '={{ $json.respondentId }}',
					eventName: { __rl: true, mode: 'name', value: name },
					propertiesMode: 'fields',
					properties: {
						assignments: [{ id: '1', name: 'submission', value: '={{ $json.submissionId }}', type: 'string' }],
					},
					options: {},
				},
			},
		],
		connections: { 'Tally Trigger': { main: [[{ node: 'CleverTap', type: 'main', index: 0 }]] } },
	});
	await sandbox.n8n.client.publish(workflowId);
	return workflowId;
}

/** The submissions that a workflow was executed for, each once. */
function executedFor(workflow: string): Set<unknown> {
	return new Set(
		sandbox.cleverTap
			.events()
			.filter(({ evtName }) => evtName === workflow)
			.map(({ evtData }) => evtData.submission),
	);
}

it('executes every submission, and none that was not sent, while n8n is stopped and started', async () => {
	const { tally, n8n, cleverTap } = sandbox;
	tally.addForm(sampleForm(SECOND_FORM));
	const formOf = new Map([
		['First on Feedback', tally.formId],
		['Second on Feedback', tally.formId],
		['On the Other Form', SECOND_FORM],
	]);
	for (const [name, formId] of formOf) await publish(name, formId);
	expect(tally.webhooks().map(({ formId, isEnabled }) => [formId, isEnabled])).toEqual(
		[...formOf.values()].map((formId) => [formId, true]),
	);

	const sent = new Map<string, Set<unknown>>([...formOf.values()].map((formId) => [formId, new Set()]));
	// Bursts that an n8n on SQLite can take within Tally's ten seconds, on a small machine too.
	const bursts = async (count: number) => {
		for (let number = 0; number < count; number++) {
			const formId = number % 2 === 0 ? tally.formId : SECOND_FORM;
			const { submissionId } = await tally.submit(undefined, formId);
			sent.get(formId)?.add(submissionId);
			if ((number + 1) % BURST > 0) continue;
			const isUnderWay = ({ deliveryStatus }: WebhookDelivery) => deliveryStatus === 'QUEUED';
			await until('Tally has tried each once', () => !tally.deliveries().some(isUnderWay), 60_000);
		}
	};
	await bursts(SUBMISSIONS / 3);
	balancer.serve([]);
	await n8n.stop();
	await bursts(SUBMISSIONS / 3);
	await n8n.start();
	balancer.serve([n8n.url]);
	await bursts(SUBMISSIONS / 3);

	await until(
		'every workflow was executed for every submission of its form',
		() => [...formOf].every(([name, formId]) => executedFor(name).size >= (sent.get(formId)?.size ?? 0)),
		240_000,
	);
	for (const [name, formId] of formOf) expect(executedFor(name)).toEqual(sent.get(formId));
	expect(tally.webhooks()).toHaveLength(formOf.size);
	expect([...tally.violations(), ...cleverTap.violations()]).toEqual([]);
});
