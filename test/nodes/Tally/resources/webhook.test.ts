import type { IDataObject } from 'n8n-workflow';

import { chosen, outcomeOf, Refusal, type Sent } from '../../../support/tallyOperation';

const form = { formId: chosen('GxdRaQ') };
const webhook = { webhookId: chosen('h1') };
const url = 'https://example.com/hook';
const eventTypes = ['FORM_RESPONSE'];

const hook = {
	id: 'h1',
	formId: 'GxdRaQ',
	url,
	eventTypes,
	isEnabled: true,
	externalSubscriber: 'N8N',
	signingSecret: 'top secret',
	httpHeaders: [{ name: 'X-Key', value: 'opens' }],
	lastSyncedAt: null,
};
const { signingSecret, httpHeaders, ...bare } = hook;
const shown = { ...bare, isSigned: true, httpHeaders: [{ name: 'X-Key' }] };
const other = { id: 'h2', formId: 'Other1', url, signingSecret: null, httpHeaders: null };
const shownOther = { id: 'h2', formId: 'Other1', url, isSigned: false, httpHeaders: [] };

const page = (webhooks: object[], hasMore = false) => ({ webhooks, hasMore });
const asked = (limit: number, number = 1): Sent => [`GET /webhooks?page=${number}&limit=${limit}`];
const header = (...list: unknown[]) => ({ headers: { header: list } });
const wanted = { formId: 'GxdRaQ', url, eventTypes };

it.each<[string, string, object, unknown[], Sent[], IDataObject[]]>([
	[
		'with what Tally says of it',
		'create',
		{ ...form, url: ` ${url} ` },
		[{ id: 'h1', isEnabled: true }],
		[['POST /webhooks', wanted]],
		[{ ...wanted, id: 'h1', isEnabled: true }],
	],
	[
		'of which Tally says little',
		'create',
		{ ...form, url },
		[{ id: 'h1' }],
		[['POST /webhooks', wanted]],
		[{ ...wanted, id: 'h1' }],
	],
	[
		'without its secrets',
		'create',
		{
			...form,
			url,
			additionalFields: { externalSubscriber: 'N8N', signingSecret, ...header({ name: ' X-Key ', value: 'opens' }) },
		},
		[{ id: 'h1' }],
		[['POST /webhooks', { ...wanted, signingSecret, httpHeaders, externalSubscriber: 'N8N' }]],
		[{ ...wanted, id: 'h1', externalSubscriber: 'N8N', isSigned: true, httpHeaders: [{ name: 'X-Key' }] }],
	],
	[
		'with headers that have a name, and any value',
		'create',
		{
			...form,
			url,
			additionalFields: {
				signingSecret: '',
				...header({ name: ' ', value: 'x' }, { name: 'A', value: 7 }, { name: 'B' }, { name: 5, value: 'x' }),
			},
		},
		[{ id: 'h1' }],
		[
			[
				'POST /webhooks',
				{
					...wanted,
					httpHeaders: [
						{ name: 'A', value: '7' },
						{ name: 'B', value: '' },
					],
				},
			],
		],
		[{ ...wanted, id: 'h1', httpHeaders: [{ name: 'A' }, { name: 'B' }] }],
	],
	['by its choice in the list', 'delete', webhook, [], [['DELETE /webhooks/h1']], [{ deleted: true, webhookId: 'h1' }]],
	[
		'by its ID',
		'delete',
		{ webhookId: chosen(' h1 ', 'id') },
		[],
		[['DELETE /webhooks/h1']],
		[{ deleted: true, webhookId: 'h1' }],
	],
	['without their secrets', 'getAll', {}, [page([hook, other])], [asked(50)], [shown, shownOther]],
	[
		'unsigned as much as without',
		'getAll',
		{},
		[page([{ id: 'h3', signingSecret: '' }, { id: 'h4' }])],
		[asked(50)],
		[{ id: 'h3', isSigned: false }, { id: 'h4' }],
	],
	['with their secrets', 'getAll', { options: { includeSecrets: true } }, [page([hook])], [asked(50)], [hook]],
	['up to a limit', 'getAll', { limit: 1 }, [page([hook, other], true)], [asked(1)], [shown]],
	[
		'all of them',
		'getAll',
		{ returnAll: true },
		[page([hook], true), page([other])],
		[asked(100), asked(100, 2)],
		[shown, shownOther],
	],
	['of one form', 'getAll', { filters: { form: 'Other1' } }, [page([hook, other])], [asked(100)], [shownOther]],
	[
		'of one form by its address',
		'getAll',
		{ filters: { form: 'https://tally.so/forms/Other1/edit' } },
		[page([hook, other])],
		[asked(100)],
		[shownOther],
	],
	[
		'of an account that never had one',
		'getAll',
		{},
		[new Refusal(401), { id: 'u1' }],
		[asked(50), ['GET /users/me']],
		[],
	],
])('%s: %s', async (_what, operation, parameters, replies, sent, items) => {
	expect(await outcomeOf(['webhook', operation], { ...parameters }, replies)).toStrictEqual({ sent, items });
});

describe('update', () => {
	const kept = { formId: 'GxdRaQ', url, eventTypes, isEnabled: true, signingSecret, httpHeaders };

	it.each<[string, object, object, object]>([
		['turned off', { isEnabled: false }, { isEnabled: false }, { isEnabled: false }],
		['of another form', { form: 'https://tally.so/r/Other1', url: '' }, { formId: 'Other1' }, { formId: 'Other1' }],
		[
			'to another address',
			{ url: ' https://example.com/2 ' },
			{ url: 'https://example.com/2' },
			{ url: 'https://example.com/2' },
		],
		['signed otherwise', { signingSecret: 'new' }, { signingSecret: 'new' }, {}],
		[
			'with another header',
			header({ name: 'A', value: 'b' }),
			{ httpHeaders: [{ name: 'A', value: 'b' }] },
			{ httpHeaders: [{ name: 'A' }] },
		],
		['without headers', header(), { httpHeaders: [] }, { httpHeaders: [] }],
	])('%s keeps all else', async (_what, updateFields, changed, seen) => {
		expect(await outcomeOf(['webhook', 'update'], { ...webhook, updateFields }, [page([other, hook])])).toEqual({
			sent: [asked(100), ['PATCH /webhooks/h1', { ...kept, ...changed }]],
			items: [{ ...shown, ...seen }],
		});
	});

	it('is found on a later page, and leaves out what Tally did not say', async () => {
		const sparse = { id: 'h1', formId: 'GxdRaQ', url };
		const replies = [page([other], true), page([sparse], true)];
		expect(await outcomeOf(['webhook', 'update'], { ...webhook, updateFields: { isEnabled: true } }, replies)).toEqual({
			sent: [asked(100), asked(100, 2), ['PATCH /webhooks/h1', { ...wanted, isEnabled: true }]],
			items: [{ ...wanted, id: 'h1', isEnabled: true }],
		});
	});

	it('of one that is gone says so, and changes nothing', async () => {
		expect(
			await outcomeOf(['webhook', 'update'], { ...webhook, updateFields: { isEnabled: true } }, [page([other])]),
		).toEqual({
			sent: [asked(100)],
			error: {
				message: 'Tally has no webhook of this ID',
				description: 'It may have been deleted, or belong to another account.',
			},
		});
	});
});

describe('getDeliveries', () => {
	const links = { submissionPreviewUrl: 'https://tally.so/s', submissionPdfUrl: 'https://tally.so/p' };
	const entry = (number: number, deliveryStatus: string, data: object = {}) => ({
		id: `d${number}`,
		webhookId: 'h1',
		deliveryStatus,
		statusCode: null,
		retry: 0,
		payload: { eventId: 'e', data: { responseId: 's1', formId: 'GxdRaQ', ...links, ...data } },
		createdAt: `2026-02-09T10:0${9 - number}:00.000Z`,
	});
	const delivery = (number: number, status: string) => ({
		id: `d${number}`,
		webhookId: 'h1',
		submissionId: 's1',
		formId: 'GxdRaQ',
		status,
		statusCode: null,
		retry: 0,
		createdAt: `2026-02-09T10:0${9 - number}:00.000Z`,
		updatedAt: `2026-02-09T10:0${9 - number}:00.000Z`,
	});
	const log = (events: object[], hasMore = false) => ({ events, hasMore });
	const three = log([entry(1, 'FAILED'), entry(2, 'SUCCEEDED'), entry(3, 'DROPPED')]);
	const first: Sent = ['GET /webhooks/h1/events?page=1'];

	it.each<[string, object, unknown[], Sent[], IDataObject[]]>([
		['as they stand', {}, [three], [first], [delivery(1, 'failed'), delivery(2, 'succeeded'), delivery(3, 'dropped')]],
		['up to a limit', { limit: 2 }, [three], [first], [delivery(1, 'failed'), delivery(2, 'succeeded')]],
		['in one state', { filters: { status: ['DROPPED'] } }, [three], [first], [delivery(3, 'dropped')]],
		[
			'in one state that an expression gives',
			{ filters: { status: 'FAILED' } },
			[three],
			[first],
			[delivery(1, 'failed')],
		],
		[
			'in any of two',
			{ filters: { status: ['FAILED', 'DROPPED'] } },
			[three],
			[first],
			[delivery(1, 'failed'), delivery(3, 'dropped')],
		],
		[
			'in any state if none is chosen',
			{ filters: { status: [] }, limit: 1 },
			[three],
			[first],
			[delivery(1, 'failed')],
		],
		[
			'all of them',
			{ returnAll: true },
			[log([entry(1, 'QUEUED')], true), log([entry(2, 'QUEUED')])],
			[first, ['GET /webhooks/h1/events?page=2']],
			[delivery(1, 'queued'), delivery(2, 'queued')],
		],
		['only what has an ID', {}, [log([{ deliveryStatus: 'FAILED' }])], [first], []],
	])('%s', async (_what, given, replies, sent, items) => {
		expect(await outcomeOf(['webhook', 'getDeliveries'], { ...webhook, ...given }, replies)).toStrictEqual({
			sent,
			items,
		});
	});

	it('as Tally logs them, without the links that open a submission', async () => {
		const odd = { id: 'd4', payload: 'odd' };
		const none = { id: 'd5', payload: { data: 7 } };
		const { items } = await outcomeOf(['webhook', 'getDeliveries'], { ...webhook, simplify: false }, [
			log([entry(1, 'FAILED'), odd, none]),
		]);
		const { payload, ...rest } = entry(1, 'FAILED');
		const data = { responseId: 's1', formId: 'GxdRaQ' };
		expect(items).toEqual([{ ...rest, payload: { eventId: payload.eventId, data } }, odd, none]);
		for (const name of Object.keys(links)) expect(JSON.stringify(items)).not.toContain(name);
	});
});
