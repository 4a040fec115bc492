import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startTally, type LocalTally } from '../../sandbox/tally/tally';
import { byId, describedKeys, itemsOf, runTally, type TallyRun } from '../support/tallyRun';

jest.setTimeout(60_000);

// n8n's pauses are for the real Tally; the local one gets a moment in which to deliver.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => new Promise((resolve) => setImmediate(resolve)),
}));

let tally: LocalTally;
/** A receiver that answers as the test says. */
let receiver: Server;
let status = 503;
let answerBody = '';
const received: string[] = [];

beforeEach(async () => {
	// The ladder of retries is climbed in no time.
	tally = await startTally({ timeScale: 1e-7 });
	status = 503;
	received.length = 0;
	answerBody = '';
	receiver = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = JSON.parse(Buffer.concat(chunks).toString()) as { data: { submissionId: string } };
			if (status === 200 || status === 202) received.push(body.data.submissionId);
			response.writeHead(status).end(answerBody);
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
	expect(tally.violations()).toEqual([]);
	await tally.close();
	receiver.closeAllConnections();
	await new Promise((resolve) => receiver.close(resolve));
});

const form = () => ({ formId: byId(tally.formId) });
const address = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
const redeliver = (more: object = {}): TallyRun => ({
	resource: 'webhook',
	operation: 'redeliver',
	scope: 'form',
	...form(),
	returnAll: true,
	options: { requestsPerMinute: 100_000 },
	...more,
});

async function addWebhook(path = ''): Promise<string> {
	const run = { resource: 'webhook', operation: 'create', ...form(), url: `${address()}/${path}` };
	return String((await itemsOf(tally, run))[0]?.id);
}

/** What is submitted while the receiver answers like this. */
async function submitted(answer: number, words = ''): Promise<string> {
	status = answer;
	answerBody = words;
	const { submissionId } = await tally.submit({});
	await tally.settled();
	// What comes next is younger, and stands after it.
	const now = Date.now();
	await until(() => Date.now() > now);
	return submissionId;
}

/** Submissions that Tally has given up to deliver. */
async function lose(count: number): Promise<string[]> {
	status = 503;
	const ids: string[] = [];
	for (let index = 0; index < count; index++) {
		ids.push((await tally.submit({})).submissionId);
		await tally.settled();
	}
	return ids;
}

it.each([0, 1, 25, 26])('brings all of %i that were dropped, the oldest first, and says so', async (count) => {
	await addWebhook();
	const lost = await lose(count);
	status = 200;
	const items = await itemsOf(tally, redeliver());
	expect(items.map(({ submissionId }) => submissionId)).toEqual(lost);
	for (const item of items) expect(item).toMatchObject({ was: 'dropped', outcome: 'succeeded', statusCode: 200 });
	expect(new Set(received)).toEqual(new Set(lost));
	expect(received).toHaveLength(count);
	expect(await itemsOf(tally, redeliver())).toEqual([]);
});

it('leaves alone what has arrived, and asks for no more than the limit', async () => {
	await addWebhook();
	const lost = await lose(3);
	status = 200;
	await tally.submit({});
	await tally.settled();
	const items = await itemsOf(tally, redeliver({ returnAll: false, limit: 2 }));
	expect(items.map(({ submissionId }) => submissionId)).toEqual(lost.slice(0, 2));
	expect((await itemsOf(tally, redeliver())).map(({ submissionId }) => submissionId)).toEqual(lost.slice(2));
	expect(received).toHaveLength(4);
});

it('keeps to one webhook, to addresses, and to a span of time', async () => {
	const first = await addWebhook('first');
	const second = await addWebhook('second');
	await lose(1);
	const webhooksOf = async (more: object) =>
		(await itemsOf(tally, redeliver({ ...more, options: { requestsPerMinute: 100_000, waitForOutcome: 0 } }))).map(
			({ webhookId }) => webhookId,
		);
	expect(await webhooksOf({ scope: 'webhook', webhookId: byId(second) })).toEqual([second]);
	await tally.settled();
	expect(await webhooksOf({ scope: 'all', filters: { addressContains: '/first' } })).toEqual([first]);
	await tally.settled();
	expect(new Set(await webhooksOf({ scope: 'all' }))).toEqual(new Set([first, second]));
	await tally.settled();
	expect(await webhooksOf({ filters: { from: '2999-01-01' } })).toEqual([]);
	expect(await webhooksOf({ filters: { to: '2001-01-01' } })).toEqual([]);
	expect(await webhooksOf({ filters: { from: '2001-01-01', to: '2999-01-01' } })).toHaveLength(2);
});

it('says of each what became of it', async () => {
	await addWebhook();
	await lose(2);
	// The first is refused by Tally, the second fails at the receiver again.
	const before = tally.requests().length;
	const asking = runTally(tally, redeliver());
	await until(() => tally.requests().length >= before + 2);
	tally.failNext({ status: 404, body: { message: 'Event not found' } });
	const { outputs } = await asking;
	const items = (outputs[0] ?? []).map(({ json }) => json);
	expect(items.map(({ outcome }) => outcome).sort()).toEqual(['failed', 'refused']);
	expect(items.find(({ outcome }) => outcome === 'refused')).toMatchObject({
		reason: 'Tally does not have what was asked for',
		statusCode: null,
	});
	expect(items.find(({ outcome }) => outcome === 'failed')).toMatchObject({ statusCode: 503 });
});

it('does not wait where that is not wanted', async () => {
	await addWebhook();
	await lose(1);
	const options = { requestsPerMinute: 100_000, waitForOutcome: 0 };
	expect(await itemsOf(tally, redeliver({ options }))).toMatchObject([{ outcome: 'pending', statusCode: null }]);
});

it.each(['redeliver', 'getDeliveries'])('gives what the editor is told of %s', async (operation) => {
	const id = await addWebhook();
	await lose(1);
	const [item] = await itemsOf(tally, redeliver({ operation, scope: 'webhook', webhookId: byId(id) }));
	expect(Object.keys(item ?? {})).toEqual(describedKeys('webhook', operation));
});

it('outputs nothing of the answers', async () => {
	const id = await addWebhook();
	status = 503;
	await tally.submit({ 'Your email': 'ada@example.com' });
	await tally.settled();
	const deliveries = { resource: 'webhook', operation: 'getDeliveries', webhookId: byId(id), returnAll: true };
	const plain = [...(await itemsOf(tally, redeliver())), ...(await itemsOf(tally, deliveries))];
	expect(plain).toHaveLength(2);
	expect(JSON.stringify(plain)).not.toContain('ada@');
	const [raw] = await itemsOf(tally, { ...deliveries, simplify: false });
	expect(raw).toMatchObject({ payload: { data: { fields: expect.any(Array) as unknown } } });
	expect(JSON.stringify(raw)).not.toMatch(/PdfUrl|PreviewUrl/);
	expect(await itemsOf(tally, { ...deliveries, filters: { status: ['SUCCEEDED'] } })).toEqual([]);
	expect(await itemsOf(tally, { ...deliveries, filters: { status: ['DROPPED'] } })).toHaveLength(1);
});

describe('version 1.1', () => {
	const TRIGGER = 'webhook/5f0c3a52-93c1-4a8e-9a55-0d1f2c3b4a5e/webhook';
	const STARTING = 'n8n is starting up. Please wait';

	// What is submitted here is a minute old: nothing is recent.
	beforeEach(() => tally.behave({ clockAheadMs: -60_000 }));

	/** In the n8n that the receiver stands for. */
	async function itemsNow(more: object = {}): Promise<Array<Record<string, unknown>>> {
		tally.behave({ clockAheadMs: 0 });
		const { outputs, error } = await runTally(tally, redeliver(more), undefined, {
			typeVersion: 1.1,
			n8nUrl: address(),
		});
		expect(error).toBeUndefined();
		return (outputs[0] ?? []).map(({ json }) => json);
	}

	it('brings what others answered for a trigger of this n8n, and says why', async () => {
		await addWebhook(TRIGGER);
		const old = await submitted(200);
		const during = await submitted(200, STARTING);
		const page = await submitted(203, '<html>Log in</html>');
		const nothing = await submitted(204);
		const taken = await submitted(202);
		const [dropped] = await lose(1);

		status = 202;
		answerBody = '';
		received.length = 0;
		const items = await itemsNow();
		const reasons = items.map((item) => [item.submissionId, item.was, item.notArrivedBecause, item.previousStatusCode]);
		expect(reasons).toEqual([
			[during, 'succeeded', 'answeredByOther', 200],
			[page, 'succeeded', 'answeredByOther', 203],
			[nothing, 'succeeded', 'answeredByOther', 204],
			[dropped, 'dropped', 'dropped', 503],
		]);
		for (const item of items) {
			expect(item).toMatchObject({ outcome: 'succeeded', statusCode: 202, webhookUrl: `${address()}/${TRIGGER}` });
		}
		expect(received).not.toContain(old);
		expect(received).not.toContain(taken);
		expect(new Set(received)).toEqual(new Set(items.map(({ submissionId }) => submissionId)));
		expect(await itemsNow()).toEqual([]);
		expect(received).toHaveLength(4);
	});

	it.each([
		['an older trigger', TRIGGER, 200],
		['somebody else who answers 202 at times', 'hooks/catch/1', 202],
		['a test', TRIGGER.replace('webhook/', 'webhook-test/'), 202],
	])('leaves alone what %s took with any 2xx', async (_who, path, answer) => {
		await addWebhook(path);
		await submitted(answer);
		await submitted(200, 'Thank you');
		await submitted(204);
		const [dropped] = await lose(1);
		status = 200;
		expect(await itemsNow()).toMatchObject([
			{ submissionId: dropped, outcome: 'succeeded', statusCode: 200, notArrivedBecause: 'dropped' },
		]);
	});

	it('leaves alone what Tally tried a moment ago', async () => {
		await addWebhook(TRIGGER);
		await submitted(202);
		tally.behave({ clockAheadMs: 0 });
		await lose(1);
		await submitted(200, STARTING);
		expect(await itemsNow()).toEqual([]);
	});

	it('says that somebody else has answered again', async () => {
		await addWebhook(TRIGGER);
		await submitted(202);
		await submitted(200, STARTING);
		status = 200;
		answerBody = STARTING;
		expect(await itemsNow()).toMatchObject([{ outcome: 'answeredByOther', statusCode: 200 }]);
	});

	it('says that Tally will not repeat what somebody else took', async () => {
		await addWebhook(TRIGGER);
		await submitted(202);
		await submitted(200, STARTING);
		tally.behave({ repeatsSucceeded: false });
		expect(await itemsNow()).toMatchObject([
			{ outcome: 'refused', reason: 'Tally did not accept the request', notArrivedBecause: 'answeredByOther' },
		]);
	});

	it.each(['oldestFirst', 'shuffled'] as const)('reads a log that comes %s', async (orderOfDeliveries) => {
		tally.behave({ orderOfDeliveries });
		await addWebhook(TRIGGER);
		await submitted(202);
		const during: string[] = [];
		for (let count = 0; count < 30; count++) {
			// Of two that come at the same moment either may be the first.
			tally.behave({ clockAheadMs: count - 60_000 });
			during.push(await submitted(200, STARTING));
		}
		status = 202;
		answerBody = '';
		const filters = { from: new Date(Date.now() - 3_600_000).toISOString() };
		expect((await itemsNow({ filters })).map(({ submissionId }) => submissionId)).toEqual(during);
	});

	it('touches only the triggers of this n8n, if that is wanted', async () => {
		const own = await addWebhook(TRIGGER);
		const other = await addWebhook('hooks/catch/1');
		await lose(1);
		status = 202;
		const only = { filters: { onlyOwnTriggers: true } };
		expect((await itemsNow({ scope: 'all', ...only })).map(({ webhookId }) => webhookId)).toEqual([own]);
		expect(await itemsNow({ scope: 'webhook', webhookId: byId(other), ...only })).toEqual([]);
		expect(await itemsNow({ scope: 'webhook', webhookId: byId(other) })).toMatchObject([{ webhookId: other }]);
	});

	it('gives what the editor is told of it', async () => {
		await addWebhook(TRIGGER);
		await lose(1);
		const [item] = await itemsNow();
		expect(Object.keys(item ?? {})).toEqual(describedKeys('webhook', 'redeliver', '1.1.0'));
	});
});

/** Resolves once something that goes on by itself has come about. */
async function until(test: () => boolean): Promise<void> {
	while (!test()) await new Promise((resolve) => setImmediate(resolve));
}
