import type { IDataObject } from 'n8n-workflow';

import { outcomeOf, Refusal, refusal, type Given, type Sent } from '../../../support/cleverTapOperation';

const ada = {
	identity: 'ada',
	name: 'Ada',
	phone: 4930123,
	profileData: { Plan: 'Team' },
	events: { Charged: { count: 2, first_seen: 0, last_seen: 60 } },
	platformInfo: [{ platform: 'iOS', objectId: '-1a06', push_token: 'token' }],
};
/** Ada without the names that CleverTap gives things, and without the token of her phone. */
const simpleAda = {
	identity: 'ada',
	name: 'Ada',
	phone: '4930123',
	objectIds: ['-1a06'],
	profileData: { Plan: 'Team' },
	events: [{ name: 'Charged', count: 2, firstSeen: '1970-01-01T00:00:00.000Z', lastSeen: '1970-01-01T00:01:00.000Z' }],
};
const found = { status: 'success', record: ada };
const cursor = { status: 'success', cursor: 'c%2B1' };
const pageOf = (...records: object[]) => ({ status: 'success', records });

const charged = { eventName: 'Charged', from: '2026-01-01', to: '2026-01-31' };
const query = { event_name: 'Charged', from: 20260101, to: 20260131 };
const purchase = { profile: { identity: 'ada', platform: 'iOS' }, ts: 20260109100000, event_props: { Amount: 7 } };
const simplePurchase = {
	eventName: 'Charged',
	identity: 'ada',
	platform: 'iOS',
	ts: 20260109100000,
	localTime: '2026-01-09T10:00:00',
	properties: { Amount: 7 },
	session: {},
};

const noFrom = refusal('"From" is empty', 'Use a date, or a day as YYYYMMDD such as 20260228.');
const said = (reason: string, advice: string): IDataObject => ({
	error: `400: ${reason}`,
	details: { status: 'refused', code: 400, reason, advice },
});
const LOOK_UP = 'Look the text up in CleverTap’s documentation of API errors and correct what the node asks for.';

/** Start and first page of a list. */
const list = (path: string, flags: string, body: object): Sent[] => [
	[`POST ${path}?batch_size=${flags}`, body],
	[`GET ${path}?cursor=c%2B1`],
];

it.each<[string, string, Given[], unknown[], Sent[], IDataObject[]]>([
	[
		'profile get',
		'finds a user by each of three, simplified unless told otherwise',
		[
			{ identifier: ' ada+1 ' },
			{ identifyBy: 'email', identifier: 'a@b.example', simplify: true },
			{ identifyBy: 'objectId', identifier: 7, simplify: false },
		],
		[found, found, found],
		[
			['GET /1/profile.json?identity=ada%2B1'],
			['GET /1/profile.json?email=a%40b.example'],
			['GET /1/profile.json?objectId=7'],
		],
		[
			{ found: true, ...simpleAda },
			{ found: true, ...simpleAda },
			{ found: true, ...ada },
		],
	],
	[
		'profile get',
		'says who is not found, or fails, as it is told',
		[
			{ identifier: 'bob' },
			{ identifyBy: 'email', identifier: 'b@b.example', options: { onNotFound: 'output' } },
			{ identifyBy: 'objectId', identifier: 'bob', options: { onNotFound: 'fail' } },
		],
		[],
		[
			['GET /1/profile.json?identity=bob'],
			['GET /1/profile.json?email=b%40b.example'],
			['GET /1/profile.json?objectId=bob'],
		],
		[
			{ found: false, identity: 'bob' },
			{ found: false, email: 'b@b.example' },
			refusal('CleverTap knows no user with this objectId', 'Check the identifier, or set "When Not Found".'),
		],
	],
	[
		'profile get',
		'asks for nobody where nobody is named, and goes on after a refusal',
		[{}, { identifyBy: 'phone', identifier: '+1' }, { identifier: 'eve' }, { identifier: 'ada' }],
		[new Refusal(400, 'Bad identity'), found],
		[['GET /1/profile.json?identity=eve'], ['GET /1/profile.json?identity=ada']],
		[
			refusal(
				'"Identifier" is empty',
				'Map a field that every item fills in, or filter out the items that lack it before this node.',
			),
			refusal('CleverTap can’t find a user that way', 'Choose one of identity, email, objectId in "Find User By".'),
			said('Bad identity', LOOK_UP),
			{ found: true, ...simpleAda },
		],
	],
	[
		'profile getAll',
		'lists 50 of them, simplified',
		[charged],
		[cursor, pageOf(...Array.from({ length: 51 }, () => ada))],
		list('/1/profiles.json', '69&events=true&profile=true', query),
		Array.from({ length: 50 }, () => simpleAda),
	],
	[
		'profile getAll',
		'lists them as CleverTap has them',
		[{ ...charged, simplify: false, limit: 2 }],
		[cursor, pageOf(ada)],
		list('/1/profiles.json', '23&app=true&events=true&profile=true', query),
		[ada],
	],
	[
		'profile getAll',
		'lists all of them, in pages of the size that is set',
		[{ ...charged, returnAll: true, simplify: true, options: { batchSize: 24, identity: 'ada' } }],
		[cursor, { ...pageOf(ada), next_cursor: 'c2' }, pageOf(ada)],
		[...list('/1/profiles.json', '46&events=true&profile=true', query), ['GET /1/profiles.json?cursor=c2']],
		[simpleAda, simpleAda],
	],
	[
		'profile getAll',
		'asks for none where the query can’t be, and goes on after a refusal',
		[{ ...charged, from: '' }, charged, { queryMode: 'json', queryJson: { event_name: 'X' }, limit: 1 }, {}],
		[new Refusal(400, 'Invalid event : Charged'), cursor, pageOf(ada, ada)],
		[
			['POST /1/profiles.json?batch_size=69&events=true&profile=true', query],
			...list('/1/profiles.json', '23&events=true&profile=true', { event_name: 'X' }),
		],
		[
			noFrom,
			said(
				'Invalid event : Charged',
				'Choose the event from the list in "Event Name": CleverTap wants its exact spelling here, capitals and spaces included.',
			),
			simpleAda,
			refusal(
				'Nothing says which profiles are meant',
				'Choose an event in "Event Name", or add a filter on a property of the profile.',
			),
		],
	],
	[
		'event getAll',
		'lists 50 of them, simplified',
		[charged],
		[cursor, pageOf(...Array.from({ length: 51 }, () => purchase))],
		list('/1/events.json', '69', query),
		Array.from({ length: 50 }, () => simplePurchase),
	],
	[
		'event getAll',
		'lists them as CleverTap has them',
		[{ ...charged, simplify: false, limit: 2 }],
		[cursor, pageOf(purchase)],
		list('/1/events.json', '23&app=true&events=true&profile=true', query),
		[purchase],
	],
	[
		'event getAll',
		'lists all of one user’s, in pages of the size that is set',
		[{ ...charged, returnAll: true, simplify: true, options: { batchSize: 24, identity: ' ada ' } }],
		[cursor, { ...pageOf(purchase), next_cursor: 'c2' }, pageOf(purchase)],
		[...list('/1/events.json', '46', { ...query, identity: 'ada' }), ['GET /1/events.json?cursor=c2']],
		[simplePurchase, simplePurchase],
	],
	[
		'event getAll',
		'leaves the user who stands in the JSON',
		[{ queryMode: 'json', queryJson: { ...query, identity: 'bob' } }],
		[cursor, pageOf(purchase)],
		list('/1/events.json', '69', { ...query, identity: 'bob' }),
		[simplePurchase],
	],
	[
		'event getAll',
		'asks for none where the query can’t be, and goes on after a refusal',
		[
			{ ...charged, from: '' },
			charged,
			{ queryMode: 'json', queryJson: query, limit: 1 },
			{ queryMode: 'json', queryJson: { event_name: 'X' } },
		],
		[new Refusal(400, 'Export not allowed'), cursor, pageOf(purchase, purchase)],
		[['POST /1/events.json?batch_size=69', query], ...list('/1/events.json', '23', query)],
		[
			noFrom,
			said(
				'Export not allowed',
				'CleverTap does not hand out its notification events. Count them instead, or choose another event.',
			),
			simplePurchase,
			refusal(
				'"Query (JSON)" lacks from, to',
				'CleverTap lists the events of one name in a range of days; the days are whole numbers such as 20260228.',
			),
		],
	],
	[
		'event count',
		'counts what is asked for',
		[charged, { ...charged, from: '' }],
		[{ status: 'success', count: 3 }],
		[['POST /1/counts/events.json', query]],
		[{ count: 3 }, noFrom],
	],
	[
		'event count',
		'needs an event',
		[{}],
		[],
		[],
		[refusal('"Event Name" is empty', 'Choose an event, or type its name exactly as CleverTap lists it.')],
	],
	[
		'profile count',
		'counts what is asked for',
		[charged, { ...charged, from: '' }],
		[{ status: 'success', count: 0 }],
		[['POST /1/counts/profiles.json', query]],
		[{ count: 0 }, noFrom],
	],
	[
		'profile count',
		'does without an event where a filter says who is meant',
		[{ filters: { filter: [{ of: 'profile_fields', property: 'Plan', operator: 'equals', value: 'Team' }] } }],
		[{ status: 'success', count: 2 }],
		[
			[
				'POST /1/counts/profiles.json',
				{ common_profile_properties: { profile_fields: [{ name: 'Plan', operator: 'equals', value: 'Team' }] } },
			],
		],
		[{ count: 2 }],
	],
])('%s %s', async (operation, _what, given, replies, sent, items) => {
	const [resource = '', name = ''] = operation.split(' ');
	expect(await outcomeOf([resource, name], given, replies)).toEqual({ sent, items });
});
