import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { startCleverTap, type LocalCleverTap } from '../../sandbox/clevertap/clevertap';
import { runNode } from '../support/engine';

// The local CleverTap is not ready at the first ask; nobody needs to wait for it.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

let clevertap: LocalCleverTap;
beforeAll(async () => {
	clevertap = await startCleverTap();
});
afterAll(async () => await clevertap.close());

async function run(parameters: INodeParameters, items: INodeExecutionData[] = [{ json: {} }]) {
	const { accountId, passcode, url } = clevertap;
	const { outputs, error } = await runNode({
		node: new CleverTap(),
		credential: { type: new CleverTapAccountApi(), data: { accountId, passcode, region: 'custom', customHost: url } },
		parameters,
		items,
	});
	expect(error).toBeUndefined();
	return (outputs[0] ?? []).map(({ json }) => json);
}

const days = { from: '2026-02-01', to: '2026-02-28' };
const event = { __rl: true, mode: 'name', value: 'Feedback Given' };

it('what is sent can be read, counted and deleted again, without a request that CleverTap would not know', async () => {
	const items = Array.from({ length: 100 }, (_, index) => ({
		json: { id: `+1415555${1000 + index}`, rating: index % 5 },
	}));
	await run(
		{
			resource: 'event',
			operation: 'upload',
			identifyBy: 'identity',
			identifier: '={{ $json.id }}',
			eventName: event,
			propertiesMode: 'fields',
			properties: { assignments: [{ id: '1', name: 'Rating', value: '={{ $json.rating }}', type: 'number' }] },
			timestamp: '2026-02-09T10:00:00Z',
		},
		items,
	);

	const all = {
		resource: 'event',
		operation: 'getAll',
		eventName: event,
		...days,
		returnAll: true,
		options: { batchSize: 23 },
	};
	const read = await run(all);
	expect(read.map(({ identity, properties }) => [identity, properties])).toEqual(
		items.map(({ json }) => [json.id, { Rating: json.rating }]),
	);
	expect(read[0]).toMatchObject({ eventName: 'Feedback Given', localTime: '2026-02-09T10:00:00' });

	const best = { filters: { filter: [{ name: 'Rating', operator: 'greater_than', value: '2' }] } };
	expect(await run({ resource: 'event', operation: 'count', eventName: event, ...days, ...best })).toEqual([
		{ count: 40 },
	]);
	expect(await run({ resource: 'profile', operation: 'count', eventName: event, ...days })).toEqual([{ count: 100 }]);
	expect(await run({ resource: 'profile', operation: 'getAll', eventName: event, ...days, limit: 7 })).toHaveLength(7);

	const get = { resource: 'profile', operation: 'get', identifyBy: 'identity', identifier: '+14155551000' };
	expect(await run(get)).toMatchObject([{ found: true, events: [{ name: 'Feedback Given', count: 1 }] }]);
	await run({ resource: 'profile', operation: 'delete', identifyBy: 'identity', identifier: '={{ $json.id }}' }, items);
	expect(await run(get)).toEqual([{ found: false, identity: '+14155551000' }]);
	expect(clevertap.violations()).toEqual([]);
});

it('a segment is filled, a campaign reaches it, and reports tell of both', async () => {
	const users = ['ada', 'bob', 'cleo'].map((id) => ({ json: { id, rating: 5 } }));
	const who = { identifyBy: 'identity', identifier: '={{ $json.id }}' };
	await run(
		{ resource: 'profile', operation: 'upsert', ...who, propertiesMode: 'fields', properties: { assignments: [] } },
		users,
	);

	const [segment] = await run({
		resource: 'segment',
		operation: 'create',
		segmentName: 'Gold',
		customerSegmentId: 'gold',
	});
	expect(segment).toMatchObject({ status: 'accepted', customerSegmentId: 'gold' });
	const segmentId = segment?.segmentId as string;
	await run({ resource: 'segment', operation: 'addProfiles', segment: 'gold', ...who }, users);
	const remove = { resource: 'segment', operation: 'removeProfiles', segmentBy: 'cleverTap', segment: segmentId };
	await run({ ...remove, ...who }, users.slice(2));

	const campaign = {
		resource: 'campaign',
		campaignName: 'Thank you',
		channel: 'sms',
		audience: 'segment',
		segmentId,
		when: 'now',
		contentMode: 'fields',
		message: 'Thank you',
	};
	expect(await run({ ...campaign, operation: 'estimate' })).toEqual([{ total: 2, estimates: { sms: 2 } }]);
	expect(clevertap.campaigns()).toEqual([]);
	const [created] = await run({ ...campaign, operation: 'create' });
	const campaignId = created?.campaignId as string;
	expect(created).toEqual({ status: 'accepted', campaignId, estimates: { sms: 2 } });

	const triggered = clevertap.addCampaign({ name: 'What went wrong?' });
	const values = { valuesMode: 'json', valuesJson: '={{ { rating: $json.rating, shop: { open: true } } }}' };
	await run({ resource: 'campaign', operation: 'trigger', campaign: String(triggered), ...who, ...values }, users);
	expect(clevertap.campaigns().map(({ name, messages }) => [name, messages.map(({ identity }) => identity)])).toEqual([
		['Thank you', ['ada', 'bob']],
		['What went wrong?', ['ada', 'bob', 'cleo']],
	]);
	expect(clevertap.campaigns()[1]?.messages[0]?.values).toEqual({ rating: '5', shop: { open: 'true' } });

	// A day each way: the days of the node are those of n8n's time zone.
	const day = (shift: number) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
	const around = { from: day(-1), to: day(1) };
	const listed = await run({ resource: 'campaign', operation: 'getAll', ...around, returnAll: true });
	expect(listed.map(({ name }) => name)).toEqual(['Thank you', 'What went wrong?']);
	expect(await run({ resource: 'campaign', operation: 'getResults', campaign: campaignId })).toMatchObject([
		{ sent: 2 },
	]);
	await run({ resource: 'campaign', operation: 'stop', campaign: String(triggered) });
	const report = await run({ resource: 'report', operation: 'getMessages', ...around });
	expect(report).toMatchObject([
		{ message_name: 'Thank you', status: 'completed', sent: 2 },
		{ message_name: 'What went wrong?', status: 'stopped', sent: 3 },
	]);
	expect(await run({ resource: 'report', operation: 'getRealTime' })).toMatchObject([
		{ count: expect.any(Number) as number },
	]);

	const rated = users.map(({ json }, index) => ({ json: { ...json, rating: index === 0 ? 1 : 5 } }));
	await run(
		{
			resource: 'event',
			operation: 'upload',
			...who,
			eventName: { __rl: true, mode: 'name', value: 'Rated' },
			propertiesMode: 'fields',
			properties: { assignments: [{ id: '1', name: 'Rating', value: '={{ $json.rating }}', type: 'number' }] },
			timestamp: '2026-02-09T10:00:00Z',
		},
		rated,
	);
	const query = { resource: 'report', eventName: { ...event, value: 'Rated' }, ...days };
	expect(await run({ ...query, operation: 'getTop', propertyOf: 'event_properties', propertyName: 'Rating' })).toEqual([
		{ value: 5, count: 2 },
		{ value: 1, count: 1 },
	]);
	expect(await run({ ...query, operation: 'getTrends', interval: 'monthly' })).toEqual([
		{ period: '20260201', date: '2026-02-01', count: 3 },
	]);
	expect(clevertap.violations()).toEqual([]);
});
