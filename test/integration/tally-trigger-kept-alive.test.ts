import { setTimeout as wait } from 'node:timers/promises';

import fc from 'fast-check';

import type { ListOrder } from '../../sandbox/tally/habits';
import type { Outage } from '../../sandbox/tally/incidents';
import { PassingClock } from '../support/passingClock';
import { limitRequestTimeout } from '../support/requestTimeout';
import { TriggerHome, type PublishedTrigger } from '../support/triggerHome';

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
	trigger = home.trigger();
});
afterEach(async () => {
	expect(home.areUntouched).toBe(true);
	expect(home.tally.violations()).toEqual([]);
	await home.close();
	jest.restoreAllMocks();
});

/** Tally has one webhook, which is right, and a submission starts one run. */
async function expectRight(): Promise<void> {
	expect(home.tally.webhooks()).toMatchObject([
		{ url: trigger.life.productionUrl, isEnabled: true, signingSecret: trigger.life.secret, formId: home.tally.formId },
	]);
	const { submissionId } = await home.tally.submit({});
	await home.quiet();
	expect(trigger.ran.filter((id) => id === submissionId)).toHaveLength(1);
}

describe('n8n publishes a trigger of its own accord', () => {
	it.each(['init', 'leadershipChange', 'update'] as const)(
		'and Tally is not asked where all is as remembered (%s)',
		async (mode) => {
			await trigger.publish();
			home.asked();
			await trigger.restart(mode);
			expect(home.asked()).toEqual([]);
			await expectRight();
		},
	);

	it('and Tally is asked where the address is another one, as where another acknowledgement was chosen', async () => {
		await trigger.publish();
		home.asked();
		trigger.life.parameters = { ...trigger.life.parameters, options: { checkEvery: 0.05, acknowledge: 'finished' } };
		await trigger.restart('update');
		expect(home.asked()).not.toEqual([]);
		expect(home.tally.webhooks()).toMatchObject([{ url: trigger.life.finishedUrl }]);
	});

	const outages: Array<[string, Outage | 'trash']> = [
		['401', { status: 401, body: 'Unauthorized' }],
		['403', { status: 403, headers: { 'content-type': 'application/json' }, body: '{"message":"Forbidden"}' }],
		['429', { status: 429, headers: { 'content-type': 'application/json' }, body: '{"message":"Too many"}' }],
		['500', { status: 500, body: '' }],
		['502 of a proxy', 'badGateway'],
		['a login page', 'loginPage'],
		['200 without a body', 'emptyBody'],
		['JSON of somebody else', 'foreignJson'],
		['a broken connection', 'reset'],
		['nobody', 'refused'],
		['silence', 'silence'],
		['a form in the trash', 'trash'],
	];

	/** Lets Tally be in trouble, until the returned function is called. */
	function trouble(outage: Outage | 'trash'): () => Promise<void> {
		limitRequestTimeout()(20);
		if (outage !== 'trash') return home.tally.incident({ api: outage });
		home.tally.trashForm(home.tally.formId);
		return async () => await Promise.resolve(home.tally.restoreForm(home.tally.formId));
	}

	it.each(outages)('and it stays, whatever Tally answers, and is made right later: %s', async (_name, outage) => {
		await trigger.publish();
		const [webhook] = home.tally.webhooks();
		await trigger.stop();
		// What n8n remembers is of a form chosen before, so that it has to ask.
		trigger.life.stored = trigger.life.stored.replaceAll(home.tally.formId, 'mOther');
		home.tally.removeWebhook(webhook?.id ?? '');
		const end = trouble(outage);
		await trigger.restart('init');
		await trigger.checks(3, MINUTE);
		await end();
		await trigger.checks(4, MINUTE);
		await expectRight();
	});

	it.each(outages)('and its checks say once an hour what is wrong, and throw nothing: %s', async (_name, outage) => {
		await trigger.publish();
		const end = trouble(outage);
		await trigger.checks(8, 5 * MINUTE);
		const lines = () => trigger.life.warnings.filter((line) => line.includes('could not check its webhook'));
		expect(lines()).toHaveLength(1);
		// A check that waits until Tally has time for it takes some of these.
		for (let time = 0; time < 12 && lines().length === 1; time++) await trigger.checks(1, 20 * MINUTE);
		expect(lines()).toHaveLength(2);
		await end();
		await trigger.checks(2, 5 * MINUTE);
		expect(lines()).toHaveLength(2);
		await expectRight();
	});
});

describe('A webhook that is not as it has to be', () => {
	const webhook = () => home.tally.webhooks()[0] ?? { id: '' };

	it.each<[string, () => void]>([
		['deleted', () => home.tally.removeWebhook(webhook().id)],
		['switched off', () => home.tally.switchWebhook(webhook().id, false)],
		['with another secret', () => void Object.assign(webhook(), { signingSecret: 'another one' })],
		['without a secret', () => void Object.assign(webhook(), { signingSecret: null })],
	])('is made right with the remembered secret: %s', async (_what, spoil) => {
		await trigger.publish();
		const { secret } = trigger.life;
		spoil();
		const { submissionId } = await home.tally.submit({});
		await home.quiet();
		expect(trigger.ran).toEqual([]);
		await trigger.check();
		expect(trigger.life.secret).toBe(secret);
		await expectRight();
		await trigger.checks(3, MINUTE);
		expect(trigger.ran.filter((id) => id === submissionId)).toHaveLength(1);
		expect(trigger.life.log.join()).not.toContain(secret);
	});

	it('at another address is left to whoever made it so, and there is one of ours again', async () => {
		await trigger.publish();
		const elsewhere = 'http://127.0.0.1:9/elsewhere';
		Object.assign(webhook(), { url: elsewhere });
		await trigger.check();
		expect(home.tally.webhooks().map(({ url }) => url)).toEqual([elsewhere, trigger.life.productionUrl]);
		expect(home.tally.webhooks()[1]).toMatchObject({ signingSecret: trigger.life.secret, isEnabled: true });
	});

	it('is alone again where there were two', async () => {
		await trigger.publish();
		const { secret } = trigger.life;
		const { url, apiKey, formId } = home.tally;
		for (const address of [trigger.life.productionUrl, trigger.life.finishedUrl]) {
			const made = await fetch(`${url}/webhooks`, {
				method: 'POST',
				headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
				body: JSON.stringify({ formId, url: address, eventTypes: ['FORM_RESPONSE'], signingSecret: 'another' }),
			});
			expect(made.status).toBe(201);
		}
		await trigger.check();
		expect(trigger.life.secret).toBe(secret);
		await expectRight();
	});

	it('gets back what somebody had added to it', async () => {
		await trigger.publish();
		const httpHeaders = [{ name: 'X-Tenant', value: 'a' }];
		Object.assign(webhook(), { httpHeaders, isEnabled: false });
		await trigger.check();
		expect(home.tally.webhooks()).toMatchObject([{ httpHeaders, isEnabled: true }]);
	});
});

describe('Unpublishing', () => {
	it.each([0, 1, 3, 6, 10, 15, 25, 40])(
		'leaves no webhook, even if a check has begun to make it anew %i ms before',
		async (milliseconds) => {
			await trigger.publish();
			for (const { id } of [...home.tally.webhooks()]) home.tally.removeWebhook(id);
			await mockClock.pass(3 * SECOND);
			trigger.inMemory.tick();
			await wait(milliseconds);
			expect(await trigger.unpublish()).toBeUndefined();
			await home.quiet();
			await mockClock.pass(MINUTE);
			await home.quiet();
			expect(home.tally.webhooks()).toEqual([]);
		},
	);

	it('leaves none that was made anew since it was published', async () => {
		await trigger.publish();
		home.tally.removeWebhook(home.tally.webhooks()[0]?.id ?? '');
		await trigger.check();
		await trigger.restart();
		expect(await trigger.unpublish()).toBeUndefined();
		expect(home.tally.webhooks()).toEqual([]);
	});
});

describe('At rest', () => {
	const atRest = ['GET /webhooks', `GET /forms/${'GxdRaQ'}/submissions`];

	it('a check asks twice, and the log is not read', async () => {
		await trigger.publish();
		await trigger.check();
		home.asked();
		for (let time = 0; time < 5; time++) {
			await trigger.checks(1, 5 * MINUTE);
			expect(home.asked()).toEqual(atRest);
		}
		await home.tally.submit({});
		await home.quiet();
		await trigger.checks(3, MINUTE);
		home.asked();
		await trigger.checks(1, MINUTE);
		expect(home.asked()).toEqual(atRest);
	});

	/** What came to pass before it is quiet. */
	const pasts = fc.array(
		fc.constantFrom('delivered', 'loginPage', 'badGateway', 'unlogged', 'removed', 'off', 'failed', 'restart'),
		{ maxLength: 6 },
	);
	const orders = fc.constantFrom<ListOrder>('newestFirst', 'oldestFirst', 'shuffled');

	it('whatever came before, once all is settled a check asks twice, and reads no log', async () => {
		await fc.assert(
			fc.asyncProperty(pasts, orders, fc.boolean(), async (past, order, repeatsSucceeded) => {
				const own = await TriggerHome.start(mockClock, {
					orderOfSubmissions: order,
					orderOfDeliveries: order,
					repeatsSucceeded,
				});
				const one = own.trigger({ options: { acknowledge: 'finished' } });
				await one.publish();
				for (const event of past) {
					await mockClock.pass(2 * SECOND);
					if (event === 'loginPage' || event === 'badGateway') own.front.answerWith(event);
					if (event === 'removed') own.tally.removeWebhook(own.tally.webhooks()[0]?.id ?? '');
					if (event === 'off') own.tally.switchWebhook(own.tally.webhooks()[0]?.id ?? '', false);
					if (event === 'failed') one.succeeds = () => false;
					if (event === 'restart') await one.restart();
					if (event === 'unlogged') own.tally.loadPast({ count: 3, overMs: SECOND, logged: false });
					else await own.tally.submit({});
					await own.quiet();
					await own.front.passOn();
					one.succeeds = () => true;
					await one.checks(1, 2 * MINUTE);
				}
				// The longest that Tally may take with what it has failed to deliver.
				await one.checks(4, 10 * MINUTE);
				await one.checks(2, 25 * 60 * MINUTE);
				own.asked();
				for (let time = 0; time < 3; time++) {
					await one.checks(1, 5 * MINUTE);
					expect(own.asked()).toEqual(atRest);
				}
				await own.close();
			}),
			{ numRuns: 25 },
		);
	});

	it('nothing is asked with 0 for Check Every', async () => {
		const never = home.trigger({ options: { checkEvery: 0 }, workflowId: 'never' });
		await never.publish();
		home.asked();
		expect(never.inMemory.crons).toEqual([]);
		await mockClock.pass(60 * MINUTE);
		await home.quiet();
		expect(home.asked()).toEqual([]);
	});

	it('fifty triggers share the list, and keep under Tally’s limit also when each has missed something', async () => {
		const all = Array.from({ length: 50 }, (_, number) =>
			home.trigger({ options: { checkEvery: 15 }, workflowId: `workflow-${number}` }),
		);
		for (const one of all) await one.publish();
		const seconds = all.map(({ inMemory }) => inMemory.crons.join());
		expect(seconds.every((cron) => /^\d+ \* \* \* \* \*$/.test(cron))).toBe(true);
		expect(new Set(seconds).size).toBeGreaterThan(15);

		home.asked();
		await mockClock.pass(10 * SECOND);
		await home.quiet();
		const asked = home.asked();
		// 51 webhooks may stand on three pages.
		expect(asked.filter((request) => request === 'GET /webhooks').length).toBeLessThanOrEqual(3);
		expect(asked.filter((request) => request.endsWith('/submissions'))).toHaveLength(50);

		home.front.answerWith('badGateway');
		await home.tally.submit({});
		await home.quiet();
		await home.front.passOn();
		const before = home.tally.requests().length;
		await mockClock.pass(15 * MINUTE);
		for (const { inMemory } of all) inMemory.tick();
		await mockClock.passUntil(
			() => all.every(({ ran }) => ran.length === 1),
			() => home.pulse(),
		);
		const times = home.tally
			.requests()
			.slice(before)
			.map(({ at }) => at);
		const inAMinute = times.map((from) => times.filter((at) => at >= from && at < from + MINUTE).length);
		// They are sent at 75 a minute at most, and arrive a little later, one more so than the other.
		expect(Math.max(...inAMinute)).toBeLessThan(90);
	});
});
