import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INode, INodeTypeDescription } from 'n8n-workflow';

import { filledWorkflow } from '../../sandbox/example';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { listAt, valueAt } from '../../sandbox/n8n-json';
import { sampleAnswers } from '../../sandbox/tally/sampleForm';
import { until } from '../../sandbox/until';
import { halves } from '../../split/halves';
import { type Sandbox, startSandbox } from '../e2e/sandbox';
import { unknownParameters } from '../support/unknownParameters';
import { exampleOf, examples, movedExample, tarballs } from './packages';

jest.setTimeout(120_000);

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ tarballs: tarballs() });
}, 300_000);

afterAll(async () => {
	await sandbox?.close();
});

/** Publishes a workflow with form and credentials chosen; returns its ID. */
async function published(workflow: unknown, change = (draft: WorkflowDraft) => draft): Promise<string> {
	const { n8n, tally, credentials } = sandbox;
	const filling = { formId: tally.formId, formName: 'Feedback', credentials };
	const id = await n8n.client.createWorkflow(change(filledWorkflow(workflow, filling)));
	await n8n.client.publish(id);
	return id;
}

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

it('both together turn a submission into a profile and an event, in a workflow that was moved', async () => {
	const { n8n, tally, cleverTap } = sandbox;
	const id = await published(movedExample('tally-feedback-to-clevertap.json'));
	await tally.submit();
	await cleverTap.until(
		({ events, profiles }) => events.length > 0 && profiles[0]?.profileData.Name !== undefined,
		30_000,
	);
	const identity = sampleAnswers['Your email'];
	expect(cleverTap.profiles()).toMatchObject([{ identity, profileData: { Name: sampleAnswers["What's your name?"] } }]);
	expect(cleverTap.events()).toMatchObject([{ identity, evtName: 'Feedback Given' }]);
	await n8n.client.unpublish(id);
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
		const id = await published(exampleOf('tally', 'submission-to-http-request.json'), (draft) => ({
			...draft,
			nodes: draft.nodes.map((node) => {
				const parameters = valueAt(node, ['parameters']) as Record<string, unknown>;
				return { ...(node as object), parameters: parameters.url ? { ...parameters, url } : parameters };
			}),
		}));
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
	await published(exampleOf('clevertap', 'webhook-to-clevertap.json'));
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
		const unknown = (saved?.nodes as unknown as INode[]).flatMap((node) => {
			const type = types.find(({ name, version }) => name === node.type && [version].flat().includes(node.typeVersion));
			return type ? unknownParameters(node, type) : [`${node.type} ${node.typeVersion}`];
		});
		expect(unknown).toEqual([]);
	});
});
