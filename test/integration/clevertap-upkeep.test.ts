import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';

import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { runNode, type NodeResult, type NodeRun } from '../support/engine';
import { schemaBreaks } from '../support/outputSchema';
import { scriptCleverTap, type Scripted, type ScriptedCleverTap, type Seen } from '../support/scriptedCleverTap';

// Pauses between attempts are seconds long; what is waited for is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

const NODE_FOLDER = join(__dirname, '../../nodes/CleverTap');
const servers: ScriptedCleverTap[] = [];

afterEach(async () => {
	const ended = servers.splice(0);
	await Promise.all(ended.map((server) => server.close()));
	expect(ended.flatMap(({ breaks }) => breaks)).toEqual([]);
});

interface Run extends NodeResult {
	readonly seen: readonly Seen[];
}

async function run(
	parameters: NodeRun['parameters'] & { readonly operation: string },
	answer: (request: Seen, number: number) => Scripted,
	items: INodeExecutionData[],
	onError?: NodeRun['onError'],
): Promise<Run> {
	const server = await scriptCleverTap(answer);
	servers.push(server);
	const { credential, seen } = server;
	const all = { resource: 'profile', ...parameters };
	const result = await runNode({ node: new CleverTap(), credential, parameters: all, items, onError });
	const breaks = (result.outputs[0] ?? []).flatMap((output) =>
		schemaBreaks(NODE_FOLDER, 'profile', parameters.operation, output.json),
	);
	expect(breaks).toEqual([]);
	return { ...result, seen };
}

const SUCCESS: Scripted = { body: { status: 'success' } };
const ids = (count: number) => Array.from({ length: count }, (_, index) => ({ json: { id: `u${index}` } }));
const to = ({ method, path }: Seen) => `${method} ${path}`;

/** What every record of a `d` gets, as CleverTap says it. */
function verdicts(seen: Seen, refuses: (value: string) => boolean): Scripted {
	const { d } = seen.body as { d: Array<{ value: string }> };
	const unprocessed = d.flatMap(({ value }, index) =>
		refuses(value)
			? [{ status: 'fail', code: 516, error: `Phone is not valid.Skipped record number : ${index + 1}` }]
			: [],
	);
	const status = unprocessed.length === 0 ? 'success' : 'partial';
	return { body: { status, processed: d.length - unprocessed.length, unprocessed } };
}

describe('Profile: Delete', () => {
	const erase = { operation: 'delete', identifyBy: '={{ $json.by ?? "identity" }}', identifier: '={{ $json.id }}' };

	it('asks for 100 users at a time and says that they are not gone yet', async () => {
		const { outputs, seen } = await run(erase, () => SUCCESS, ids(250));
		expect(seen.map(to)).toEqual(Array.from({ length: 3 }, () => 'POST /1/delete/profiles.json'));
		expect(seen.map(({ body }) => (body as { identity: string[] }).identity.length)).toEqual([100, 100, 50]);
		expect(outputs[0]).toHaveLength(250);
		expect(outputs[0]?.[7]).toEqual({
			json: {
				status: 'accepted',
				deletionScheduled: true,
				takesEffect: 'in 24 to 48 hours',
				identity: 'u7',
			},
			pairedItem: { item: 7 },
		});
	});

	it('never puts both kinds of identifier into one request, nor a user twice', async () => {
		const { outputs, seen } = await run(erase, () => SUCCESS, [
			{ json: { id: 'ada' } },
			{ json: { id: 'guid-1', by: 'objectId' } },
			{ json: { id: 42 } },
			{ json: { id: 'ada' } },
		]);
		expect(seen.map(({ body }) => body)).toEqual([{ identity: ['ada', '42'] }, { guid: ['guid-1'] }]);
		expect(outputs[0]).toHaveLength(4);
	});

	it.each<[string, Scripted]>([
		['HTTP 400', { status: 400, body: { status: 'fail', error: 'Malformed request', code: 400 } }],
		['a fail with HTTP 200', { body: { status: 'fail', error: 'Malformed request', code: 400 } }],
	])('finds the user that spoils a whole request by %s, and deletes the rest', async (_name, refusal) => {
		const { outputs, seen } = await run(
			erase,
			({ body }) => ((body as { identity: string[] }).identity.includes('u41') ? refusal : SUCCESS),
			[...ids(100), { json: { id: '' } }],
			'continueErrorOutput',
		);
		expect(outputs[0]).toHaveLength(99);
		expect(outputs[1]?.map(({ json }) => [json.id, json.error])).toEqual([
			['u41', '400: Malformed request'],
			['', '"Identifier" is empty'],
		]);
		expect(seen.length).toBeLessThanOrEqual(15);
	});

	it('stops at wrong credentials', async () => {
		const { error, seen } = await run(
			erase,
			() => ({ status: 401, body: { status: 'fail', error: 'Invalid Credentials', code: 401 } }),
			ids(300),
		);
		expect(error?.message).toBe('CleverTap did not take 300 of 300 items');
		expect(error?.description).toContain('Open the CleverTap credential');
		expect(seen).toHaveLength(1);
	});

	it('asks again when nobody knows what became of a request, and says so if it stays so', async () => {
		const good = await run(erase, (_, number) => (number < 3 ? { status: 502, body: '' } : SUCCESS), ids(1));
		expect(good.seen).toHaveLength(3);
		expect(good.outputs[0]).toHaveLength(1);

		const bad = await run(erase, () => ({ body: '' }), ids(1), 'continueErrorOutput');
		expect(bad.outputs[1]?.[0]?.json.details).toMatchObject({ status: 'unknown' });
	});
});

describe('Profile: Demerge', () => {
	it('asks for 100 identities at a time and says when it happens', async () => {
		const { outputs, seen } = await run(
			{ operation: 'demerge', identifier: '={{ $json.id }}' },
			() => SUCCESS,
			ids(101),
		);
		expect(seen.map(to)).toEqual(Array.from({ length: 2 }, () => 'POST /1/demerge/profiles.json'));
		expect(seen[1]?.body).toEqual({ identities: ['u100'] });
		expect(outputs[0]?.[0]?.json).toMatchObject({ status: 'accepted', demergeScheduled: true });
	});
});

describe('Profile: Subscribe or Unsubscribe', () => {
	const subscribe = {
		operation: 'subscribe',
		channel: '={{ $json.channel }}',
		value: '={{ $json.to }}',
		status: '={{ $json.status ?? "Unsubscribe" }}',
	};

	it('goes without .json, 1000 at a time, and gives every record its verdict', async () => {
		const items = Array.from({ length: 1_200 }, (_, index) => ({
			json: { channel: 'phone', to: `+1415555${1000 + index}` },
		}));
		const { outputs, seen } = await run(
			subscribe,
			(request) => verdicts(request, (value) => value === '+14155552150'),
			items,
			'continueErrorOutput',
		);
		expect(seen.map(to)).toEqual(['POST /1/subscribe', 'POST /1/subscribe']);
		expect(seen.map(({ body }) => (body as { d: unknown[] }).d.length).sort()).toEqual([1000, 200]);
		expect(seen[0]?.body).toMatchObject({
			d: expect.arrayContaining([{ type: 'phone', value: '+14155551000', status: 'Unsubscribe' }]) as unknown,
		});
		expect(outputs[0]).toHaveLength(1_199);
		expect(outputs[1]?.map(({ json }) => [json.to, json.error])).toEqual([
			['+14155552150', '516: Phone is not valid.'],
		]);
	});

	it('keeps out, in and out again as three steps in order', async () => {
		const { seen } = await run(
			subscribe,
			(request) => verdicts(request, () => false),
			['Unsubscribe', 'Resubscribe', 'Unsubscribe'].map((status) => ({
				json: { channel: 'email', to: 'ada@example.com', status },
			})),
		);
		expect(seen[0]?.body).toEqual({
			d: ['Unsubscribe', 'Resubscribe', 'Unsubscribe'].map((status) => ({
				type: 'email',
				value: 'ada@example.com',
				status,
			})),
		});
	});

	it('refuses channels and states that there are not, and sends the rest', async () => {
		const { outputs, seen } = await run(
			subscribe,
			(request) => verdicts(request, () => false),
			[
				{ json: { channel: 'fax', to: '1' } },
				{ json: { channel: 'email', to: 'a@example.com', status: 'Maybe' } },
				{ json: { channel: 'whatsapp', to: '+14155551234' } },
			],
			'continueErrorOutput',
		);
		expect(seen.map(({ body }) => body)).toEqual([
			{ d: [{ type: 'whatsapp', value: '+14155551234', status: 'Unsubscribe' }] },
		]);
		expect(outputs[1]?.map(({ json }) => json.error)).toEqual([
			'"Channel" must be email, phone or whatsapp',
			'"Status" must be Unsubscribe or Resubscribe',
		]);
	});
});

describe('Profile: Disassociate', () => {
	it('goes without .json and gives every number its verdict', async () => {
		const { outputs, seen } = await run(
			{ operation: 'disassociate', phone: '={{ $json.phone }}' },
			(request) => verdicts(request, (value) => value === '+14155550000'),
			[{ json: { phone: '+14155551234' } }, { json: { phone: '+14155550000' } }],
			'continueErrorOutput',
		);
		expect(seen.map(to)).toEqual(['POST /1/disassociate']);
		expect(seen[0]?.body).toEqual({
			d: [
				{ type: 'phone', value: '+14155551234' },
				{ type: 'phone', value: '+14155550000' },
			],
		});
		expect(outputs[0]?.map(({ json }) => json)).toEqual([{ status: 'accepted', phone: '+14155551234' }]);
		expect(outputs[1]?.map(({ json }) => json.error)).toEqual(['516: Phone is not valid.']);
	});
});
