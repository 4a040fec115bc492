import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { runNode, type NodeRun } from '../support/engine';
import { schemaBreaks } from '../support/outputSchema';
import { scriptCleverTap, type ScriptedCleverTap } from '../support/scriptedCleverTap';

const NODE_FOLDER = join(__dirname, '../../nodes/CleverTap');

interface Sent {
	readonly identity: string;
	readonly type: 'profile' | 'event';
	readonly profileData?: IDataObject;
	readonly evtData?: IDataObject;
}

const services: ScriptedCleverTap[] = [];

afterEach(async () => {
	for (const service of services.splice(0)) await service.close();
});

/** Runs version 2 of the node; CleverTap refuses whoever is called `bad`. */
async function run(parameters: INodeParameters, items: readonly IDataObject[], more: Partial<NodeRun> = {}) {
	const service = await scriptCleverTap(({ body }) => {
		const { d } = body as { d: Sent[] };
		const unprocessed = d.flatMap(({ identity, type }, index) =>
			identity === 'bad' && type === 'event'
				? [{ status: 'fail', code: 513, error: `No. Skipped record number : ${index + 1}` }]
				: [],
		);
		const status = unprocessed.length === 0 ? 'success' : unprocessed.length < d.length ? 'partial' : 'fail';
		return { body: { status, processed: d.length - unprocessed.length, unprocessed } };
	});
	services.push(service);
	const result = await runNode({
		node: new CleverTap(),
		typeVersion: 2,
		credential: service.credential,
		parameters,
		items: items.map((json) => ({ json })),
		...more,
	});
	expect(service.breaks).toEqual([]);
	const records = service.seen.flatMap(({ body }) => (body as { d: Sent[] }).d);
	const queries = service.seen.map(({ query }) => query);
	return { ...result, records, queries, json: result.outputs.flat().map((item) => item.json) };
}

/** What an item says of itself, wherever it says it. */
const outcome = (json: IDataObject = {}) => (json.details ?? json.cleverTap ?? json) as IDataObject;

const fields = (...given: Array<[name: string, value: string, type?: string]>) => ({
	assignments: given.map(([name, value, type = 'string'], index) => ({ id: String(index), name, value, type })),
});
const user = { identifyBy: 'identity', identifier: '={{ $json.id }}' };
const profile: INodeParameters = {
	...user,
	resource: 'profile',
	operation: 'upsert',
	propertiesMode: 'fields',
	options: {},
};
const event: INodeParameters = {
	...user,
	resource: 'event',
	operation: 'upload',
	eventName: { __rl: true, mode: 'name', value: 'Rated' },
	propertiesMode: 'fields',
	options: {},
};
const submission = (id: string, answers: IDataObject) => ({ submissionId: `of ${id}`, formId: 'GxdRaQ', id, answers });

describe('what was mapped and is empty', () => {
	const properties = fields(
		['Name', "={{ $json.answers['Your name'] }}"],
		['Last Rating', "={{ $json.answers['Rate us'] }}", 'number'],
		['Topics', '={{ $json.answers.Topics }}', 'array'],
		['Plan', '={{ $json.plan }}'],
	);
	const open = 'was not answered, or is not there any more';

	it('is said, property by property, and what is there goes out', async () => {
		const { records, json, hints } = await run({ ...profile, properties }, [
			submission('ada', { 'Your name': 'Ada' }),
			submission('bob', { 'Your name': '', 'Rate us': 0, Topics: [] }),
		]);
		expect(records.map(({ profileData }) => profileData)).toEqual([{ Name: 'Ada' }, { 'Last Rating': 0 }]);
		expect(json.map((item) => outcome(item).adjusted)).toEqual([
			[
				'"Last Rating" has no value: the question "Rate us" was not answered',
				'"Topics" has no value: the question "Topics" was not answered',
				'"Plan" has no value',
			],
			[
				'"Name" has no value: the question "Your name" was not answered',
				'"Topics" has no value',
				'"Plan" has no value',
			],
		]);
		expect(hints).toEqual([]);
	});

	it('is shown above the output where nothing is left: a question has another text now', async () => {
		const { json, hints } = await run({ ...profile, properties }, [
			submission('ada', { 'How do you rate us?': 5 }),
			submission('bob', { 'Your name': 'Bob', 'How do you rate us?': 5 }),
		]);
		expect(outcome(json[0]).adjusted).toContain(`"Last Rating" has no value: the question "Rate us" ${open}`);
		expect(hints).toEqual([
			{
				message:
					'None of the mapped properties had a value in 1 of 2 items, the first of them item 0. Look at "adjusted" in the output: if a question was given another text in the form, drag it in again.',
				type: 'warning',
				location: 'outputPane',
			},
		]);
	});

	it('is told from a question that there is no more, where the trigger includes what is unanswered', async () => {
		const { json } = await run({ ...profile, properties }, [
			submission('ada', { 'Your name': null, 'How do you rate us?': 5 }),
		]);
		expect(outcome(json[0]).adjusted).toEqual([
			'"Name" has no value: the question "Your name" was not answered',
			'"Last Rating" has no value: there is no question "Rate us"',
			'"Topics" has no value: there is no question "Topics"',
			'"Plan" has no value',
		]);
	});

	it('is said of an event and of the profile beside it, which both must be empty for a hint', async () => {
		const parameters = {
			...event,
			updateProfile: true,
			properties: fields(['Stars', '={{ $json.stars }}', 'number']),
			profileProperties: fields(['Plan', '={{ $json.plan }}']),
		};
		const { json, hints } = await run(parameters, [{ id: 'ada', plan: 'Team' }, { id: 'bob' }]);
		expect(json.map((item) => outcome(item).adjusted)).toEqual([
			['"Stars" has no value'],
			['"Stars" has no value', '"Plan" has no value'],
		]);
		expect(hints).toMatchObject([
			{ message: expect.stringContaining('in 1 of 2 items, the first of them item 1.') as string },
		]);
	});

	it('is said of JSON and of changes, too', async () => {
		const parameters = {
			...profile,
			propertiesMode: 'json',
			propertiesJson: '={{ { Plan: $json.plan, Seats: 0, Rows: { Speed: null } } }}',
			changes: { change: [{ property: 'Tags', kind: 'add', values: ['={{ $json.tag }}'] }] },
		};
		const { records, json, hints } = await run(parameters, [{ id: 'ada' }]);
		expect(records[0]?.profileData).toEqual({ Seats: 0 });
		expect(outcome(json[0]).adjusted).toEqual([
			'"Plan" has no value',
			'"Rows" has no value',
			'"Tags" was not changed: the change has no value',
		]);
		expect(hints).toEqual([]);
	});

	it('is no matter where nothing was mapped, nor where every field goes out', async () => {
		expect(await run(event, [{ id: 'ada' }])).toMatchObject({ hints: [] });
		const { json, hints } = await run({ ...event, propertiesMode: 'input' }, [{ id: 'ada', note: '' }]);
		expect([outcome(json[0]).adjusted, hints]).toEqual([undefined, []]);
	});

	it('is silent in version 1, whose output stays as it was', async () => {
		const { json, hints } = await run({ ...profile, properties }, [submission('ada', {})], { typeVersion: 1 });
		expect(json).toEqual([{ status: 'accepted', sent: 'profile', identity: 'ada' }]);
		expect(hints).toEqual([]);
	});
});

describe('what went out', () => {
	const rated = {
		...event,
		updateProfile: true,
		properties: fields(['Stars', '={{ $json.stars }}', 'number'], ['Rate us', '={{ $json.rows }}', 'object']),
		profileProperties: fields(['email', '={{ $json.mail }}']),
	};
	const ada = { id: 'ada', mail: 'ada@example.com', stars: 5, rows: { Speed: 'Good', Price: 'Bad' } };
	const records = [
		{ identity: 'ada', type: 'profile', profileData: { Email: 'ada@example.com' } },
		{
			identity: 'ada',
			type: 'event',
			evtName: 'Rated',
			evtData: { Stars: 5, 'Rate us - Speed': 'Good', 'Rate us - Price': 'Bad' },
		},
	];
	const adjusted = [
		'"Rate us" was taken apart into "Rate us - Speed", "Rate us - Price"',
		'"email" was sent as "Email"',
	];

	it('is shown by a dry run, which does not call it sent', async () => {
		const ran = await run({ ...rated, options: { dryRun: true } }, [ada]);
		expect(ran.queries).toEqual(['dryRun=1']);
		expect(outcome(ran.json[0])).toEqual({ status: 'valid', eventName: 'Rated', identity: 'ada', adjusted, records });
		expect(ran.records).toEqual(records);
	});

	it('is shown by a real run that is asked to', async () => {
		const shown = await run({ ...rated, options: { includeRecord: true } }, [ada]);
		expect(outcome(shown.json[0])).toEqual({
			status: 'accepted',
			sent: 'event and profile',
			eventName: 'Rated',
			identity: 'ada',
			adjusted,
			records,
		});
		expect(outcome((await run(rated, [ada])).json[0])).not.toHaveProperty('records');
	});

	it('is shown where CleverTap refused it, with what is stored all the same', async () => {
		const parameters = { ...rated, options: { includeRecord: true } };
		const bad = await run(parameters, [{ ...ada, id: 'bad' }], { onError: 'continueErrorOutput' });
		expect(bad.outputs[1]?.[0]?.json).toMatchObject({
			error: '513: The profile was updated, the event was not stored: No.',
			details: { status: 'refused', code: 513, sent: 'profile', records: bad.records },
		});
		const dry = await run({ ...rated, options: { dryRun: true } }, [{ ...ada, id: 'bad' }], {
			onError: 'continueErrorOutput',
		});
		expect(dry.outputs[1]?.[0]?.json.error).toBe('513: The profile is valid, the event is not: No.');
		expect(outcome(dry.outputs[1]?.[0]?.json)).not.toHaveProperty('sent');
	});

	it('nothing is called sent that never left', async () => {
		const lost = await run(rated, [{ id: '' }, { id: 'bad' }], { onError: 'continueErrorOutput' });
		expect(lost.outputs[1]?.map(({ json }) => outcome(json).sent)).toEqual([undefined, 'profile']);
		const event1 = await run({ ...rated, updateProfile: false }, [{ id: 'bad' }], { onError: 'continueErrorOutput' });
		expect(outcome(event1.outputs[1]?.[0]?.json)).toEqual({
			status: 'refused',
			code: 513,
			reason: 'No.',
			advice: 'Choose another "Event Name": this one belongs to CleverTap itself.',
			eventName: 'Rated',
			identity: 'bad',
			adjusted: ['"Stars" has no value', '"Rate us" has no value'],
		});
	});

	it('version 1 says what it always said', async () => {
		const options = { dryRun: true, includeRecord: true };
		const { json } = await run({ ...rated, options }, [ada, { ...ada, id: 'bad' }], {
			typeVersion: 1,
			onError: 'continueErrorOutput',
		});
		const before = ['"Rate us" was taken apart: one property for each of its fields', '"email" was sent as "Email"'];
		const said = { sent: 'event and profile', eventName: 'Rated', adjusted: before };
		expect(json).toEqual([
			{ ...said, status: 'valid', identity: 'ada' },
			expect.objectContaining({ id: 'bad', details: expect.objectContaining({ ...said, identity: 'bad' }) as object }),
		]);
	});
});

describe('an item goes on', () => {
	const row = { id: 'ada', row_number: 2, Plan: 'Team' };
	const said = { status: 'accepted', sent: 'profile', identity: 'ada' };
	const everything = { propertiesMode: 'input' };

	it('with its fields, and its outcome beside them', async () => {
		const { json } = await run({ ...profile, ...everything }, [row]);
		expect(json).toEqual([{ ...row, cleverTap: said }]);
		expect(schemaBreaks(NODE_FOLDER, 'profile', 'upsert', { cleverTap: json[0]?.cleverTap }, 'v2.0.0')).toEqual([]);
	});

	it('with its binary data, paired with the one it came from', async () => {
		const binary = { cv: { data: 'QQ==', mimeType: 'text/plain', fileName: 'cv.txt' } };
		const { outputs } = await run(profile, [row], { items: [{ json: row, binary }] });
		expect(outputs[0]).toMatchObject([{ json: row, binary: { cv: { fileName: 'cv.txt' } }, pairedItem: { item: 0 } }]);
	});

	it('as its outcome alone, if that is wanted', async () => {
		const { json } = await run({ ...profile, options: { output: 'outcome' } }, [row]);
		expect(json).toEqual([said]);
	});

	it('into the next CleverTap node: neither sends what a node has said, nor the number of a row', async () => {
		const first = await run({ ...profile, ...everything }, [row]);
		const second = await run({ ...event, ...everything }, first.json);
		expect([first.records, second.records].map(([record]) => record?.profileData ?? record?.evtData)).toEqual([
			{ id: 'ada', Plan: 'Team' },
			{ id: 'ada', Plan: 'Team' },
		]);
		expect(second.json).toEqual([{ ...row, cleverTap: { ...said, sent: 'event', eventName: 'Rated' } }]);
		expect(schemaBreaks(NODE_FOLDER, 'event', 'upload', { cleverTap: second.json[0]?.cleverTap }, 'v2.0.0')).toEqual(
			[],
		);
	});

	it('from the error output into the next CleverTap node, without the failure', async () => {
		const first = await run({ ...event, ...everything }, [{ ...row, id: 'bad' }], { onError: 'continueErrorOutput' });
		const failed = first.outputs[1]?.[0]?.json ?? {};
		expect(failed).toMatchObject({ ...row, id: 'bad', error: '513: No.', details: { status: 'refused' } });
		expect(failed).not.toHaveProperty('cleverTap');
		const second = await run({ ...profile, ...everything }, [failed]);
		expect(second.records[0]?.profileData).toEqual({ id: 'bad', Plan: 'Team' });
	});

	it('without the links to files, unless an option lets them out', async () => {
		const cv = { name: 'cv.pdf', url: 'https://files.example/cv.pdf?token=1', mimeType: 'application/pdf', size: 1 };
		const item = submission('ada', { Name: 'Ada', CV: [cv] });
		const { records, json } = await run({ ...profile, ...everything }, [item]);
		expect(records[0]?.profileData).toEqual({ Name: 'Ada' });
		expect(outcome(json[0]).adjusted).toEqual([
			'"CV" was left out: links to files go out with every field only if "Include File Links" is on',
		]);
		const wanted = await run({ ...profile, ...everything, options: { includeFileLinks: true } }, [item]);
		expect(wanted.records[0]?.profileData).toEqual({ Name: 'Ada', CV: { $set: [cv.url] } });
		const mapped = await run({ ...profile, properties: fields(['CV', '={{ $json.answers.CV }}', 'array']) }, [item]);
		expect(mapped.records[0]?.profileData).toEqual({ CV: { $set: [cv.url] } });
	});

	it.each([['continueErrorOutput'], ['continueRegularOutput'], [undefined]] as const)(
		'once, with a field "error" that it brought along, which n8n takes for a failure (%s)',
		async (onError) => {
			const item = { id: 'ada', error: 'Card declined', details: 'No. 7' };
			const { status, outputs, records } = await run(event, [item, { id: 'bob' }], { onError, tries: 4 });
			expect(status).toBe('success');
			expect(records.map(({ identity }) => identity)).toEqual(['ada', 'bob']);
			expect(outputs[0]?.map(({ json }) => json)).toMatchObject([item, { id: 'bob' }]);
			expect(outputs[1] ?? []).toEqual([]);
		},
	);

	it('as in 1.0.0 where the node is of version 1', async () => {
		const { json, records } = await run({ ...profile, ...everything }, [{ ...row, cleverTap: said }], {
			typeVersion: 1,
		});
		expect(json[0]).toMatchObject(said);
		expect(json[0]).not.toHaveProperty('cleverTap');
		expect(records[0]?.profileData).toMatchObject({ row_number: 2, 'cleverTap - status': 'accepted' });
	});
});

describe.each([1, 2])('a run by hand says what it has stored (version %i)', (typeVersion) => {
	const both = { ...event, updateProfile: true };
	const byHand = { typeVersion, mode: 'manual', onError: 'continueErrorOutput' } as const;
	const hint = (what: string) => ({
		message: `This run has stored ${what} in CleverTap. To try the node without storing anything, turn on its option "Dry Run".`,
		type: 'info',
		location: 'outputPane',
	});

	it.each<[string, INodeParameters, string[], object[]]>([
		['a profile', profile, ['ada'], [hint('1 profile')]],
		['events', event, ['ada', 'bob', 'bad'], [hint('2 events')]],
		['profiles of which one’s event was refused', both, ['ada', 'bad'], [hint('2 profiles and 1 event')]],
		['nothing, as all was refused', event, ['bad'], []],
		['nothing, as it was only checked', { ...both, options: { dryRun: true } }, ['ada'], []],
	])('%s', async (_, parameters, people, hints) => {
		const items = people.map((id) => ({ id }));
		expect((await run(parameters, items, byHand)).hints).toEqual(hints);
		expect((await run(parameters, items, { ...byHand, mode: 'trigger' })).hints).toEqual([]);
	});
});
