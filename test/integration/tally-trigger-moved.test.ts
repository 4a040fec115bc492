import { PassingClock } from '../support/passingClock';
import { TriggerHome, type PublishedTrigger } from '../support/triggerHome';

const mockClock = new PassingClock();
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => await mockClock.sleep(milliseconds),
}));

jest.setTimeout(120_000);

const MINUTE = 60_000;

/** The n8n of before, and one with the same workflow and memory at another address. */
let before: TriggerHome;
let after: TriggerHome;
let original: PublishedTrigger;
let moved: PublishedTrigger;

beforeEach(async () => {
	before = await TriggerHome.start(mockClock);
	after = await before.another();
	original = before.trigger();
	moved = after.trigger();
	await original.publish();
	moved.life.stored = original.life.stored;
});
afterEach(async () => {
	expect(after.areUntouched).toBe(true);
	expect(before.tally.violations()).toEqual([]);
	await after.close();
	await before.close();
	jest.restoreAllMocks();
});

const addresses = () => before.tally.webhooks().map(({ url }) => url);
const both = () => [original.life.productionUrl, moved.life.productionUrl];

/** n8n was stopped at its old address, and starts at the new one. */
async function move(): Promise<void> {
	await original.stop();
	await moved.publish('init');
}

it.each(['refused', 'loginPage', 'forbidden'] as const)(
	'n8n has a webhook at its new address at once, and removes the old one when nobody of ours was there twice: %s',
	async (answer) => {
		if (answer === 'refused') await before.front.refuse();
		else before.front.answerWith(answer);
		await move();
		await moved.check();
		expect(addresses()).toEqual(both());
		await moved.checks(3, 20_000);
		expect(addresses()).toEqual(both());
		await moved.checks(3, MINUTE);
		expect(addresses()).toEqual([moved.life.productionUrl]);
		const { submissionId } = await before.tally.submit({});
		await after.quiet();
		await moved.checks(3, MINUTE);
		expect(moved.ran).toEqual([submissionId]);
	},
);

it('what the old address missed is brought at the new one', async () => {
	await before.front.refuse();
	const { submissionId } = await before.tally.submit({});
	await before.quiet();
	await move();
	await moved.checks(8, MINUTE);
	expect(moved.ran).toEqual([submissionId]);
});

it('a copy of an n8n leaves the webhook of the original alone, which answers at the old address', async () => {
	await moved.publish('init');
	await moved.checks(6, 2 * MINUTE);
	expect(addresses()).toEqual(both());
	expect(moved.life.warnings.filter((line) => line.includes('left the one at its earlier address'))).toHaveLength(1);
	expect(await moved.unpublish()).toBeUndefined();
	expect(addresses()).toEqual([original.life.productionUrl]);
	const { submissionId } = await before.tally.submit({});
	await before.quiet();
	expect(original.ran).toEqual([submissionId]);
});

it('it leaves it alone, too, where only Tally’s log shows that somebody takes its deliveries', async () => {
	// What is before the original answers nobody but Tally.
	before.front.answerWith('forbidden');
	await moved.publish('init');
	await moved.check();
	await before.front.passOn();
	await before.tally.submit({});
	await before.quiet();
	before.front.answerWith('forbidden');
	await moved.checks(6, MINUTE);
	expect(addresses()).toEqual(both());
	expect(original.ran).toHaveLength(1);
});

it('and where the old address is in trouble for the moment', async () => {
	before.front.answerWith('unavailable');
	await moved.publish('init');
	await moved.checks(6, MINUTE);
	expect(addresses()).toEqual(both());
});
