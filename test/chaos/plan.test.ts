import { readArguments } from './arguments';
import { drawPlan, type Plan } from './plan';

const draw = (...args: string[]): Plan =>
	drawPlan(readArguments(['--submissions', '200', '--kills', '4', '--pace', '100', ...args]));

const faultsOf = (plan: Plan) => Array.from({ length: 2000 }, (_, index) => plan.faultOf(index + 1));
const all = (plan: Plan) => ({ ...plan, faultOf: faultsOf(plan) });
const killsOf = ({ outages }: Plan) => outages.filter(({ what }) => what === 'kill');

it('is the same for the same seed, and another for another one', () => {
	expect(all(draw('--seed', '7'))).toEqual(all(draw('--seed', '7')));
	expect(all(draw('--seed', '7'))).not.toEqual(all(draw('--seed', '8')));
});

it.each([
	['0', 0, 0],
	['0.2', 320, 480],
	['1', 2000, 2000],
])('with a share of %s makes between %i and %i of 2000 replies bad', (bad, least, most) => {
	const count = faultsOf(draw('--seed', '7', '--bad', bad)).filter((fault) => fault !== undefined).length;
	expect(count).toBeGreaterThanOrEqual(least);
	expect(count).toBeLessThanOrEqual(most);
});

it('sends each submission, at the pace on average, and kills once in each part of the run', () => {
	const plan = draw('--seed', '7');
	const { gaps } = plan;
	expect(gaps).toHaveLength(200);
	const average = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
	expect(Math.abs(average - 100)).toBeLessThan(20);
	expect(killsOf(plan).map(({ after }) => Math.floor((after - 1) / 50))).toEqual([0, 1, 2, 3]);
});

it('has each kind of incident before one comes again, all in their order', () => {
	const { outages } = draw('--seed', '7', '--incidents', '14');
	const kinds = outages.flatMap(({ what }) =>
		what === 'kill' ? [] : [`${what.kind} ${'while' in what && what.while}`],
	);
	expect(kinds).toHaveLength(14);
	expect(new Set(kinds.slice(0, 7))).toEqual(new Set(kinds.slice(7)));
	expect(new Set(kinds).size).toBe(7);
	const afters = outages.map(({ after }) => after);
	expect(afters).toEqual([...afters].sort((a, b) => a - b));
	expect(draw('--incidents', '0').outages.every(({ what }) => what === 'kill')).toBe(true);
});

it('hits Tally alone where n8n polls', () => {
	const { outages } = draw('--seed', '7', '--incidents', '3', '--listen', 'polling');
	const kinds = outages.flatMap(({ what }) => (what === 'kill' ? [] : what.kind));
	expect(kinds).toEqual(['tallyDown', 'tallyDown', 'tallyDown']);
});

it('has Tally behave as told, and otherwise as drawn', () => {
	expect(draw('--seed', '7').habits).toMatchObject({ repeatsSucceeded: true });
	expect(draw('--seed', '7').habits).not.toHaveProperty('retries');
	const told = draw('--seed', '7', '--ladder', 'off', '--repeats', 'refused').habits;
	expect(told).toMatchObject({ repeatsSucceeded: false, retries: 0 });
	const orders = ['1', '2', '3', '4', '5', '6', '7', '8'].map((seed) => draw('--seed', seed).habits.orderOfSubmissions);
	expect(new Set(orders).size).toBeGreaterThan(1);
});

it.each([
	[['--bad', '2'], '--bad'],
	[['--incidents', '-1'], '--incidents'],
	[['--ladder', 'short'], 'on or off'],
	[['--repeats', 'never'], 'made or refused'],
	[['--direct'], '--direct'],
	[['--kills', 'many'], '--kills'],
	[['--submissions', '0'], '--submissions'],
	[['--unconfirmed', 'retry'], 'fail or neverTwice'],
	[['--colour', 'red'], '--colour'],
])('refuses %j', (args, named) => {
	expect(() => readArguments(args)).toThrow(named);
});
