import type { INodeParameters } from 'n8n-workflow';

import type { Habits } from '../../sandbox/tally/habits';
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
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let home: TriggerHome;
let trigger: PublishedTrigger;

beforeEach(async () => {
	home = await TriggerHome.start(mockClock);
	trigger = home.trigger();
});
afterEach(async () => {
	expect(home.areUntouched).toBe(true);
	expect(home.tally.violations()).toEqual([]);
	await home.close();
	jest.restoreAllMocks();
});

async function submitted(count = 1): Promise<string[]> {
	const ids: string[] = [];
	for (let number = 0; number < count; number++) {
		ids.push((await home.tally.submit({})).submissionId);
		await home.quiet();
		// Tally tells the time of a submission in whole seconds.
		await mockClock.pass(SECOND);
	}
	return ids;
}

const deliveriesAsked = () => home.asked().filter((request) => /^POST \/webhooks\/.+\/events\//.test(request));

function removeWebhook(): void {
	home.tally.removeWebhook(home.tally.webhooks()[0]?.id ?? '');
}

describe('A delivery that nobody of ours has answered', () => {
	const habits: Array<Partial<Habits>> = [
		{},
		{ repeatsSucceeded: false, orderOfDeliveries: 'oldestFirst', orderOfSubmissions: 'oldestFirst' },
		{ orderOfDeliveries: 'shuffled', orderOfSubmissions: 'shuffled', givenUpAs: 'FAILED' },
	];

	it.each(
		(['loginPage', 'badGateway', 'unavailable', 'foreignJson', 'refused'] as const).flatMap((answer) =>
			habits.map((habit) => [answer, habit] as const),
		),
	)('is made up for, once: %s, %j', async (answer, habit) => {
		home.tally.behave(habit);
		await trigger.publish();
		if (answer === 'refused') await home.front.refuse();
		else home.front.answerWith(answer);
		const ids = await submitted(3);
		await home.front.passOn();
		expect(trigger.ran).toEqual([]);
		home.asked();
		await trigger.check();
		expect(deliveriesAsked()).toEqual([]);
		await trigger.checks(1, 31 * SECOND);
		expect(deliveriesAsked().length).toBeGreaterThan(0);
		await trigger.checks(12, MINUTE);
		expect([...trigger.ran].sort()).toEqual([...ids].sort());
	});

	it('is asked for no more once it was answered with 202', async () => {
		await trigger.publish();
		const ids = await submitted(3);
		home.asked();
		await trigger.checks(10, 31 * SECOND);
		expect(deliveriesAsked()).toEqual([]);
		expect(trigger.ran).toEqual(ids);
	});

	it('is made up for after a restart, too, whatever n8n knew before', async () => {
		await trigger.publish();
		const taken = await submitted(2);
		await trigger.stop();
		await home.front.refuse();
		const missed = await submitted(3);
		await home.front.passOn();
		await trigger.restart();
		await trigger.checks(5, MINUTE);
		expect(trigger.ran).toEqual([...taken, ...missed]);
	});
});

describe('What Tally will not send again', () => {
	it.each<[string, INodeParameters]>([
		['as it is', {}],
		['by key', { answerKeys: 'key' }],
		['with what was not answered', { includeUnanswered: true }],
		['with files', { downloadFiles: true, binaryPrefix: 'upload_' }],
		['acknowledged when finished', { acknowledge: 'finished' }],
	])('has the shape of a delivery: %s', async (_name, options) => {
		const [one, other] = ['one', 'other'].map((workflowId) => home.trigger({ options, workflowId }));
		if (one === undefined || other === undefined) throw new Error('Two triggers were made');
		await one.publish();
		await other.publish();
		home.tally.removeWebhook(home.tally.webhooks().find(({ url }) => url.includes('id-of-other'))?.id ?? '');
		await home.tally.submit();
		await home.quiet();
		for (let time = 0; time < 30 && other.ran.length === 0; time++) await other.checks(1, 31 * SECOND);
		await home.quiet();
		const [delivered] = one.delivered;
		const [emitted] = other.life.emitted;
		// It is the delivery's, and last.
		const { eventId, ...shape } = delivered?.json ?? {};
		expect(eventId).toEqual(expect.any(String));
		expect(emitted?.item.json).toEqual(shape);
		expect(Object.keys(emitted?.item.json ?? {})).toEqual(Object.keys(shape));
		expect(Object.keys(emitted?.item.binary ?? {})).toEqual(Object.keys(delivered?.binary ?? {}));
		for (const [name, file] of Object.entries(delivered?.binary ?? {})) {
			expect(emitted?.item.binary?.[name]).toMatchObject({ data: file.data, fileName: file.fileName });
		}
		if (options.downloadFiles === true) expect(Object.keys(delivered?.binary ?? {})).not.toEqual([]);
	});

	it('comes with what Tally tells of it, where that is wanted', async () => {
		const raw = home.trigger({ options: { raw: true }, workflowId: 'raw' });
		await raw.publish();
		removeWebhook();
		const [id] = await submitted();
		await raw.checks(2, 61 * SECOND);
		expect(raw.life.emitted[0]?.item.json.raw).toMatchObject({ id, isCompleted: true });
		expect(JSON.stringify(raw.life.emitted[0]?.item.json.raw)).not.toContain('/preview/');
	});

	it('is told 503 while its run is under way, and 202 without a run once it is over', async () => {
		const runs: Emitted[] = [];
		trigger.life.whenEmitted = (run) => runs.push(run);
		home.tally.behave({ repeatsSucceeded: false });
		await trigger.publish();
		home.front.answerWith('loginPage');
		const [id] = await submitted();
		await home.front.passOn();
		await trigger.checks(3, 31 * SECOND);
		expect(trigger.emitted).toEqual([id]);

		home.tally.behave({ repeatsSucceeded: true });
		const again = async () => {
			const { webhookId, id: eventId } = home.tally.deliveries()[0] ?? { webhookId: '', id: '' };
			const { url, apiKey } = home.tally;
			const headers = { authorization: `Bearer ${apiKey}` };
			await fetch(`${url}/webhooks/${webhookId}/events/${eventId}`, { method: 'POST', headers });
			await home.quiet();
			return home.tally.deliveries()[0]?.statusCode;
		};
		expect(await again()).toBe(503);
		runs[0]?.end('success');
		await home.quiet();
		expect(await again()).toBe(202);
		await trigger.checks(5, MINUTE);
		expect(trigger.ran).toEqual([id]);
	});

	it('is started once by an n8n that is killed, and by the one after it', async () => {
		trigger.life.whenEmitted = () => undefined;
		await trigger.publish();
		removeWebhook();
		const ids = await submitted(2);
		await trigger.checks(2, 61 * SECOND);
		expect(trigger.emitted).toEqual(ids);
		await trigger.restart();
		await trigger.checks(4, MINUTE);
		expect(trigger.emitted).toEqual(ids);
		expect(trigger.life.emitted.every(({ key }) => key?.includes('workflow-1'))).toBe(true);
	});

	it('holds up no check while its run goes on', async () => {
		trigger.life.whenEmitted = () => undefined;
		await trigger.publish();
		removeWebhook();
		await submitted();
		await trigger.checks(2, 61 * SECOND);
		removeWebhook();
		await trigger.check();
		expect(home.tally.webhooks()).toHaveLength(1);
		const [id] = await submitted();
		expect(trigger.delivered.map(({ json }) => json.submissionId)).toEqual([id]);
	});

	it('is tried again where n8n could not start the run', async () => {
		let refusals = 0;
		trigger.life.whenEmitted = ({ refuse, end }) => (refusals++ < 2 ? refuse() : end('success'));
		await trigger.publish();
		removeWebhook();
		const [id] = await submitted();
		await trigger.checks(5, 61 * SECOND);
		expect(trigger.emitted).toEqual([id, id, id]);
		await trigger.checks(3, 61 * SECOND);
		expect(trigger.emitted).toHaveLength(3);
	});
});

describe('A run that fails', () => {
	it.each([{ retries: 0 }, { retries: 0, givenUpAs: 'FAILED' as const }])(
		'is repeated where Tally waits for it, six times together, by deliveries and without: %j',
		async (habit) => {
			home.tally.behave(habit);
			const finishing = home.trigger({ options: { acknowledge: 'finished' }, workflowId: 'finishing' });
			finishing.succeeds = () => false;
			finishing.life.whenEmitted = ({ end }) => end('error');
			await finishing.publish();
			const [id] = await submitted();
			await finishing.checks(60, 2 * HOUR);
			expect(finishing.ran).toEqual([id, id, id, id, id, id]);
			const lines = finishing.life.warnings.filter((line) => line.includes('gave up'));
			expect(lines).toEqual([expect.stringContaining(id ?? '')]);
		},
	);

	it('is repeated six times together where it was started without a delivery', async () => {
		const finishing = home.trigger({ options: { acknowledge: 'finished' }, workflowId: 'finishing' });
		finishing.life.whenEmitted = ({ end }) => end('error');
		await finishing.publish();
		removeWebhook();
		const [id] = await submitted();
		await finishing.checks(20, 10 * MINUTE);
		expect(finishing.ran).toEqual([id, id, id, id, id, id]);
		expect(new Set(finishing.life.emitted.map(({ key }) => key)).size).toBe(6);
		expect(finishing.life.warnings.filter((line) => line.includes('gave up'))).toHaveLength(1);
	});

	it('is not repeated where Tally was answered before', async () => {
		trigger.life.whenEmitted = ({ end }) => end('error');
		await trigger.publish();
		removeWebhook();
		const [id] = await submitted();
		await trigger.checks(10, 10 * MINUTE);
		expect(trigger.ran).toEqual([id]);
	});

	it('is not repeated by the check where the workflow was only too slow for Tally', async () => {
		const finishing = home.trigger({ options: { acknowledge: 'finished' }, workflowId: 'finishing' });
		await finishing.publish();
		const end = home.tally.incident({ deliveries: 'answerLost' });
		const ids = await submitted(2);
		await end();
		home.asked();
		await finishing.checks(10, MINUTE);
		expect(deliveriesAsked()).toEqual([]);
		expect(finishing.ran).toEqual(ids);
		expect(finishing.life.warnings.filter((line) => line.includes('longer than the 10 seconds'))).toHaveLength(1);
	});
});

describe('The past', () => {
	it.each([0, 10 * MINUTE, -10 * MINUTE])(
		'ends at the moment of publishing, by Tally’s clock, which is %i ms ahead',
		async (clockAheadMs) => {
			home.tally.behave({ clockAheadMs });
			const before = home.tally.loadPast({ count: 3, overMs: 2 * MINUTE, logged: false });
			expect(before).toHaveLength(3);
			await mockClock.pass(2 * SECOND);
			await trigger.publish();
			await mockClock.pass(2 * SECOND);
			removeWebhook();
			const after = await submitted(2);
			await trigger.checks(5, 31 * SECOND);
			expect(trigger.ran).toEqual(after);
		},
	);

	it.each(['update', 'init'] as const)(
		'is not brought where a workflow of 1.1 is raised to 1.2, with 5,000 submissions in the log (%s)',
		async (mode) => {
			const old = home.trigger({ typeVersion: 1.1, workflowId: 'old' });
			await old.life.publish();
			home.tally.loadPast({ count: 5_000, overMs: 30 * DAY });
			await mockClock.pass(5 * SECOND);
			old.life.typeVersion = 1.2;
			if (mode === 'update') expect(await old.life.unpublish()).toBeUndefined();
			await old.publish(mode);
			home.asked();
			await old.check();
			await old.checks(3, 10 * MINUTE);
			expect(deliveriesAsked()).toEqual([]);
			expect(home.tally.requests().filter(({ path }) => path.includes('/events'))).toEqual([]);
			expect(old.ran).toEqual([]);
			await home.front.refuse();
			const missed = await submitted(2);
			await home.front.passOn();
			await old.checks(4, MINUTE);
			expect(old.ran).toEqual(missed);
		},
	);

	it.each([true, false])(
		'is what came while it was unpublished, for a month; n8n restarted meanwhile: %j',
		async (isRestarted) => {
			await trigger.publish();
			const taken = await submitted(2);
			await trigger.checks(2, MINUTE);
			expect(await trigger.unpublish()).toBeUndefined();
			await mockClock.pass(10 * DAY);
			await submitted(3);
			await mockClock.pass(20 * DAY);
			if (isRestarted) await trigger.restart('activate');
			else await trigger.publish();
			await trigger.checks(5, 10 * MINUTE);
			expect(trigger.ran).toEqual(taken);
		},
	);

	it('ends at the moment of the first check that knows of none, and then everything is brought', async () => {
		await trigger.publish();
		await submitted(2);
		await trigger.stop();
		// The node was renamed, say: nothing is remembered of it.
		trigger.life.stored = '{}';
		await trigger.restart('init');
		await trigger.checks(3, MINUTE);
		expect(trigger.ran).toHaveLength(2);
		removeWebhook();
		const missed = await submitted(2);
		await trigger.checks(4, MINUTE);
		expect(trigger.emitted).toEqual(missed);
	});

	// What stood at the webhook is gone with it, its log too, and the workflow remembers the moment of publishing alone:
	// nothing tells any more what was taken, and none may be lost.
	it('is brought once more for a webhook that was deleted while n8n is down', async () => {
		await trigger.publish();
		const taken = await submitted(3);
		await trigger.checks(4, HOUR);
		await trigger.stop();
		removeWebhook();
		await trigger.restart();
		await trigger.checks(5, MINUTE);
		expect(trigger.ran).toEqual([...taken, ...taken]);
		await trigger.checks(5, HOUR);
		expect(trigger.ran).toHaveLength(2 * taken.length);
	});

	it.each<[string, () => Promise<void>]>([
		[
			'deleted while n8n is up, which then starts anew',
			async () => {
				removeWebhook();
				await trigger.check();
			},
		],
		[
			'made anew since somebody published another version, and n8n starts anew',
			async () => {
				await trigger.unpublish();
				await trigger.publish('update');
				await trigger.check();
			},
		],
	])('is not brought again for a webhook that was %s', async (_what, happen) => {
		await trigger.publish();
		const taken = await submitted(3);
		await trigger.checks(4, HOUR);
		await happen();
		await trigger.restart();
		await trigger.checks(5, MINUTE);
		expect(trigger.ran).toEqual(taken);
	});
});

it('brings 10,000 missed submissions in order, some at a time, at the pace that Tally allows', async () => {
	await trigger.publish();
	await mockClock.pass(2 * DAY);
	const until = new Date(Date.now() - 10 * MINUTE);
	const ids = home.tally.loadPast({ count: 10_000, overMs: DAY, until, logged: false });
	let [underWay, most] = [0, 0];
	trigger.life.whenEmitted = ({ end }) => {
		most = Math.max(most, ++underWay);
		setImmediate(() => {
			underWay--;
			end('success');
		});
	};
	const before = home.tally.requests().length;
	trigger.inMemory.tick();
	await mockClock.passUntil(
		() => trigger.emitted.length === ids.length,
		() => home.pulse(),
	);
	expect(trigger.emitted).toEqual(ids);
	expect(most).toBeLessThanOrEqual(5);
	const times = home.tally
		.requests()
		.slice(before)
		.map(({ at }) => at);
	const inAMinute = times.map((from) => times.filter((at) => at >= from && at < from + MINUTE).length);
	expect(Math.max(...inAMinute)).toBeLessThan(90);
	await trigger.checks(3, MINUTE);
	expect(trigger.emitted).toHaveLength(ids.length);
});
