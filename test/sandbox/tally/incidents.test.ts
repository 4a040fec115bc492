import { request as sendRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Incident, Outage } from '../../../sandbox/tally/incidents';
import { startTally } from '../../../sandbox/tally/tally';
import type { LocalTally } from '../../../sandbox/tally/tally';
import { startReceiver } from '../receiver';
import type { Receiver } from '../receiver';
import { textWith } from '../matching';
import { addWebhook, call } from './client';

const lacksPermission = { status: 403, headers: { 'content-type': 'application/json' }, body: '{"message":"No"}' };

describe('an incident at the local Tally', () => {
	let tally: LocalTally;
	let receiver: Receiver;

	beforeEach(async () => {
		tally = await startTally({ retries: 0, deliveryTimeoutMs: 200 });
		receiver = await startReceiver();
	});

	afterEach(async () => {
		await tally.close();
		await receiver.close();
	});

	/** What a request gets on a connection of its own; without an answer, why. */
	const asked = async (method = 'GET', path = '/users/me', timeoutMs = 5000): Promise<unknown> =>
		await new Promise((resolve) => {
			const fail = ({ code }: NodeJS.ErrnoException): void => resolve(code);
			const headers = { authorization: `Bearer ${tally.apiKey}` };
			const signal = AbortSignal.timeout(timeoutMs);
			const request = sendRequest(tally.url + path, { method, headers, agent: false, signal }, (answer) => {
				text(answer).then((read) => resolve({ status: answer.statusCode, text: read }), fail);
			});
			request.on('error', fail);
			request.end();
		});

	it.each<[outage: Outage, expected: unknown]>([
		['refused', 'ECONNREFUSED'],
		['reset', 'ECONNRESET'],
		['loginPage', { status: 200, text: textWith('Sign in') }],
		['emptyBody', { status: 200, text: '' }],
		['unavailable', { status: 503, text: textWith('html') }],
		[
			{ status: 401, body: 'Unauthorized' },
			{ status: 401, text: 'Unauthorized' },
		],
		[lacksPermission, { status: 403, text: '{"message":"No"}' }],
		[{ status: 429 }, { status: 429, text: '' }],
		[{ status: 500 }, { status: 500, text: '' }],
	])('%j hits the API until it is over', async (api, expected) => {
		const id = await addWebhook(tally, receiver.url);
		expect(await asked()).toMatchObject({ status: 200 });
		const end = tally.incident({ api });
		for (const [method, path] of [
			['GET', '/users/me'],
			['DELETE', `/webhooks/${id}`],
		] as const) {
			const got = await asked(method, path);
			if (typeof expected === 'string') expect(got).toBe(expected);
			else expect(got).toMatchObject(expected as object);
		}
		expect(tally.webhooks()).toHaveLength(1);
		await end();
		await end();
		expect(await asked()).toMatchObject({ status: 200 });
	});

	it('leaves requests without an answer', async () => {
		const end = tally.incident({ api: 'silence' });
		expect(await asked('GET', '/users/me', 100)).toBe('ABORT_ERR');
		await end();
		expect(await asked()).toMatchObject({ status: 200 });
	});

	it('hits the requests that it is for, and the one that began last comes first', async () => {
		const endAll = tally.incident({ api: { status: 500 } });
		const endOne = tally.incident({ api: { status: 403 }, at: 'GET /users/' });
		expect(await asked()).toMatchObject({ status: 403 });
		expect(await asked('GET', '/forms')).toMatchObject({ status: 500 });
		await endAll();
		expect(await asked()).toMatchObject({ status: 403 });
		expect(await asked('GET', '/forms')).toMatchObject({ status: 200 });
		await endOne();
		expect(await asked()).toMatchObject({ status: 200 });
	});

	it('refuses connections as long as one of several does', async () => {
		const [endFirst, endSecond] = [tally.incident({ api: 'refused' }), tally.incident({ api: 'refused' })];
		await endFirst();
		expect(await asked()).toBe('ECONNREFUSED');
		await endSecond();
		expect(await asked()).toMatchObject({ status: 200 });
	});

	it('does not keep Tally from closing, and a submission is taken while the API is down', async () => {
		await addWebhook(tally, receiver.url);
		tally.incident({ api: 'refused' });
		await tally.submit();
		await tally.settled();
		expect(receiver.received).toHaveLength(1);
	});

	it.each<[deliveries: Incident['deliveries'], statusCode: number | null, response: unknown]>([
		['refused', null, textWith('ECONNREFUSED')],
		['reset', null, textWith('hang up')],
		['silence', null, textWith('No answer within 200 ms')],
		['loginPage', 200, textWith('Sign in')],
		['emptyBody', 200, ''],
		[{ status: 502, body: 'Bad Gateway' }, 502, 'Bad Gateway'],
	])('%j keeps deliveries from their receiver', async (deliveries, statusCode, response) => {
		await addWebhook(tally, receiver.url);
		const end = tally.incident({ deliveries });
		await tally.submit();
		await tally.settled();
		expect(receiver.received).toEqual([]);
		const deliveryStatus = statusCode === 200 ? 'SUCCEEDED' : 'DROPPED';
		expect(tally.deliveries()).toMatchObject([{ deliveryStatus, statusCode, response }]);
		await end();
		await tally.submit();
		await tally.settled();
		expect(receiver.received).toHaveLength(1);
	});

	it('keeps the answer to a delivery from Tally', async () => {
		await addWebhook(tally, receiver.url);
		const end = tally.incident({ deliveries: 'answerLost' });
		await tally.submit();
		await tally.settled();
		expect(receiver.received).toHaveLength(1);
		expect(tally.deliveries()).toMatchObject([{ deliveryStatus: 'DROPPED', statusCode: null }]);
		await end();
	});

	it('makes Tally forget to deliver: its list has the submission, no log does', async () => {
		const id = await addWebhook(tally, receiver.url);
		const end = tally.incident({ deliveries: 'forgotten' });
		const { submissionId } = await tally.submit();
		await end();
		await tally.settled();
		expect(receiver.received).toEqual([]);
		expect((await call(tally, 'GET', `/webhooks/${id}/events`)).json).toMatchObject({ totalNumberOfEvents: 0 });
		expect((await call(tally, 'GET', `/forms/${tally.formId}/submissions`)).json).toMatchObject({
			submissions: [{ id: submissionId }],
		});
	});
});
