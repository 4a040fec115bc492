import type { INodeParameters } from 'n8n-workflow';

import { PassingClock } from '../support/passingClock';
import { TriggerHome, type PublishedTrigger } from '../support/triggerHome';
import type { Emitted } from '../support/triggerLife';

const mockClock = new PassingClock();
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => await mockClock.sleep(milliseconds),
}));

jest.setTimeout(120_000);

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let home: TriggerHome;
let trigger: PublishedTrigger;

beforeEach(async () => {
	home = await TriggerHome.start(mockClock);
	trigger = polling();
});
afterEach(async () => {
	expect(home.tally.violations()).toEqual([]);
	await home.close();
	jest.restoreAllMocks();
});

function polling(options: INodeParameters = {}, more: INodeParameters = {}, workflowId?: string): PublishedTrigger {
	return home.trigger({ parameters: { listenBy: 'polling', ...more }, options, workflowId });
}

async function submitted(count = 1): Promise<string[]> {
	const ids: string[] = [];
	for (let number = 0; number < count; number++) {
		ids.push((await home.tally.submit({})).submissionId);
		await mockClock.pass(SECOND);
	}
	return ids;
}

describe('What is submitted', () => {
	it('starts a run each, once, oldest first, without a webhook', async () => {
		await trigger.publish();
		const ids = await submitted(7);
		await trigger.checks(4, 20 * SECOND);
		expect(trigger.emitted).toEqual(ids);
		const later = await submitted(1);
		await trigger.checks(4, 20 * SECOND);
		expect(trigger.emitted).toEqual([...ids, ...later]);
		expect(home.tally.webhooks()).toEqual([]);
		expect(trigger.life.warnings).toEqual([]);
	});

	it.each([0, 1, 499, 500, 501, 1001])('comes whole: %d at once', async (count) => {
		await trigger.publish();
		const ids: string[] = [];
		for (let number = 0; number < count; number++) ids.push((await home.tally.submit({})).submissionId);
		// All of the same second, so that many pages are read for few of them.
		await trigger.checks(10, MINUTE);
		expect([...trigger.emitted].sort()).toEqual(ids.sort());
	});

	it.each(['oldestFirst', 'newestFirst', 'shuffled'] as const)('comes in order: Tally lists %s', async (order) => {
		home.tally.behave({ orderOfSubmissions: order });
		await trigger.publish();
		const ids = await submitted(12);
		await trigger.checks(3, MINUTE);
		expect(trigger.emitted).toEqual(ids);
	});

	it.each([-300_000, 300_000])('comes where the clocks differ by %d ms', async (clockAheadMs) => {
		home.tally.behave({ clockAheadMs });
		await submitted(3);
		await trigger.publish();
		await mockClock.pass(2 * SECOND);
		const ids = await submitted(3);
		await trigger.checks(3, MINUTE);
		expect(trigger.emitted).toEqual(ids);
	});

	it('has the shape of a delivery', async () => {
		const byWebhook = home.trigger({ workflowId: 'other' });
		await byWebhook.publish();
		await trigger.publish();
		await home.tally.submit();
		await home.quiet();
		await trigger.checks(2, MINUTE);
		const { eventId, ...shape } = byWebhook.delivered[0]?.json ?? {};
		expect(eventId).toEqual(expect.any(String));
		expect(trigger.life.emitted[0]?.item.json).toEqual(shape);
		await byWebhook.unpublish();
	});
});

describe('The past', () => {
	it('is what was there when somebody published, however often', async () => {
		await submitted(3);
		await mockClock.pass(2 * SECOND);
		await trigger.publish();
		await trigger.checks(3, MINUTE);
		await trigger.unpublish();
		await submitted(3);
		await mockClock.pass(2 * SECOND);
		await trigger.publish();
		await trigger.checks(3, MINUTE);
		expect(trigger.emitted).toEqual([]);
	});

	it.each(['init', 'leadershipChange', 'update'] as const)('is not what came while n8n was down: %s', async (mode) => {
		await trigger.publish();
		const before = await submitted(3);
		await trigger.checks(2, MINUTE);
		await trigger.stop();
		const meanwhile = await submitted(4);
		home.asked();
		await trigger.restart(mode);
		expect(home.asked()).toEqual([]);
		await trigger.checks(2, MINUTE);
		expect(trigger.emitted).toEqual([...before, ...meanwhile]);
	});

	it('is what came before the workflow polled for the first time, where nothing tells of it', async () => {
		await submitted(2);
		await mockClock.pass(2 * SECOND);
		await trigger.publish('update');
		await mockClock.pass(2 * SECOND);
		const ids = await submitted(1);
		await trigger.checks(2, MINUTE);
		expect(trigger.emitted).toEqual(ids);
	});
});

describe('After a kill', () => {
	it.each([true, false])('nothing comes twice whose run was noted; n8n knows keys: %s', async (knowsKeys) => {
		trigger.life.knowsKeys = knowsKeys;
		await trigger.publish();
		const ids = await submitted(4);
		await trigger.check();
		trigger.kill();
		await trigger.publish('init');
		await trigger.checks(3, MINUTE);
		expect(trigger.emitted).toEqual(ids);
	});

	it.each([
		[true, 1],
		[false, 2],
	])('what had not ended comes once more only where n8n knows no keys: %s', async (knowsKeys, times) => {
		trigger.life.knowsKeys = knowsKeys;
		trigger.life.whenEmitted = () => undefined;
		await trigger.publish();
		const ids = await submitted(2);
		await trigger.check();
		trigger.kill();
		trigger.life.whenEmitted = ({ end }: Emitted) => end('success');
		await trigger.publish('init');
		await trigger.checks(3, MINUTE);
		expect(trigger.emitted).toEqual(Array<string[]>(times).fill(ids).flat());
	});

	it('what a Code node keeps stays as it is', async () => {
		await trigger.publish();
		await submitted(1);
		await trigger.check();
		const kept = JSON.parse(trigger.life.stored) as object;
		trigger.life.stored = JSON.stringify({ ...kept, global: { count: 1 } });
		await submitted(2);
		await trigger.checks(3, MINUTE);
		expect(trigger.emitted).toHaveLength(3);
		expect(JSON.parse(trigger.life.stored)).toMatchObject({ global: { count: 1 } });
	});

	it('where n8n does not reach itself, the next run keeps the note, and the log says what to do', async () => {
		trigger.life.knowsKeys = false;
		await trigger.publish();
		await home.front.refuse();
		const ids = await submitted(1);
		await trigger.checks(2, MINUTE);
		const [warning] = trigger.life.warnings;
		expect(warning).toContain('does not reach itself');
		expect(warning).toContain('WEBHOOK_URL');
		const later = await submitted(1);
		await trigger.checks(2, MINUTE);
		trigger.kill();
		await trigger.publish('init');
		await trigger.checks(2, MINUTE);
		// The last run alone has no run after it that would have kept its note.
		expect(trigger.emitted).toEqual([...ids, ...later, ...later]);
		await home.front.passOn();
	});
});

describe('A run that fails', () => {
	it.each([
		['finished', 6],
		['received', 1],
	])('acknowledged when %s: %d runs', async (acknowledge, runs) => {
		const failing = polling({ acknowledge }, {}, 'failing');
		failing.life.whenEmitted = ({ end }) => end('error');
		await failing.publish();
		await submitted(1);
		await failing.checks(12, 10 * MINUTE);
		expect(failing.emitted).toHaveLength(runs);
		failing.life.whenEmitted = ({ end }) => end('success');
		const [next] = await submitted(1);
		await failing.checks(2, MINUTE);
		expect(failing.emitted.at(-1)).toBe(next);
		failing.kill();
		await failing.publish('init');
		await failing.checks(2, MINUTE);
		expect(failing.emitted).toHaveLength(runs + 1);
	});
});

describe('Publishing', () => {
	it('removes a webhook of ours, and no other', async () => {
		const other = home.trigger({ workflowId: 'other' });
		await other.publish();
		const byWebhook = home.trigger();
		await byWebhook.publish();
		expect(home.tally.webhooks()).toHaveLength(2);
		await byWebhook.stop();
		const now = polling();
		now.life.stored = byWebhook.life.stored;
		await now.publish('update');
		expect(home.tally.webhooks().map(({ url }) => url)).toEqual([other.life.productionUrl]);
		const ids = await submitted(2);
		await now.checks(2, MINUTE);
		expect(now.emitted).toEqual(ids);
		await now.unpublish();
		await other.unpublish();
	});

	it('works where Tally reaches no address of this n8n', async () => {
		home.tally.behave({});
		trigger.life.moveTo('http://localhost:5678');
		await trigger.publish();
		const ids = await submitted(1);
		await trigger.checks(2, MINUTE);
		expect(trigger.emitted).toEqual(ids);
	});

	it.each<[string, INodeParameters, INodeParameters, string]>([
		['no checks', { checkEvery: 0 }, {}, '"Check Every" is 0'],
		['checks that are no number', { checkEvery: 'often' }, {}, '"Check Every" is not a number'],
		['no events', {}, { events: [] }, '"Events" says nothing'],
		['unknown events', {}, { events: ['deleted'] }, '"Events" says nothing'],
		['another way', {}, { listenBy: 'carrier pigeon' }, 'neither Webhook nor Polling'],
		['no time of abandoning', { abandonedAfter: 0 }, { events: ['abandoned'] }, '"Abandoned After"'],
		['another form', {}, { formId: { __rl: true, mode: 'id', value: 'NoForm' } }, 'Tally has no form NoForm'],
	])('is refused with %s', async (_what, options, parameters, words) => {
		await expect(polling(options, parameters, 'refused').publish()).rejects.toThrow(words);
	});

	it('asks Tally for nothing when it is undone', async () => {
		await trigger.publish();
		home.asked();
		await trigger.unpublish();
		expect(home.asked()).toEqual([]);
		expect(trigger.life.memory).not.toHaveProperty('url');
	});
});

describe('At rest', () => {
	it('a check is one request', async () => {
		await trigger.publish();
		await submitted(1);
		await trigger.checks(4, MINUTE);
		home.asked();
		await trigger.checks(5, MINUTE);
		expect(home.asked()).toEqual(Array(5).fill(`GET /forms/${home.tally.formId}/submissions`));
	});

	it.each(['serverError', 'loginPage', 'refused'] as const)('Tally may be away: %s', async (api) => {
		await trigger.publish();
		const end = home.tally.incident({ api } as never);
		await trigger.checks(2, MINUTE);
		const ids = await submitted(2);
		await end();
		await trigger.checks(4, MINUTE);
		expect(trigger.emitted).toEqual(ids);
		expect(trigger.life.warnings.length).toBeLessThanOrEqual(1);
	});
});
