import { startCleverTap } from '../../../sandbox/clevertap/clevertap';
import type { LocalCleverTap } from '../../../sandbox/clevertap/clevertap';
import { call, upload } from './client';

const record = { identity: '7', type: 'event', evtName: 'Feedback Given', evtData: {} };

describe('faults of the local CleverTap', () => {
	let clevertap: LocalCleverTap;

	beforeEach(async () => {
		clevertap = await startCleverTap();
	});

	afterEach(async () => {
		await clevertap.close();
	});

	it('can be any answer, once, with nothing stored', async () => {
		clevertap.failNext({ status: 503, body: { status: 'fail' }, headers: { 'Retry-After': '2' } });
		clevertap.failNext('emptyBody');
		clevertap.failNext('notJson');
		expect(await upload(clevertap, [record])).toMatchObject({
			status: 503,
			json: { status: 'fail' },
		});
		expect(await upload(clevertap, [record])).toMatchObject({ status: 200, text: '' });
		const notJson = await upload(clevertap, [record]);
		expect(notJson.status).toBe(200);
		expect(() => JSON.parse(notJson.text) as unknown).toThrow();
		expect(clevertap.events()).toEqual([]);
		expect((await upload(clevertap, [record])).json).toMatchObject({ status: 'success' });
	});

	it('can be code 429 in an answer with 200', async () => {
		clevertap.failNext('tooManyInBody');
		expect(await upload(clevertap, [record])).toMatchObject({
			status: 200,
			json: { status: 'fail', error: 'Too many concurrent requests', code: 429 },
		});
		expect(clevertap.events()).toEqual([]);
		expect((await upload(clevertap, [record])).json).toMatchObject({ status: 'success' });
	});

	it('of what is no upload are told apart, and come once', async () => {
		clevertap.failNextRead('tooManyInBody');
		clevertap.failNextRead('emptyBody');
		clevertap.failNextRead({ status: 503, body: '<h1>Unavailable</h1>', headers: { 'Retry-After': '2' } });
		expect((await upload(clevertap, [record])).json).toMatchObject({ status: 'success' });
		const read = () => call(clevertap, 'GET', '/1/profile.json?identity=7');
		expect(await read()).toMatchObject({ status: 200, json: { code: 429 } });
		expect(await read()).toMatchObject({ status: 200, text: '' });
		expect(await read()).toMatchObject({ status: 503, text: '<h1>Unavailable</h1>' });
		expect(await read()).toMatchObject({ status: 200, json: { status: 'success' } });
	});

	it.each([
		['resetBefore', 0],
		['resetAfter', 1],
	] as const)('%s breaks the connection with %i events stored', async (fault, stored) => {
		clevertap.failNext(fault);
		await expect(upload(clevertap, [record])).rejects.toThrow();
		expect(clevertap.events()).toHaveLength(stored);
		expect(clevertap.requests()).toMatchObject([{ status: 0 }]);
	});

	it('timeout never answers and stores nothing', async () => {
		clevertap.failNext('timeout');
		const headers = {
			'X-CleverTap-Account-Id': clevertap.accountId,
			'X-CleverTap-Passcode': clevertap.passcode,
		};
		const patience = new AbortController();
		const body = JSON.stringify({ d: [record] });
		const outcome = fetch(`${clevertap.url}/1/upload`, {
			method: 'POST',
			headers,
			body,
			signal: patience.signal,
		}).then(
			() => 'answered',
			() => 'given up',
		);
		while (clevertap.requests().length === 0) {
			await new Promise((resolve) => setImmediate(resolve));
		}
		patience.abort();
		expect(await outcome).toBe('given up');
		expect(clevertap.events()).toEqual([]);
		expect((await upload(clevertap, [record])).status).toBe(200);
	});

	it('refuses one record of a request and stores the others', async () => {
		clevertap.failNext({ refusedRecord: 2 });
		clevertap.failNext({ refusedRecord: 2 });
		const two = await upload(clevertap, [record, { ...record, identity: '8' }]);
		expect(two.json).toMatchObject({
			status: 'partial',
			processed: 1,
			unprocessed: [{ code: 555, record: { identity: '8' } }],
		});
		expect(two.text).toContain('Skipped record number : 2');
		const one = await upload(clevertap, [record]);
		expect(one.json).toMatchObject({ status: 'fail', processed: 0 });
		expect(one.text).toContain('Skipped record number : 1');
		expect(clevertap.events().map(({ identity }) => identity)).toEqual(['7']);
	});

	it('answers slowly, and rightly', async () => {
		clevertap.failNext({ slowMs: 20 });
		expect((await upload(clevertap, [record])).json).toMatchObject({ status: 'success' });
		expect(clevertap.events()).toHaveLength(1);
	});

	it('can be chosen by the number of the upload', async () => {
		const planned = await startCleverTap({
			onUpload: (number) => (number === 2 ? 'emptyBody' : undefined),
		});
		try {
			planned.failNext({ status: 503 });
			expect((await upload(planned, [record])).status).toBe(503);
			expect((await upload(planned, [record])).text).toBe('');
			expect((await upload(planned, [record])).json).toMatchObject({ status: 'success' });
		} finally {
			await planned.close();
		}
	});

	it('are in the log of uploads, with what was taken and what became of the answer', async () => {
		clevertap.failNext('resetAfter');
		clevertap.failNext('emptyBody');
		await expect(upload(clevertap, [record])).rejects.toThrow();
		await upload(clevertap, [record]);
		await upload(clevertap, [record]);
		const ended = () => clevertap.uploads().every(({ reply }) => reply !== 'pending');
		while (!ended()) await new Promise((resolve) => setImmediate(resolve));
		expect(clevertap.uploads()).toMatchObject([
			{ number: 1, fault: 'resetAfter', taken: [record], reply: 'broken' },
			{ number: 2, fault: 'emptyBody', taken: [], reply: 'sent' },
			{ number: 3, taken: [record], reply: 'sent' },
		]);
	});

	it('do not touch other requests', async () => {
		clevertap.failNext('resetBefore');
		expect((await call(clevertap, 'GET', '/1/profile.json?identity=7')).status).toBe(200);
		await expect(upload(clevertap, [record])).rejects.toThrow();
	});
});

describe('until', () => {
	it('resolves when the test comes true, and rejects without naming anybody when it does not', async () => {
		const clevertap = await startCleverTap();
		try {
			const arrived = clevertap.until(({ events }) => events.length === 1, 10_000);
			await upload(clevertap, [record]);
			await arrived;
			await clevertap.until(({ profiles }) => profiles.length === 1, 0);
			await expect(clevertap.until(({ events }) => events.length === 2, 20)).rejects.toThrow('1 profiles and 1 events');
		} finally {
			await clevertap.close();
		}
	});
});
