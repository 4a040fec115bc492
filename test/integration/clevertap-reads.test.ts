import { join } from 'node:path';
import nock from 'nock';
import type { INodeExecutionData } from 'n8n-workflow';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { runNode, type NodeResult, type NodeRun } from '../support/engine';
import { schemaBreaks } from '../support/outputSchema';
import { scriptCleverTap, type Scripted, type ScriptedCleverTap, type Seen } from '../support/scriptedCleverTap';

// CleverTap's pauses are minutes long; what is waited for is told elsewhere.
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
	parameters: NodeRun['parameters'],
	answer: (request: Seen, number: number) => Scripted,
	items: INodeExecutionData[] = [{ json: {} }],
	onError?: NodeRun['onError'],
	typeVersion?: number,
): Promise<Run> {
	const server = await scriptCleverTap(answer);
	servers.push(server);
	const { credential, seen } = server;
	const result = await runNode({ node: new CleverTap(), typeVersion, credential, parameters, items, onError });
	if (parameters.simplify !== false) {
		const { resource, operation } = parameters as Record<string, string>;
		const breaks = json(result.outputs[0]).flatMap((output) =>
			schemaBreaks(NODE_FOLDER, resource ?? '', operation ?? '', output),
		);
		expect(breaks).toEqual([]);
	}
	return { ...result, seen };
}

const json = (items: INodeExecutionData[] | undefined) => (items ?? []).map((item) => item.json);
const requests = (seen: readonly Seen[]) => seen.map(({ method, path, query }) => `${method} ${path}?${query}`);

const STILL_AT_IT: Scripted = {
	body: { status: 'fail', error: 'Request still in progress, please retry later', code: 2 },
};

const jack = {
	identity: '5555555555',
	email: 'jack@example.com',
	phone: 35922333232,
	profileData: { 'Last Score': 308, Replayed: true },
	events: { Charged: { count: 6, first_seen: 1457962417, last_seen: 1458041276 } },
	platformInfo: [
		{ platform: 'iOS', os_version: '10.2', push_token: 'secret-token', objectId: '-1a06' },
		{ platform: 'Web', objectId: 'a8ff' },
	],
};
const simpleJack = {
	identity: '5555555555',
	email: 'jack@example.com',
	phone: '35922333232',
	objectIds: ['-1a06', 'a8ff'],
	profileData: { 'Last Score': 308, Replayed: true },
	events: [
		{
			name: 'Charged',
			count: 6,
			firstSeen: '2016-03-14T13:33:37.000Z',
			lastSeen: '2016-03-15T11:27:56.000Z',
		},
	],
};

describe('Profile: Get', () => {
	const get = {
		resource: 'profile',
		operation: 'get',
		identifyBy: '={{ $json.by }}',
		identifier: '={{ $json.id }}',
	};
	const found = (): Scripted => ({ body: { status: 'success', record: jack } });
	const by = (...pairs: Array<[string, string | number]>) => pairs.map(([kind, id]) => ({ json: { by: kind, id } }));

	it('asks with one GET for each item, encoded so that a plus sign stays one', async () => {
		const { seen } = await run(
			get,
			found,
			by(['identity', '+14155551234'], ['email', 'ada+news@example.com'], ['objectId', 'a b&c'], ['identity', 42]),
		);
		expect(requests(seen)).toEqual([
			'GET /1/profile.json?identity=%2B14155551234',
			'GET /1/profile.json?email=ada%2Bnews%40example.com',
			'GET /1/profile.json?objectId=a%20b%26c',
			'GET /1/profile.json?identity=42',
		]);
	});

	it('refuses an item whose expression fails and reads for the rest', async () => {
		const identifier = "={{ $json.id === 'b' ? $('Nowhere').item.json.id : $json.id }}";
		const items = ['a', 'b', 'c'].map((id) => ({ json: { id } }));
		const { outputs, seen } = await run(
			{ resource: 'profile', operation: 'get', identifyBy: 'identity', identifier },
			() => ({ body: { status: 'success', record: jack } }),
			items,
			'continueErrorOutput',
		);
		expect(requests(seen)).toEqual(['GET /1/profile.json?identity=a', 'GET /1/profile.json?identity=c']);
		expect(json(outputs[0])).toHaveLength(2);
		expect(json(outputs[1])).toEqual([
			expect.objectContaining({ id: 'b', error: expect.stringMatching(/nowhere|referenced node/i) as string }),
		]);
	});

	it('gives what most people want, and never a push token', async () => {
		const { outputs } = await run(get, found, by(['identity', '5555555555']));
		expect(outputs[0]).toEqual([{ json: { found: true, ...simpleJack }, pairedItem: { item: 0 } }]);
	});

	it('gives everything if asked to', async () => {
		const { outputs } = await run({ ...get, simplify: false }, found, by(['identity', '5555555555']));
		expect(json(outputs[0])).toEqual([{ found: true, ...jack }]);
	});

	it.each<[string, Scripted]>([
		['null', { body: { status: 'success', record: null } }],
		['missing', { body: { status: 'success' } }],
		['404', { status: 404, body: { status: 'fail', error: 'Profile not found', code: 404 } }],
		['"not found"', { body: { status: 'fail', error: 'User not found' } }],
	])('says that nobody was found (%s) and goes on, or fails, as the user likes', async (_name, reply) => {
		const answer = ({ query }: Seen) => (query.endsWith('nobody') ? reply : found());
		const items = by(['identity', 'nobody'], ['identity', '5555555555']);

		const goesOn = await run(get, answer, items);
		expect(json(goesOn.outputs[0])).toEqual([
			{ found: false, identity: 'nobody' },
			{ found: true, ...simpleJack },
		]);

		const fails = await run({ ...get, options: { onNotFound: 'fail' } }, answer, items, 'continueErrorOutput');
		expect(fails.outputs.map((output) => output.length)).toEqual([1, 1]);
		expect(fails.outputs[1]?.[0]?.json.error).toBe('CleverTap knows no user with this identity');
	});

	it('does not take another server’s 404 or an empty 200 for an unknown user', async () => {
		const lost = await run(get, () => ({ status: 404, body: '<html>' }), by(['identity', 'x']));
		expect(lost.error?.message).toBe('404: What answers there is not CleverTap (HTTP 404)');

		const empty = await run(get, () => ({ body: '' }), by(['identity', 'x']));
		expect(empty.error?.message).toBe('CleverTap answered with nothing, as it does at a wrong address');
	});

	it('explains wrong credentials without trying again', async () => {
		const { error, seen } = await run(
			get,
			() => ({ status: 401, body: { status: 'fail', error: 'Invalid Credentials', code: 401 } }),
			by(['identity', 'x']),
		);
		expect(error?.message).toBe('401: Invalid Credentials');
		expect(error?.description).toContain('Open the CleverTap credential');
		expect(seen).toHaveLength(1);
		expect(JSON.stringify(error)).not.toContain('open sesame');
	});

	it('asks again after 429, trouble on CleverTap’s side and a 200 that is none', async () => {
		const replies: Scripted[] = [
			{ status: 429, body: { status: 'fail', error: 'Too many concurrent requests', code: 429 } },
			{ status: 503, body: '' },
			{ body: { status: 'fail', error: 'An unknown error occurred', code: 500 } },
			{ body: '' },
		];
		const { outputs, seen } = await run(get, (_, n) => replies[n - 1] ?? found(), by(['identity', 'x']));
		expect(seen).toHaveLength(5);
		expect(json(outputs[0])).toMatchObject([{ found: true }]);
	});

	it('goes to Europe’s host, which has no prefix', async () => {
		const europe = nock('https://api.clevertap.com')
			.get('/1/profile.json?identity=x')
			.reply(200, found().body as object);
		await runNode({
			node: new CleverTap(),
			credential: { type: new CleverTapAccountApi(), data: { accountId: 'A', passcode: 'B', region: 'eu1' } },
			parameters: { ...get },
			items: by(['identity', 'x']),
		});
		expect(europe.isDone()).toBe(true);
		nock.cleanAll();
		nock.restore();
	});
});

const days = { from: '2026-02-01T00:00:00', to: '2026-02-28T23:00:00' };
const event = { __rl: true, mode: 'list', value: 'Feedback Given' };
const base = { event_name: 'Feedback Given', from: 20260201, to: 20260228 };

/** Cursors as CleverTap makes them: encoded already, with characters that a second encoding breaks. */
const CURSORS = ['ZiZi%2FNw%2BMEBQ%3D%3D', 'ZyZj%2fwYE+Ag~*%3D', 'Zz!()%20x%3D'];

/** An export of this many records, 23 × n a page, that gives the first page only on the second ask. */
function exportOf(records: readonly unknown[]) {
	let size = 0;
	let asked = 0;
	return ({ method, query }: Seen): Scripted => {
		if (method === 'POST') {
			size = Number(new URLSearchParams(query).get('batch_size'));
			return { body: { status: 'success', cursor: CURSORS[0] } };
		}
		asked++;
		if (asked === 1) return STILL_AT_IT;
		const page = CURSORS.indexOf(query.slice('cursor='.length));
		if (page < 0) return { body: { status: 'fail', error: 'Incorrect Usage' } };
		const part = records.slice(page * size, (page + 1) * size);
		const more = (page + 1) * size < records.length;
		return {
			body: {
				status: 'success',
				...(more ? { next_cursor: CURSORS[page + 1] } : {}),
				...(part.length > 0 ? { records: part } : {}),
			},
		};
	};
}

describe('Profile: Get Many', () => {
	const getAll = { resource: 'profile', operation: 'getAll', eventName: event, ...days };
	const many = Array.from({ length: 60 }, (_, index) => ({ identity: String(index), profileData: {} }));

	it('starts with a POST, then follows cursors with GET, each exactly as it came', async () => {
		const { outputs, seen } = await run({ ...getAll, returnAll: true, options: { batchSize: 20 } }, exportOf(many));
		expect(requests(seen)).toEqual([
			'POST /1/profiles.json?batch_size=23&events=true&profile=true',
			...[CURSORS[0], CURSORS[0], CURSORS[1], CURSORS[2]].map((cursor) => `GET /1/profiles.json?cursor=${cursor}`),
		]);
		expect(seen[0]?.body).toEqual(base);
		expect(json(outputs[0]).map(({ identity }) => identity)).toEqual(many.map(({ identity }) => identity));
	});

	it('reads one page for the default limit and cuts it to the limit', async () => {
		const { outputs, seen } = await run(getAll, exportOf(many));
		expect(requests(seen)[0]).toContain('batch_size=69');
		expect(seen.filter(({ method }) => method === 'GET')).toHaveLength(2);
		expect(outputs[0]).toHaveLength(50);
	});

	it('gives nothing for an empty range, whose page has no records at all', async () => {
		const { status, outputs } = await run({ ...getAll, returnAll: true }, exportOf([]));
		expect(status).toBe('success');
		expect(json(outputs[0])).toEqual([]);
	});

	it('simplifies, or asks for every part of a profile', async () => {
		const simple = await run(getAll, exportOf([jack]));
		expect(json(simple.outputs[0])).toEqual([simpleJack]);

		const raw = await run({ ...getAll, simplify: false }, exportOf([jack]));
		expect(json(raw.outputs[0])).toEqual([jack]);
		expect(raw.seen[0]?.query).toBe('batch_size=69&app=true&events=true&profile=true');
	});

	it('builds the query from filters, without an event if need be', async () => {
		const { seen } = await run(
			{
				resource: 'profile',
				operation: 'getAll',
				filters: {
					filter: [
						{
							of: 'profile_fields',
							property: { __rl: true, mode: 'list', value: 'Plan' },
							operator: 'equals',
							value: 'gold',
						},
						{
							of: 'profile_fields',
							property: { __rl: true, mode: 'name', value: 'Member' },
							operator: 'not_equals',
							value: '={{ true }}',
						},
						{ of: 'demographics', name: 'Education', operator: 'equals', value: '={{ ["College", "Graduate"] }}' },
					],
				},
			},
			exportOf([]),
		);
		expect(seen[0]?.body).toEqual({
			common_profile_properties: {
				profile_fields: [
					{ name: 'Plan', operator: 'equals', value: 'gold' },
					{ name: 'Member', operator: 'not_equals', value: 'True' },
				],
				demographics: [{ name: 'Education', operator: 'equals', value: ['College', 'Graduate'] }],
			},
		});
	});

	it('sends a query in CleverTap’s own language as it stands', async () => {
		const query = { advanced_query: { did_none: [{ event_name: 'Charged', from: 20260201, to: 20260228 }] } };
		const { seen } = await run(
			{ resource: 'profile', operation: 'getAll', queryMode: 'json', queryJson: JSON.stringify(query) },
			exportOf([]),
		);
		expect(seen[0]?.body).toEqual(query);
	});

	it('gives up on a page that never gets ready, after the wait that the user chose', async () => {
		const { error, seen } = await run({ ...getAll, options: { maxWait: 0.2 } }, ({ method }) =>
			method === 'POST' ? { body: { status: 'success', cursor: CURSORS[0] } } : STILL_AT_IT,
		);
		expect(error?.message).toBe('2: CleverTap was still preparing the answer after 12 seconds');
		expect(error?.description).toContain('"Max Wait"');
		expect(seen).toHaveLength(1 + 5);
	});

	it('does not run in circles', async () => {
		const { error } = await run({ ...getAll, returnAll: true }, ({ method }) => ({
			body:
				method === 'POST' ? { status: 'success', cursor: 'a' } : { status: 'success', next_cursor: 'a', records: [] },
		}));
		expect(error?.message).toBe('CleverTap gave the same cursor twice');
	});
});

describe('Event: Get Many', () => {
	const getAll = { resource: 'event', operation: 'getAll', eventName: event, ...days };
	const record = {
		profile: {
			objectId: 'a8ff',
			platform: 'Web',
			email: 'peter@example.com',
			identity: '5555555555',
			id: 33,
			profileData: { favoriteColor: 'blue' },
		},
		ts: 20260223140416,
		event_props: { value: 'pizza' },
		session_props: { utm_source: 'Foo' },
	};

	it('gives who, what and when; the time as the project’s clock shows it, without a zone', async () => {
		const { outputs, seen } = await run(getAll, exportOf([record]));
		expect(requests(seen)[0]).toBe('POST /1/events.json?batch_size=69');
		expect(seen[0]?.body).toEqual(base);
		expect(json(outputs[0])).toEqual([
			{
				eventName: 'Feedback Given',
				identity: '5555555555',
				objectId: 'a8ff',
				email: 'peter@example.com',
				platform: 'Web',
				ts: 20260223140416,
				localTime: '2026-02-23T14:04:16',
				properties: { value: 'pizza' },
				session: { utm_source: 'Foo' },
			},
		]);
	});

	it('takes filters on the event and one user, and every cursor exactly as it came', async () => {
		const { seen, outputs } = await run(
			{
				...getAll,
				returnAll: true,
				filters: { filter: [{ of: 'event_properties', name: 'Rating', operator: 'greater_than_equals', value: '4' }] },
				options: { batchSize: 23, identity: '={{ 42 }}' },
			},
			exportOf(Array.from({ length: 47 }, () => record)),
		);
		expect(seen[0]?.body).toEqual({
			...base,
			identity: '42',
			event_properties: [{ name: 'Rating', operator: 'greater_than_equals', value: 4 }],
		});
		expect(seen.slice(1).map(({ query }) => query)).toEqual(
			[CURSORS[0], CURSORS[0], CURSORS[1], CURSORS[2]].map((cursor) => `cursor=${cursor}`),
		);
		expect(outputs[0]).toHaveLength(47);
	});

	it.each<[string, NodeRun['parameters'], string]>([
		['no event', { eventName: { __rl: true, mode: 'name', value: '={{ "" }}' } }, '"Event Name" is empty'],
		['no first day', { from: '={{ "" }}' }, '"From" is empty'],
		['no such day', { to: '20260230' }, '"To" is not a valid day: a number'],
		['days the wrong way round', { from: 20260301 }, '"From" is after "To"'],
		['JSON without the days', { queryMode: 'json', queryJson: '{"event_name": "X"}' }, '"Query (JSON)" lacks from, to'],
	])('refuses %s before it asks', async (_name, changes, message) => {
		const { error, seen } = await run({ ...getAll, ...changes }, () => ({ body: '' }));
		expect(error?.message).toBe(message);
		expect(seen).toEqual([]);
	});

	it.each<[string, Scripted, string, string]>([
		[
			'an event of another spelling',
			{ body: { status: 'fail', error: '["Invalid event : feedback"]', code: 400 } },
			'400: Invalid event : feedback',
			'exact spelling',
		],
		[
			'a notification event',
			{ status: 400, body: { status: 'fail', error: 'Export not allowed for this event', code: 400 } },
			'400: Export not allowed for this event',
			'notification events',
		],
		[
			'a day in the future',
			{ body: { status: 'fail', error: 'Date in the future', code: 4002 } },
			'4002: Date in the future',
			'clock of your CleverTap project',
		],
	])('says what to do about %s', async (_name, reply, message, advice) => {
		const { error, seen } = await run(getAll, () => reply);
		expect(error?.message).toBe(message);
		expect(error?.description).toContain(advice);
		expect(seen).toHaveLength(1);
	});
});

describe('Count', () => {
	const TICKET = '92233720368547758071';

	it.each([
		['profile', '/1/counts/profiles.json'],
		['event', '/1/counts/events.json'],
	])('of %ss: POST, then GET with the ticket, digit by digit, until it is there', async (resource, path) => {
		const { outputs, seen } = await run({ resource, operation: 'count', eventName: event, ...days }, (_, number) =>
			number < 4
				? { body: `{"req_id": ${TICKET}, "status": "partial"}` }
				: { body: { status: 'success', count: 7138 } },
		);
		expect(json(outputs[0])).toEqual([{ count: 7138 }]);
		expect(requests(seen)).toEqual([
			`POST ${path}?`,
			...Array.from({ length: 3 }, () => `GET ${path}?req_id=${TICKET}`),
		]);
		expect(seen[0]?.body).toEqual(base);
	});

	it('counts for each item and pairs the counts with them', async () => {
		const { outputs } = await run(
			{
				resource: 'event',
				operation: 'count',
				eventName: { __rl: true, mode: 'name', value: '={{ $json.event }}' },
				...days,
			},
			({ body }) => ({ body: { status: 'success', count: (body as { event_name: string }).event_name.length } }),
			[{ json: { event: 'Charged' } }, { json: { event: 'Cart' } }],
		);
		expect(outputs[0]).toEqual([
			{ json: { count: 7 }, pairedItem: { item: 0 } },
			{ json: { count: 4 }, pairedItem: { item: 1 } },
		]);
	});

	it('sends the item that failed to the error output and goes on with the others', async () => {
		const { outputs } = await run(
			{
				resource: 'event',
				operation: 'count',
				eventName: { __rl: true, mode: 'name', value: '={{ $json.event }}' },
				...days,
			},
			() => ({ body: { status: 'success', count: 0 } }),
			[{ json: { event: '' } }, { json: { event: 'Cart' } }],
			'continueErrorOutput',
		);
		expect(json(outputs[0])).toEqual([{ count: 0 }]);
		expect(json(outputs[1])).toMatchObject([
			{ event: '', error: '"Event Name" is empty', details: { status: 'refused' } },
		]);
	});

	it('stops waiting after the time that the user chose', async () => {
		const { error, seen } = await run(
			{ resource: 'event', operation: 'count', eventName: event, ...days, options: { maxWait: 0.1 } },
			() => ({ body: { req_id: 1, status: 'partial' } }),
		);
		expect(error?.message).toBe('2: CleverTap was still preparing the answer after 6 seconds');
		expect(seen).toHaveLength(3);
	});
});

describe('without days', () => {
	const none = (): Scripted => ({ body: { status: 'success', records: [] } });
	const byName = (value: string) => ({ __rl: true, mode: 'name', value });
	const events = { resource: 'event', operation: 'getAll', eventName: byName('Charged') };
	const ofPlan = { filter: [{ of: 'profile_fields', property: byName('Plan'), operator: 'exists' }] };
	const queryOf = async (parameters: NodeRun['parameters'], typeVersion: number) => {
		const { seen, error } = await run(parameters, none, undefined, undefined, typeVersion);
		return { query: seen[0]?.body as Record<string, unknown> | undefined, error: error?.message };
	};
	/** A day such as 20260209, in milliseconds. */
	const at = (day: unknown) => Date.parse(String(day).replace(/(....)(..)(..)/, '$1-$2-$3'));
	const DAY = 24 * 60 * 60 * 1000;

	it.each([
		['events', events],
		['profiles of an event', { ...events, resource: 'profile' }],
		['a count', { ...events, operation: 'count' }],
	])('%s are those of the last 30 days, from version 2 on', async (_what, parameters) => {
		const { query } = await queryOf(parameters, 2);
		expect(query).toMatchObject({ event_name: 'Charged' });
		expect(at(query?.to) - at(query?.from)).toBe(29 * DAY);
		// Whichever day it is where the workflow runs.
		expect(Math.abs(at(query?.to) - Date.now())).toBeLessThan(2 * DAY);
		// Of what must be filled in n8n itself says so.
		const before = await queryOf(parameters, 1).catch(({ message }: Error) => ({ query: undefined, error: message }));
		expect(before).toEqual({
			query: undefined,
			error: expect.stringMatching(/"From" is (?:empty|required)/) as string,
		});
	});

	it('profiles that are chosen without an event have none', async () => {
		const parameters = { resource: 'profile', operation: 'getAll', filters: ofPlan };
		const query = { common_profile_properties: { profile_fields: [{ name: 'Plan', operator: 'exists' }] } };
		expect(await queryOf(parameters, 2)).toEqual({ query, error: undefined });
		expect(await queryOf(parameters, 1)).toEqual({ query, error: undefined });
	});

	it.each(['event', 'profile'])('a hint says why there may be no %s', async (resource) => {
		const { hints } = await run({ ...events, resource }, none, undefined, undefined, 2);
		expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining(`CleverTap has no such ${resource}`)]);
	});
});
