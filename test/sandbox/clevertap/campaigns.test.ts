import { startCleverTap } from '../../../sandbox/clevertap/clevertap';
import type { LocalCleverTap } from '../../../sandbox/clevertap/clevertap';
import { call, upload } from './client';

let clevertap: LocalCleverTap;

beforeEach(async () => {
	clevertap = await startCleverTap();
	await upload(clevertap, [
		{ type: 'profile', identity: 'ada', profileData: { Email: 'ada@example.com', Plan: 'gold' } },
		{ type: 'profile', identity: 'bob', profileData: { Plan: 'free' } },
		...[5, 5, 9].map((Amount, index) => ({
			type: 'event',
			identity: 'ada',
			ts: 1_770_631_200 + index * 86_400,
			evtName: 'Charged',
			evtData: { Amount, Shop: 'Bonn' },
		})),
	]);
});
afterEach(async () => {
	expect(clevertap.violations()).toEqual([]);
	await clevertap.close();
});

const post = async (path: string, body: unknown) => await call(clevertap, 'POST', path, body);
const trigger = (campaign_id: number, to: object, ExternalTrigger?: object) =>
	post('/1/send/externaltrigger.json', { campaign_id, to, ExternalTrigger });
const reached = (id: number) =>
	clevertap
		.campaigns()
		.find((campaign) => campaign.id === id)
		?.messages.map(({ identity, values }) => [identity, values]);
const page = async () => await (await fetch(clevertap.pageUrl())).text();

describe('a campaign that waits for external triggers', () => {
	it('reaches the users that are known, and the page shows whom', async () => {
		const id = clevertap.addCampaign({ name: 'Ask what went wrong', channel: 'email' });
		expect(await page()).toContain('Nobody reached yet');
		const values = { rating: '2', items: [{ name: 'Tea' }] };
		const answer = await trigger(id, { identity: ['ada', 'nobody'] }, values);
		expect(answer.json).toEqual({ status: 'success', message: 'Added to queue for processing' });
		await trigger(id, { email: ['ada@example.com'] });
		expect(reached(id)).toEqual([
			['ada', values],
			['ada', {}],
		]);
		const shown = await page();
		for (const part of ['Ask what went wrong', 'Message to identity <code>ada</code>', '<dt>rating</dt><dd>2']) {
			expect(shown).toContain(part);
		}
	});

	it('reaches nobody under another ID, once it is stopped, or where the connection breaks before', async () => {
		const id = clevertap.addCampaign({ name: 'Thanks' });
		expect((await trigger(7, { identity: ['ada'] })).json).toMatchObject({ status: 'fail' });
		clevertap.failNextRead('resetBefore');
		await expect(trigger(id, { identity: ['ada'] })).rejects.toThrow();
		expect((await post('/1/targets/stop.json', { id })).json).toEqual({ status: 'success' });
		expect((await trigger(id, { identity: ['ada'] })).json).toMatchObject({ status: 'fail' });
		expect(reached(id)).toEqual([]);
	});

	it('has reached whom it should where the connection breaks afterwards', async () => {
		const id = clevertap.addCampaign({ name: 'Thanks' });
		clevertap.failNextRead('resetAfter');
		await expect(trigger(id, { identity: ['ada'] })).rejects.toThrow();
		expect(reached(id)).toHaveLength(1);
	});

	it('is triggered together with others', async () => {
		const ids = ['One', 'Two'].map((name) => clevertap.addCampaign({ name }));
		await post('/2/send/externaltrigger.json', { campaign_id_list: ids, to: { identity: ['ada'] } });
		expect(ids.map(reached)).toEqual([[['ada', {}]], [['ada', {}]]]);
	});
});

describe('a campaign of the API', () => {
	const campaign = { name: 'Sale', target_mode: 'push', content: { title: 'Hi', body: 'Sale' }, when: 'now' };
	const gold = { common_profile_properties: { profile_fields: [{ name: 'Plan', operator: 'equals', value: 'gold' }] } };

	it('is only estimated, or made and sent', async () => {
		const estimate = await post('/1/targets/create.json', { ...campaign, segment: 'all', estimate_only: true });
		expect(estimate.json).toEqual({ status: 'success', estimates: { push: 2 } });
		expect(clevertap.campaigns()).toEqual([]);
		const made = await post('/1/targets/create.json', { ...campaign, where: gold });
		const { id } = made.json as { id: number };
		expect(reached(id)).toEqual([['ada', {}]]);
		expect((await trigger(id, { identity: ['ada'] })).json).toMatchObject({ status: 'fail' });
	});

	it('has its result after a while, and can be stopped before it has begun', async () => {
		const { id } = (await post('/1/targets/create.json', { ...campaign, segment: 'all' })).json as { id: number };
		expect((await post('/1/targets/result.json', { id })).status).toBe(500);
		expect((await post('/1/targets/result.json', { id })).json).toMatchObject({ status: 'fail', code: 500 });
		expect((await post('/1/targets/result.json', { id })).json).toEqual({
			status: 'success',
			result: { sent: 2, clicked: 0 },
		});
		expect((await post('/1/targets/stop.json', { id })).json).toMatchObject({ status: 'fail' });
		const later = { ...campaign, segment: 'all', when: '20991231 10:00' };
		const { id: second } = (await post('/1/targets/create.json', later)).json as { id: number };
		expect((await post('/1/targets/stop.json', { id: second })).json).toEqual({ status: 'success' });
		expect(reached(second)).toEqual([]);
	});

	it('is listed by its day, 31 days at a time', async () => {
		clevertap.addCampaign({ name: 'Old', scheduledOn: 202601311200 });
		const list = async (from: number, to: number) => (await post('/1/targets/list.json', { from, to })).json;
		expect(await list(20260101, 20260131)).toEqual({
			status: 'success',
			targets: [{ id: 1_700_000_001, name: 'Old', scheduled_on: 202601311200, status: 'running' }],
		});
		expect(await list(20260201, 20260228)).toEqual({ status: 'success', targets: [] });
		expect(await list(20260101, 20260201)).toMatchObject({ status: 'fail', code: 4002 });
	});
});

it('segments hold whom they are given; users who are not known become profiles', async () => {
	const segments = [{ segment_name: 'Gold', customer_segment_id: 'g1' }, { segment_name: 'Free' }];
	expect((await post('/api/createSegment', segments)).status).toBe(200);
	expect((await post('/api/createSegment', [{ segment_name: 'Again', customer_segment_id: 'g1' }])).status).toBe(400);
	const change = (action: string, ...identities: string[]) =>
		post('/api/updateSegment', {
			bulk_profiles: [
				{
					user_profiles: identities.map((identity) => ({ identity })),
					segments: [{ customer_segment_id: 'g1', action }],
				},
			],
		});
	await change('ADD', 'ada', 'new');
	await change('REMOVE', 'ada');
	const [gold] = clevertap.segments();
	expect([...(gold?.members ?? [])].map(({ identity }) => identity)).toEqual(['new']);
	expect(clevertap.profiles().map(({ identity }) => identity)).toEqual(['ada', 'bob', 'new']);
});

describe('reports', () => {
	const charged = { event_name: 'Charged', from: 20260201, to: 20260228 };
	/** A count that is ready at the second question. */
	const counted = async (path: string, body: object) => {
		const { text } = await post(path, body);
		const ticket = /"req_id":(\d+)/.exec(text)?.[1];
		await call(clevertap, 'GET', `${path}?req_id=${ticket}`);
		return (await call(clevertap, 'GET', `${path}?req_id=${ticket}`)).json;
	};

	it('tell the most frequent values, and how often an event happened when', async () => {
		const groups = { values: { property_type: 'event_properties', name: 'Amount', top_n: 1 } };
		expect(await counted('/1/counts/top.json', { ...charged, groups })).toEqual({
			status: 'success',
			values: { NUMBER: { 5: 2 } },
		});
		const trend = async (trend_type: string) =>
			await counted('/1/counts/trends.json', { ...charged, groups: { trend: { trend_type } } });
		expect(await trend('daily')).toEqual({ status: 'success', trend: { 20260209: 1, 20260210: 1, 20260211: 1 } });
		expect(await trend('weekly')).toEqual({ status: 'success', trend: { 20260209: 3 } });
		expect(await trend('monthly')).toEqual({ status: 'success', trend: { 20260201: 3 } });
	});

	it('list the messages of these days and channels', async () => {
		clevertap.addCampaign({ name: 'Old', channel: 'webpush', scheduledOn: 202601311200 });
		const report = async (more: object) =>
			(await post('/1/message/report.json', { from: '20260101', to: '20260131', ...more })).json;
		expect(await report({ channel: ['browser'] })).toMatchObject({
			status: 'success',
			messages: [{ message_name: 'Old', start_date: '20260131', sent: 0 }],
		});
		expect(await report({ channel: ['push'] })).toEqual({ status: 'success', messages: [] });
	});

	it('count who is active, by what is asked for', async () => {
		expect((await post('/1/now.json', { os: true, browser: false })).json).toEqual({
			status: 'success',
			count: 0,
			last_processed_ts: expect.any(Number) as number,
			os: { unknown: 0 },
		});
	});
});
