import { startTally } from '../../../sandbox/tally/tally';
import type { LocalTally, LocalTallyOptions } from '../../../sandbox/tally/tally';
import { startReceiver } from '../receiver';
import type { Receiver } from '../receiver';
import { addWebhook, call } from './client';

/** What may be so or otherwise at Tally. */
describe('the local Tally can be told', () => {
	let tally: LocalTally;
	let receiver: Receiver;
	let webhookId: string;

	const start = async (options: LocalTallyOptions = {}): Promise<void> => {
		tally = await startTally({ timeScale: 1e-7, ...options });
		webhookId = await addWebhook(tally, receiver.url);
	};

	beforeEach(async () => {
		receiver = await startReceiver();
	});

	afterEach(async () => {
		await tally.close();
		await receiver.close();
	});

	it.each(['DROPPED', 'FAILED'] as const)('to try nothing again, and to log that as %s', async (givenUpAs) => {
		await start({ retries: 0, givenUpAs });
		receiver.answers = [503];
		await tally.submit();
		await tally.settled();
		expect(receiver.received).toHaveLength(1);
		expect(tally.deliveries()).toMatchObject([{ deliveryStatus: givenUpAs, statusCode: 503, retry: 0 }]);
		const path = `/webhooks/${webhookId}/events/${tally.deliveries()[0]?.id}`;
		expect((await call(tally, 'POST', path)).status).toBe(204);
		await tally.settled();
		expect(tally.deliveries()).toMatchObject([{ deliveryStatus: 'SUCCEEDED', retry: 1 }]);
	});

	it('to try again less often, from now on', async () => {
		await start();
		tally.behave({ retries: 2 });
		receiver.answers = [503, 503, 503, 503];
		await tally.submit();
		await tally.settled();
		expect(receiver.received).toHaveLength(3);
	});

	it('to refuse to make a delivery again that succeeded', async () => {
		await start();
		await tally.submit();
		await tally.settled();
		const path = `/webhooks/${webhookId}/events/${tally.deliveries()[0]?.id}`;
		expect((await call(tally, 'POST', path)).status).toBe(204);
		await tally.settled();
		tally.behave({ repeatsSucceeded: false });
		expect(await call(tally, 'POST', path)).toMatchObject({
			status: 400,
			json: { errorType: 'VALIDATION', message: 'Event was delivered already' },
		});
		await tally.settled();
		expect(receiver.received).toHaveLength(2);
		expect(tally.violations()).toEqual([]);
	});

	const idsOf = async (path: string): Promise<string[]> => {
		const { json } = await call(tally, 'GET', path);
		const { submissions, events } = json as {
			submissions?: Array<{ id: string }>;
			events?: Array<{ payload: { data: { submissionId: string } } }>;
		};
		return submissions?.map(({ id }) => id) ?? events?.map(({ payload }) => payload.data.submissionId) ?? [];
	};

	it('in which order its lists are; a shuffled one has the same pages each time', async () => {
		await start();
		const sent: string[] = [];
		for (let index = 0; index < 30; index += 1) sent.push((await tally.submit({})).submissionId);
		await tally.settled();
		const submissions = `/forms/${tally.formId}/submissions?limit=20`;
		const events = `/webhooks/${webhookId}/events`;
		const both = async (path: string) => [
			...(await idsOf(path)),
			...(await idsOf(`${path}${path.includes('?') ? '&' : '?'}page=2`)),
		];
		for (const path of [submissions, events]) {
			expect(await both(path)).toEqual([...sent].reverse());
		}
		tally.behave({ orderOfSubmissions: 'oldestFirst', orderOfDeliveries: 'shuffled' });
		expect(await both(submissions)).toEqual(sent);
		const shuffled = await both(events);
		expect([...shuffled].sort()).toEqual([...sent].sort());
		expect(shuffled).not.toEqual(sent);
		expect(await both(events)).toEqual(shuffled);
		tally.behave({ orderOfSubmissions: 'shuffled', orderOfDeliveries: 'oldestFirst' });
		expect(await both(events)).toEqual(sent);
		expect([...(await both(submissions))].sort()).toEqual([...sent].sort());
	});

	it.each(['newestFirst', 'oldestFirst'] as const)(
		'whether a list after a submission has it, too: %s',
		async (order) => {
			await start({ orderOfSubmissions: order });
			const sent: string[] = [];
			for (let index = 0; index < 3; index += 1) sent.push((await tally.submit({})).submissionId);
			const listed = (ids: string[]) => (order === 'newestFirst' ? [...ids].reverse() : ids);
			const path = `/forms/${tally.formId}/submissions?afterId=${sent[1]}`;
			expect(await idsOf(path)).toEqual([sent[2]]);
			tally.behave({ afterIdIsInclusive: true });
			expect(await idsOf(path)).toEqual(listed([sent[1] ?? '', sent[2] ?? '']));
		},
	);

	it('that its clock is wrong: every time that it writes is', async () => {
		const aheadMs = -7_200_000;
		await start({ clockAheadMs: aheadMs });
		await tally.submit();
		await tally.settled();
		const { submissions } = (await call(tally, 'GET', `/forms/${tally.formId}/submissions`)).json as {
			submissions: Array<{ submittedAt: string }>;
		};
		const [entry] = tally.deliveries();
		const [webhook] = tally.webhooks();
		const { headers } = await fetch(`${tally.url}/users/me`);
		const written = [
			submissions[0]?.submittedAt,
			entry?.createdAt,
			entry?.updatedAt,
			entry?.payload.createdAt,
			entry?.payload.data.createdAt,
			webhook?.createdAt,
			webhook?.lastSyncedAt,
			headers.get('date'),
		];
		for (const text of written) {
			const offMs = Date.parse(text ?? '') - Date.now() - aheadMs;
			expect(Math.abs(offMs)).toBeLessThan(60_000);
		}
		expect(submissions[0]?.submittedAt).toMatch(/:\d\d\.000Z$/);
	});
});
