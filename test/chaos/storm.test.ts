import { isOver } from './storm';

const still = { haveOutcome: true, isDelivering: false, unmovedMs: 50_000 };

it.each([
	['all is there and nothing has moved for long enough', {}, true],
	['something moved a moment ago', { unmovedMs: 30_000 }, false],
	['Tally waits to deliver again', { isDelivering: true, unmovedMs: 1_000_000 }, false],
	['something is missing, and may still come', { haveOutcome: false }, false],
	['something is missing, and nothing has moved for very long', { haveOutcome: false, unmovedMs: 160_000 }, true],
])('%s', (_what, change, isEnd) => {
	expect(isOver({ ...still, ...change })).toBe(isEnd);
});
