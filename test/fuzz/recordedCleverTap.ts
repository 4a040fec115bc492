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
		for (const path of ['/1/counts/profiles.json', '/1/counts/events.json']) {
			const { ticket } = await ask('POST', path, query);
			await askTwice(`${path}?req_id=${ticket}`);
		}
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
