import fc from 'fast-check';
import { startCleverTap } from '../../../sandbox/clevertap/clevertap';
import type { LocalCleverTap } from '../../../sandbox/clevertap/clevertap';
import { merge } from '../../../sandbox/clevertap/profiles';
import { call, upload } from './client';
import { anyNumber } from '../matching';

describe('merging a profile', () => {
	it.each([
		['a new value replaces the old one', { A: 1 }, { A: 'x' }, { A: 'x' }],
		['what is not named stays', { A: 1 }, { B: 2 }, { A: 1, B: 2 }],
		['$set makes a list', { A: 1 }, { A: { $set: ['x', 'y'] } }, { A: ['x', 'y'] }],
		['$add makes a list', {}, { A: { $add: ['x'] } }, { A: ['x'] }],
		['$add to a scalar keeps it as the first entry', { A: 'w' }, { A: { $add: ['x'] } }, { A: ['w', 'x'] }],
		['$add keeps entries unique', { A: ['x'] }, { A: { $add: ['x', 'y'] } }, { A: ['x', 'y'] }],
		['$remove takes entries out', { A: ['x', 'y'] }, { A: { $remove: ['x'] } }, { A: ['y'] }],
		['$remove of the last entry removes the property', { A: ['x'] }, { A: { $remove: ['x'] } }, {}],
		['$incr counts up', { A: 1 }, { A: { $incr: 10 } }, { A: 11 }],
		['$incr starts at zero', {}, { A: { $incr: 10 } }, { A: 10 }],
		['$decr counts down', { A: 1 }, { A: { $decr: 3 } }, { A: -2 }],
		['$delete removes', { A: 1, B: 2 }, { A: { $delete: 1 } }, { B: 2 }],
	])('%s', (_name, before, changes, after) => {
		expect(merge(before, changes)).toEqual(after);
	});

	it('keeps the hundred newest entries of a list', () => {
		const entries = Array.from({ length: 101 }, (_, index) => `e${index}`);
		expect(merge({ A: entries.slice(0, 100) }, { A: { $add: ['e100'] } })).toEqual({
			A: entries.slice(1),
		});
	});

	it('is the same twice, whatever the values, for everything but counting', () => {
		const value = fc.oneof(fc.string(), fc.integer(), fc.boolean());
		const texts = fc.array(fc.string(), { maxLength: 5 });
		const change = fc.oneof(
			value,
			fc.record({ $set: texts }),
			fc.record({ $add: texts }),
			fc.record({ $remove: texts }),
			fc.constant({ $delete: 1 }),
		);
		const data = fc.dictionary(fc.string(), value);
		fc.assert(
			fc.property(data, fc.dictionary(fc.string(), change), (before, changes) => {
				const once = merge(before, changes);
				expect(merge(once, changes)).toEqual(once);
			}),
		);
	});
});

describe('reads of the local CleverTap', () => {
	let clevertap: LocalCleverTap;

	beforeEach(async () => {
		clevertap = await startCleverTap();
	});

	afterEach(async () => {
		await clevertap.close();
	});

	const read = async (query: string) => (await call(clevertap, 'GET', `/1/profile.json?${query}`)).json;

	it('find a profile by identity, email, object id and a further identity', async () => {
		await upload(clevertap, [
			{
				identity: '+14155550123',
				type: 'profile',
				profileData: { Name: 'Ada', Email: 'ada@example.com', identity: 'A-1' },
			},
			{ objectId: 'device1', type: 'profile', profileData: { Tags: { $add: ['x'] } } },
		]);
		const ada = {
			status: 'success',
			record: {
				identity: '+14155550123',
				email: 'ada@example.com',
				name: 'Ada',
				profileData: { Name: 'Ada', Email: 'ada@example.com', identity: 'A-1' },
				events: {},
				platformInfo: [],
			},
		};
		expect(await read('identity=%2B14155550123')).toEqual(ada);
		expect(await read('identity=A-1')).toEqual(ada);
		expect(await read('email=ada%40example.com')).toEqual(ada);
		expect(await read('objectId=device1')).toMatchObject({
			record: { profileData: { Tags: ['x'] }, platformInfo: [{ objectId: 'device1' }] },
		});
		expect(clevertap.violations()).toEqual([]);
	});

	it('count the events of a profile, and find nobody without an error', async () => {
		const event = { identity: '7', type: 'event', evtName: 'Feedback Given', evtData: {} };
		await upload(clevertap, [
			{ ...event, ts: 1700000200 },
			{ ...event, ts: 1700000100 },
			{ ...event, identity: '8', ts: 1700000300 },
		]);
		expect(await read('identity=7')).toMatchObject({
			record: {
				events: { 'Feedback Given': { count: 2, first_seen: 1700000100, last_seen: 1700000200 } },
			},
		});
		expect(await read('identity=nobody')).toEqual({ status: 'success', record: null });
		expect(await read('email=nobody%40example.com')).toEqual({ status: 'success', record: null });
	});

	it('store nothing', async () => {
		expect(await read('identity=7')).toMatchObject({ record: null });
		const now = await call(clevertap, 'POST', '/1/now.json', {});
		expect(now.json).toEqual({ status: 'success', count: 0, last_processed_ts: anyNumber });
		expect(clevertap.profiles()).toEqual([]);
	});

	it('answer 401 like uploads', async () => {
		const headers = { 'X-CleverTap-Passcode': 'wrong' };
		for (const [method, path, body] of [
			['GET', '/1/profile.json?identity=7', undefined],
			['POST', '/1/now.json', {}],
			['GET', '/getSchema?type=events', undefined],
		] as const) {
			expect(await call(clevertap, method, path, body, headers)).toMatchObject({
				status: 401,
				json: { error: 'Invalid Credentials' },
			});
		}
	});

	it('take exactly one key', async () => {
		for (const query of ['', 'identity=7&email=a%40example.com', 'phone=7']) {
			expect((await call(clevertap, 'GET', `/1/profile.json?${query}`)).status).toBe(400);
		}
		expect(clevertap.violations().length).toBeGreaterThanOrEqual(3);
	});

	it('name the events and properties that were seen', async () => {
		await upload(clevertap, [
			{ identity: '7', type: 'event', evtName: 'Feedback Given', evtData: {} },
			{ identity: '7', type: 'event', evtName: 'Feedback Given', evtData: {} },
			{ identity: '7', type: 'profile', profileData: { Name: 'Ada', Plan: 'Team' } },
		]);
		const schema = async (type: string) => (await call(clevertap, 'GET', `/getSchema?type=${type}`)).json;
		expect(await schema('events')).toEqual({ events: [{ name: 'Feedback Given' }] });
		expect(await schema('userProperties')).toEqual({
			userProperties: [{ name: 'Name' }, { name: 'Plan' }],
		});
		expect(await schema('other')).toMatchObject({ status: 'fail' });
	});
});
