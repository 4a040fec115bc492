import { randomUUID } from 'node:crypto';

import { valueAt } from '../../sandbox/n8n-json';
import { until } from '../../sandbox/until';
import { type Sandbox, startSandbox } from './sandbox';

jest.setTimeout(400_000);

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

let sandbox: Sandbox;
/** What was published in a test. */
let published: string[] = [];

beforeAll(async () => {
	// Tally never sends anything again of its own accord.
	sandbox = await startSandbox({ tally: { retries: 0 } });
}, 300_000);

afterEach(async () => {
	for (const id of published) await sandbox.n8n.client.unpublish(id);
	published = [];
	expect(sandbox.tally.webhooks()).toEqual([]);
	expect(sandbox.tally.violations()).toEqual([]);
});

afterAll(async () => {
	await sandbox?.close();
});

function nodesWith(
	options: Record<string, unknown>,
	code: string,
	typeVersion = 1.2,
	parameters: Record<string, unknown> = {},
): Array<Record<string, unknown>> {
	const webhookId = randomUUID();
	return [
		{
			id: webhookId,
			webhookId,
			name: 'Tally Trigger',
			type: `${sandbox.packageName}.tallyTrigger`,
			typeVersion,
			position: [0, 0],
			credentials: { tallyAccountApi: sandbox.credentials.tallyAccountApi },
			parameters: {
				formId: { __rl: true, mode: 'id', value: sandbox.tally.formId },
				...parameters,
				options: { checkEvery: 0.05, ...options },
			},
		},
		{
			id: randomUUID(),
			name: 'Code',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [300, 0],
			parameters: { jsCode: code },
		},
	];
}

const connections = { 'Tally Trigger': { main: [[{ node: 'Code', type: 'main', index: 0 }]] } };

/** Runs beside each other overwrite each other's static data: only the first one writes. */
const KEEP = `const kept = $getWorkflowStaticData('node'); kept.first ??= $input.first().json.submissionId; return $input.all();`;
const FAIL = `throw new Error('as it has to be');`;

async function publish(
	options: Record<string, unknown> = {},
	{ code = KEEP, typeVersion = 1.2, parameters = {} } = {},
): Promise<{ id: string; nodes: Array<Record<string, unknown>> }> {
	const nodes = nodesWith(options, code, typeVersion, parameters);
	const id = await sandbox.n8n.client.createWorkflow({ name: 'Looks after itself', nodes, connections });
	published.push(id);
	await sandbox.n8n.client.publish(id);
	return { id, nodes };
}

/** The submissions that a workflow has run for, each time. */
async function ran(workflowId: string): Promise<unknown[]> {
	const executions = await sandbox.n8n.client.executions(workflowId);
	const done = executions.filter(({ status }) => status === 'success' || status === 'error');
	const results = await Promise.all(done.map(async ({ id }) => await sandbox.n8n.client.execution(id)));
	return results.flatMap((result) => result.output('Tally Trigger')).map((item) => valueAt(item, ['submissionId']));
}

async function submitted(count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let number = 0; number < count; number++) ids.push((await sandbox.tally.submit({})).submissionId);
	return ids;
}

let aheadMs = 0;

/** By Tally's clock, by which the trigger decides, so much time has passed. */
function later(milliseconds: number): void {
	aheadMs += milliseconds;
	sandbox.tally.behave({ clockAheadMs: aheadMs });
}

/** Waits for so many further checks to begin. */
async function checks(count: number): Promise<void> {
	const begun = () => sandbox.tally.requests().filter(({ path }) => /\/submissions\?/.test(path)).length;
	const before = begun();
	await until('the trigger has checked', () => begun() >= before + count, 2 * MINUTE);
}

async function expectEachOnce(workflowId: string, ids: readonly string[]): Promise<void> {
	later(70 * SECOND);
	await until(
		'each submission has started a run',
		async () => {
			const done = await ran(workflowId);
			return ids.every((id) => done.includes(id));
		},
		2 * MINUTE,
	);
	later(5 * MINUTE);
	await checks(3);
	expect([...(await ran(workflowId))].sort()).toEqual([...ids].sort());
}

/** What the Code node kept after the first run is there, and no later run has found it gone. */
async function expectKept(workflowId: string, first: string | undefined): Promise<void> {
	const workflow = await sandbox.n8n.client.workflow(workflowId);
	expect(valueAt(workflow, ['staticData', 'node:Code', 'first'])).toBe(first);
}

describe('A trigger that looks after itself', () => {
	it.each(['deleted', 'switched off'] as const)(
		'brings what came while its webhook was %s, once, and puts back nothing of a Code node',
		async (what) => {
			const { tally } = sandbox;
			const { id } = await publish();
			const before = await submitted(1);
			await until('it has run', async () => (await ran(id)).length === 1, MINUTE);
			const webhookId = tally.webhooks()[0]?.id ?? '';
			if (what === 'deleted') tally.removeWebhook(webhookId);
			else tally.switchWebhook(webhookId, false);
			const missed = await submitted(3);
			await until('the webhook is right', () => tally.webhooks()[0]?.isEnabled === true, MINUTE);
			const after = await submitted(1);
			await expectEachOnce(id, [...before, ...missed, ...after]);
			await expectKept(id, before[0]);
		},
	);

	it('brings what came while n8n was down, and while it started', async () => {
		const { n8n } = sandbox;
		const { id } = await publish();
		const before = await submitted(1);
		await until('it has run', async () => (await ran(id)).length === 1, MINUTE);
		await n8n.kill();
		const missed = await submitted(3);
		const starting = n8n.start();
		let isUp = false;
		void starting.then(() => (isUp = true));
		await until(
			'n8n has started',
			async () => {
				if (!isUp) missed.push(...(await submitted(1)));
				return isUp;
			},
			3 * MINUTE,
		);
		await starting;
		await expectEachOnce(id, [...before, ...missed]);
	});

	it('lives on where Tally is down while n8n starts, and brings what came', async () => {
		const { n8n, tally } = sandbox;
		const { id } = await publish();
		await n8n.stop();
		tally.removeWebhook(tally.webhooks()[0]?.id ?? '');
		const missed = await submitted(2);
		const end = tally.incident({ api: 'unavailable' });
		await n8n.start();
		await until('it was asked in vain', () => tally.requests().at(-1)?.status === 503, MINUTE);
		await end();
		await until('the webhook is there', () => tally.webhooks().length === 1, 2 * MINUTE);
		await expectEachOnce(id, [...missed, ...(await submitted(1))]);
	});

	it('brings nothing of the past when a workflow of 1.1 is raised to 1.2', async () => {
		const { n8n, tally } = sandbox;
		const { id, nodes } = await publish({}, { typeVersion: 1.1 });
		tally.loadPast({ count: 200, overMs: 30 * DAY });
		const [first, ...others] = nodes;
		await n8n.client.updateWorkflow(id, { nodes: [{ ...first, typeVersion: 1.2 }, ...others], connections });
		await n8n.client.publish(id);
		await checks(3);
		later(5 * MINUTE);
		await checks(3);
		expect(await ran(id)).toEqual([]);
		await expectEachOnce(id, await submitted(1));
	});

	it('repeats a run that fails, six times together, where Tally waits for it', async () => {
		const { id } = await publish({ acknowledge: 'finished' }, { code: FAIL });
		const [submission] = await submitted(1);
		await until(
			'it has run six times',
			async () => {
				later(2 * 60 * MINUTE);
				await checks(2);
				return (await ran(id)).length >= 6;
			},
			4 * MINUTE,
		);
		later(DAY);
		await checks(3);
		expect(await ran(id)).toEqual(Array.from({ length: 6 }, () => submission));
	});
});

describe('A trigger that polls', () => {
	const parameters = { listenBy: 'polling' };

	it('starts a run of each submission, also of those while n8n was down, and puts back nothing of a Code node', async () => {
		const { n8n, tally } = sandbox;
		const { id } = await publish({}, { parameters });
		later(2 * SECOND);
		const before = await submitted(1);
		await until('it has run', async () => (await ran(id)).length === 1, MINUTE);
		await expectKept(id, before[0]);
		expect(tally.webhooks()).toEqual([]);
		await n8n.kill();
		const missed = await submitted(3);
		await n8n.start();
		await expectEachOnce(id, [...before, ...missed, ...(await submitted(1))]);
		await expectKept(id, before[0]);
	});

	it('keeps note of what has run, so that nothing comes again after a kill, whatever else is forgotten', async () => {
		const { n8n } = sandbox;
		const { id } = await publish({}, { parameters });
		later(2 * SECOND);
		const ids = await submitted(2);
		await until('they have run', async () => (await ran(id)).length === 2, MINUTE);
		const noted = async () => {
			const memory = valueAt(await n8n.client.workflow(id), ['staticData', 'node:Tally Trigger', 'settledBeyond']);
			return ids.every((submission) => valueAt(memory, [submission]) !== undefined);
		};
		await until('they are noted', noted, MINUTE);
		await n8n.kill();
		await n8n.start();
		await checks(3);
		expect([...(await ran(id))].sort()).toEqual([...ids].sort());
	});

	it('starts a run of what was abandoned, once, and one of it when it is completed', async () => {
		const { n8n, tally } = sandbox;
		const { id } = await publish(
			{ abandonedAfter: 30 },
			{ parameters: { ...parameters, events: ['abandoned', 'completed'] } },
		);
		later(2 * SECOND);
		const { submissionId } = tally.begin({ 'Your email': 'ada@example.com' });
		await checks(2);
		expect(await ran(id)).toEqual([]);
		later(31 * MINUTE);
		await until('it has run', async () => (await ran(id)).length === 1, MINUTE);
		const [execution] = await n8n.client.executions(id);
		const result = await n8n.client.execution(execution?.id ?? '');
		expect(result.output('Tally Trigger')).toMatchObject([
			{ submissionId, isCompleted: false, answers: { 'Your email': 'ada@example.com' } },
		]);
		tally.goOn(submissionId, { 'Your email': 'ada@example.org' });
		later(31 * MINUTE);
		await checks(3);
		expect(await ran(id)).toEqual([submissionId]);
		tally.complete(submissionId, { 'Your email': 'ada@example.org' });
		await until('it has run again', async () => (await ran(id)).length === 2, MINUTE);
		await checks(3);
		expect(await ran(id)).toEqual([submissionId, submissionId]);
	});
});
