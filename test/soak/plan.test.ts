import { drawPlan, readArguments, type SoakPlan } from './plan';

const draw = (...args: string[]): SoakPlan => drawPlan(readArguments(['--minutes', '1', '--pace', '100', ...args]));
const faultsOf = (plan: SoakPlan) => Array.from({ length: 1000 }, (_, index) => plan.faultOf(index + 1));
const all = (plan: SoakPlan) => ({ faults: faultsOf(plan), steps: plan.steps });
const plan = draw('--seed', '7');

it('is the same for the same seed, and another for another one', () => {
	expect(all(draw('--seed', '7'))).toEqual(all(plan));
	expect(all(draw('--seed', '8'))).not.toEqual(all(plan));
});

it('lasts as long as asked, at the pace on average', () => {
	expect(plan.steps).toHaveLength(600);
	const lasts = plan.steps.reduce((sum, { gapMs }) => sum + gapMs, 0);
	expect(Math.abs(lasts / 60_000 - 1)).toBeLessThan(0.1);
});

it.each(['submission', 'forged', 'search', 'read', 'bulk'])('holds a %s now and then', (kind) => {
	const found = plan.steps.filter(({ action }) => action.kind === kind);
	expect(found.length).toBeGreaterThan(plan.steps.length / 60);
});

it.each([
	[['--minutes', '0'], '--minutes'],
	[['--minutes', ''], '--minutes'],
	[['--pace', 'fast'], '--pace'],
	[['--seed', '-1'], '--seed'],
	[['--colour', 'red'], '--colour'],
])('refuses %j', (args, named) => {
	expect(() => readArguments(args)).toThrow(named);
});
