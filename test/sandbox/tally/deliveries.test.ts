import { createHmac } from 'node:crypto';
import { ladder, nextWait } from '../../../sandbox/tally/ladder';
import { startTally } from '../../../sandbox/tally/tally';
import type { LocalTally, LocalTallyOptions } from '../../../sandbox/tally/tally';
import { startReceiver } from '../receiver';
import type { Receiver } from '../receiver';
import { addWebhook, call } from './client';
import { textLike, textWith } from '../matching';

describe('retry ladder', () => {
	it('waits 5 and 30 minutes, 1 and 6 hours and a day, then ends', () => {
		const minutes = [0, 1, 2, 3, 4, 5].map((climbed) => (nextWait(climbed, 1) ?? NaN) / 60_000);
		expect(minutes).toEqual([5, 30, 60, 360, 1440, NaN]);
		expect(ladder).toHaveLength(5);
	});

	it('can be compressed', () => {
		expect(nextWait(0, 0.001)).toBe(300);
	});
});

describe('deliveries of the local Tally', () => {
	let tally: LocalTally;
	let receiver: Receiver;

	const start = async (options: LocalTallyOptions = {}): Promise<void> => {
		tally = await startTally({ timeScale: 1e-7, ...options });
	};

	beforeEach(async () => {
		receiver = await startReceiver();
	});

	afterEach(async () => {
		await tally.close();
		await receiver.close();
	});

	it('post the whole submission with the headers of the real service', async () => {
		await start();
		const httpHeaders = [{ name: 'X-Tenant', value: 'north' }];
		await addWebhook(tally, receiver.url, { signingSecret: 'a secret', httpHeaders });
		const { submissionId, respondentId } = await tally.submit();
		await tally.settled();
		expect(receiver.received).toHaveLength(1);
		const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = receiver.received;
		expect(headers).toMatchObject({
			'user-agent': 'Tally Webhooks',
			'content-type': 'application/json',
			'x-tenant': 'north',
			'tally-signature': createHmac('sha256', 'a secret').update(body).digest('base64'),
		});
		expect(JSON.parse(body.toString())).toMatchObject({
			eventType: 'FORM_RESPONSE',
			data: {
				responseId: submissionId,
				submissionId,
				respondentId,
				formId: tally.formId,
				formName: 'Feedback',
				createdAt: textLike(/:\d\d\.000Z$/),
				submissionPdfUrl: textWith('signature='),
				submissionPreviewUrl: textWith('signature='),
			},
		});
		expect(tally.deliveries()).toMatchObject([
			{ deliveryStatus: 'SUCCEEDED', statusCode: 200, response: 'answer 200', retry: 0 },
		]);
	});

	it('carry no signature without a secret', async () => {
		await start();
		await addWebhook(tally, receiver.url);
		await tally.submit();
		await tally.settled();
		expect(receiver.received[0]?.headers).not.toHaveProperty('tally-signature');
	});

	it.each([
		['an error', 500],
		['a refusal', 401],
		['a redirect', 302],
		['no answer in time', 'never'],
	] as const)('are repeated, byte for byte, after %s', async (_name, answer) => {
		await start({ deliveryTimeoutMs: 1000 });
		await addWebhook(tally, receiver.url, { signingSecret: 's' });
		receiver.answers = [answer];
		await tally.submit();
		await tally.settled();
		expect(receiver.received).toHaveLength(2);
		expect(receiver.received[1]?.body).toEqual(receiver.received[0]?.body);
		expect(tally.deliveries()).toMatchObject([{ deliveryStatus: 'SUCCEEDED', retry: 1 }]);
	});

	it('are given up after five retries, and can be sent again by hand', async () => {
		await start();
		const id = await addWebhook(tally, receiver.url);
		receiver.answers = [503, 503, 503, 503, 503, 503, 503];
		await tally.submit();
		await tally.settled();
		expect(receiver.received).toHaveLength(6);
		expect(tally.deliveries()).toMatchObject([
			{ deliveryStatus: 'DROPPED', statusCode: 503, response: 'answer 503', retry: 5 },
		]);

		const { json } = await call(tally, 'GET', `/webhooks/${id}/events`);
		expect(json).toMatchObject({ totalNumberOfEvents: 1, events: [{ deliveryStatus: 'DROPPED' }] });
		const path = `/webhooks/${id}/events/${tally.deliveries()[0]?.id}`;
		for (const outcome of ['DROPPED', 'SUCCEEDED']) {
			expect((await call(tally, 'POST', path)).status).toBe(204);
			await tally.settled();
			expect(tally.deliveries()).toMatchObject([{ deliveryStatus: outcome }]);
		}
		const eventIds = receiver.received.map(({ body }) => (JSON.parse(body.toString()) as { eventId: string }).eventId);
		expect(eventIds).toHaveLength(8);
		expect(new Set(eventIds).size).toBe(1);
		expect((await call(tally, 'POST', `/webhooks/${id}/events/none`)).status).toBe(404);
	});

	it('go to every enabled webhook of the form, and to no other', async () => {
		await start();
		const off = await addWebhook(tally, `${receiver.url}/off`);
		await addWebhook(tally, receiver.url);
		await addWebhook(tally, receiver.url);
		const { eventTypes, formId, url } = tally.webhooks()[0] ?? { eventTypes: [] };
		const body = { eventTypes, formId, url, isEnabled: false };
		await call(tally, 'PATCH', `/webhooks/${off}`, body);
		await tally.submit();
		await tally.settled();
		expect(receiver.received).toHaveLength(2);
		expect(tally.deliveries().map(({ webhookId }) => webhookId)).not.toContain(off);
	});

	it('stop when their webhook is deleted', async () => {
		await start({ timeScale: 1 });
		const id = await addWebhook(tally, 'http://127.0.0.1:9/nobody');
		await tally.submit();
		while (tally.deliveries()[0]?.deliveryStatus !== 'FAILED') {
			await new Promise((resolve) => setImmediate(resolve));
		}
		await call(tally, 'DELETE', `/webhooks/${id}`);
		await tally.settled();
		expect(tally.deliveries()).toMatchObject([{ deliveryStatus: 'DROPPED', statusCode: null, retry: 0 }]);
	});

	it('leave nothing behind when Tally closes', async () => {
		await start({ timeScale: 1 });
		await addWebhook(tally, receiver.url);
		receiver.answers = ['never'];
		await tally.submit();
		await tally.close();
		await tally.settled();
		expect(tally.deliveries()).toMatchObject([{ deliveryStatus: 'DROPPED' }]);
	});
});
