import { join } from 'node:path';

import nock from 'nock';
import type { IDataObject } from 'n8n-workflow';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { runNode, type NodeRun } from '../support/engine';
import { schemaBreaks } from '../support/outputSchema';

const NODE_FOLDER = join(__dirname, '../../nodes/CleverTap');
const credential = {
	type: new CleverTapAccountApi(),
	data: { accountId: 'TEST-1', passcode: 'open sesame', region: 'in1' },
};

/** What CleverTap got, each record of each request. */
function cleverTap(): IDataObject[] {
	const records: IDataObject[] = [];
	nock('https://in1.api.clevertap.com')
		.persist()
		.post(/.*/)
		.reply(200, (_uri, body) => {
			const { d } = body as { d: IDataObject[] };
			records.push(...d);
			return { status: 'success', processed: d.length, unprocessed: [] };
		});
	return records;
}

const run = async (parameters: NodeRun['parameters'], items: IDataObject[], typeVersion = 2) =>
	await runNode({
		node: new CleverTap(),
		typeVersion,
		credential,
		parameters,
		items: items.map((json) => ({ json })),
		onError: 'continueErrorOutput',
	});

const upsert = {
	resource: 'profile',
	operation: 'upsert',
	identifyBy: 'identity',
	identifier: '={{ $json.id }}',
	propertiesMode: 'input',
	options: {},
};
const upload = {
	resource: 'event',
	operation: 'upload',
	identifyBy: 'identity',
	identifier: '={{ $json.id }}',
	eventName: { __rl: true, mode: 'name', value: '={{ $json.event }}' },
	timestamp: '={{ $json.when }}',
	propertiesMode: 'json',
	propertiesJson: '={{ $json.data }}',
	options: {},
};

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
	nock.enableNetConnect();
	nock.restore();
});

it('profiles: several values of a list, and several changes of one property', async () => {
	const records = cleverTap();
	const changes = [
		{ property: 'Tags', kind: 'add', values: ['vip', '={{ $json.topics }}'] },
		{ property: 'Tags', kind: 'add', values: ['newsletter'] },
		{ property: 'Visits', kind: 'increase', value: '2' },
		{ property: 'Visits', kind: 'decrease', value: '={{ $json.less }}' },
		{ property: 'Interests', kind: 'set', values: '={{ $json.topics }}' },
		{ property: 'Old', kind: 'delete' },
	];
	await run({ ...upsert, propertiesMode: 'fields', changes: { change: changes } }, [
		{ id: 'ada', topics: ['Price', 'Fit, and finish'], less: 1 },
	]);
	expect(records.map(({ profileData }) => profileData)).toEqual([
		{
			Tags: { $add: ['vip', 'Price', 'Fit, and finish', 'newsletter'] },
			Visits: { $incr: 1 },
			Interests: { $set: ['Price', 'Fit, and finish'] },
			Old: { $delete: 1 },
		},
	]);
});

it('profiles: names of their texts alone, CleverTap’s own values, no address with blanks', async () => {
	const records = cleverTap();
	const { outputs } = await run(upsert, [
		{
			submissionId: 's',
			id: 'ada',
			answers: {
				'Budget ($)': '100',
				'Budget (%)': '20',
				email: ' ada@example.com\u200b',
				phone: '+44 (0)20 7946 0958',
				Gender: 'Female',
				Employed: 'Yes',
				'MSG-email': 'FALSE',
				DOB: '8 June 1955',
			},
		},
		{ submissionId: 's', id: 'bob', answers: { 'Budget (%)': '30', DOB: '03/04/1990' } },
	]);

	expect(records.map(({ profileData }) => profileData)).toEqual([
		{
			'Budget (﹩)': '100',
			'Budget (﹪)': '20',
			Email: 'ada@example.com',
			Phone: '+442079460958',
			Gender: 'F',
			Employed: 'Y',
			'MSG-email': false,
			DOB: '$D_-459734400',
		},
		{ 'Budget (﹪)': '30' },
	]);
	const [accepted = []] = outputs;
	expect((accepted[1]?.json.cleverTap as IDataObject).adjusted).toEqual([
		'"Budget (%)" was sent as "Budget (﹪)"',
		'"DOB" was left out: it is not a valid date. Write it as 1990-03-05.',
	]);
	for (const { json } of accepted) {
		expect(schemaBreaks(NODE_FOLDER, 'profile', 'upsert', { cleverTap: json.cleverTap }, 'v2.0.0')).toEqual([]);
	}
});

it('profiles of version 1 keep their names', async () => {
	const records = cleverTap();
	await run(upsert, [{ submissionId: 's', id: 'ada', answers: { 'Budget ($)': '100', 'Budget (%)': '20' } }], 1);
	expect(records[0]?.profileData).toEqual({ 'Budget ()': '100', 'Budget () (2)': '20' });
});

it.each([1, 2])(
	'users and times that are none are refused, and nothing of them is shown (version %i)',
	async (version) => {
		const records = cleverTap();
		const good = { id: 'ada', event: 'Rated', when: '', data: {} };
		const { outputs } = await run(
			upload,
			[
				{ ...good, id: '\u200bada@example.com', when: 'Mon, 09 Feb 2026 10:00:00 GMT', event: 404 },
				{ ...good, id: Number('9007199254740993') },
				{ ...good, id: '#N/A' },
				{ ...good, id: '9.2E+11' },
				{ ...good, id: 'null' },
				{ ...good, id: '{{ Profile.Identity }}' },
				{ ...good, when: 46205 },
				{ ...good, when: '2026' },
				{ ...good, when: '<a href=//evil.example>Click</a>' },
			],
			version,
		);

		expect(records).toEqual([
			{ identity: 'ada@example.com', ts: 1_770_631_200, type: 'event', evtName: '404', evtData: {} },
		]);
		const errors = (outputs[1] ?? []).map(({ json }) => json.error);
		expect(errors).toEqual([
			'"Identifier" is not an identity: it is too long for a number, whose last digits are lost',
			'"Identifier" is not an identity: it is an error of a spreadsheet',
			'"Identifier" is not an identity: it is a number of which a spreadsheet kept only the first digits',
			'"Identifier" is not an identity: it says that there is no identity',
			'"Identifier" is not an identity: it is a template that was not filled in',
			'"Timestamp" is not a valid date: a number such as a spreadsheet’s day number',
			'"Timestamp" is not a valid date: a year',
			'"Timestamp" is not a valid date: text',
		]);
	},
);

it('events: whole links, and Charged whatever its case', async () => {
	const records = cleverTap();
	const link = (sign: string) => `https://a.example/${sign.repeat(283)}`;
	const file = (sign: string) => ({ name: 'a.pdf', url: link(sign), mimeType: 'application/pdf', size: 1 });
	const { outputs } = await run(upload, [
		{ id: 'ada', event: 'Paid', data: { Receipts: [file('a'), file('b')] } },
		{ id: 'ada', event: 'charged', data: { Amount: '1,234.50', Items: '[{"SKU":"a"}]' } },
	]);
	expect(records).toMatchObject([
		{ evtName: 'Paid', evtData: { Receipts: link('a') } },
		{ evtName: 'Charged', evtData: { Amount: 1234.5, Items: [{ SKU: 'a' }] } },
	]);
	expect((outputs[0]?.[0]?.json.cleverTap as IDataObject).adjusted).toContain(
		'"Receipts" was sent without 1 of its 2 values: there was no room',
	);
});

it.each([1, 2])('"Dry Run" by an expression that gives the text false stores (version %i)', async (version) => {
	const queries: string[] = [];
	nock('https://in1.api.clevertap.com')
		.persist()
		.post(/.*/)
		.reply(200, (uri) => {
			queries.push(uri);
			return { status: 'success', processed: 1, unprocessed: [] };
		});
	const dry = (text: string) => ({ ...upsert, options: { dryRun: `={{ "${text}" }}` } });
	const { outputs } = await run(dry('false'), [{ id: 'ada' }], version);
	const { json = {} } = outputs[0]?.[0] ?? {};
	expect(((json.cleverTap ?? json) as IDataObject).status).toBe('accepted');
	await run(dry('yes'), [{ id: 'ada' }], version);
	await run(dry('perhaps'), [{ id: 'ada' }], version);
	expect(queries).toEqual(['/1/upload', '/1/upload?dryRun=1']);
});

it('numbers of upkeep are the profile’s', async () => {
	const records = cleverTap();
	const subscribe = { resource: 'profile', operation: 'subscribe', channel: 'phone', value: '={{ $json.phone }}' };
	const { outputs } = await run({ ...subscribe, status: 'Unsubscribe' }, [{ phone: '+1 (415) 555-0123' }]);
	expect(records).toEqual([{ type: 'phone', value: '+14155550123', status: 'Unsubscribe' }]);
	const { json = {} } = outputs[0]?.[0] ?? {};
	expect(json.adjusted).toEqual(['"Address or Number" was written the way CleverTap takes it']);
	expect(schemaBreaks(NODE_FOLDER, 'profile', 'subscribe', json, 'v2.0.0')).toEqual([]);
});

it('one bad value need not cost the lead', async () => {
	const records = cleverTap();
	const options = { onBadStandardProperty: 'leaveOut' };
	await run({ ...upsert, options }, [{ id: 'ada', Phone: '0477 47 47 47', Email: 'nobody', Plan: 'Team' }]);
	expect(records[0]?.profileData).toEqual({ id: 'ada', Plan: 'Team' });
});

it.each([1, 2])('what stands for nobody is no user and no key (version %i)', async (version) => {
	const records = cleverTap();
	const once = { ...upload, options: { uploadOnceKey: '={{ $json.key }}' } };
	const { outputs } = await run(
		once,
		[
			{ id: '%7B%7BProfile.Identity%7D%7D', event: 'Rated', data: {}, key: 'a' },
			{ id: '00000000-0000-0000-0000-000000000000', event: 'Rated', data: {}, key: 'b' },
			{ id: '＃N/A', event: 'Rated', data: {}, key: 'c' },
			{ id: 'ada', event: 'Rated', data: {}, key: 'undefined' },
			{ id: 'bob', event: 'Rated', data: {}, key: '#REF!' },
			{ id: 'eve', event: 'Rated', data: {}, key: '{{ submission.id }}' },
		],
		version,
	);
	expect(records).toEqual([]);
	const errors = (outputs[1] ?? []).map(({ json }) => json.error);
	expect(errors.slice(0, 3)).toEqual(Array(3).fill(expect.stringMatching(/^"Identifier" is not an identity/)));
	expect(errors.slice(3)).toEqual(Array(3).fill(expect.stringMatching(/^"Upload Once Key" tells nothing apart/)));

	await run(upload, [{ id: 'N/A-17', event: 'Rated', data: {}, when: '9. Februar 2026 um 10:00 Uhr' }], version);
	expect(records).toMatchObject([{ identity: 'N/A-17', ts: 1_770_631_200 }]);
});

it('addresses, words and dates as sheets and address books have them', async () => {
	const records = cleverTap();
	await run(upsert, [
		{
			submissionId: 's',
			id: 'ada',
			answers: {
				Email: 'Ada <ada@example.com>',
				Phone: '(+49) 151 23456789',
				'MSG-email': 'ЛОЖЬ',
				DOB: '1990年3月5日',
				'What’s new?': 'b',
			},
		},
		{ submissionId: 's', id: 'bob', answers: { DOB: '1899-12-30', "What's new?": 'a' } },
	]);
	expect(records.map(({ profileData }) => profileData)).toEqual([
		{
			Email: 'ada@example.com',
			Phone: '+4915123456789',
			'MSG-email': false,
			DOB: '$D_636595200',
			'What’s new?': 'b',
		},
		{ 'What’s new?': 'a' },
	]);
});

it('addresses of upkeep are the profile’s', async () => {
	const records = cleverTap();
	const subscribe = { resource: 'profile', operation: 'subscribe', channel: 'email', value: '={{ $json.email }}' };
	await run({ ...subscribe, status: 'Unsubscribe' }, [{ email: 'mailto:ada@example.com' }]);
	await run({ ...subscribe, status: 'Unsubscribe' }, [{ email: 'mailto:ada@example.com' }], 1);
	expect(records.map(({ value }) => value)).toEqual(['ada@example.com', 'mailto:ada@example.com']);
});

it('one item of Charged, with an amount in local money', async () => {
	const records = cleverTap();
	await run(upload, [{ id: 'ada', event: 'CHARGED', data: { amount: 'R$ 12,50', items: { SKU: 'a' } } }]);
	expect(records).toMatchObject([{ evtName: 'Charged', evtData: { Amount: 12.5, Items: [{ SKU: 'a' }] } }]);
});
