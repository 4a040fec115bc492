import type { IDataObject } from 'n8n-workflow';

import { sendTime } from '../../../../nodes/CleverTap/resources/campaign/sendTime';
import { outcomeOf, Refusal, refusal, type Given, type Sent } from '../../../support/cleverTapOperation';

// Waiting is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

const push = {
	campaignName: ' Sale ',
	channel: 'push',
	audience: 'all',
	when: 'now',
	contentMode: 'fields',
	title: 'Hi',
	message: 'Sale',
};
const body = {
	name: 'Sale',
	target_mode: 'push',
	segment: 'all',
	when: 'now',
	content: { title: 'Hi', body: 'Sale' },
	estimate_only: false,
};
const create = (more: object = {}): Sent => ['POST /1/targets/create.json', { ...body, ...more }];
const made = { status: 'success', id: 1_695_721_550, estimates: { push: 7 } };
const item = { status: 'accepted', campaignId: '1695721550', estimates: { push: 7 } };
const filter = { of: 'profile_fields', property: 'Plan', operator: 'equals', value: 'gold' };

it.each<[string, string, Given[], unknown[], Sent[], IDataObject[]]>([
	['create', 'makes a campaign for all', [push], [made], [create()], [item]],
	[
		'create',
		'takes a segment, a query, and a query in JSON',
		[
			{ ...push, audience: 'segment', segmentId: '17' },
			{ ...push, audience: 'query', filters: { filter: [filter] } },
			{ ...push, audience: 'query', queryMode: 'json', queryJson: '{"event_name": "Charged"}' },
		],
		[made, made, made],
		[
			create({ segment: 17 }),
			[
				'POST /1/targets/create.json',
				{
					name: 'Sale',
					target_mode: 'push',
					where: {
						common_profile_properties: { profile_fields: [{ name: 'Plan', operator: 'equals', value: 'gold' }] },
					},
					when: 'now',
					content: { title: 'Hi', body: 'Sale' },
					estimate_only: false,
				},
			],
			[
				'POST /1/targets/create.json',
				{
					name: 'Sale',
					target_mode: 'push',
					where: { event_name: 'Charged' },
					when: 'now',
					content: { title: 'Hi', body: 'Sale' },
					estimate_only: false,
				},
			],
		],
		[item, item, item],
	],
	[
		'create',
		'takes the content of each channel, a time and options',
		[
			{ ...push, channel: 'sms', when: 'at', sendAt: '2026-12-24T18:00:00' },
			{ ...push, channel: 'email', subject: 'Hi', html: '<p>Sale</p>', senderName: 'Shop' },
			{ ...push, channel: 'webpush', contentMode: 'json', contentJson: '{"title": "Hi", "platform_specific": {}}' },
			{
				...push,
				channel: 'whatsapp',
				contentJson: { template: 'sale' },
				options: {
					provider: 'Main',
					labels: 'Spring, Sale',
					respectCaps: false,
					settingsJson: '{"ttl": {"value": 5}, "estimate_only": true, "name": "Other"}',
				},
			},
		],
		[made, made, made, { id: 8 }],
		[
			create({ target_mode: 'sms', content: { body: 'Sale' }, when: '20261224 18:00' }),
			create({ target_mode: 'email', content: { subject: 'Hi', body: '<p>Sale</p>', sender_name: 'Shop' } }),
			create({ target_mode: 'webpush', content: { title: 'Hi', platform_specific: {} } }),
			create({
				target_mode: 'whatsapp',
				content: { template: 'sale' },
				provider_nick_name: 'Main',
				labels: ['Spring', 'Sale'],
				respect_frequency_caps: false,
				ttl: { value: 5 },
			}),
		],
		[item, item, item, { status: 'accepted', campaignId: '8' }],
	],
	[
		'create',
		'asks nothing where a field does not say what is meant',
		[
			{ ...push, campaignName: ' ' },
			{ ...push, channel: 'fax' },
			{ ...push, audience: 'some' },
			{ ...push, audience: 'segment', segmentId: 'gold' },
			{ ...push, when: 'later' },
			{ ...push, when: 'at', sendAt: '' },
			{ ...push, message: '' },
			{ ...push, contentMode: 'json', contentJson: '[]' },
		],
		[],
		[],
		[
			refusal('"Campaign Name" is empty', 'Fill it in, or map a field that every item has.'),
			refusal(
				'"Channel" is none that CleverTap makes campaigns for',
				'Choose it from the list, or give one of email, push, sms, webhook, webpush, whatsapp.',
			),
			refusal(
				'"Audience" must be all, query or segment',
				'Choose it from the list, or let its expression give one of these.',
			),
			refusal('"Segment ID" is not a number', 'Give the digits that the segment’s address ends with.'),
			refusal('"Send" must be now or at', 'Choose it from the list, or let its expression give one of these.'),
			refusal('"Send At" is empty', 'Use a time such as 2026-02-09T10:00:00.'),
			refusal('"Message" is empty', 'Fill it in, or map a field that every item has.'),
			refusal('"Content (JSON)" is not an object', 'Check its quotes and commas, and that it begins with {.'),
		],
	],
	[
		'create',
		'waits where CleverTap is too busy, and makes nothing twice',
		[push, { ...push, campaignName: 'Other' }],
		[new Refusal(429, 'Too many concurrent requests'), new Refusal(503, 'Later'), made],
		[create(), create(), create({ name: 'Other' })],
		[
			{
				error: '503: CleverTap had trouble of its own: Later',
				details: {
					status: 'unknown',
					code: 503,
					reason: 'CleverTap had trouble of its own: Later',
					advice:
						'The outcome is unknown: CleverTap may have done it, and people may have got a message. The node does not ask again, in no mode. Look in CleverTap before you run it again for this item.',
				},
			},
			item,
		],
	],
	[
		'estimate',
		'asks for the same and sends nothing',
		[push],
		[new Refusal(503, 'Later'), { status: 'success', estimates: { android: 5, ios: 2 } }],
		[create({ estimate_only: true }), create({ estimate_only: true })],
		[{ total: 7, estimates: { android: 5, ios: 2 } }],
	],
	[
		'estimate',
		'says where there is none',
		[push],
		[{ status: 'success' }],
		[create({ estimate_only: true })],
		[refusal('CleverTap’s answer holds no estimate', 'Run the node again: it sends nothing.')],
	],
])('campaign %s %s', async (operation, _case, given, replies, sent, items) => {
	const outcome = await outcomeOf(['campaign', operation], given, replies);
	expect(outcome.sent).toEqual(sent);
	expect(outcome.items).toEqual(items);
});

it.each<[unknown, string]>([
	['2026-02-09T10:00:00', '20260209 10:00'],
	[' 2026-02-09 10:00 ', '20260209 10:00'],
	['2026-02-09T10:00:00Z', '20260209 11:00'],
	['2026-12-31T23:30:00.000-02:00', '20270101 02:30'],
	[new Date(Date.UTC(2026, 6, 9, 22)), '20260710 00:00'],
	[{ toISO: () => '2026-02-09T10:00:00.000+01:00' }, '20260209 10:00'],
])('%j is sent as %s by the clock of Berlin', (value, sent) => {
	expect(sendTime(value, 'Europe/Berlin')).toBe(sent);
});

it.each(['soon', '2026-02-30T10:00:00', '2026-02-09T25:00:00', 20260209, null, {}, new Date(NaN)])(
	'%j is no time to send at',
	(value) => {
		expect(() => sendTime(value, 'UTC')).toThrow('"Send At"');
	},
);
