import { startCleverTap } from '../../../sandbox/clevertap/clevertap';
import type { LocalCleverTap } from '../../../sandbox/clevertap/clevertap';
import { call, upload } from './client';

let clevertap: LocalCleverTap;

beforeEach(async () => {
	clevertap = await startCleverTap();
	const event = (index: number) => ({
		type: 'event',
		identity: `u${index % 2}`,
		ts: 1_770_631_200 + index,
		evtName: 'Charged',
		evtData: { Amount: index, Gift: index === 0 },
	});
	await upload(clevertap, [
		{ type: 'profile', identity: 'u0', profileData: { Plan: 'gold' } },
		...Array.from({ length: 30 }, (_, index) => event(index)),
	]);
});
afterEach(async () => await clevertap.close());

const february = { event_name: 'Charged', from: 20260201, to: 20260228 };
const notReady = { status: 'fail', error: 'Request still in progress, please retry later', code: 2 };

/** Starts an export and gives its first cursor. */
async function start(path: string, query: object, size = 23): Promise<string> {
	const { json } = await call(clevertap, 'POST', `${path}?batch_size=${size}`, query);
	return (json as { cursor: string }).cursor;
}

interface Page {
	readonly next_cursor?: string;
	readonly records?: ReadonlyArray<Record<string, unknown>>;
}

describe('an export', () => {
	it('is not ready at once, comes in pages and ends without a next cursor', async () => {
		const cursor = await start('/1/events.json', february);
		expect((await call(clevertap, 'GET', `/1/events.json?cursor=${cursor}`)).json).toEqual(notReady);

		const first = (await call(clevertap, 'GET', `/1/events.json?cursor=${cursor}`)).json as Page;
		expect(first.records).toHaveLength(23);
		expect(first.records?.[0]).toEqual({
			profile: { identity: 'u0', platform: 'Web', profileData: { Plan: 'gold' } },
			ts: 20260209100000,
			event_props: { Amount: 0, Gift: true },
			session_props: {},
		});
		const last = (await call(clevertap, 'GET', `/1/events.json?cursor=${first.next_cursor}`)).json as Page;
		expect(last.records).toHaveLength(7);
		expect(last.next_cursor).toBeUndefined();
		expect(clevertap.violations()).toEqual([]);
	});

	it('knows a cursor only as it was handed out', async () => {
		const cursor = await start('/1/profiles.json', february);
		for (const other of [encodeURIComponent(cursor), decodeURIComponent(cursor)]) {
			expect((await call(clevertap, 'GET', `/1/profiles.json?cursor=${other}`)).json).toEqual({
				status: 'fail',
				error: 'Incorrect Usage',
			});
		}
	});

	it('has no records at all where nothing matches', async () => {
		const cursor = await start('/1/events.json', { ...february, from: 20260215 });
		await call(clevertap, 'GET', `/1/events.json?cursor=${cursor}`);
		expect((await call(clevertap, 'GET', `/1/events.json?cursor=${cursor}`)).json).toEqual({ status: 'success' });
	});

	it.each<[string, object, number, object]>([
		[
			'an event of another spelling',
			{ ...february, event_name: 'charged' },
			200,
			{ error: '["Invalid event : charged"]', code: 400 },
		],
		['days the wrong way round', { ...february, from: 20260301 }, 200, { code: 4002 }],
		['a day in the future', { ...february, to: 20991231 }, 200, { code: 4002 }],
		[
			'a notification event',
			{ ...february, event_name: 'Notification Sent' },
			400,
			{ error: 'Export not allowed for this event' },
		],
	])('refuses %s', async (_name, query, status, refusal) => {
		const reply = await call(clevertap, 'POST', '/1/events.json?batch_size=23', query);
		expect(reply.status).toBe(status);
		expect(reply.json).toMatchObject({ status: 'fail', ...refusal });
	});
});

describe('a count', () => {
	it('comes by a ticket that is too long for a number, at the second ask', async () => {
		const { text } = await call(clevertap, 'POST', '/1/counts/events.json', february);
		const ticket = /"req_id":(\d+)/.exec(text)?.[1] ?? '';
		expect(Number.isSafeInteger(Number(ticket))).toBe(false);
		const poll = async () => (await call(clevertap, 'GET', `/1/counts/events.json?req_id=${ticket}`)).json;
		expect(await poll()).toMatchObject({ status: 'partial' });
		expect(await poll()).toEqual({ status: 'success', count: 30 });
		expect((await call(clevertap, 'GET', '/1/counts/events.json?req_id=1')).json).toEqual({
			status: 'fail',
			error: 'Invalid Request id',
		});
	});

	it.each<[string, object, number]>([
		[
			'an event property',
			{ ...february, event_properties: [{ name: 'Amount', operator: 'greater_than_equals', value: 28 }] },
			2,
		],
		['true as text', { ...february, event_properties: [{ name: 'Gift', operator: 'equals', value: 'True' }] }, 1],
		[
			'a profile property',
			{ ...february, common_profile_properties: { profile_fields: [{ name: 'Plan', operator: 'does_not_exist' }] } },
			15,
		],
	])('filters by %s', async (_name, query, count) => {
		const { text } = await call(clevertap, 'POST', '/1/counts/events.json', query);
		const path = `/1/counts/events.json?req_id=${/"req_id":(\d+)/.exec(text)?.[1]}`;
		await call(clevertap, 'GET', path);
		expect((await call(clevertap, 'GET', path)).json).toEqual({ status: 'success', count });
	});
});

describe('upkeep', () => {
	it('deletes by identity or Object ID, never by both', async () => {
		const both = await call(clevertap, 'POST', '/1/delete/profiles.json', { identity: ['u0'], guid: ['x'] });
		expect(both.status).toBe(400);
		expect(clevertap.profiles()).toHaveLength(2);

		const one = await call(clevertap, 'POST', '/1/delete/profiles.json', { identity: ['u0'] });
		expect(one.json).toEqual({ status: 'success' });
		expect(clevertap.profiles().map(({ identity }) => identity)).toEqual(['u1']);
		expect(clevertap.events()).toHaveLength(15);
	});

	it('demerges: the profile stays without its identity', async () => {
		await call(clevertap, 'POST', '/1/demerge/profiles.json', { identities: ['u0'] });
		expect(clevertap.profiles().map(({ identity }) => identity)).toEqual([undefined, 'u1']);
	});

	it('subscribes every profile that shares the value, and names records that it refuses', async () => {
		await upload(
			clevertap,
			['u0', 'u1'].map((identity) => ({ type: 'profile', identity, profileData: { Email: 'a@example.com' } })),
		);
		const { json } = await call(clevertap, 'POST', '/1/subscribe', {
			d: [
				{ type: 'email', value: 'a@example.com', status: 'Unsubscribe' },
				{ type: 'phone', value: '12', status: 'Unsubscribe' },
			],
		});
		expect(json).toMatchObject({ status: 'partial', processed: 1, unprocessed: [{ code: 516 }] });
		expect(clevertap.profiles().map(({ profileData }) => profileData['MSG-email'])).toEqual([false, false]);
	});

	it('takes a phone number from the profile whose identity it is', async () => {
		await upload(clevertap, [{ type: 'profile', identity: '+14155551234', profileData: { Name: 'Ada' } }]);
		await call(clevertap, 'POST', '/1/disassociate', { d: [{ type: 'phone', value: '+14155551234' }] });
		const { json } = await call(clevertap, 'GET', '/1/profile.json?identity=%2B14155551234');
		expect(json).toEqual({ status: 'success', record: null });
	});
});
