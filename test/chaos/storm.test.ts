import { isOver, mayBeSent } from './storm';

const still = { haveOutcome: true, isDelivering: false, isRunning: false, unmovedMs: 50_000 };

it.each([
	['all is there and nothing has moved for long enough', {}, true],
	['something moved a moment ago', { unmovedMs: 30_000 }, false],
	['Tally waits to deliver again', { isDelivering: true, unmovedMs: 1_000_000 }, false],
	['a run has not ended', { isRunning: true }, false],
	['something is missing, and may still come', { haveOutcome: false }, false],
	['something is missing, and nothing has moved for very long', { haveOutcome: false, unmovedMs: 160_000 }, true],
])('%s', (_what, change, isEnd) => {
	expect(isOver({ ...still, ...change })).toBe(isEnd);
});

it.each([
	[0, 0, 0, true],
	[3, 0, 0, false],
	[3, 1, 0, true],
	[5, 1, 0, true],
	[6, 1, 0, false],
	[6, 1, 1, true],
	[8, 1, 1, false],
	[8, 2, 1, true],
	[9, 2, 1, false],
	[9, 2, 2, true],
])('submission %i, with %i outages begun and %i over: %s', (number, begun, ended, isTime) => {
	const outages = [3, 8].map((after) => ({ after, thenMs: 0, what: 'kill' as const }));
	expect(mayBeSent(number, { outages, gaps: Array<number>(10).fill(1) }, { begun, ended })).toBe(isTime);
});
