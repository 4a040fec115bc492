import { filledWorkflow } from '../../sandbox/example';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { packPackage } from '../../sandbox/n8n-package';
import { sign } from '../../sandbox/tally/signature';
import { until } from '../../sandbox/until';
import { movedWorkflow } from '../../split/workflow';
import { type Sandbox, startSandbox } from '../e2e/sandbox';
import { example, tarballs } from './packages';

jest.setTimeout(120_000);

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ tarballs: [await packPackage(), ...tarballs()] });
}, 300_000);

afterAll(async () => {
	await sandbox?.close();
});

it('a published workflow goes on with the two packages, its credentials and its memory, when its nodes are replaced', async () => {
	const { n8n, tally, cleverTap, credentials } = sandbox;
	const before = filledWorkflow(JSON.parse(example('tally-feedback-to-clevertap.json')), {
		formId: tally.formId,
		formName: 'Feedback',
		credentials,
	});
	const id = await n8n.client.createWorkflow(before);
	await n8n.client.publish(id);
	const events = async (count: number) => await cleverTap.until((held) => held.events.length >= count, 30_000);
	const ended = async (count: number) =>
		await until(
			`${count} executions have succeeded`,
			async () => (await n8n.client.executions(id)).filter(({ status }) => status === 'success').length >= count,
			30_000,
		);
	await tally.submit();
	await events(1);
	await ended(1);

	// As it is downloaded from n8n, with its credentials.
	const saved = await n8n.client.workflow(id);
	const { nodes, connections } = JSON.parse(movedWorkflow(JSON.stringify(saved))) as WorkflowDraft;
	await n8n.client.updateWorkflow(id, { nodes, connections });
	await n8n.client.publish(id);
	expect(tally.webhooks()).toMatchObject([{ isEnabled: true }]);

	await tally.submit();
	await events(2);
	await ended(2);
	// The first submission comes again: what has become of it is known, though the other package has uploaded it.
	const [webhook] = tally.webhooks();
	const body = JSON.stringify(tally.deliveries()[0]?.payload);
	const { status } = await fetch(webhook?.url ?? '', {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'tally-signature': sign(Buffer.from(body), webhook?.signingSecret ?? ''),
			connection: 'close',
		},
		body,
	});
	expect(status).toBe(202);
	await ended(3);
	expect(cleverTap.events()).toHaveLength(2);
});
