import type { IDataObject } from 'n8n-workflow';

import { outcomeOf, Refusal, refusal, type Given, type Sent } from '../../../support/cleverTapOperation';

// Waiting is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

const success = (more: object = {}) => ({ status: 'success', ...more });
const campaign = { __rl: true, mode: 'list', value: '1695721550' };
const user = (identifier: unknown, more: Given = {}): Given => ({ campaign, identifier, ...more });
const values = (...rows: Array<[unknown, unknown]>) => ({
	values: { assignments: rows.map(([name, value]) => ({ name, value, type: 'string' })) },
});
const json = (valuesJson: unknown) => ({ valuesMode: 'json', valuesJson });
const trigger = (to: object, ExternalTrigger?: object): Sent => [
	'POST /1/send/externaltrigger.json',
	{ to, campaign_id: '1695721550', ...(ExternalTrigger === undefined ? {} : { ExternalTrigger }) },
];
const accepted = (identity: string, sent: object = {}) => ({
	status: 'accepted',
	campaignId: '1695721550',
	identity,
	values: sent,
});
const UNKNOWN =
	'The outcome is unknown: CleverTap may have done it, and people may have got a message. The node does not ask again, in no mode. Look in CleverTap before you run it again for this item.';
const unknown = (reason: string, identity: string, code?: number): IDataObject => ({
	error: code === undefined ? reason : `${code}: ${reason}`,
	details: {
		status: 'unknown',
		...(code === undefined ? {} : { code }),
		reason,
		advice: UNKNOWN,
		campaignId: '1695721550',
		identity,
		values: {},
	},
});
const LOOK_UP = 'Look the text up in CleverTap’s documentation of API errors and correct what the node asks for.';
const id = 1_695_721_550;

it.each<[string, string, Given[], unknown[], Sent[], IDataObject[]]>([
	[
		'trigger',
		'sends users with equal values together, and each other one alone',
		[
			user('ada', values(['rating', 2])),
			user('bob', values(['rating', '5'])),
			user(7, values(['rating', '2'])),
			user('cleo'),
		],
		[],
		[
			trigger({ identity: ['ada', '7'] }, { rating: '2' }),
			trigger({ identity: ['bob'] }, { rating: '5' }),
			trigger({ identity: ['cleo'] }),
		],
		[
			accepted('ada', { rating: '2' }),
			accepted('bob', { rating: '5' }),
			accepted('7', { rating: '2' }),
			accepted('cleo'),
		],
	],
	[
		'trigger',
		'sends one message to a user who is there twice with the same values, and two with others',
		[user('ada'), user(' ada '), user('ada', values(['rating', 1]))],
		[],
		[trigger({ identity: ['ada'] }), trigger({ identity: ['ada'] }, { rating: '1' })],
		[accepted('ada'), accepted('ada'), accepted('ada', { rating: '1' })],
	],
	[
		'trigger',
		'takes nested values, of which numbers and yes or no go out as text and nothing is left out',
		[user('ada', json('{"shop": {"open": true, "note": null}, "items": ["Tea", 3, null, {"price": 1.5}]}'))],
		[],
		[trigger({ identity: ['ada'] }, { shop: { open: 'true' }, items: ['Tea', '3', { price: '1.5' }] })],
		[accepted('ada', { shop: { open: 'true' }, items: ['Tea', '3', { price: '1.5' }] })],
	],
	[
		'trigger',
		'finds users by email or Object ID, each kind in a request of its own',
		[user('ada@example.com', { identifyBy: 'email' }), user('-1a06', { identifyBy: 'objectId' })],
		[],
		[trigger({ email: ['ada@example.com'] }), trigger({ objectId: ['-1a06'] })],
		[
			{ status: 'accepted', campaignId: '1695721550', email: 'ada@example.com', values: {} },
			{ status: 'accepted', campaignId: '1695721550', objectId: '-1a06', values: {} },
		],
	],
	[
		'trigger',
		'sends nothing in a dry run, and shows what it would send',
		[user('ada', { 'options.dryRun': true, ...values(['rating', 1]) })],
		[],
		[],
		[{ ...accepted('ada', { rating: '1' }), status: 'valid' }],
	],
	[
		'trigger',
		'refuses what names no campaign, no user or no values, and sends the others',
		[
			{ campaign: '', identifier: 'ada' },
			{ campaign: 'Sale', identifier: 'ada' },
			user('#N/A'),
			user('ada', { identifyBy: 'FBID' }),
			user('ada', json('none')),
			user('ada', json('[1]')),
			user('ada', values(['', 1])),
			user('ada', values(['a', 1], [' a ', 2])),
			user('bob'),
		],
		[],
		[trigger({ identity: ['bob'] })],
		[
			refusal(
				'"Campaign" is empty',
				'Choose it from the list, or give its ID: the digits that CleverTap shows beside its name.',
			),
			refusal(
				'"Campaign" is not an ID',
				'Choose it from the list, or give its ID: the digits that CleverTap shows beside its name.',
			),
			refusal(
				'"Identifier" is not an identity: it is an error of a spreadsheet',
				'Correct the formula in the sheet, or filter out the items with an error.',
			),
			refusal(
				'"Identify User By" must be identity, email or objectId',
				'Choose it from the list, or let its expression give one of these.',
			),
			...['none', '[1]'].map(() =>
				refusal('"Values (JSON)" is not an object', 'Write it as {"rating": "2", "shop": {"city": "Bonn"}}.'),
			),
			refusal('A row of "Values" has no name', 'Name it, or remove the row.'),
			refusal('Two rows of "Values" have the same name', 'Rename or remove one of them.'),
			accepted('bob'),
		],
	],
	[
		'trigger',
		'waits where CleverTap is too busy, and asks once where nobody knows what became of it',
		[user('ada')],
		[new Refusal(429, 'Too many concurrent requests'), { status: 'fail', code: 429, error: 'Too many' }, ''],
		[trigger({ identity: ['ada'] }), trigger({ identity: ['ada'] }), trigger({ identity: ['ada'] })],
		[unknown('CleverTap answered with nothing, as it does at a wrong address', 'ada')],
	],
	[
		'trigger',
		'does not repeat after a 503, which a gateway also says that lost the answer',
		[user('ada')],
		[new Refusal(503, 'Later')],
		[trigger({ identity: ['ada'] })],
		[unknown('CleverTap had trouble of its own: Later', 'ada', 503)],
	],
	[
		'trigger',
		'does not repeat after trouble of CleverTap’s own, or while it is in progress',
		[user('ada'), user('bob', values(['a', 1]))],
		[
			{ status: 'fail', code: 500, error: 'An unknown error occurred' },
			{ status: 'fail', code: 2, error: 'Request still in progress, please retry later' },
		],
		[trigger({ identity: ['ada'] }), trigger({ identity: ['bob'] }, { a: '1' })],
		[
			unknown('CleverTap had trouble of its own: An unknown error occurred', 'ada'),
			{
				...unknown('CleverTap had trouble of its own: Request still in progress, please retry later', 'bob'),
				details: {
					...(unknown('CleverTap had trouble of its own: Request still in progress, please retry later', 'bob')
						.details as IDataObject),
					values: { a: '1' },
				},
			},
		],
	],
	[
		'trigger',
		'says why CleverTap refuses, without asking in halves what is about all',
		[user('ada'), user('bob')],
		[{ status: 'fail', code: 400, error: 'Invalid campaign id' }],
		[trigger({ identity: ['ada', 'bob'] })],
		['ada', 'bob'].map((identity) => ({
			error: '400: Invalid campaign id',
			details: {
				status: 'refused',
				code: 400,
				reason: 'Invalid campaign id',
				advice: LOOK_UP,
				campaignId: '1695721550',
				identity,
				values: {},
			},
		})),
	],
	[
		'trigger',
		'finds the user who spoils a request that CleverTap can’t read',
		[user('ada'), user('bob')],
		[new Refusal(400, 'Malformed request'), new Refusal(400, 'Malformed request')],
		[trigger({ identity: ['ada', 'bob'] }), trigger({ identity: ['ada'] }), trigger({ identity: ['bob'] })],
		[
			{
				error: '400: Malformed request',
				details: {
					status: 'refused',
					code: 400,
					reason: 'Malformed request',
					advice: LOOK_UP,
					campaignId: '1695721550',
					identity: 'ada',
					values: {},
				},
			},
			accepted('bob'),
		],
	],
	[
		'getAll',
		'reads a long range in pieces of 31 days, each campaign once',
		[{ from: '2026-01-01', to: '2026-02-15', returnAll: true }],
		[success({ targets: [{ id: 1, name: 'One' }, { id: 2 }] }), success({ targets: [{ id: 2 }, { id: 3 }] })],
		[
			['POST /1/targets/list.json', { from: 20260101, to: 20260131 }],
			['POST /1/targets/list.json', { from: 20260201, to: 20260215 }],
		],
		[{ id: 1, name: 'One' }, { id: 2 }, { id: 3 }],
	],
	[
		'getAll',
		'stops when it has as many as are wanted',
		[{ from: 20260101, to: 20261231, limit: 1 }],
		[success({ targets: [{ id: 1 }, { id: 2 }] })],
		[['POST /1/targets/list.json', { from: 20260101, to: 20260131 }]],
		[{ id: 1 }],
	],
	[
		'getAll',
		'says what is wrong with the days or the answer',
		[
			{ from: 20260201, to: 20260101 },
			{ from: 20100101, to: 20260101 },
			{ from: 20260101, to: 20260101 },
		],
		[{}],
		[['POST /1/targets/list.json', { from: 20260101, to: 20260101 }]],
		[
			refusal('"From" is after "To"', 'Exchange the two dates.'),
			refusal('"From" and "To" are more than ten years apart', 'Choose fewer days.'),
			refusal('CleverTap’s answer holds no campaigns', 'Run the node again later.'),
		],
	],
	[
		'getResults',
		'waits while CleverTap computes, in whichever way it says so',
		[{ campaign }],
		[
			new Refusal(500, 'This target has no result as of yet'),
			{ status: 'fail', error: "This target hasn't been completed", code: 500 },
			new Refusal(409, 'Conflict'),
			success({ result: { sent: 7, clicked: 2 } }),
		],
		Array.from({ length: 4 }, (): Sent => ['POST /1/targets/result.json', { id }]),
		[{ campaignId: '1695721550', sent: 7, clicked: 2 }],
	],
	[
		'getResults',
		'gives up after Max Wait, and says what is missing',
		[{ campaign, options: { maxWait: 0 } }, { campaign: '99999999999999999999' }, { campaign }],
		[new Refusal(409, 'Conflict'), success()],
		[
			['POST /1/targets/result.json', { id }],
			['POST /1/targets/result.json', { id }],
		],
		[
			{
				error: '2: CleverTap was still preparing the answer after 0 seconds',
				details: {
					status: 'refused',
					code: 2,
					reason: 'CleverTap was still preparing the answer after 0 seconds',
					advice:
						'A campaign has its result once it is completed. Raise "Max Wait" in the options, or run the node again later.',
				},
			},
			refusal('"Campaign" has more digits than an ID', 'Give the ID that CleverTap shows beside its name.'),
			refusal('CleverTap’s answer holds no result', 'Run the node again later.'),
		],
	],
	[
		'stop',
		'ends a campaign, or says why not',
		[{ campaign }, { campaign: id }, { campaign }],
		[success(), { status: 'fail', code: 400, error: 'Campaign has already been completed' }, {}],
		Array.from({ length: 3 }, (): Sent => ['POST /1/targets/stop.json', { id }]),
		[
			{ campaignId: '1695721550', stopped: true },
			{
				error: '400: Campaign has already been completed',
				details: { status: 'refused', code: 400, reason: 'Campaign has already been completed', advice: LOOK_UP },
			},
			refusal('CleverTap’s answer could not be read', 'Run the node again: stopping twice does no harm.'),
		],
	],
])('campaign %s %s', async (operation, _case, given, replies, sent, items) => {
	const outcome = await outcomeOf(['campaign', operation], given, replies);
	expect(outcome.sent).toEqual(sent);
	expect(outcome.items).toEqual(items);
});

it('triggers at most a thousand users in a request', async () => {
	const given = Array.from({ length: 1001 }, (_, index) => user(`u${index}`));
	const { sent, items } = await outcomeOf(['campaign', 'trigger'], given);
	expect(sent.map(([, body]) => (body as { to: { identity: string[] } }).to.identity.length)).toEqual([1000, 1]);
	expect(items).toHaveLength(1001);
});
