import type { IDataObject } from 'n8n-workflow';

import { outcomeOf, Refusal, refusal, type Given, type Sent } from '../../../support/cleverTapOperation';

const gone = { status: 'accepted', deletionScheduled: true, takesEffect: 'in 24 to 48 hours' };
const apart = {
	status: 'accepted',
	demergeScheduled: true,
	takesEffect: 'between 04:00 and 07:00 in the project’s time zone, after up to a day or more',
};
const taken = { status: 'accepted' };

const PICK = 'Choose it from the list, or let its expression give one of these.';
const FILL_IN = 'Map a field that every item fills in, or filter out the items that lack it before this node.';
const empty = (label: string) => refusal(`"${label}" is empty`, FILL_IN);
const noText = (label: string) => refusal(`"${label}" is neither text nor a number`, FILL_IN);
/** What CleverTap says where it takes all but the record of this number. */
const allBut = (number: number, processed: number) => ({
	status: 'partial',
	processed,
	unprocessed: [{ status: 'fail', code: 516, error: `Phone is not valid.Skipped record number : ${number}` }],
});
const noPhone = (sent: object): IDataObject => ({
	error: '516: Phone is not valid.',
	details: {
		status: 'refused',
		code: 516,
		reason: 'Phone is not valid.',
		advice: 'Phone needs a plus sign, the country code and the number, such as +14155551234.',
		...sent,
	},
});

it.each<[string, string, Given[], unknown[], Sent[], IDataObject[]]>([
	[
		'delete',
		'takes each kind of identifier in a request of its own, each user once',
		[
			{ identifier: ' ada ' },
			{ identifyBy: 'objectId', identifier: 'g-1' },
			{ identifyBy: 'identity', identifier: 42 },
			{ identifier: 'ada' },
		],
		[],
		[
			['POST /1/delete/profiles.json', { identity: ['ada', '42'] }],
			['POST /1/delete/profiles.json', { guid: ['g-1'] }],
		],
		[
			{ ...gone, identity: 'ada' },
			{ ...gone, objectId: 'g-1' },
			{ ...gone, identity: '42' },
			{ ...gone, identity: 'ada' },
		],
	],
	[
		'delete',
		'refuses what names no user',
		[
			{ identifier: 'ada' },
			{},
			{ identifier: true },
			{ identifyBy: 'email', identifier: 'a@b.example' },
			{ identifyBy: 'objectId', identifier: ' ' },
			{ identifier: 'bob' },
		],
		[],
		[['POST /1/delete/profiles.json', { identity: ['ada', 'bob'] }]],
		[
			{ ...gone, identity: 'ada' },
			empty('Identifier'),
			noText('Identifier'),
			refusal(
				'CleverTap can’t delete by this kind of identifier',
				'Choose Identity or Object ID in "Identify User By".',
			),
			empty('Identifier'),
			{ ...gone, identity: 'bob' },
		],
	],
	[
		'demerge',
		'takes each Identity once',
		[{ identifier: ' ada ' }, { identifier: 42 }, { identifier: 'ada' }],
		[],
		[['POST /1/demerge/profiles.json', { identities: ['ada', '42'] }]],
		[
			{ ...apart, identity: 'ada' },
			{ ...apart, identity: '42' },
			{ ...apart, identity: 'ada' },
		],
	],
	[
		'demerge',
		'refuses what is no Identity',
		[{ identifier: 'ada' }, {}, { identifier: {} }, { identifier: 'bob' }],
		[],
		[['POST /1/demerge/profiles.json', { identities: ['ada', 'bob'] }]],
		[{ ...apart, identity: 'ada' }, empty('Identity'), noText('Identity'), { ...apart, identity: 'bob' }],
	],
	[
		'disassociate',
		'takes each number once, and says of each what became of it',
		[{ phone: ' +14155551234 ' }, { phone: 49301234 }, { phone: '+14155551234' }],
		[allBut(2, 1)],
		[
			[
				'POST /1/disassociate',
				{
					d: [
						{ type: 'phone', value: '+14155551234' },
						{ type: 'phone', value: '49301234' },
					],
				},
			],
		],
		[{ ...taken, phone: '+14155551234' }, noPhone({ phone: '49301234' }), { ...taken, phone: '+14155551234' }],
	],
	[
		'disassociate',
		'refuses what is no number',
		[{ phone: '+1' }, {}, { phone: ['+2'] }, { phone: '+3' }],
		[],
		[
			[
				'POST /1/disassociate',
				{
					d: [
						{ type: 'phone', value: '+1' },
						{ type: 'phone', value: '+3' },
					],
				},
			],
		],
		[{ ...taken, phone: '+1' }, empty('Phone Number'), noText('Phone Number'), { ...taken, phone: '+3' }],
	],
	[
		'subscribe',
		'opts out of emails unless told otherwise, and takes the same address as often as it comes',
		[{ value: ' a@b.example ' }, { value: 'a@b.example', status: 'Resubscribe' }, { value: 'a@b.example' }],
		[],
		[
			[
				'POST /1/subscribe',
				{
					d: ['Unsubscribe', 'Resubscribe', 'Unsubscribe'].map((status) => ({
						type: 'email',
						value: 'a@b.example',
						status,
					})),
				},
			],
		],
		['Unsubscribe', 'Resubscribe', 'Unsubscribe'].map((change) => ({
			...taken,
			change,
			channel: 'email',
			value: 'a@b.example',
		})),
	],
	[
		'subscribe',
		'says of each channel what became of it',
		[
			{ channel: 'phone', value: '+1' },
			{ channel: 'whatsapp', value: '+1', status: 'Resubscribe' },
			{ channel: 'phone', value: 2 },
		],
		[allBut(3, 2)],
		[
			[
				'POST /1/subscribe',
				{
					d: [
						{ type: 'phone', value: '+1', status: 'Unsubscribe' },
						{ type: 'whatsapp', value: '+1', status: 'Resubscribe' },
						{ type: 'phone', value: '2', status: 'Unsubscribe' },
					],
				},
			],
		],
		[
			{ ...taken, change: 'Unsubscribe', channel: 'phone', value: '+1' },
			{ ...taken, change: 'Resubscribe', channel: 'whatsapp', value: '+1' },
			noPhone({ change: 'Unsubscribe', channel: 'phone', value: '2' }),
		],
	],
	[
		'subscribe',
		'refuses what is no channel, no status or no address',
		[
			{ value: 'a@b.example' },
			{ channel: 'fax', value: '1' },
			{ status: 'Maybe', value: 'a@b.example' },
			{},
			{ channel: 'phone', value: {} },
			{ value: 'c@d.example' },
		],
		[],
		[
			[
				'POST /1/subscribe',
				{ d: ['a@b.example', 'c@d.example'].map((value) => ({ type: 'email', value, status: 'Unsubscribe' })) },
			],
		],
		[
			{ ...taken, change: 'Unsubscribe', channel: 'email', value: 'a@b.example' },
			refusal('"Channel" must be email, phone or whatsapp', PICK),
			refusal('"Status" must be Unsubscribe or Resubscribe', PICK),
			empty('Address or Number'),
			noText('Address or Number'),
			{ ...taken, change: 'Unsubscribe', channel: 'email', value: 'c@d.example' },
		],
	],
])('%s %s', async (operation, _what, given, replies, sent, items) => {
	expect(await outcomeOf(['profile', operation], given, replies)).toEqual({ sent, items });
});

it.each([
	['delete', 'identifier', 'identity'],
	['demerge', 'identifier', 'identity'],
	['disassociate', 'phone', 'phone'],
	['subscribe', 'value', 'value'],
])(
	'%s (%s) finds the record that spoils a whole request; the other one still goes',
	async (operation, field, named) => {
		const no = new Refusal(400, 'Malformed request');
		const { sent, items } = await outcomeOf(
			['profile', operation],
			[{ [field]: 1 }, { [field]: 2 }],
			[no, undefined, no],
		);
		expect(sent).toHaveLength(3);
		expect(items).toMatchObject([
			{ status: 'accepted', [named]: '1' },
			{ error: '400: Malformed request', details: { status: 'refused', code: 400, [named]: '2' } },
		]);
	},
);

it.each([
	['delete', 'identifier', 100],
	['demerge', 'identifier', 100],
	['disassociate', 'phone', 1000],
	['subscribe', 'value', 1000],
])('%s (%s) puts no more than %i records into a request', async (operation, field, most) => {
	const given = Array.from({ length: most + 1 }, (_, number) => ({ [field]: number + 1 }));
	const { sent } = await outcomeOf(['profile', operation], given);
	expect(sent.map(([, body]) => Object.values(body as Record<string, unknown[]>).map(({ length }) => length))).toEqual([
		[most],
		[1],
	]);
});

it.each([
	['delete', 'identifier'],
	['demerge', 'identifier'],
	['disassociate', 'phone'],
	['subscribe', 'value'],
])('%s (%s): an expression that fails is the item’s own failure', async (operation, field) => {
	const fails = () => {
		throw new Error('No path back to node');
	};
	const { items } = await outcomeOf(['profile', operation], [{ [field]: 1 }, { [field]: fails }, { [field]: 3 }]);
	expect(items).toMatchObject([
		{ status: 'accepted' },
		refusal(
			'No path back to node',
			'Correct the expressions in this node, or filter out the items for which they fail.',
		),
		{ status: 'accepted' },
	]);
});

it.each([
	['delete', 'identifier', '"Identifier" is not an identity: it says that there is no identity'],
	['demerge', 'identifier', '"Identity" is not an identity: it says that there is no identity'],
	['disassociate', 'phone', '"Phone Number" is not a phone number: it says that there is no identity'],
	['subscribe', 'value', '"Address or Number" is not an address or a number: it says that there is no identity'],
])('%s (%s) does nothing to what stands for nobody', async (operation, field, reason) => {
	const { sent, items } = await outcomeOf(['profile', operation], [{ [field]: 'null' }]);
	expect(sent).toEqual([]);
	expect(items).toMatchObject([{ error: reason }]);
});

it('subscribe sends one address’s steps in order', async () => {
	const given = Array.from({ length: 2001 }, (_, number) => ({
		value: number % 1000 === 0 && number < 2000 ? 'a@b.example' : number,
	}));
	const { sent } = await outcomeOf(['profile', 'subscribe'], given);
	// The second thousand has the address of the first, and what is behind it waits too.
	expect(sent.map(([, body]) => (body as { d: unknown[] }).d.length)).toEqual([1000, 1000, 1]);
});
