import { RunClient } from '../../../../nodes/Tally/transport/client';
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
});
afterEach(() => jest.restoreAllMocks());

const read: TallyRequest = { method: 'GET', path: '/forms/GxdRaQ' };
const write: TallyRequest = { method: 'PATCH', path: '/forms/GxdRaQ', body: { name: 'New' } };
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
	const { context, handed } = tallyCaller([{ status: 404 }, { status: 200, body: 'the form' }]);
	const client = new RunClient(context);
	const readForm = () => client.once('form', () => client.call(read));
	await expect(readForm()).rejects.toThrow('Tally does not have what was asked for');
	expect(await readForm()).toBe('the form');
	expect(await readForm()).toBe('the form');
	expect(handed).toHaveLength(2);
});

describe('A refusal', () => {
	const ofPro: TallyRequest = { ...write, field: 'Workspace', plan: 'Pro' };
	const ofField: TallyRequest = { ...write, field: 'Workspace' };
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
		[404, 'a field', ofField, 'Tally does not have what "Workspace" names', gone],
		[500, 'a field', ofField, 'Tally is not working at the moment (status 500)', later],
	])('%i of %s is told from the answer alone', async (status, _what, request, message, description) => {
		const { context, handed } = tallyCaller([{ status }]);
		await expect(new RunClient(context).call(request)).rejects.toMatchObject({ message, advice: description });
		expect(handed).toHaveLength(1);
	});
});
