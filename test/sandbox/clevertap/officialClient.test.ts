import official from 'clevertap';
import { startCleverTap } from '../../../sandbox/clevertap/clevertap';
import type { LocalCleverTap } from '../../../sandbox/clevertap/clevertap';

describe("CleverTap's own client library against the local CleverTap", () => {
	let clevertap: LocalCleverTap;

	const clientFor = (passcode: string) => {
		const client = official.init(clevertap.accountId, passcode, official.REGIONS.INDIA);
		client.api.apiEndpoint = `${clevertap.url}/1`;
		return client;
	};

	beforeEach(async () => {
		clevertap = await startCleverTap();
	});

	afterEach(async () => {
		await clevertap.close();
	});

	it('uploads profiles and events and reads one back', async () => {
		const client = clientFor(clevertap.passcode);
		const people = Array.from({ length: 150 }, (_, index) => ({
			type: 'profile',
			identity: `person-${index}`,
			profileData: { Name: `Person ${index}`, Email: `person-${index}@example.com` },
		}));
		const replies = await client.upload(people);
		// The library sends a hundred at a time.
		expect(replies).toEqual([
			{ status: 'success', processed: 100, unprocessed: [] },
			{ status: 'success', processed: 50, unprocessed: [] },
		]);
		const event = {
			type: 'event',
			identity: 'person-3',
			evtName: 'Feedback Given',
			evtData: { Rating: 5 },
		};
		expect(await client.upload([{ ...event, ts: 1700000000 }])).toEqual({
			status: 'success',
			processed: 1,
			unprocessed: [],
		});

		expect(await client.profile({ email: 'person-3@example.com' })).toEqual({
			status: 'success',
			record: {
				identity: 'person-3',
				email: 'person-3@example.com',
				name: 'Person 3',
				profileData: { Name: 'Person 3', Email: 'person-3@example.com' },
				events: { 'Feedback Given': { count: 1, first_seen: 1700000000, last_seen: 1700000000 } },
				platformInfo: [],
			},
		});
		expect(await client.realTimeCounts({})).toMatchObject({ status: 'success' });
		expect(clevertap.profiles()).toHaveLength(150);
		expect(clevertap.events()).toMatchObject([{ identity: 'person-3', evtData: { Rating: 5 } }]);
		expect(clevertap.violations()).toEqual([]);
	});

	it('hears what is wrong', async () => {
		const bad = [{ type: 'profile', identity: '7', profileData: { Email: '$$$$$' } }];
		expect(await clientFor(clevertap.passcode).upload(bad)).toMatchObject({
			status: 'fail',
			unprocessed: [{ code: 515 }],
		});
		expect(await clientFor('wrong').upload(bad)).toEqual({
			status: 'fail',
			error: 'Invalid Credentials',
			code: 401,
		});
	});
});
