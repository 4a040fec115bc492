import nock from 'nock';
import type { IDataObject, ILoadOptionsFunctions, INodeParameters, ResourceMapperField } from 'n8n-workflow';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { getProfileProperties } from '../../nodes/CleverTap/listSearch/profileProperties';
import { runNode } from '../support/engine';

const credential = {
	type: new CleverTapAccountApi(),
	data: { accountId: 'TEST-1', passcode: 'open sesame', region: 'in1' },
};

/** Runs the node as a new one is, and tells what CleverTap got. */
async function run(parameters: INodeParameters, items: IDataObject[], typeVersion = 2) {
	const records: IDataObject[] = [];
	nock('https://in1.api.clevertap.com')
		.post(/^\/1\/upload/)
		.reply(200, (_uri, body) => {
			records.push(...(body as { d: IDataObject[] }).d);
			return { status: 'success', processed: records.length, unprocessed: [] };
		});
	const { outputs, hints, error } = await runNode({
		node: new CleverTap(),
		typeVersion,
		credential,
		parameters: { resource: 'profile', operation: 'upsert', identifier: '={{ $json.submissionId }}', ...parameters },
		items: items.map((json) => ({ json })),
	});
	return {
		profiles: records.map(({ profileData }) => profileData),
		outcomes: (outputs[0] ?? []).map(({ json }) => json.cleverTap as IDataObject),
		hints: hints.map(({ message }) => message),
		error,
	};
}

let standard: ResourceMapperField[];

/** As the editor stores it: a value for each property that has one, and all that can be mapped. */
const mapOf = (value: Record<string, string | boolean | number>, own: readonly string[] = []): INodeParameters => ({
	propertiesMap: {
		mappingMode: 'defineBelow',
		value,
		matchingColumns: [],
		schema: [...standard, ...own.map((id) => ({ ...standard[0], id, displayName: id }))] as unknown as IDataObject[],
		attemptToConvertTypes: false,
		convertFieldsToString: false,
	} as unknown as INodeParameters,
});

const answered = (id: string, answers: IDataObject): IDataObject => ({ submissionId: id, formId: 'f', answers });
const ada = answered('ada', {
	"What's your name?": 'Ada Example',
	'Your email': 'Ada <ada@example.com>',
	Phone: '+44 (0)20 7946 0958',
	'Date of birth': '1990-03-05',
	Gender: 'Female',
	'Your age': '34.0',
	'Rate us': 5,
	Topics: ['Price', 'Service'],
	'Budget ($)': '100',
});

beforeAll(async () => {
	nock.disableNetConnect();
	const nobody = { getNode: () => ({}), getCredentials: () => Promise.reject(new Error('no credential')) };
	standard = (await getProfileProperties.call(nobody as unknown as ILoadOptionsFunctions)).fields;
});
afterEach(() => nock.cleanAll());
afterAll(() => {
	nock.enableNetConnect();
	nock.restore();
});

it('a new node maps: answers go out under CleverTap’s names, in CleverTap’s form', async () => {
	const map = mapOf(
		{
			Name: "={{ $json.answers['What\\'s your name?'] }}",
			Email: "={{ $json.answers['Your email'] }}",
			Phone: '={{ $json.answers.Phone }}',
			DOB: "={{ $json.answers['Date of birth'] }}",
			Gender: '={{ $json.answers.Gender }}',
			Age: "={{ $json.answers['Your age'] }}",
			'Rate us': "={{ $json.answers['Rate us'] }}",
			Topics: '={{ $json.answers.Topics }}',
			'Budget (﹩)': "={{ $json.answers['Budget ($)'] }}",
			'It’s "fine" [1] ․': "={{ $json.answers['Rate us'] + 1 }}",
			'MSG-email': false,
			Plan: 'Team',
		},
		['Rate us', 'Topics', 'Budget (﹩)', 'Plan'],
	);
	const { profiles, hints } = await run(map, [ada]);
	expect(profiles).toEqual([
		{
			Name: 'Ada Example',
			Email: 'ada@example.com',
			Phone: '+442079460958',
			DOB: '$D_636595200',
			Gender: 'F',
			Age: '34',
			'Rate us': 5,
			Topics: { $set: ['Price', 'Service'] },
			'Budget (﹩)': '100',
			'It’s ʺfineʺ [1] ․': 6,
			'MSG-email': false,
			Plan: 'Team',
		},
	]);
	expect(hints).toEqual([]);
});

it('what is picked or typed into a field of its own is nothing that had to be changed', async () => {
	const { profiles, outcomes } = await run(
		mapOf({ 'MSG-email': true, Gender: 'F', Age: 34, DOB: '1990-03-05T00:00:00' }),
		[ada],
	);
	expect(profiles).toEqual([{ 'MSG-email': true, Gender: 'F', Age: 34, DOB: '$D_636595200' }]);
	expect(outcomes[0]).not.toHaveProperty('adjusted');
});

it('a value that is no choice of the list is CleverTap’s to judge, not the editor’s', async () => {
	const { profiles, error } = await run(mapOf({ Gender: '={{ $json.answers.g }}', Age: '={{ $json.answers.a }}' }), [
		answered('bob', { g: 'divers', a: 'old' }),
	]);
	expect([profiles, error]).toEqual([[{ Gender: 'divers', Age: 'old' }], undefined]);
});

it('a question that is not there any more is told', async () => {
	const { profiles, outcomes, hints } = await run(mapOf({ Email: "={{ $json.answers['Your mail'] }}" }), [ada]);
	expect(profiles).toEqual([{}]);
	expect(outcomes[0]?.adjusted).toEqual([
		'"Email" has no value: the question "Your mail" was not answered, or is not there any more',
	]);
	expect(hints).toEqual([expect.stringContaining('None of the mapped properties had a value.')]);
});

it('new properties stand beside those that CleverTap has', async () => {
	const properties = {
		assignments: [{ id: '1', name: "answers['Rate us']", value: "={{ $json.answers['Rate us'] }}", type: 'number' }],
	};
	const { profiles } = await run({ ...mapOf({ Plan: 'Team' }, ['Plan']), properties }, [ada]);
	expect(profiles).toEqual([{ Plan: 'Team', 'Rate us': 5 }]);
});

it('automatic matching sends what is called as a property is, and nothing else', async () => {
	const { propertiesMap } = mapOf({}, ['Budget (﹩)', 'Rate us']);
	const map = { propertiesMap: { ...(propertiesMap as object), mappingMode: 'autoMapInputData', value: null } };
	const { profiles } = await run(map, [ada, answered('bob', { EMAIL: 'bob@example.com', 'Rate us': 0 })]);
	expect(profiles).toEqual([
		{ Phone: '+442079460958', Gender: 'F', 'Rate us': 5, 'Budget (﹩)': '100' },
		{ Email: 'bob@example.com', 'Rate us': 0 },
	]);
});

it('a node of version 1 has the fields, which its workflow does not store', async () => {
	const properties = { assignments: [{ id: '1', name: 'Plan', value: 'Team', type: 'string' }] };
	expect((await run({ properties }, [ada], 1)).profiles).toEqual([{ Plan: 'Team' }]);
});

describe('an address that goes out under its question', () => {
	const properties = {
		assignments: [
			{ id: '1', name: "answers['Your email']", value: "={{ $json.answers['Your email'] }}", type: 'string' },
		],
	};
	const said = (where = '') =>
		`Neither Email nor Phone is set${where}, and "Your email" holds what looks like an email address. CleverTap writes to Email and Phone only: map it to Email.`;
	const people = [answered('ada', { 'Your email': 'ada@example.com' }), answered('bob', { 'Your email': 'none' })];

	it.each([
		['in all items', people.slice(0, 1), said()],
		['in some items', people, said(' in 1 of 2 items, the first of them item 0')],
	])('is told above the output, %s', async (_name, items, hint) => {
		const given = { propertiesMode: 'fields', properties };
		expect((await run(given, items)).hints).toEqual([hint]);
		expect((await run({ ...given, options: { dryRun: true } }, items)).hints).toEqual([hint]);
	});

	it('is told of the profile that an event updates, and of no event alone', async () => {
		const event = { resource: 'event', operation: 'upload', eventName: { __rl: true, mode: 'name', value: 'Rated' } };
		const items = people.slice(0, 1);
		const given = { ...event, updateProfile: true, profileProperties: properties };
		expect((await run(given, items)).hints).toEqual([said()]);
		expect((await run({ ...event, properties }, items)).hints).toEqual([]);
	});

	it('is fine beside the one that is mapped to Email', async () => {
		const given = { ...mapOf({ Email: "={{ $json.answers['Your email'] }}" }), properties };
		expect((await run(given, people.slice(0, 1))).hints).toEqual([]);
	});
});
