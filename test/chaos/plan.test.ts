import { readArguments } from './arguments';
import { drawPlan, type Plan } from './plan';

const draw = (...args: string[]): Plan =>
	drawPlan(readArguments(['--submissions', '200', '--kills', '4', '--pace', '100', ...args]));

const faultsOf = (plan: Plan) => Array.from({ length: 2000 }, (_, index) => plan.faultOf(index + 1));
const all = (plan: Plan) => ({ faults: faultsOf(plan), gaps: plan.gaps, kills: plan.kills });

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
	const { gaps, kills } = draw('--seed', '7');
	expect(gaps).toHaveLength(200);
	const average = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
	expect(Math.abs(average - 100)).toBeLessThan(20);
	expect(kills.map(({ after }) => Math.floor((after - 1) / 50))).toEqual([0, 1, 2, 3]);
});

it.each([
	[['--bad', '2'], '--bad'],
	[['--kills', 'many'], '--kills'],
	[['--submissions', '0'], '--submissions'],
	[['--unconfirmed', 'retry'], 'fail or neverTwice'],
	[['--colour', 'red'], '--colour'],
])('refuses %j', (args, named) => {
	expect(() => readArguments(args)).toThrow(named);
});
