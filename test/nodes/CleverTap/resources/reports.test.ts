import type { IDataObject } from 'n8n-workflow';

import { outcomeOf, refusal, type Given, type Sent } from '../../../support/cleverTapOperation';

// Waiting is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

const charged = { eventName: 'Charged', from: '2026-01-01', to: '2026-01-31' };
const query = { event_name: 'Charged', from: 20260101, to: 20260131 };
const days = { from: '2026-01-01', to: 20260131 };
const span = { from: '20260101', to: '20260131' };
const success = (more: object) => ({ status: 'success', ...more });

const amount = { propertyOf: 'event_properties', propertyName: ' Amount ', order: 'desc', topN: 10 };
const group = { property_type: 'event_properties', name: 'Amount', top_n: 10, order: 'desc' };
const top = (more: object = {}): Sent => [
	'POST /1/counts/top.json',
	{ ...query, groups: { values: { ...group, ...more } } },
];
const trend = (trend_type: string, more: object = {}): Sent => [
	'POST /1/counts/trends.json',
	{ ...query, ...more, groups: { trend: { trend_type } } },
];

it.each<[string, string, Given[], unknown[], Sent[], IDataObject[]]>([
	[
		'getTop',
		'gives one item for each value, the most frequent first',
		[{ ...charged, ...amount }],
		[success({ values: { STR: { Fit: 5, Price: 3 }, NUMBER: { 7: 4, '007': 1 } } })],
		[top()],
		[
			{ value: 'Fit', count: 5 },
			{ value: 7, count: 4 },
			{ value: 'Price', count: 3 },
			{ value: '007', count: 1 },
		],
	],
	[
		'getTop',
		'asks for the rarest values of any property, with filters, and waits for what CleverTap still counts',
		[
			{
				...charged,
				...amount,
				propertyOf: 'profile_fields',
				order: 'asc',
				topN: 2,
				filters: { filter: [{ of: 'event_properties', name: 'Shop', operator: 'equals', value: 'Bonn' }] },
			},
		],
		[
			{ status: 'partial', req_id: 384649162721759 },
			{ status: 'partial', req_id: 384649162721759 },
			success({ values: { STR: { Fit: 5, Price: 3 } } }),
		],
		[
			[
				'POST /1/counts/top.json',
				{
					...query,
					event_properties: [{ name: 'Shop', operator: 'equals', value: 'Bonn' }],
					groups: { values: { ...group, property_type: 'profile_fields', order: 'asc', top_n: 2 } },
				},
			],
			['GET /1/counts/top.json?req_id=384649162721759'],
			['GET /1/counts/top.json?req_id=384649162721759'],
		],
		[
			{ value: 'Price', count: 3 },
			{ value: 'Fit', count: 5 },
		],
	],
	[
		'getTop',
		'asks nothing where something is not as CleverTap knows it',
		[
			{ ...charged, ...amount, topN: 101 },
			{ ...charged, ...amount, topN: 1.5 },
			{ ...charged, ...amount, propertyName: ' ' },
			{ ...charged, ...amount, order: 'up' },
			{ ...charged, ...amount, propertyOf: 'events' },
		],
		[],
		[],
		[
			refusal('"Number of Values" is not a whole number from 1 to 100', 'Enter a number such as 10.'),
			refusal('"Number of Values" is not a whole number from 1 to 100', 'Enter a number such as 10.'),
			refusal('"Property Name" is empty', 'Fill it in, or map a field that every item has.'),
			refusal(
				'"Order" is none of the values that CleverTap knows',
				'Choose it from the list, or give one of asc, desc.',
			),
			refusal(
				'"Property Belongs To" is none of the values that CleverTap knows',
				'Choose it from the list, or give one of app_fields, demographics, event_properties, geo_fields, profile_fields, reachability, session_properties, technographics.',
			),
		],
	],
	[
		'getTrends',
		'gives one item for each period, oldest first',
		[{ ...charged, interval: 'daily' }],
		[success({ trend: { 20260102: 10, 20260101: 7, other: 1 } })],
		[trend('daily')],
		[
			{ period: '20260101', date: '2026-01-01', count: 7 },
			{ period: '20260102', date: '2026-01-02', count: 10 },
			{ period: 'other', count: 1 },
		],
	],
	[
		'getTrends',
		'counts users, or adds up a property',
		[
			{ ...charged, interval: 'weekly', options: { unique: true } },
			{ ...charged, interval: 'monthly', options: { sumProperty: 'Amount', unique: false } },
		],
		[success({ trend: { 20260105: 2 } }), success({ trend: { 20260101: 99.5 } })],
		[trend('weekly', { unique: true }), trend('monthly', { sum_event_prop: 'Amount' })],
		[
			{ period: '20260105', date: '2026-01-05', count: 2 },
			{ period: '20260101', date: '2026-01-01', sum: 99.5 },
		],
	],
	[
		'getTrends',
		'asks nothing for an interval that CleverTap does not have',
		[{ ...charged, interval: 'hourly' }],
		[],
		[],
		[
			refusal(
				'"Interval" must be daily, weekly or monthly',
				'Choose it from the list, or let its expression give one of these.',
			),
		],
	],
	[
		'getRealTime',
		'gives the count and what else was asked for',
		[{}, { breakDownBy: ['os', 'new'] }],
		[
			success({ count: 3, last_processed_ts: 1_770_631_200 }),
			success({ count: 3, last_processed_ts: 'soon', os: { Android: 3 }, new: { true: 1 } }),
		],
		[
			['POST /1/now.json', {}],
			['POST /1/now.json', { os: true, new: true }],
		],
		[
			{ count: 3, lastProcessedAt: '2026-02-09T10:00:00.000Z' },
			{ count: 3, os: { Android: 3 }, new: { true: 1 } },
		],
	],
	[
		'getRealTime',
		'says what is missing in the answer, and what can’t be asked for',
		[{}, { breakDownBy: 'os, age' }],
		[success({})],
		[['POST /1/now.json', {}]],
		[
			refusal('CleverTap’s answer holds no count', 'Run the node again later.'),
			refusal(
				'"Break Down By" has an entry that CleverTap does not know',
				'Choose from the list, or give some of browser, device, new, os, session_source, user_type.',
			),
		],
	],
	[
		'getMessages',
		'gives each message of the days, which go out as text',
		[days],
		[success({ messages: [{ 'message id': 1, sent: 5 }, { 'message id': 2 }] })],
		[['POST /1/message/report.json', span]],
		[{ 'message id': 1, sent: 5 }, { 'message id': 2 }],
	],
	[
		'getMessages',
		'narrows them down by lists or by texts with commas',
		[
			{
				...days,
				options: {
					channel: ['push', 'email'],
					delivery: 'one_time',
					status: [],
					messageType: ['ab'],
					label: 'Spring, Sale',
					daily: true,
				},
			},
		],
		[success({ messages: [] })],
		[
			[
				'POST /1/message/report.json',
				{
					...span,
					channel: ['push', 'email'],
					delivery: ['one_time'],
					message_type: ['ab'],
					label: ['Spring', 'Sale'],
					daily: true,
				},
			],
		],
		[],
	],
	[
		'getMessages',
		'says what is wrong with the days, and what CleverTap refuses',
		[{ ...days, from: '' }, { ...days, to: 'soon' }, { ...days, from: '2026-02-01' }, days, days],
		[{ status: 'fail', error: 'To date is in the future', code: 4002 }, { status: 'odd' }],
		[
			['POST /1/message/report.json', span],
			['POST /1/message/report.json', span],
		],
		[
			refusal('"From" is empty', 'Use a date, or a day as YYYYMMDD such as 20260228.'),
			refusal('"To" is not a valid day: text', 'Use a date, or a day as YYYYMMDD such as 20260228.'),
			refusal('"From" is after "To"', 'Exchange the two dates.'),
			{
				error: '4002: To date is in the future',
				details: {
					status: 'refused',
					code: 4002,
					reason: 'To date is in the future',
					advice:
						'Check "From" and "To": they must be in order, and not in the future by the clock of your CleverTap project.',
				},
			},
			refusal('CleverTap’s answer holds no messages', 'Run the node again later.'),
		],
	],
])('report %s %s', async (operation, _case, given, replies, sent, items) => {
	const outcome = await outcomeOf(['report', operation], given, replies);
	expect(outcome.sent).toEqual(sent);
	expect(outcome.items).toEqual(items);
});

it('says above an empty output what to look at', async () => {
	const { hints } = await outcomeOf(['report', 'getMessages'], [days], [success({ messages: [] })]);
	expect(hints).toEqual(['CleverTap has no message in these days that fits the options.']);
});
