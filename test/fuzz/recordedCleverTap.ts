import { startCleverTap } from '../../sandbox/clevertap/clevertap';
import { call, upload } from '../sandbox/clevertap/client';
import type { Recorded } from './replies';

/** What CleverTap answers to each call of the node when all is well, by method and path. */
export async function recordCleverTap(): Promise<ReadonlyMap<string, Recorded>> {
	const clevertap = await startCleverTap();
	const recorded = new Map<string, Recorded>();
	const ask = async (method: 'GET' | 'POST', path: string, body?: unknown) => {
		const { status, text, json } = await call(clevertap, method, path, body);
		if (status >= 300) throw new Error(`${method} ${path} was answered with ${status}`);
		recorded.set(`${method} ${path.replace(/\?.*/, '')}`, { status, text });
		// A ticket has more digits than a number can hold.
		const ticket = /"req_id":(\d+)/.exec(text)?.[1];
		return { ticket, cursor: (json as { cursor?: string }).cursor };
	};
	/** An export is not ready at once, a count not either. */
	const askTwice = async (path: string) => {
		await ask('GET', path);
		return await ask('GET', path);
	};
	try {
		await upload(clevertap, [
			{ type: 'profile', identity: 'u0', profileData: { Name: 'Ada', Phone: '+14155551234', Plan: 'gold' } },
			...Array.from({ length: 30 }, (_, index) => ({
				type: 'event',
				identity: `u${index % 2}`,
				ts: 1_770_631_200 + index,
				evtName: 'Charged',
				evtData: { Amount: index },
			})),
		]);
		await ask('POST', '/1/upload', { d: [{ type: 'profile', identity: 'u0', profileData: { Plan: 'gold' } }] });
		const query = { event_name: 'Charged', from: 20260201, to: 20260228 };
		for (const path of ['/1/profiles.json', '/1/events.json']) {
			const { cursor } = await ask('POST', `${path}?batch_size=23`, query);
			await askTwice(`${path}?cursor=${cursor}`);
		}
		const counted = {
			'/1/counts/profiles.json': query,
			'/1/counts/events.json': query,
			'/1/counts/top.json': {
				...query,
				groups: { values: { property_type: 'event_properties', name: 'Amount', top_n: 10, order: 'desc' } },
			},
			'/1/counts/trends.json': { ...query, groups: { trend: { trend_type: 'daily' } } },
		};
		for (const [path, body] of Object.entries(counted)) {
			const { ticket } = await ask('POST', path, body);
			await askTwice(`${path}?req_id=${ticket}`);
		}
		const campaign = {
			name: 'Spring',
			target_mode: 'sms',
			segment: 'all',
			when: 'now',
			content: { body: 'Hello' },
			estimate_only: false,
		};
		await ask('POST', '/1/targets/create.json', campaign);
		const triggered = clevertap.addCampaign({ name: 'Thank you' });
		await ask('POST', '/1/send/externaltrigger.json', { to: { identity: ['u0'] }, campaign_id: String(triggered) });
		const today = Number(new Date().toISOString().slice(0, 10).replaceAll('-', ''));
		await ask('POST', '/1/targets/list.json', { from: today, to: today });
		// It is not ready at once; the first time it says so with a status of its own.
		await call(clevertap, 'POST', '/1/targets/result.json', { id: triggered });
		await ask('POST', '/1/targets/result.json', { id: triggered });
		await ask('POST', '/1/targets/result.json', { id: triggered });
		await ask('POST', '/1/targets/stop.json', { id: triggered });
		await ask('POST', '/1/message/report.json', { from: String(today), to: String(today) });
		await ask('POST', '/1/now.json', { browser: true });
		await ask('POST', '/api/createSegment', [{ segment_name: 'VIP', customer_segment_id: 'vip' }]);
		await ask('POST', '/api/updateSegment', {
			bulk_profiles: [
				{ user_profiles: [{ identity: 'u0' }], segments: [{ customer_segment_id: 'vip', action: 'ADD' }] },
			],
		});
		await ask('GET', '/1/profile.json?identity=u0');
		await ask('GET', '/getSchema?type=events');
		await ask('POST', '/1/subscribe', { d: [{ type: 'email', value: 'a@example.com', status: 'Unsubscribe' }] });
		await ask('POST', '/1/disassociate', { d: [{ type: 'phone', value: '+14155551234' }] });
		await ask('POST', '/1/demerge/profiles.json', { identities: ['u0'] });
		await ask('POST', '/1/delete/profiles.json', { identity: ['u1'] });
		return recorded;
	} finally {
		await clevertap.close();
	}
}
