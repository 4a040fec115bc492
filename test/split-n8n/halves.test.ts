import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INode, INodeTypeDescription } from 'n8n-workflow';

import { filledWorkflow } from '../../sandbox/example';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { listAt, valueAt } from '../../sandbox/n8n-json';
import { installPackage, listPackage, uninstallPackage } from '../../sandbox/n8n-package';
import { sampleAnswers } from '../../sandbox/tally/sampleForm';
import { sign } from '../../sandbox/tally/signature';
import { until } from '../../sandbox/until';
import { halves } from '../../split/halves';
import { movedWorkflow } from '../../split/workflow';
import { type Sandbox, startSandbox } from '../e2e/sandbox';
import { unknownIn } from '../support/unknownParameters';
import { example, exampleOf, examples, movedExample, tarballs } from './packages';

jest.setTimeout(120_000);

let sandbox: Sandbox;
/** A workflow of the combined package, and what n8n gives when it is downloaded. */
let old: { id: string; downloaded: string };

/** Makes a workflow with its form and its credentials chosen; returns its ID. */
async function created(workflow: unknown, change = (draft: WorkflowDraft) => draft): Promise<string> {
	const { n8n, tally, credentials } = sandbox;
	const filling = { formId: tally.formId, formName: 'Feedback', credentials };
	return await n8n.client.createWorkflow(change(filledWorkflow(workflow, filling)));
}

async function succeeded(workflowId: string, count: number): Promise<void> {
	await until(
		`${count} executions have succeeded`,
		async () =>
			(await sandbox.n8n.client.executions(workflowId)).filter(({ status }) => status === 'success').length >= count,
		60_000,
	);
}

// As an administrator changes over: the combined package does its work, then the two take its place.
beforeAll(async () => {
	sandbox = await startSandbox();
	const { n8n, tally } = sandbox;
	const id = await created(JSON.parse(example('tally-feedback-to-clevertap.json')));
	await n8n.client.publish(id);
	await tally.submit();
	await succeeded(id, 1);
	await n8n.client.unpublish(id);
	old = { id, downloaded: JSON.stringify(await n8n.client.workflow(id)) };

	await n8n.kill();
	await uninstallPackage(sandbox.packageName, n8n.userFolder);
	for (const tarball of tarballs()) await installPackage(tarball, n8n.userFolder);
	await n8n.start();
	for (const { name } of halves) await listPackage(name, n8n.userFolder, await n8n.client.nodeTypes(name));
}, 300_000);

afterAll(async () => {
	await sandbox?.close();
});

it('n8n loads both packages, each with its own nodes', async () => {
	const packages = await sandbox.n8n.client.communityPackages();
	const listed = packages.map((one) => [valueAt(one, ['packageName']), valueAt(one, ['failedLoading']) ?? false]);
	expect(listed.sort()).toEqual([
		['n8n-nodes-clevertap', false],
		['n8n-nodes-tally-forms', false],
	]);
	const names = halves.map(async ({ name }) => (await sandbox.n8n.client.nodeTypes(name)).map((type) => type.name));
	expect(
		(await Promise.all(names))
			.flat()
			.filter((name) => !name.endsWith('Tool'))
			.sort(),
	).toEqual(['n8n-nodes-clevertap.cleverTap', 'n8n-nodes-tally-forms.tally', 'n8n-nodes-tally-forms.tallyTrigger']);
});

it('both together go on with a workflow that was moved: its credentials, and what it has uploaded', async () => {
	const { n8n, tally, cleverTap } = sandbox;
	const { nodes, connections } = JSON.parse(movedWorkflow(old.downloaded)) as WorkflowDraft;
	await n8n.client.updateWorkflow(old.id, { nodes, connections });
	await n8n.client.publish(old.id);
	const [webhook, ...others] = tally.webhooks();
	expect(others).toEqual([]);

	await tally.submit();
	await succeeded(old.id, 2);
	const identity = sampleAnswers['Your email'];
	expect(cleverTap.profiles()).toMatchObject([{ identity, profileData: { Name: sampleAnswers["What's your name?"] } }]);
	const given = { identity, evtName: 'Feedback Given', evtData: { 'Your email': identity } };
	expect(cleverTap.events()).toMatchObject([given, given]);

	// The submission that the combined package has uploaded comes again.
	const body = JSON.stringify(tally.deliveries()[0]?.payload);
	const signature = sign(Buffer.from(body), webhook?.signingSecret ?? '');
	const { status } = await fetch(webhook?.url ?? '', {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'tally-signature': signature, connection: 'close' },
		body,
	});
	expect(status).toBe(202);
	await succeeded(old.id, 3);
	expect(cleverTap.events()).toHaveLength(2);
	await n8n.client.unpublish(old.id);
	expect(tally.webhooks()).toEqual([]);
});

it('the half for Tally alone brings a submission to any service', async () => {
	const posted: unknown[] = [];
	const service = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			posted.push(JSON.parse(body));
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
		});
	});
	await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/feedback`;
	try {
		const id = await created(exampleOf('tally', 'submission-to-http-request.json'), (draft) => ({
			...draft,
			nodes: draft.nodes.map((node) => {
				const parameters = valueAt(node, ['parameters']) as Record<string, unknown>;
				return { ...(node as object), parameters: parameters.url ? { ...parameters, url } : parameters };
			}),
		}));
		await sandbox.n8n.client.publish(id);
		const { submissionId } = await sandbox.tally.submit();
		await until('the service has the answers', () => posted.length > 0, 30_000);
		expect(posted).toMatchObject([{ submissionId, answers: { 'Your email': sampleAnswers['Your email'] } }]);
		await sandbox.n8n.client.unpublish(id);
	} finally {
		service.closeAllConnections();
		await new Promise((resolve) => service.close(resolve));
	}
});

it('the half for CleverTap alone takes what any system posts, and an order once', async () => {
	const { n8n, cleverTap } = sandbox;
	await n8n.client.publish(await created(exampleOf('clevertap', 'webhook-to-clevertap.json')));
	const order = { email: 'grace@example.com', name: 'Grace', plan: 'Team', orderId: '1001' };
	const post = async () =>
		await fetch(`${n8n.url}/webhook/clevertap-order`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', connection: 'close' },
			body: JSON.stringify(order),
		});
	expect([(await post()).status, (await post()).status]).toEqual([200, 200]);
	const profiles = cleverTap.profiles().filter(({ identity }) => identity === order.email);
	expect(profiles).toMatchObject([{ profileData: { Name: 'Grace', Email: order.email } }]);
	const events = cleverTap.events().filter(({ identity }) => identity === order.email);
	expect(events).toMatchObject([{ evtName: 'Ordered', evtData: { Plan: 'Team' } }]);
});

it('nobody broke a rule of the services', () => {
	expect(sandbox.cleverTap.violations()).toEqual([]);
	expect(sandbox.tally.violations()).toEqual([]);
});

describe('every example of the combined package, moved', () => {
	let types: INodeTypeDescription[];

	beforeAll(async () => {
		types = listAt(await sandbox.n8n.client.call('GET', '/types/nodes.json'), []) as INodeTypeDescription[];
	});

	it.each(examples)('%s: n8n takes it, and knows each node and each parameter', async (file) => {
		const id = await sandbox.n8n.client.createWorkflow(movedExample(file) as WorkflowDraft);
		const saved = await sandbox.n8n.client.workflow(id);
		expect(unknownIn(saved?.nodes as unknown as INode[], types)).toEqual([]);
	});
});
