import { valueAt } from '../../sandbox/n8n-json';
import { until } from '../../sandbox/until';
import { call } from '../sandbox/tally/client';
import { type Sandbox, startSandbox } from './sandbox';

jest.setTimeout(60_000);

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
}, 300_000);

afterAll(async () => {
	await sandbox?.close();
});

/** Tally Trigger, acknowledging when finished → CleverTap event with Upload Once. */
async function publish(unconfirmedEvents: 'fail' | 'neverTwice'): Promise<string> {
	const example = await sandbox.example('tally-feedback-to-clevertap.json');
	const nodes = example.nodes
		.filter(({ name }) => name === 'Tally Trigger' || name === 'Upload Event')
		.map((node) => ({
			...node,
			parameters: {
				...(node.parameters as object),
				options:
					node.name === 'Tally Trigger'
						? { acknowledge: 'finished' }
						: { uploadOnceKey: '={{ $json.submissionId }}', unconfirmedEvents },
			},
		}));
	const workflowId = await sandbox.n8n.client.createWorkflow({
		name: `Upload once, ${unconfirmedEvents}`,
		nodes,
		connections: { 'Tally Trigger': { main: [[{ node: 'Upload Event', type: 'main', index: 0 }]] } },
	});
	await sandbox.n8n.client.publish(workflowId);
	return workflowId;
}

/** Submits the form; gives how its first delivery ended, and a way to have Tally deliver it again. */
async function submit() {
	const { submissionId } = await sandbox.tally.submit();
	const delivery = () => {
		const found = sandbox.tally.deliveries().find(({ payload }) => payload.data.submissionId === submissionId);
		if (!found) throw new Error('Tally has no such delivery');
		return found;
	};
	const ended = async () => {
		await until('the delivery has ended', () => delivery().deliveryStatus !== 'QUEUED', 30_000);
		return delivery().deliveryStatus;
	};
	const again = async () => {
		const { webhookId, id } = delivery();
		const { status } = await call(sandbox.tally, 'POST', `/webhooks/${webhookId}/events/${id}`);
		expect(status).toBe(204);
		return await ended();
	};
	return { first: await ended(), again };
}

/** What the node said of the only item of the latest execution. */
async function latestVerdict(workflowId: string): Promise<unknown> {
	const [latest] = (await sandbox.n8n.client.executions(workflowId)).sort((a, b) => Number(b.id) - Number(a.id));
	const execution = await sandbox.n8n.client.finished(latest?.id ?? '');
	return valueAt(execution.output('Upload Event', 0)[0], ['cleverTap']);
}

describe('Upload Once on n8n’s own store', () => {
	it('makes one event of a submission that Tally delivers three times', async () => {
		const workflowId = await publish('fail');
		const before = sandbox.cleverTap.events().length;

		const { first, again } = await submit();
		expect([first, await again(), await again()]).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);

		expect(sandbox.cleverTap.events()).toHaveLength(before + 1);
		expect(await latestVerdict(workflowId)).toMatchObject({ status: 'skipped' });
		await sandbox.n8n.client.unpublish(workflowId);
	});

	it('loses no event when the connection breaks before CleverTap takes it', async () => {
		const workflowId = await publish('fail');
		const before = sandbox.cleverTap.events().length;

		sandbox.cleverTap.failNext('resetBefore');
		const { first, again } = await submit();
		expect([first, await again(), await again()]).toEqual(['FAILED', 'SUCCEEDED', 'SUCCEEDED']);

		expect(sandbox.cleverTap.events()).toHaveLength(before + 1);
		await sandbox.n8n.client.unpublish(workflowId);
	});

	it('doubles no event with "Never Send Twice" when it breaks after CleverTap took it', async () => {
		const workflowId = await publish('neverTwice');
		const before = sandbox.cleverTap.events().length;

		sandbox.cleverTap.failNext('resetAfter');
		const { first, again } = await submit();
		expect([first, await again()]).toEqual(['FAILED', 'SUCCEEDED']);

		expect(sandbox.cleverTap.events()).toHaveLength(before + 1);
		expect(await latestVerdict(workflowId)).toMatchObject({
			status: 'skipped',
			reason: expect.stringContaining('without an answer') as string,
		});
		await sandbox.n8n.client.unpublish(workflowId);
	});
});
