import type { INodeParameters } from 'n8n-workflow';

import { PassingClock } from '../support/passingClock';
import { TriggerHome, type PublishedTrigger } from '../support/triggerHome';

const mockClock = new PassingClock();
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => await mockClock.sleep(milliseconds),
}));

jest.setTimeout(120_000);

const MINUTE = 60_000;
const EMAIL = 'Your email';

let home: TriggerHome;

beforeEach(async () => {
	home = await TriggerHome.start(mockClock);
});
afterEach(async () => {
	expect(home.tally.violations()).toEqual([]);
	await home.close();
	jest.restoreAllMocks();
});

type Ways = 'abandoned alone' | 'beside completed, by webhook' | 'beside completed, by polling';
const ways: Ways[] = ['abandoned alone', 'beside completed, by webhook', 'beside completed, by polling'];

function listening(how: Ways, options: INodeParameters = {}, workflowId?: string): PublishedTrigger {
	const parameters: INodeParameters = {
		events: how === 'abandoned alone' ? ['abandoned'] : ['completed', 'abandoned'],
		listenBy: how === 'beside completed, by polling' ? 'polling' : 'webhook',
	};
	return home.trigger({ parameters, options: { abandonedAfter: 30, ...options }, workflowId });
}

/** What has started runs, as what, without those that a delivery brought. */
const started = ({ life }: PublishedTrigger) =>
	life.emitted.map(({ item }) => [item.json.submissionId, item.json.isCompleted]);

describe.each(ways)('Listening for what was %s', (how) => {
	let trigger: PublishedTrigger;

	beforeEach(async () => {
		trigger = listening(how);
		await trigger.publish();
		await mockClock.pass(MINUTE);
	});

	it('starts a run once, when it has not changed for long enough', async () => {
		const { submissionId } = home.tally.begin({ [EMAIL]: 'ada@example.com' });
		await trigger.checks(2, 14 * MINUTE);
		expect(started(trigger)).toEqual([]);
		await trigger.checks(1, 2 * MINUTE);
		expect(started(trigger)).toEqual([[submissionId, false]]);
		await trigger.checks(5, 20 * MINUTE);
		home.tally.goOn(submissionId, { [EMAIL]: 'ada@example.org' });
		await trigger.checks(5, 20 * MINUTE);
		expect(started(trigger)).toHaveLength(1);
	});

	it('waits as long as somebody types', async () => {
		const { submissionId } = home.tally.begin({ [EMAIL]: 'ada@' });
		for (let time = 0; time < 5; time++) {
			await trigger.checks(1, 20 * MINUTE);
			home.tally.goOn(submissionId, { [EMAIL]: `ada@example.com`, Phone: `+49 30 12345${time}` });
		}
		expect(started(trigger)).toEqual([]);
		await trigger.checks(2, 20 * MINUTE);
		expect(started(trigger)).toEqual([[submissionId, false]]);
		expect(trigger.life.emitted[0]?.item.json.answers).toMatchObject({ Phone: '+49 30 123454' });
	});

	it('has the one shape, with the time of the last change', async () => {
		const { submissionId } = home.tally.begin({ [EMAIL]: 'ada@example.com', 'Rate us': 0 });
		await trigger.checks(3, 20 * MINUTE);
		const json = trigger.life.emitted[0]?.item.json ?? {};
		expect(json).toEqual({
			answers: { [EMAIL]: 'ada@example.com', 'Rate us': 0 },
			hidden: {},
			calculated: expect.any(Object) as object,
			submissionId,
			respondentId: expect.any(String) as string,
			formId: home.tally.formId,
			formName: 'Feedback',
			submittedAt: null,
			isCompleted: false,
			updatedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
		});
	});

	it('is a submission like any other once it is completed', async () => {
		const { submissionId } = home.tally.begin({ [EMAIL]: 'ada@example.com' });
		await trigger.checks(3, 20 * MINUTE);
		home.tally.complete(submissionId, { [EMAIL]: 'ada@example.com' });
		await home.quiet();
		await trigger.checks(3, 20 * MINUTE);
		const completed = how === 'beside completed, by polling' ? [[submissionId, true]] : [];
		expect(started(trigger)).toEqual([[submissionId, false], ...completed]);
		const delivered = how === 'beside completed, by webhook' ? [submissionId] : [];
		expect(trigger.delivered.map(({ json }) => json.submissionId)).toEqual(delivered);
	});

	it('is not brought of the time before somebody published', async () => {
		await trigger.unpublish();
		home.tally.begin({ [EMAIL]: 'ada@example.com' });
		await mockClock.pass(2_000);
		await trigger.publish();
		await trigger.checks(4, 20 * MINUTE);
		expect(started(trigger)).toEqual([]);
	});

	it('comes after n8n was down, and not again after a kill', async () => {
		await trigger.stop();
		const { submissionId } = home.tally.begin({ [EMAIL]: 'ada@example.com' });
		await mockClock.pass(100 * MINUTE);
		trigger.life.knowsKeys = false;
		await trigger.restart();
		await trigger.checks(2, MINUTE);
		expect(started(trigger)).toEqual([[submissionId, false]]);
		trigger.kill();
		await trigger.publish('init');
		home.tally.goOn(submissionId, { [EMAIL]: 'ada@example.org' });
		await trigger.checks(4, 20 * MINUTE);
		expect(started(trigger)).toHaveLength(1);
	});

	it('leaves a Code node what it keeps', async () => {
		home.tally.begin({ [EMAIL]: 'ada@example.com' });
		trigger.life.stored = JSON.stringify({ ...(JSON.parse(trigger.life.stored) as object), global: { count: 1 } });
		await trigger.checks(3, 20 * MINUTE);
		expect(started(trigger)).toHaveLength(1);
		expect(JSON.parse(trigger.life.stored)).toMatchObject({ global: { count: 1 } });
		expect(trigger.inMemory.isChanged()).toBe(false);
	});

	it('is told once to need Tally Pro', async () => {
		await trigger.checks(3, 20 * MINUTE);
		expect(trigger.life.log.filter((line) => line.includes('Tally Pro'))).toHaveLength(1);
	});
});

it('makes a webhook only where completed ones come by it', async () => {
	for (const how of ways) {
		const trigger = listening(how);
		await trigger.publish();
		expect(home.tally.webhooks()).toHaveLength(how === 'beside completed, by webhook' ? 1 : 0);
		await trigger.unpublish();
		expect(home.tally.webhooks()).toEqual([]);
	}
});

it('asks for partial ones only where they are wanted', async () => {
	const filters = () => home.tally.requests().flatMap(({ path }) => /filter=(\w+)/.exec(path)?.[1] ?? []);
	const completed = home.trigger({ parameters: { listenBy: 'polling' } });
	await completed.publish();
	await completed.checks(3, MINUTE);
	expect(new Set(filters())).toEqual(new Set(['completed']));
	await completed.stop();
	const before = filters().length;
	const alone = listening('abandoned alone', {}, 'alone');
	await alone.publish();
	await alone.checks(2, MINUTE);
	expect(new Set(filters().slice(before))).toEqual(new Set(['partial']));
});

it.each(['oldestFirst', 'newestFirst', 'shuffled'] as const)('finds it among many: listed %s', async (order) => {
	home.tally.behave({ orderOfSubmissions: order, partialsAreDated: order === 'shuffled' });
	for (let number = 0; number < 600; number++) home.tally.begin({ [EMAIL]: `old${number}@example.com` });
	await mockClock.pass(MINUTE);
	const trigger = listening('abandoned alone');
	await trigger.publish();
	await mockClock.pass(MINUTE);
	const ids = Array.from(
		{ length: 3 },
		(_, number) => home.tally.begin({ [EMAIL]: `new${number}@x.example` }).submissionId,
	);
	await trigger.checks(3, 20 * MINUTE);
	expect(
		started(trigger)
			.map(([id]) => id)
			.sort(),
	).toEqual(ids.sort());
});

it('a run that fails is repeated six times together, where that is wanted', async () => {
	const trigger = listening('abandoned alone', { acknowledge: 'finished' });
	trigger.life.whenEmitted = ({ end }) => end('error');
	await trigger.publish();
	home.tally.begin({ [EMAIL]: 'ada@example.com' });
	await trigger.checks(12, 20 * MINUTE);
	expect(started(trigger)).toHaveLength(6);
	expect(trigger.life.warnings.join()).toContain('gave up');
});
