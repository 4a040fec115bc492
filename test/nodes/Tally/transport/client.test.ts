import { RunClient, TallyClient } from '../../../../nodes/Tally/transport/client';
import { readList } from '../../../../nodes/Tally/transport/pages';
import type { TallyRequest } from '../../../../nodes/Tally/transport/reply';
import { tallyCaller, type Answer } from '../../../support/tallyCaller';

// Waiting takes no time, but the clock goes on as if it did.
let now = 0;
let whileWaiting = () => {};
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: (milliseconds: number) => {
		now += milliseconds;
		whileWaiting();
		return Promise.resolve();
	},
}));

const START = Date.parse('2026-02-10T00:00:00Z');
beforeEach(() => {
	now = START;
	whileWaiting = () => {};
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

const read: TallyRequest = { method: 'GET', path: '/forms/GxdRaQ', expects: { member: 'id' } };
const write: TallyRequest = { method: 'PATCH', path: '/forms/GxdRaQ', expects: 'nothing', body: { name: 'New' } };
const always = (answer: Answer) => Array.from({ length: 9 }, () => answer);
const reset = new Error('socket hang up');

describe('A request', () => {
	it.each<[string, number, TallyRequest, Answer]>([
		['too many requests, reading', 5, read, { status: 429 }],
		['too many requests, writing', 5, write, { status: 429 }],
		['trouble, reading', 4, read, { status: 503 }],
		['no answer, reading', 4, read, reset],
		['trouble, writing: nobody knows what was done', 1, write, { status: 503 }],
		['no answer, writing: nobody knows what was done', 1, write, reset],
		['a refusal', 1, read, { status: 404 }],
	])('that meets with %s: is sent %i times', async (_what, times, request, answer) => {
		const { context, handed } = tallyCaller(always(answer));
		const { status } = await new RunClient(context).ask(request);
		expect(status).toBe(answer instanceof Error ? 0 : answer.status);
		expect(handed).toHaveLength(times);
	});

	it('is sent no more once it is answered', async () => {
		const { context, handed } = tallyCaller([{ status: 503 }, reset, { status: 200, body: { id: 'GxdRaQ' } }]);
		expect(await new RunClient(context).call(read)).toEqual({ id: 'GxdRaQ' });
		expect(handed).toHaveLength(3);
	});

	it('waits as long as Tally says', async () => {
		const { context, handed } = tallyCaller([{ status: 429, headers: { 'retry-after': '7' } }]);
		await new RunClient(context).ask(write);
		expect(handed.map(({ at }) => at - START)).toEqual([0, 7_000]);
	});

	it('is sent no more once the execution is cancelled', async () => {
		const { context, handed, cancel } = tallyCaller(always({ status: 429 }));
		whileWaiting = cancel;
		await expect(new RunClient(context).ask(read)).rejects.toThrow('The execution was cancelled');
		expect(handed).toHaveLength(1);
	});
});

it.each([
	['conn-1', 1_000],
	[' conn-1 ', 1_000],
	['', 0],
	[' ', 0],
	[undefined, 0],
	[7, 0],
])('With the gateway connection %j ten requests are spread over %i ms', async (gatewayConnectionId, over) => {
	const { context, handed } = tallyCaller([], { apiKey: 'tly-test', gatewayConnectionId });
	const client = new RunClient(context);
	for (let number = 0; number < 10; number++) await client.ask(write);
	expect(handed.map(({ at }) => at - START)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, over]);
});

it('What could not be read is read again for the next item', async () => {
	const { context, handed } = tallyCaller([{ status: 404 }, { status: 200, body: { id: 'the form' } }]);
	const client = new RunClient(context);
	const readForm = () => client.once('form', () => client.call(read));
	await expect(readForm()).rejects.toThrow('Tally does not have what was asked for');
	expect(await readForm()).toEqual({ id: 'the form' });
	expect(await readForm()).toEqual({ id: 'the form' });
	expect(handed).toHaveLength(2);
});

describe('A success that could be anybody’s', () => {
	const tally = { status: 200, body: { id: 'u1' } };
	const retry: TallyRequest = { method: 'POST', path: '/webhooks/w1/events/e1', expects: 'anything' };
	const foreign = { status: 0, noAnswer: { message: "What answers at api.tally.so is not Tally's API" } };
	const me = 'https://api.tally.so/users/me';

	it.each([
		['nothing', { status: 200, body: '' }],
		['nothing', { status: 202 }],
		['JSON of whatever kind', { status: 200, body: { portal: 'sign-in' } }],
	])('counts where Tally is there: %s', async (_what, answer) => {
		const { context, handed } = tallyCaller([answer, tally, answer]);
		const client = new RunClient(context);
		expect(await client.ask(retry)).toMatchObject({ status: answer.status });
		expect(await client.ask(retry)).toMatchObject({ status: answer.status });
		expect(handed.map(({ url }) => url)).toEqual([
			expect.stringContaining('/events/'),
			me,
			expect.stringContaining('/events/'),
		]);
	});

	it('counts for a removal, too, of which a gateway may say 200 where Tally says 204', async () => {
		const remove: TallyRequest = { method: 'DELETE', path: '/forms/GxdRaQ', expects: 'nothing' };
		const { context } = tallyCaller([{ status: 200, body: '' }, tally]);
		expect(await new RunClient(context).ask(remove)).toMatchObject({ status: 200 });
		const behindLogin = tallyCaller([
			{ status: 200, body: '' },
			{ status: 200, body: '' },
		]);
		expect(await new RunClient(behindLogin.context).ask(remove)).toMatchObject(foreign);
	});

	it('counts without a question where Tally was seen before', async () => {
		const { context, handed } = tallyCaller([
			{ status: 200, body: { id: 'GxdRaQ' } },
			{ status: 200, body: '' },
		]);
		const client = new RunClient(context);
		await client.call(read);
		expect(await client.ask(retry)).toMatchObject({ status: 200 });
		expect(handed).toHaveLength(2);
	});

	it.each<[string, Answer]>([
		['a page', { status: 200, body: '<html>' }],
		['nothing', { status: 200, body: '' }],
		['nothing, as 204', { status: 204 }],
		['JSON of another kind', { status: 200, body: { portal: 'sign-in' } }],
		['a refusal', { status: 401 }],
	])('does not count where the question for the owner gets %s', async (_what, answer) => {
		const { context } = tallyCaller([{ status: 200, body: '' }, answer]);
		expect(await new RunClient(context).ask(retry)).toMatchObject(foreign);
	});

	it('never counts as text', async () => {
		const { context, handed } = tallyCaller([{ status: 200, body: 'OK' }, tally]);
		expect(await new RunClient(context).ask(retry)).toMatchObject(foreign);
		expect(handed).toHaveLength(1);
	});
});

describe('Pages', () => {
	const list = { request: { method: 'GET', path: '/forms' } as const, name: 'items' };
	const endless = (asked: { qs?: unknown }): Answer => ({
		status: 200,
		body: { items: [{ id: `f${String((asked.qs as { page: number }).page)}` }], hasMore: true },
	});

	it('without end are given up in the editor, with pauses between them', async () => {
		const { context, handed } = tallyCaller(endless);
		await expect(readList(new TallyClient(context), list)).rejects.toThrow('The list does not end');
		expect(handed).toHaveLength(100);
		expect((handed.at(-1)?.at ?? 0) - START).toBeGreaterThan(40_000);
	});

	it('without end are given up in a run, at its pace', async () => {
		const { context, handed } = tallyCaller(endless);
		await expect(readList(new RunClient(context), list)).rejects.toThrow('The list does not end');
		expect(handed).toHaveLength(10_000);
		expect((handed.at(-1)?.at ?? 0) - START).toBeGreaterThan(6_000_000);
	});
});

it('A clock that jumps back is not waited for', async () => {
	const { context, handed } = tallyCaller();
	const client = new RunClient(context, 60);
	await client.ask(write);
	jest.spyOn(Date, 'now').mockImplementation(() => now - 86_400_000);
	const before = now;
	await client.spread();
	expect(now - before).toBeLessThanOrEqual(1_000);
	expect(handed).toHaveLength(1);
});

it('A client that is told when to end asks nothing afterwards', async () => {
	const { context, handed } = tallyCaller();
	const reply = await new TallyClient(context, AbortSignal.abort()).ask(read);
	expect(reply).toMatchObject({ status: 0, noAnswer: { message: 'Tally could not be reached at api.tally.so' } });
	expect(handed).toHaveLength(0);
});

it.each([
	[1, 'manual'],
	[1, 'trigger'],
] as const)('An address that can’t be one is not asked for %i attempt', async (_times, mode) => {
	const { context, handed } = tallyCaller([], { apiKey: 'tly-test', baseUrl: 'htps//tally' });
	context.getMode = () => mode;
	await expect(new RunClient(context).call(read)).rejects.toThrow(
		'The Base URL in the Tally credential is not a web address',
	);
	expect(handed).toHaveLength(0);
});

describe('A refusal', () => {
	const ofPro: TallyRequest = { ...write, chosen: { Workspace: 'kb3o5R' }, plan: 'Pro' };
	const ofField: TallyRequest = { ...write, chosen: { Workspace: 'kb3o5R' } };
	const account = (subscriptionPlan?: string) => ({ status: 200, body: { id: 'u1', subscriptionPlan } });
	const stranger = { status: 401 };

	const knowsKey = 'Tally knows the API key, but does not allow this';
	const knowsKeyOf = `${knowsKey} with the value of "Workspace"`;
	const noAccess = (plan: string) =>
		`Either the owner of the key has no access to it in Tally, or the account's plan${plan} does not include it.`;
	const proOnly = 'Tally allows this on its Pro plan only';
	const upgrade = 'Upgrade it in Tally, or use the API key of an account that has Pro.';
	const badKey = 'Tally does not accept the API key';
	const test = 'Open the Tally credential and test it. If the test passes, this call needs another Tally plan.';
	const notOwner = 'The owner of the API key may not use the value of "Workspace"';
	const use = 'Use the API key of someone who can edit the form and its workspace in Tally.';

	it.each<[number, string, TallyRequest, Answer, string, string]>([
		[401, 'a key that Tally does not know', ofField, stranger, badKey, test],
		[401, 'a key that Tally does not know, for Pro', ofPro, stranger, badKey, test],
		[401, 'an account', write, account('FREE'), knowsKey, noAccess(' (FREE)')],
		[401, 'an account of no plan', write, account(), knowsKey, noAccess('')],
		[401, 'an account, with a field', ofField, account('PRO'), knowsKeyOf, noAccess(' (PRO)')],
		[401, 'an account that has Pro, for Pro', ofPro, account('PRO'), knowsKeyOf, noAccess(' (PRO)')],
		[401, 'an account that has more, for Pro', ofPro, account('BUSINESS'), knowsKeyOf, noAccess(' (BUSINESS)')],
		[401, 'a free account, for Pro', ofPro, account('FREE'), proOnly, `The plan of this account is FREE. ${upgrade}`],
		[
			401,
			'an account of no plan, for Pro',
			ofPro,
			account(),
			proOnly,
			`The plan of this account is another one. ${upgrade}`,
		],
		[403, 'a free account, for Pro', ofPro, account('FREE'), proOnly, `The plan of this account is FREE. ${upgrade}`],
		[403, 'an account of no plan, for Pro', ofPro, account(), notOwner, use],
		[403, 'an account that has Pro, for Pro', ofPro, account('PRO'), notOwner, use],
		[403, 'a key that Tally does not know, for Pro', ofPro, stranger, notOwner, use],
	])('%i for %s', async (status, _who, request, who, message, description) => {
		const { context, handed } = tallyCaller([{ status }, who]);
		await expect(new RunClient(context).call(request)).rejects.toMatchObject({ message, advice: description });
		expect(handed.map(({ url }) => url)).toEqual([
			'https://api.tally.so/forms/GxdRaQ',
			'https://api.tally.so/users/me',
		]);
	});

	const fields = 'Check the fields of this node.';
	const gone = 'It may have been deleted or moved to the trash, or it belongs to another account.';
	const later = "Try again in a few minutes. Tally's own state is shown at https://status.tally.so.";

	it.each<[number, string, TallyRequest, string, string]>([
		[400, 'no field', write, 'Tally did not accept the request', fields],
		[
			400,
			'a field',
			ofField,
			'Tally did not accept the request',
			`${fields} The field to look at first is "Workspace".`,
		],
		[403, 'no field', write, 'The owner of the API key may not do this in Tally', use],
		[403, 'a field', ofField, notOwner, use],
		[404, 'a field', ofField, 'Tally has no workspace kb3o5R', gone],
		[500, 'a field', ofField, 'Tally is not working at the moment (status 500)', later],
	])('%i of %s is told from the answer alone', async (status, _what, request, message, description) => {
		const { context, handed } = tallyCaller([{ status }]);
		await expect(new RunClient(context).call(request)).rejects.toMatchObject({ message, advice: description });
		expect(handed).toHaveLength(1);
	});
});
