import { startTally } from '../../../sandbox/tally/tally';
import type { LocalTally } from '../../../sandbox/tally/tally';
import { startReceiver } from '../receiver';
import { addWebhook, call } from './client';

describe('the past of the local Tally', () => {
	let tally: LocalTally;

	beforeEach(async () => {
		tally = await startTally();
	});

	afterEach(async () => {
		await tally.close();
	});

	it('is there at once, ten thousand submissions long, listed and logged in order', async () => {
		const webhookId = await addWebhook(tally, 'http://127.0.0.1:9/nobody');
		const ids = tally.loadPast({ count: 10_000, overMs: 20_000_000, until: new Date('2026-01-31T12:00:00.700Z') });
		expect(new Set(ids).size).toBe(10_000);
		const { json } = await call(tally, 'GET', `/forms/${tally.formId}/submissions?limit=500&page=20&filter=completed`);
		expect(json).toMatchObject({ hasMore: false, totalNumberOfSubmissionsPerFilter: { completed: 10_000 } });
		const { submissions } = json as { submissions: Array<{ id: string; submittedAt: string }> };
		expect(submissions.map(({ id }) => id)).toEqual(ids.slice(0, 500).reverse());
		expect(submissions.at(-1)).toMatchObject({ submittedAt: '2026-01-31T06:26:40.000Z' });
		const log = (await call(tally, 'GET', `/webhooks/${webhookId}/events`)).json;
		expect(log).toMatchObject({ totalNumberOfEvents: 10_000 });
		expect((log as { events: unknown[] }).events[0]).toMatchObject({
			deliveryStatus: 'SUCCEEDED',
			statusCode: 200,
			response: '',
			createdAt: '2026-01-31T12:00:00.000Z',
			payload: { data: { submissionId: ids.at(-1), createdAt: '2026-01-31T12:00:00.000Z' } },
		});
		expect(tally.violations()).toEqual([]);
	});

	it('comes before what is there, and can be delivered again', async () => {
		const receiver = await startReceiver();
		const webhookId = await addWebhook(tally, receiver.url, { signingSecret: 's' });
		const { submissionId } = await tally.submit();
		const [id] = tally.loadPast({ count: 1, answers: { 'Your email': 'ada@example.com' } });
		await tally.settled();
		expect(tally.deliveries().map(({ payload }) => payload.data.submissionId)).toEqual([id, submissionId]);
		await call(tally, 'POST', `/webhooks/${webhookId}/events/${tally.deliveries()[0]?.id}`);
		await tally.settled();
		expect(receiver.received.at(-1)?.body.toString()).toContain('ada@example.com');
		await receiver.close();
	});

	it('need not be logged, or be logged otherwise', async () => {
		await addWebhook(tally, 'http://127.0.0.1:9/nobody');
		tally.loadPast({ count: 2, logged: false });
		expect(tally.deliveries()).toEqual([]);
		tally.loadPast({ count: 2, logged: { deliveryStatus: 'DROPPED', statusCode: null, response: 'socket hang up' } });
		expect(tally.deliveries()).toMatchObject([{ deliveryStatus: 'DROPPED' }, { deliveryStatus: 'DROPPED' }]);
		expect(() => tally.loadPast({ count: 1, formId: 'nobody' })).toThrow('nobody');
	});
});
