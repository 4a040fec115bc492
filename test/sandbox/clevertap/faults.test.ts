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
			await expect(clevertap.until(({ events }) => events.length === 2, 20)).rejects.toThrow(
				'1 profiles and 1 events',
			);
		} finally {
			await clevertap.close();
		}
	});
});
