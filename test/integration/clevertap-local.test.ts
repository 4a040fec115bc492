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
