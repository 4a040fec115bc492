import { DataDeduplicationService } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { runNode, runTool, type NodeRun } from '../support/engine';
import { scriptCleverTap, type ScriptedCleverTap } from '../support/scriptedCleverTap';

/** What CleverTap makes of a record: it stores it, refuses it by a code, or stores it and its answer is lost. */
type Fate = 'stored' | 'lost' | number;

interface Run extends Partial<NodeRun> {
	/** The fate of a record by its mark (below), each time that it comes; the last one stays. */
	readonly fates?: Readonly<Record<string, readonly Fate[]>>;
}

interface Sent {
	readonly type?: string;
	readonly identity?: string;
	readonly value?: string;
	readonly evtName?: string;
}

/** `event ada`, `profile ada`, or whom upkeep is about. */
const markOf = ({ type, identity, value }: Sent) => (value === undefined ? `${type} ${identity}` : value);

const services: ScriptedCleverTap[] = [];
const marks = new Set<string>();

beforeAll(async () => {
	// n8n's store of Upload Once.
	await DataDeduplicationService.init({
		checkProcessedAndRecord: (items) => {
			const texts = items.map(String);
			const processed = texts.filter((text) => marks.has(text));
			texts.forEach((text) => marks.add(text));
			return Promise.resolve({ new: texts.filter((text) => !processed.includes(text)), processed });
		},
		removeProcessed: (items) => Promise.resolve(items.forEach((item) => marks.delete(String(item)))),
		clearAllProcessedItems: () => Promise.resolve(),
		getProcessedDataCount: () => Promise.resolve(0),
	});
});

afterEach(async () => {
	for (const service of services.splice(0)) await service.close();
	marks.clear();
});

/** A CleverTap that deals with records as told, and what it was asked for. */
async function start(fates: NonNullable<Run['fates']>) {
	const asked: string[] = [];
	const service = await scriptCleverTap(({ body }) => {
		const { d } = body as { d: Sent[] };
		let isLost = false;
		const unprocessed = d.flatMap((record, index) => {
			const mark = markOf(record);
			const mine = fates[mark] ?? ['stored'];
			const fate = mine[Math.min(asked.filter((other) => other === mark).length, mine.length - 1)];
			asked.push(mark);
			if (typeof fate === 'number') {
				return [{ status: 'fail', code: fate, error: `No. Skipped record number : ${index + 1}`, record }];
			}
			isLost ||= fate === 'lost';
			return [];
		});
		if (isLost) return { body: '' };
		const status = unprocessed.length === 0 ? 'success' : unprocessed.length < d.length ? 'partial' : 'fail';
		return { body: { status, processed: d.length - unprocessed.length, unprocessed } };
	});
	services.push(service);
	return { asked, service };
}

/** Runs the node with three tries; tells how often CleverTap was asked for what. */
async function run(parameters: INodeParameters, people: readonly string[], { fates = {}, ...more }: Run = {}) {
	const { asked, service } = await start(fates);
	const result = await runNode({
		node: new CleverTap(),
		credential: service.credential,
		parameters,
		items: people.map((id) => ({ json: { id } })),
		tries: 3,
		...more,
	});
	expect(service.breaks).toEqual([]);
	return { ...result, asked, requests: service.seen.length };
}

const user = { identifyBy: 'identity', identifier: '={{ $json.id }}' };
const event: INodeParameters = {
	...user,
	resource: 'event',
	operation: 'upload',
	eventName: { __rl: true, mode: 'name', value: 'Rated' },
	propertiesMode: 'fields',
	options: {},
};
const profile: INodeParameters = {
	...user,
	resource: 'profile',
	operation: 'upsert',
	propertiesMode: 'json',
	options: {},
};
const both: INodeParameters = { ...event, updateProfile: true };

const statuses = (items: ReadonlyArray<{ json: IDataObject }> = []) =>
	items.map(
		({ json }) =>
			(json.details as IDataObject | undefined)?.status ?? (json.cleverTap as IDataObject)?.status ?? json.status,
	);

describe.each([1, 2])('n8n’s Retry On Fail, version %i of the node', (typeVersion) => {
	it('stores what is good once, and asks once for what is refused', async () => {
		const { status, error, asked, requests } = await run(event, ['ada', 'bad', 'eve'], {
			typeVersion,
			fates: { 'event bad': [513] },
		});
		expect([status, requests]).toEqual(['error', 1]);
		expect(asked).toEqual(['event ada', 'event bad', 'event eve']);
		expect(error?.message).toBe('CleverTap did not take 1 of 3 items');
		expect(error?.description).toContain('The other 2 went well.');
	});

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'the same where the first item that fails makes n8n try again: %s',
		async (onError) => {
			const { status, outputs, asked } = await run(event, ['bad', 'ada'], {
				typeVersion,
				onError,
				fates: { 'event bad': [513] },
			});
			expect(status).toBe('success');
			expect(asked).toEqual(['event bad', 'event ada']);
			expect(statuses(outputs.flat()).sort()).toEqual(['accepted', 'refused']);
		},
	);

	it('asks again for what may go well later, alone; the others keep the outcome that they had', async () => {
		const { status, outputs, asked } = await run(
			{ ...event, timestamp: '={{ $now.toISO() }}' },
			['ada', 'late', 'eve'],
			{ typeVersion, fates: { 'event late': [555, 'stored'] } },
		);
		expect(status).toBe('success');
		expect(asked).toEqual(['event ada', 'event late', 'event eve', 'event late']);
		expect(statuses(outputs[0])).toEqual(['accepted', 'accepted', 'accepted']);
	});

	it.each([
		// Events of which nobody knows whether they are stored go as "Unconfirmed Events" says.
		['fail', event, ['event ada', 'event ada'], 'success'],
		['neverTwice', event, ['event ada'], 'error'],
		// A profile is repeated at once: twice is as good as once.
		['fail', profile, ['profile ada', 'profile ada'], 'success'],
		// A count is not.
		['fail', { ...profile, propertiesJson: '{"Visits": {"$incr": 1}}' }, ['profile ada'], 'error'],
	])('%s: what may be stored already, %#', async (unconfirmedEvents, parameters, expected, end) => {
		const { status, asked } = await run({ ...parameters, options: { unconfirmedEvents } }, ['ada'], {
			typeVersion,
			fates: { 'event ada': ['lost', 'stored'], 'profile ada': ['lost', 'stored'] },
		});
		expect([status, asked]).toEqual([end, expected]);
	});

	it.each([
		['the profile is refused', { 'profile ada': [515] }, ['profile ada', 'event ada'], 'error'],
		[
			'the profile comes to grief',
			{ 'profile ada': [555, 'stored'] },
			['profile ada', 'event ada', 'profile ada'],
			'success',
		],
		['the event is refused', { 'event ada': [513] }, ['profile ada', 'event ada'], 'error'],
		[
			'the event comes to grief',
			{ 'event ada': [555, 'stored'] },
			['profile ada', 'event ada', 'event ada'],
			'success',
		],
	] as Array<[string, Record<string, Fate[]>, string[], string]>)(
		'an event that also updates its profile: each goes out until it is stored (%s)',
		async (_, fates, expected, end) => {
			const { status, asked } = await run(both, ['ada'], { typeVersion, fates });
			expect([status, asked]).toEqual([end, expected]);
		},
	);

	/** Of its own for each test: what a run does not wait for may be noted in the next one. */
	const keyOf = (test: string) => `=${test} of version ${typeVersion}: {{ $json.id }}`;

	it('says of an event that is stored once that it is accepted, not that it was there', async () => {
		const once = { ...event, options: { uploadOnceKey: keyOf('once') } };
		const { outputs, asked } = await run(once, ['bad', 'ada', 'ada', 'bad'], {
			typeVersion,
			onError: 'continueErrorOutput',
			fates: { 'event bad': [513] },
		});
		expect(asked).toEqual(['event bad', 'event ada']);
		expect(outputs.map(statuses)).toEqual([
			['accepted', 'skipped'],
			['refused', 'refused'],
		]);
	});

	it('the same where its profile goes out later', async () => {
		const once = { ...both, options: { uploadOnceKey: keyOf('profile') } };
		const { outputs, asked } = await run(once, ['ada'], { typeVersion, fates: { 'profile ada': [555, 'stored'] } });
		expect(asked).toEqual(['profile ada', 'event ada', 'profile ada']);
		expect(statuses(outputs[0])).toEqual(['accepted']);
	});

	it('is over with the tries: another round of the same items is sent', async () => {
		const { status, asked } = await run(event, ['ada', 'late'], {
			typeVersion,
			rounds: 2,
			fates: { 'event late': [555, 'stored'] },
		});
		expect(status).toBe('success');
		const round = ['event ada', 'event late'];
		expect(asked).toEqual([...round, 'event late', ...round]);
	});

	it('holds for upkeep as well', async () => {
		const subscribe: INodeParameters = {
			resource: 'profile',
			operation: 'subscribe',
			channel: 'email',
			value: '={{ $json.id }}',
			status: 'Unsubscribe',
		};
		const [good, bad, late] = ['ada@example.com', 'bad@example.com', 'late@example.com'];
		const { error, asked } = await run(subscribe, [good, bad, late], {
			typeVersion,
			fates: { [bad]: [515], [late]: [555, 'stored'] },
		});
		expect(asked).toEqual([good, bad, late, late]);
		expect(error?.message).toBe('CleverTap did not take 1 of 3 items');
	});

	it('tells an agent’s call of the node from its other calls', async () => {
		const { asked, service } = await start({ 'event late': [555, 'stored', 555, 'stored'] });
		const heard = await runTool(
			{
				node: new CleverTap(),
				typeVersion,
				credential: service.credential,
				parameters: { ...both, identifier: '={{ $fromAI("id", "", "string") }}' },
				tries: 3,
			},
			[{ id: 'ada' }, { id: 'late' }, { id: 'ada' }, { id: 'late' }],
		);
		const late = ['profile late', 'event late', 'event late'];
		expect(asked).toEqual(['profile ada', 'event ada', ...late, 'profile ada', 'event ada', ...late]);
		expect(heard).toEqual(Array(4).fill(expect.stringContaining('"status":"accepted"')));
	});

	it('is not asked for where n8n tries once', async () => {
		const { asked } = await run(event, ['late'], { typeVersion, tries: undefined, fates: { 'event late': [555] } });
		expect(asked).toEqual(['event late']);
	});
});
