import type { IDataObject } from 'n8n-workflow';

import { outcomeOf, refusal, type Given, type Sent } from '../../../support/cleverTapOperation';

const LONG = 'x'.repeat(513);
const PICK = 'Choose it from the list, or let its expression give one of these.';
const FILL_IN = 'Map a field that every item fills in, or filter out the items that lack it before this node.';

const fields = (values: Record<string, unknown>) => ({
	assignments: Object.entries(values).map(([name, value]) => ({
		name,
		value,
		type: Array.isArray(value) ? 'array' : typeof value,
	})),
});
const rated = { eventName: 'Rated', identifier: 'ada' };
const ofEvent = (evtData: object, more: object = { identity: 'ada' }) => ({
	...more,
	type: 'event',
	evtName: 'Rated',
	evtData,
});
const ofProfile = (profileData: object, more: object = { identity: 'ada' }) => ({
	...more,
	type: 'profile',
	profileData,
});
const upload = (...d: object[]): Sent[] => [['POST /1/upload', { d }]];
const event = { status: 'accepted', sent: 'event', eventName: 'Rated', identity: 'ada' };
const both = { ...event, sent: 'event and profile' };
const profile = { status: 'accepted', sent: 'profile', identity: 'ada' };

it.each<[string, Given, Sent[], IDataObject]>([
	[
		'who, what, when and more of it',
		{
			...rated,
			identifier: ' ada ',
			timestamp: '2026-02-09T10:00:00Z',
			properties: fields({ Stars: 5, Text: 'Good' }),
		},
		upload(ofEvent({ Stars: 5, Text: 'Good' }, { identity: 'ada', ts: 1770631200 })),
		event,
	],
	[
		'by another identifier, of something that happened in a list of events',
		{ identifyBy: 'objectId', identifier: 7, eventName: { __rl: true, mode: 'list', value: 'Rated' } },
		upload(ofEvent({}, { objectId: '7' })),
		{ status: 'accepted', sent: 'event', eventName: 'Rated', objectId: '7' },
	],
	[
		'under a name that CleverTap takes',
		{ ...rated, eventName: 'Ra:ted' },
		upload(ofEvent({})),
		{ ...event, adjusted: ['The event was sent as "Rated"'] },
	],
	[
		'with its lists as texts',
		{
			...rated,
			propertiesMode: 'json',
			propertiesJson: { '#': ['a', 'b'], Items: [{ SKU: 'a' }] },
			options: { listSeparator: '; ' },
		},
		upload(ofEvent({ '#': 'a; b', Items: '{"SKU":"a"}' })),
		{ ...event, adjusted: ['"#" was joined into one text', '"Items" holds objects, which were written as JSON'] },
	],
	[
		'and what was charged',
		{
			...rated,
			eventName: 'Charged',
			propertiesMode: 'json',
			propertiesJson: { Amount: 7, Items: [{ SKU: 'a' }], Tags: ['a', 'b'] },
			options: { listSeparator: '; ' },
		},
		upload({ ...ofEvent({ Amount: 7, Items: [{ SKU: 'a' }], Tags: 'a; b' }), evtName: 'Charged' }),
		{ ...event, eventName: 'Charged', adjusted: ['"Tags" was joined into one text'] },
	],
	[
		'and not the profile',
		{ ...rated, updateProfile: false, profileProperties: fields({ Plan: 'Team' }) },
		upload(ofEvent({})),
		event,
	],
	[
		'and of the user, at the same time',
		{
			...rated,
			timestamp: 1770631200,
			updateProfile: true,
			profileProperties: fields({ email: 'a@b.example', Tags: ['a', 'b'] }),
		},
		upload(
			ofProfile({ Email: 'a@b.example', Tags: { $set: ['a', 'b'] } }, { identity: 'ada', ts: 1770631200 }),
			ofEvent({}, { identity: 'ada', ts: 1770631200 }),
		),
		{ ...both, adjusted: ['"email" was sent as "Email"'] },
	],
	[
		'with everything that had to change',
		{
			...rated,
			eventName: 'Ra:ted',
			properties: fields({ 'a:': 1 }),
			updateProfile: true,
			profileProperties: fields({ '#b': 2 }),
		},
		upload(ofProfile({ b: 2 }), ofEvent({ a: 1 })),
		{ ...both, adjusted: ['The event was sent as "Rated"', '"a:" was sent as "a"', '"#b" was sent as "b"'] },
	],
	[
		'with names as they are',
		{
			...rated,
			properties: fields({ email: 'e' }),
			updateProfile: true,
			profileProperties: fields({ email: 'e' }),
			options: { matchStandardProperties: false },
		},
		upload(ofProfile({ email: 'e' }), ofEvent({ email: 'e' })),
		both,
	],
	[
		'with its dates',
		{
			...rated,
			properties: fields({ Due: '2026-02-09' }),
			updateProfile: true,
			profileProperties: fields({ Due: '2026-02-09' }),
			options: { dateProperties: 'Due' },
		},
		upload(ofProfile({ Due: '$D_1770595200' }), ofEvent({ Due: '$D_1770595200' })),
		both,
	],
	[
		'to have it checked only',
		{ ...rated, options: { dryRun: true } },
		[['POST /1/upload?dryRun=1', { d: [ofEvent({})] }]],
		{ ...event, status: 'valid' },
	],
])('an event goes out: %s', async (_what, given, sent, item) => {
	expect(await outcomeOf(['event', 'upload'], [given])).toEqual({ sent, items: [item] });
});

it.each<[string, Given, Sent[], IDataObject]>([
	[
		'who, what and when',
		{
			identifier: ' ada ',
			timestamp: '2026-02-09T10:00:00Z',
			properties: fields({ email: 'a@b.example', Tags: ['a', 'b'] }),
		},
		upload(ofProfile({ Email: 'a@b.example', Tags: { $set: ['a', 'b'] } }, { identity: 'ada', ts: 1770631200 })),
		{ ...profile, adjusted: ['"email" was sent as "Email"'] },
	],
	[
		'without a change, as another program may write it',
		{ identifier: 'ada', changes: { change: null } },
		upload(ofProfile({})),
		profile,
	],
	[
		'by another identifier',
		{ identifyBy: 'FBID', identifier: 7 },
		upload(ofProfile({}, { FBID: '7' })),
		{ status: 'accepted', sent: 'profile', FBID: '7' },
	],
	[
		'with changes, which count more than what is set',
		{
			identifier: 'ada',
			properties: fields({ Plan: 'Team', Visits: 7, 'a:': 1 }),
			changes: {
				change: [
					{ property: 'Visits', kind: 'increase', value: 2 },
					{ property: 'Tags', value: 'vip' },
				],
			},
		},
		upload(ofProfile({ Plan: 'Team', a: 1, Visits: { $incr: 2 }, Tags: { $add: ['vip'] } })),
		{
			...profile,
			adjusted: ['"Visits" was changed as "List and Number Changes" says, not set', '"a:" was sent as "a"'],
		},
	],
	[
		'in CleverTap’s own form',
		{ identifier: 'ada', propertiesMode: 'json', propertiesJson: '{"Visits": {"$incr": 1}}' },
		upload(ofProfile({ Visits: { $incr: 1 } })),
		profile,
	],
	[
		'with names as they are',
		{ identifier: 'ada', properties: fields({ email: 'e' }), options: { matchStandardProperties: false } },
		upload(ofProfile({ email: 'e' })),
		profile,
	],
	[
		'with its dates',
		{ identifier: 'ada', properties: fields({ Due: '2026-02-09' }), options: { dateProperties: 'Due' } },
		upload(ofProfile({ Due: '$D_1770595200' })),
		profile,
	],
	[
		'to have it checked only',
		{ identifier: 'ada', options: { dryRun: true } },
		[['POST /1/upload?dryRun=1', { d: [ofProfile({})] }]],
		{ ...profile, status: 'valid' },
	],
])('a profile goes out: %s', async (_what, given, sent, item) => {
	expect(await outcomeOf(['profile', 'upsert'], [given])).toEqual({ sent, items: [item] });
});

const noDate = refusal(
	'"Timestamp" is not a valid date: text',
	'Use an ISO date such as 2026-02-09T10:00:00Z, or UNIX seconds; a smaller number may be a year or a spreadsheet’s day number, which are no times. Leave it empty for the time of arrival.',
);
const tooLong = refusal('"Text" takes 513 bytes; CleverTap holds 512', 'Shorten it, or let "When Too Long" do so.');
const unnamed = (field: string) => refusal('A property has a value but no name', `Give it a name in "${field}".`);
const OF_BOTH: Array<[string, object, IDataObject]> = [
	['Identifier (nothing)', { identifier: '' }, refusal('"Identifier" is empty', FILL_IN)],
	['Identifier (no text)', { identifier: [] }, refusal('"Identifier" is neither text nor a number', FILL_IN)],
	[
		'Identify User By',
		{ identifyBy: 'email' },
		refusal('"Identify User By" must be identity, objectId, FBID or GPID', PICK),
	],
	['Timestamp', { timestamp: 'soon' }, noDate],
	['Properties (no name)', { properties: fields({ '': 'a' }) }, unnamed('Properties')],
	['Properties (too long)', { properties: fields({ Text: LONG }) }, tooLong],
	[
		'Properties (JSON)',
		{ propertiesMode: 'json', propertiesJson: '[]' },
		refusal('"Properties (JSON)" is not an object', 'Write it as {"Name": "Ada"}: names and values in braces.'),
	],
];
const OF_EVENTS: Array<[string, object, IDataObject]> = [
	['Event Name (nothing)', { eventName: ' ' }, refusal('"Event Name" is empty', 'Fill in "Event Name" for this item.')],
	[
		'Event Name (not for us)',
		{ eventName: 'Stayed' },
		refusal(
			'"Stayed" is an event of CleverTap’s own',
			'Choose another "Event Name": this one belongs to CleverTap itself.',
		),
	],
	[
		'Items',
		{ eventName: 'Charged', propertiesMode: 'json', propertiesJson: { Items: [{ Text: LONG }] } },
		refusal('In "Items": "Text" takes 513 bytes; CleverTap holds 512', 'Shorten it, or let "When Too Long" do so.'),
	],
	[
		'Profile Properties (no name)',
		{ updateProfile: true, profileProperties: fields({ '': 'a' }) },
		unnamed('Profile Properties'),
	],
	['Profile Properties (too long)', { updateProfile: true, profileProperties: fields({ Text: LONG }) }, tooLong],
	[
		'Upload Once Key',
		{ 'options.uploadOnceKey': '' },
		refusal(
			'"Upload Once Key" is empty',
			'Map a field that tells one submission from another, such as submissionId, or remove the option.',
		),
	],
];
const OF_PROFILES: Array<[string, object, IDataObject]> = [
	[
		'List and Number Changes',
		{ changes: { change: [{ property: 'Visits', kind: 'increase', value: 'x' }] } },
		refusal(
			'The value for "Visits" in "List and Number Changes" is not a number greater than 0',
			'Correct the number, or choose another change.',
		),
	],
];

it.each([...OF_BOTH, ...OF_EVENTS])(
	'an unusable %s keeps the event back, and no other one',
	async (_field, given, item) => {
		const options = { onTooLong: 'refuse', uploadOnceKey: '' };
		const good = (identifier: string) => ({ ...rated, identifier, options, 'options.uploadOnceKey': identifier });
		const { sent, items } = await outcomeOf(
			['event', 'upload'],
			[{ ...good('eve'), ...given }, good('ada'), good('bob')],
		);
		expect(sent).toEqual(upload(ofEvent({}), ofEvent({}, { identity: 'bob' })));
		expect(items).toEqual([item, event, { ...event, identity: 'bob' }]);
	},
);

it.each([...OF_BOTH, ...OF_PROFILES])(
	'an unusable %s keeps the profile back, and no other one',
	async (_field, given, item) => {
		const good = (identifier: string) => ({ identifier, options: { onTooLong: 'refuse' } });
		const { sent, items } = await outcomeOf(
			['profile', 'upsert'],
			[{ ...good('eve'), ...given }, good('ada'), good('bob')],
		);
		expect(sent).toEqual(upload(ofProfile({}), ofProfile({}, { identity: 'bob' })));
		expect(items).toEqual([item, profile, { ...profile, identity: 'bob' }]);
	},
);

it('the same key makes one event of two', async () => {
	const once = (uploadOnceKey: string) => ({
		...rated,
		options: { uploadOnceKey },
		'options.uploadOnceKey': uploadOnceKey,
	});
	const { sent, items } = await outcomeOf(['event', 'upload'], [once('k'), once('k'), once('l')]);
	expect(sent).toEqual(upload(ofEvent({}), ofEvent({})));
	const skipped = { status: 'skipped', reason: 'Another item of this run has the same Upload Once key' };
	expect(items).toEqual([event, { ...event, ...skipped }, event]);
});

it.each([
	['event', 'upload'],
	['profile', 'upsert'],
])('%s %s: one user’s records keep their order', async (resource, operation) => {
	const options = { batchSize: 1, concurrency: 15 };
	const given = ['ada', 'bob', 'ada', 'eve'].map((identifier) => ({ ...rated, identifier, options }));
	const { sent } = await outcomeOf([resource, operation], given);
	expect(sent.map(([, body]) => body)).toMatchObject(
		['ada', 'bob', 'ada', 'eve'].map((identity) => ({ d: [{ identity }] })),
	);
});
