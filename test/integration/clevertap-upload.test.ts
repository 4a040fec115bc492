import { join } from 'node:path';

import nock from 'nock';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { runNode, type NodeRun } from '../support/engine';
import { schemaBreaks } from '../support/outputSchema';

const NODE_FOLDER = join(__dirname, '../../nodes/CleverTap');
const ORIGIN = 'https://in1.api.clevertap.com';
const credential = {
	type: new CleverTapAccountApi(),
	data: { accountId: 'TEST-1', passcode: 'open sesame', region: 'in1' },
};

interface Upload {
	readonly d: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

/** Answers uploads as CleverTap does, refusing profiles whose Email has no @, and keeps what came. */
function cleverTap(): Upload[] {
	const uploads: Upload[] = [];
	nock(ORIGIN, { reqheaders: { 'X-CleverTap-Account-Id': 'TEST-1', 'X-CleverTap-Passcode': 'open sesame' } })
		.persist()
		.post('/1/upload')
		.reply(200, (_uri, body) => {
			const upload = body as Upload;
			uploads.push(upload);
			const unprocessed = upload.d.flatMap((record, index) => {
				const email = (record.profileData as { Email?: string } | undefined)?.Email;
				return email === undefined || email.includes('@')
					? []
					: [
							{
								status: 'fail',
								code: 515,
								error: `Profile data is incorrect. Email is not valid.Skipped record number : ${index + 1}`,
								record,
							},
						];
			});
			const status = unprocessed.length === 0 ? 'success' : 'partial';
			return { status, processed: upload.d.length - unprocessed.length, unprocessed };
		});
	return uploads;
}

function profiles(count: number, badOnes: readonly number[] = []): NodeRun['items'] {
	return Array.from({ length: count }, (_, index) => ({
		json: { id: `user-${index}`, mail: badOnes.includes(index) ? 'nobody' : `u${index}@example.com` },
		pairedItem: { item: index },
	}));
}

const upsert = {
	resource: 'profile',
	operation: 'upsert',
	identifyBy: 'identity',
	identifier: '={{ $json.id }}',
	propertiesMode: 'fields',
	properties: {
		assignments: [{ id: '1', name: 'email', value: '={{ $json.mail }}', type: 'string' }],
	},
	options: {},
};

const run = (parameters: NodeRun['parameters'], items: NodeRun['items'], onError?: NodeRun['onError']) =>
	runNode({ node: new CleverTap(), credential, parameters, items, onError });

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
	nock.enableNetConnect();
	nock.restore();
});

describe('2,500 profiles of which CleverTap refuses three', () => {
	const refusedItems = [7, 1_500, 2_499];

	it('go out in three requests; 2,497 go on, exactly three reach the error output', async () => {
		const uploads = cleverTap();

		const { status, outputs } = await run(upsert, profiles(2_500, refusedItems), 'continueErrorOutput');

		expect(status).toBe('success');
		expect(uploads.map(({ d }) => d.length)).toEqual([1000, 1000, 500]);
		const [accepted = [], refused = []] = outputs;
		expect(accepted).toHaveLength(2_497);
		expect(accepted[7]).toEqual({
			json: {
				status: 'accepted',
				sent: 'profile',
				identity: 'user-8',
				adjusted: ['"email" was sent as "Email"'],
			},
			pairedItem: { item: 8 },
		});
		expect(schemaBreaks(NODE_FOLDER, 'profile', 'upsert', accepted[7]?.json ?? {})).toEqual([]);
		expect(refused.map(({ json }) => json)).toEqual(
			refusedItems.map((item) => ({
				id: `user-${item}`,
				mail: 'nobody',
				error: '515: Profile data is incorrect. Email is not valid.',
				details: {
					status: 'refused',
					code: 515,
					reason: 'Profile data is incorrect. Email is not valid.',
					advice: 'Check the Email of this item: it is not an address.',
					sent: 'profile',
					identity: `user-${item}`,
					adjusted: ['"email" was sent as "Email"'],
				},
			})),
		);
		expect(refused.map(({ pairedItem }) => pairedItem)).toEqual(refusedItems.map((item) => ({ item })));
	});

	it('fail the node once, after everything was attempted, with all three named', async () => {
		const uploads = cleverTap();

		const { status, error } = await run(upsert, profiles(2_500, refusedItems));

		expect(status).toBe('error');
		expect(uploads).toHaveLength(3);
		expect(error?.message).toBe('CleverTap did not take 3 of 2500 items');
		for (const item of refusedItems) {
			expect(error?.description).toContain(`[Item ${item}] 515: Profile data is incorrect.`);
		}
		expect(error?.description).toContain('The other 2497 went well');
		expect(JSON.stringify(error)).not.toContain('open sesame');
	});
});

describe('one request', () => {
	it('matches standard names, keeps types and asks for validation only in a dry run', async () => {
		const dryRun = nock(ORIGIN)
			.post('/1/upload', {
				d: [
					{
						identity: 'ada',
						ts: 1_770_631_200,
						type: 'profile',
						profileData: { Email: 'ada@example.com', Visits: 3, Member: true, Topics: { $set: ['Fit, and finish'] } },
					},
				],
			})
			.query({ dryRun: 1 })
			.reply(200, { status: 'success', processed: 0, unprocessed: [] });

		const { outputs } = await run(
			{
				...upsert,
				identifier: 'ada',
				timestamp: '2026-02-09T10:00:00Z',
				propertiesMode: 'input',
				options: { dryRun: true },
			},
			[{ json: { email: 'ada@example.com', Visits: 3, Member: true, Topics: ['Fit, and finish'] } }],
		);

		expect(dryRun.isDone()).toBe(true);
		expect(outputs[0]?.[0]?.json).toEqual({
			status: 'valid',
			sent: 'profile',
			identity: 'ada',
			adjusted: ['"email" was sent as "Email"'],
		});
	});

	it('sends an event of a submission with its answers, hidden and calculated fields', async () => {
		const uploads = cleverTap();

		const { outputs } = await run(
			{
				resource: 'event',
				operation: 'upload',
				identifyBy: 'objectId',
				identifier: '={{ $json.respondentId }}',
				eventName: { __rl: true, mode: 'name', value: 'Feedback Given' },
				propertiesMode: 'input',
				timestamp: '={{ $json.submittedAt }}',
				options: {},
			},
			[
				{
					json: {
						submissionId: 'Z9Z97Go',
						respondentId: 'aB3xYz',
						formId: 'GxdRaQ',
						submittedAt: '2026-02-09T10:00:00.000Z',
						answers: {
							"What's your name?": 'Ada',
							Topics: ['Price', 'Fit, and finish'],
							'Rate us': { Speed: 'Good', Price: 'Fair' },
							CV: [{ name: 'cv.pdf', url: 'https://storage.example/cv.pdf', mimeType: 'application/pdf', size: 9 }],
						},
						hidden: { utm_source: 'newsletter' },
						calculated: { score: 12 },
					},
				},
			],
		);

		expect(uploads).toEqual([
			{
				d: [
					{
						objectId: 'aB3xYz',
						ts: 1_770_631_200,
						type: 'event',
						evtName: 'Feedback Given',
						evtData: {
							'Whats your name?': 'Ada',
							Topics: 'Price, Fit, and finish',
							'Rate us - Speed': 'Good',
							'Rate us - Price': 'Fair',
							CV: 'https://storage.example/cv.pdf',
							utm_source: 'newsletter',
							score: 12,
						},
					},
				],
			},
		]);
		const result = outputs[0]?.[0]?.json ?? {};
		expect(result).toEqual({
			status: 'accepted',
			sent: 'event',
			eventName: 'Feedback Given',
			objectId: 'aB3xYz',
			adjusted: expect.arrayContaining([
				'"What\'s your name?" was sent as "Whats your name?"',
				'"Topics" was joined into one text',
				'"CV" was sent as its links',
			]) as string[],
		});
		expect(schemaBreaks(NODE_FOLDER, 'event', 'upload', result)).toEqual([]);
	});

	it('carries the profile and the event of an item, and names which of the two was refused', async () => {
		const uploads = cleverTap();

		const { outputs } = await run(
			{
				resource: 'event',
				operation: 'upload',
				identifyBy: 'identity',
				identifier: '={{ $json.id }}',
				eventName: { __rl: true, mode: 'list', value: 'Feedback Given' },
				propertiesMode: 'json',
				propertiesJson: '{"Rating": 5}',
				updateProfile: true,
				profileProperties: upsert.properties,
				options: {},
			},
			profiles(2, [1]),
			'continueErrorOutput',
		);

		expect(uploads.map(({ d }) => d.map(({ identity, type }) => [identity, type]))).toEqual([
			[
				['user-0', 'profile'],
				['user-0', 'event'],
				['user-1', 'profile'],
				['user-1', 'event'],
			],
		]);
		expect(outputs[0]?.map(({ json }) => [json.sent, json.identity])).toEqual([['event and profile', 'user-0']]);
		expect(outputs[1]?.map(({ json }) => json.id)).toEqual(['user-1']);
		expect(outputs[1]?.[0]?.json.error).toBe(
			'515: The event was stored, the profile was not: Profile data is incorrect. Email is not valid.',
		);
	});

	it('sends the changes of lists and numbers in CleverTap’s own form', async () => {
		const uploads = cleverTap();

		await run(
			{
				...upsert,
				changes: {
					change: [
						{ property: 'Tags', kind: 'add', value: '={{ $json.id }}' },
						{ property: 'Visits', kind: 'increase', value: '1' },
						{ property: 'Gender', kind: 'delete', value: '' },
					],
				},
			},
			profiles(1),
		);

		expect(uploads[0]?.d[0]?.profileData).toEqual({
			Email: 'u0@example.com',
			Tags: { $add: ['user-0'] },
			Visits: { $incr: 1 },
			Gender: { $delete: 1 },
		});
	});
});

describe('bad input never loses good input', () => {
	it('refuses items without an identifier or with a bad time before the request and sends the rest', async () => {
		const uploads = cleverTap();

		const { outputs } = await run(
			{ ...upsert, timestamp: '={{ $json.when }}' },
			[
				{ json: { id: 'a', when: '' } },
				{ json: { id: '', when: '' } },
				{ json: { id: 'c', when: 'next Tuesday' } },
				{ json: { id: 'd', when: 1_770_631_200_000 } },
			],
			'continueErrorOutput',
		);

		expect(uploads[0]?.d.map(({ identity, ts }) => [identity, ts])).toEqual([
			['a', undefined],
			['d', 1_770_631_200],
		]);
		expect(outputs[1]?.map(({ json }) => json.error)).toEqual([
			'"Identifier" is empty',
			'"Timestamp" is not a valid date: text',
		]);
	});

	it('refuses an item whose expression fails and sends the rest', async () => {
		const uploads = cleverTap();
		const identifier = "={{ $json.id === 'user-1' ? $('Nowhere').item.json.id : $json.id }}";

		const { outputs } = await run({ ...upsert, identifier }, profiles(3), 'continueErrorOutput');

		expect(uploads.flatMap(({ d }) => d.map(({ identity }) => identity))).toEqual(['user-0', 'user-2']);
		const [accepted = [], refused = []] = outputs;
		expect(accepted.map(({ json }) => json.identity)).toEqual(['user-0', 'user-2']);
		expect(refused.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				id: 'user-1',
				error: expect.stringMatching(/nowhere|referenced node/i) as string,
				details: expect.objectContaining({
					status: 'refused',
					advice: expect.stringContaining('expressions') as string,
				}) as object,
			}),
		]);
	});

	it('halves a request that CleverTap refuses as a whole until the culprit stands alone', async () => {
		let requests = 0;
		nock(ORIGIN)
			.persist()
			.post('/1/upload')
			.reply((_uri, body) => {
				requests++;
				const { d } = body as Upload;
				return d.some(({ identity }) => identity === 'user-41')
					? [400, { status: 'fail', error: 'Malformed request', code: 400 }]
					: [200, { status: 'success', processed: d.length, unprocessed: [] }];
			});

		const { outputs } = await run(upsert, profiles(100), 'continueErrorOutput');

		expect(outputs[0]).toHaveLength(99);
		expect(outputs[1]?.map(({ json }) => [json.id, json.error])).toEqual([['user-41', '400: Malformed request']]);
		expect(requests).toBeLessThanOrEqual(15);
	});
});

describe('what CleverTap says of the whole account', () => {
	it('explains a wrong passcode or region once, without trying every batch', async () => {
		const scope = nock(ORIGIN)
			.persist()
			.post('/1/upload')
			.reply(401, { status: 'fail', error: 'Invalid Credentials', code: 401 });
		let requests = 0;
		scope.on('request', () => requests++);

		const { error } = await run({ ...upsert, options: { batchSize: 10, concurrency: 1 } }, profiles(50));

		expect(error?.message).toBe('CleverTap did not take 50 of 50 items');
		expect(error?.description).toContain('Open the CleverTap credential');
		expect(requests).toBe(1);
	});

	it('waits as long as a 429 asks and goes on', async () => {
		nock(ORIGIN)
			.post('/1/upload')
			.reply(429, { status: 'fail', error: 'Too many concurrent requests', code: 429 }, { 'Retry-After': '0' });
		const uploads = cleverTap();

		const { outputs } = await run(upsert, profiles(2));

		expect(uploads).toHaveLength(1);
		expect(outputs[0]).toHaveLength(2);
	});

	it('does not take an empty 200 for success and does not send an event twice', async () => {
		let requests = 0;
		nock(ORIGIN)
			.persist()
			.post('/1/upload')
			.reply(() => {
				requests++;
				return [200, ''];
			});

		const { outputs } = await run(
			{
				...upsert,
				resource: 'event',
				operation: 'upload',
				eventName: { __rl: true, mode: 'name', value: 'Feedback Given' },
			},
			profiles(2),
			'continueErrorOutput',
		);

		expect(requests).toBe(1);
		expect(outputs[0]).toHaveLength(0);
		expect(outputs[1]?.map(({ json }) => (json.details as { status: string }).status)).toEqual(['unknown', 'unknown']);
	});
});
