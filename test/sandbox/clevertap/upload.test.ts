import { startCleverTap } from '../../../sandbox/clevertap/clevertap';
import type { LocalCleverTap } from '../../../sandbox/clevertap/clevertap';
import { call, upload } from './client';
import { textLike } from '../matching';

const success = (processed: number) => ({ status: 'success', processed, unprocessed: [] });

const profile = (profileData: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
	identity: '7',
	ts: 1700000000,
	type: 'profile',
	profileData,
	...more,
});

const event = (evtData: unknown, more: Record<string, unknown> = {}) => ({
	identity: '7',
	ts: 1700000000,
	type: 'event',
	evtName: 'Feedback Given',
	evtData,
	...more,
});

const wholePerson = {
	identity: 7,
	Name: 'Ada Example',
	Email: 'ada@example.com',
	Gender: 'F',
	Phone: '+14155550123',
	Employed: 'Y',
	Education: 'Graduate',
	Married: 'N',
	Age: '36',
};

describe('POST /1/upload of the local CleverTap', () => {
	let clevertap: LocalCleverTap;

	beforeEach(async () => {
		clevertap = await startCleverTap({ discardedEvents: ['Old News'] });
	});

	afterEach(async () => {
		await clevertap.close();
	});

	it('takes profiles and events together', async () => {
		const reply = await upload(clevertap, [profile(wholePerson), event({ Rating: 5, Happy: true })]);
		expect(reply).toMatchObject({ status: 200, json: success(2) });
		expect(clevertap.profiles()).toMatchObject([{ identity: '7', profileData: wholePerson }]);
		expect(clevertap.events()).toMatchObject([
			{
				identity: '7',
				evtName: 'Feedback Given',
				evtData: { Rating: 5, Happy: true },
				ts: 1700000000,
			},
		]);
		expect(clevertap.requests()).toEqual([{ method: 'POST', path: '/1/upload', status: 200, records: 2 }]);
		expect(clevertap.violations()).toEqual([]);
	});

	it('takes an event with items bought, and dates', async () => {
		const Items = [{ Category: 'books', Quantity: 1 }];
		const record = event({ Amount: 300, Items, Delivery: '$D_1468322268' }, { evtName: 'Charged' });
		expect((await upload(clevertap, [record])).json).toEqual(success(1));
		expect(clevertap.violations()).toEqual([]);
	});

	it('stores nothing on a dry run, and says the same', async () => {
		const records = [profile(wholePerson), profile({ Email: '1234' })];
		const dry = await upload(clevertap, records, '?dryRun=1');
		expect(dry.json).toMatchObject({ status: 'partial', processed: 1 });
		expect(clevertap.profiles()).toEqual([]);
		expect((await upload(clevertap, records)).json).toEqual(dry.json);
		expect(clevertap.profiles()).toHaveLength(1);
	});

	it('appends events, however often they come', async () => {
		await upload(clevertap, [event({ Rating: 5 })]);
		await upload(clevertap, [event({ Rating: 5 })]);
		expect(clevertap.events()).toHaveLength(2);
	});

	// The texts are those of recorded replies, missing spaces and doubled points included.
	it.each([
		['Email', '$$$$$', 515, 'Email is not valid.', {}],
		['Email', '1234', 515, 'Email is not valid.', {}],
		['Phone', '223', 516, 'Phone number is not valid.', {}],
		['Phone', '+44+441234', 516, 'Phone number is not valid.', {}],
		['Employed', '223', 517, 'Employed needs to be Y/N.', { Phone: 14155550123 }],
		['Education', '223', 518, 'Education needs to be School/College/Graduate..', { Phone: 14155550123 }],
		['Married', '223', 519, 'Married needs to be Y/N.', { Phone: 14155550123 }],
		['Age', 'aa', 520, 'Age is invalid.', { Phone: 14155550123, identity: '7' }],
	])('refuses a profile for its %s %s as recorded', async (key, value, code, text, changed) => {
		const bad = { ...wholePerson, [key]: value };
		const reply = await upload(clevertap, [profile(bad), profile(wholePerson), profile(bad)]);
		const refusal = (number: number) => ({
			status: 'fail',
			code,
			error: `Profile data is incorrect. ${text}Skipped record number : ${number}`,
			record: profile({ ...bad, ...changed }),
		});
		expect(reply).toMatchObject({ status: 200 });
		expect(reply.json).toEqual({
			status: 'partial',
			processed: 1,
			unprocessed: [refusal(1), refusal(3)],
		});
		expect(clevertap.violations()).toEqual([]);
	});

	it.each([
		[525, 'a time of zero', profile({}, { ts: 0 }), 'Timestamp should be present in the Unix Epoch format. '],
		[
			525,
			'a time in text',
			event({}, { ts: '2026-01-01T00:00:00Z' }),
			'Timestamp should be present in the Unix Epoch format. ',
		],
		[
			509,
			'an event without a name',
			event({}, { evtName: undefined }),
			'Event Name is incorrect. ErrorCode: 509 - Event name is mandatory. ',
		],
		[
			513,
			'a system event',
			event({}, { evtName: 'Web Page Viewed' }),
			'Event Name is incorrect. ErrorCode: 513 - Trying to raise a restricted system event. ',
		],
	])('answers %i to %s as recorded', async (code, _name, record, text) => {
		const reply = await upload(clevertap, [record]);
		const sent: unknown = JSON.parse(JSON.stringify(record));
		expect(reply.json).toEqual({
			status: 'fail',
			processed: 0,
			unprocessed: [{ status: 'fail', code, error: `${text}Skipped record number : 1`, record: sent }],
		});
	});

	it.each([
		[512, 'an event without properties', event(undefined)],
		[512, 'event properties that are a list', event([])],
		[513, 'another system event', event({}, { evtName: 'Notification Clicked' })],
		[514, 'a gender that is none', profile({ Gender: 'female' })],
		[520, 'an age with a fraction', profile({ Age: 18.5 })],
		[
			522,
			'too many event properties',
			event(Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${index}`, 1]))),
		],
		[523, 'nobody', profile({}, { identity: undefined })],
		[523, 'an empty identity', event({}, { identity: '' })],
		[524, 'no type', profile({}, { type: undefined })],
		[524, 'a type of its own', event({}, { type: 'purchase' })],
		[526, 'an email as object id', profile({}, { identity: undefined, objectId: 'ada@example.com' })],
		[528, 'a discarded event', event({}, { evtName: 'Old News' })],
		[528, 'a discarded event in another spelling', event({}, { evtName: 'oldnews' })],
	])('answers %i to %s, by the documented codes', async (code, _name, record) => {
		const reply = await upload(clevertap, [profile({}), record]);
		expect(reply.json).toMatchObject({
			status: 'partial',
			processed: 1,
			unprocessed: [{ code, error: textLike(/\. ?Skipped record number : 2$/) }],
		});
		expect(clevertap.violations()).toEqual([]);
	});

	it('names the first problem only, in the order of its checks', async () => {
		const all = { Email: 'x', Phone: '1', Employed: '?', Education: '?', Married: '?', Age: '?' };
		const codes: unknown[] = [];
		for (const key of ['', ...Object.keys(all)]) {
			delete all[key as keyof typeof all];
			const record = profile({ ...all }, key === '' ? { ts: 0 } : {});
			const { unprocessed } = (await upload(clevertap, [record])).json as {
				unprocessed: Array<{ code: number }>;
			};
			codes.push(unprocessed[0]?.code);
		}
		expect(codes).toEqual([525, 516, 517, 518, 519, 520, undefined]);
	});

	describe('what the real service answers is unknown, or silence', () => {
		it.each([
			['null in an event', event({ Rating: null })],
			['null in a profile', profile({ Email: null })],
			['an object in an event', event({ Address: { City: 'Ghent' } })],
			['a list in an event', event({ Topics: ['Price'] })],
			['a list in a profile', profile({ Topics: ['Price'] })],
			['an object in a profile', profile({ Address: { City: 'Ghent' } })],
			['an operator that does not exist', profile({ Topics: { $append: ['Price'] } })],
			['a profile without properties', profile({}, { profileData: undefined })],
		])('refuses the whole body for %s', async (_name, record) => {
			const reply = await upload(clevertap, [profile(wholePerson), record]);
			expect(reply).toMatchObject({
				status: 400,
				json: { status: 'fail', error: 'Malformed request', code: 400 },
			});
			expect(clevertap.profiles()).toEqual([]);
			expect(clevertap.violations()).toEqual([expect.stringContaining('record 2')]);
		});

		it.each([
			['a forbidden character', { 'Was it good? 100%': 'yes' }],
			['a dot', { 'a.b': 'yes' }],
			['a name too long', { ['n'.repeat(121)]: 'yes' }],
			['a value too long in bytes', { Note: 'é'.repeat(257) }],
		])('accepts a property with %s, drops it and notes it', async (_name, bad) => {
			const reply = await upload(clevertap, [event({ ...bad, Rating: 5 }), profile({ ...bad, Name: 'A' })]);
			expect(reply.json).toEqual(success(2));
			expect(clevertap.events()).toMatchObject([{ evtData: { Rating: 5 } }]);
			expect(Object.keys(clevertap.events()[0]?.evtData ?? {})).toEqual(['Rating']);
			expect(Object.keys(clevertap.profiles()[0]?.profileData ?? {})).toEqual(['Name']);
			expect(clevertap.violations()).toHaveLength(2);
		});

		it('keeps names and values at the limit', async () => {
			const data = {
				['n'.repeat(120)]: 'x'.repeat(512),
				'Rating #1': 'profile names may not hold it',
			};
			await upload(clevertap, [event(data)]);
			expect(clevertap.events()).toMatchObject([{ evtData: data }]);
			expect(clevertap.violations()).toEqual([]);
			await upload(clevertap, [profile({ 'Rating #1': 1 })]);
			expect(clevertap.violations()).toHaveLength(1);
		});

		it('drops an event whose name holds a forbidden character', async () => {
			expect((await upload(clevertap, [event({}, { evtName: "It's done" })])).json).toEqual(success(1));
			expect(clevertap.events()).toEqual([]);
			expect(clevertap.violations()).toHaveLength(1);
		});

		it.each([
			['a member that is not described', { source: 'n8n' }],
			['two identifiers', { objectId: 'abc' }],
			['an identity that is a number', { identity: 7 }],
		])('takes a record with %s and notes it', async (_name, more) => {
			expect((await upload(clevertap, [event({}, more)])).json).toEqual(success(1));
			expect(clevertap.violations()).toHaveLength(1);
		});

		it('notes a date of birth in another form, and keeps it as text', async () => {
			expect((await upload(clevertap, [profile({ DOB: '1815-12-10' })])).json).toEqual(success(1));
			expect(clevertap.profiles()).toMatchObject([{ profileData: { DOB: '1815-12-10' } }]);
			expect(clevertap.violations()).toHaveLength(1);
			expect(clevertap.violations().join()).not.toContain('1815');
		});
	});

	describe('the body as a whole', () => {
		const malformed = { status: 'fail', error: 'Malformed request', code: 400 };

		it.each([
			['a list', []],
			['no records', { d: [] }],
			['one record too many', { d: Array.from({ length: 1001 }, () => profile({})) }],
			['a record that is a text', { d: ['record'] }],
			['no JSON', '{"d": [}'],
			['nothing', ''],
		])('is refused when it is %s', async (_name, body) => {
			expect(await call(clevertap, 'POST', '/1/upload', body)).toMatchObject({
				status: 400,
				json: malformed,
			});
		});

		it('may hold a thousand records', async () => {
			const records = Array.from({ length: 1000 }, (_, index) => profile({}, { identity: `${index}` }));
			expect((await upload(clevertap, records)).json).toEqual(success(1000));
			expect(clevertap.profiles()).toHaveLength(1000);
		});

		it.each(['// a comment\n{"d":[]}', '{"d":[ /* none */ ]}'])('must have no comments: %s', async (body) => {
			expect(await call(clevertap, 'POST', '/1/upload', body)).toMatchObject({
				status: 400,
				json: { status: 'fail', error: 'Remove comments from JSON' },
			});
		});

		it('is refused for a parameter that is not described', async () => {
			for (const query of ['?dryRun=2', '?dry=1']) {
				expect((await upload(clevertap, [profile({})], query)).status).toBe(400);
			}
			expect(clevertap.profiles()).toEqual([]);
			expect(clevertap.violations()).toHaveLength(2);
		});
	});

	it.each([
		['an unknown account', { 'X-CleverTap-Account-Id': 'AAA-AAA-AAAA' }, 'Account ID is not valid'],
		['a wrong passcode', { 'X-CleverTap-Passcode': 'wrong' }, 'Invalid Credentials'],
		['no passcode', { 'X-CleverTap-Passcode': '' }, 'Invalid Credentials'],
	])('answers 401 to %s', async (_name, headers, error) => {
		const reply = await call(clevertap, 'POST', '/1/upload', { d: [profile({})] }, headers);
		expect(reply).toMatchObject({ status: 401, json: { status: 'fail', error, code: 401 } });
		expect(clevertap.profiles()).toEqual([]);
	});

	it('answers 200 and nothing to a path that does not exist', async () => {
		expect(await call(clevertap, 'POST', '/1/uplaod', { d: [] })).toMatchObject({
			status: 200,
			text: '',
		});
		expect(clevertap.violations()).toHaveLength(1);
	});
});

describe('parallel uploads', () => {
	it('are refused over the limit, before anything of them is processed', async () => {
		const clevertap = await startCleverTap({ parallelLimit: 2, delayMs: 500 });
		try {
			const replies = await Promise.all(
				['1', '2', '3', '4', '5'].map((identity) => upload(clevertap, [profile({}, { identity })])),
			);
			const refused = replies.filter(({ status }) => status === 429);
			expect(refused).toHaveLength(3);
			expect(refused[0]?.json).toEqual({
				status: 'fail',
				error: 'Too many concurrent requests',
				code: 429,
			});
			expect(clevertap.profiles()).toHaveLength(2);
			expect((await upload(clevertap, [profile({})])).status).toBe(200);
		} finally {
			await clevertap.close();
		}
	});
});
