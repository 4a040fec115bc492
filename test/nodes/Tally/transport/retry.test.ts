import { limitsOf, waitForTurn } from '../../../../nodes/Tally/transport/pace';
import type { TallyReply } from '../../../../nodes/Tally/transport/reply';
import { waitBeforeRetry } from '../../../../nodes/Tally/transport/retry';

describe('pace', () => {
	/** When each of many requests that want to go at once goes, in milliseconds. */
	function schedule(count: number, limits = limitsOf(90, false)): number[] {
		const sent: number[] = [];
		for (let now = 0; sent.length < count;) {
			now += waitForTurn(sent, now, limits);
			sent.push(now);
		}
		return sent;
	}

	it.each([
		[90, 60_000, limitsOf(90, false)],
		[9, 1_000, limitsOf(90, true)],
		[90, 60_000, limitsOf(90, true)],
		[5, 60_000, limitsOf(5, false)],
		[1, 60_000, limitsOf(1, false)],
	])('never lets more than %i go in any %i ms', (most, span, limits) => {
		const sent = schedule(400, limits);
		for (const start of sent) {
			expect(sent.filter((at) => at >= start && at < start + span).length).toBeLessThanOrEqual(most);
		}
	});

	it('lets the first ones go at once, and the next as soon as a minute is over', () => {
		const minutes = schedule(270).map((at) => at / 60_000);
		expect(minutes).toEqual(Array.from({ length: 270 }, (_, index) => Math.floor(index / 90)));
	});
});

describe('waiting before a request is sent again', () => {
	const wait = (attempt: number, isReading: boolean, given: TallyReply, random: number, isManual = false) =>
		waitBeforeRetry({ attempt, isReading, isManual }, given, random);
	const reply = (status: number, retryAfterMs?: number) => ({
		status,
		body: '',
		...(retryAfterMs === undefined ? {} : { retryAfterMs }),
	});

	it('covers more than the minute by which Tally counts, for reading and writing', () => {
		for (const isReading of [true, false]) {
			const waits = [1, 2, 3, 4].map((attempt) => wait(attempt, isReading, reply(429), 0) ?? 0);
			expect(waits.slice(0, 3).reduce((sum, each) => sum + each, 0)).toBeGreaterThan(60_000);
			expect(wait(5, isReading, reply(429), 0)).toBeUndefined();
		}
	});

	it.each<[string, number, number[]]>([
		['after too many requests', 429, [15, 30, 60, 60]],
		['after trouble, doubling', 503, [1, 2, 4]],
		['where no answer came, doubling', 0, [1, 2, 4]],
	])('takes its time %s, and ends', (_when, status, seconds) => {
		const waits = [1, 2, 3, 4, 5].map((attempt) => wait(attempt, true, reply(status), 0));
		expect(waits.filter((each) => each !== undefined)).toEqual(seconds.map((each) => each * 1_000));
	});

	it('is longer by chance, by a quarter at most: two workflows do not come back at the same moment', () => {
		const waits = [0, 0.25, 0.5, 0.999].map((random) => wait(2, true, reply(429), random) ?? 0);
		expect(waits).toEqual([...new Set(waits)].sort((one, other) => one - other));
		for (const each of waits) expect(Math.abs(each - 33_750)).toBeLessThanOrEqual(3_750);
	});

	it('is as long as Tally says, within reason', () => {
		expect(wait(1, false, reply(429, 7_000), 0.9)).toBe(7_000);
		expect(wait(1, true, reply(503, 0), 0)).toBe(250);
		expect(wait(1, true, reply(503, 0), 0.8)).toBe(450);
		expect(wait(1, true, reply(429, 86_400_000), 0)).toBe(120_000);
	});

	it.each([0, 500, 502, 503])('is for reading only after %i: nobody knows what was done', (status) => {
		expect(wait(1, true, reply(status), 0)).toBeGreaterThan(0);
		expect(wait(1, false, reply(status), 0)).toBeUndefined();
	});

	it.each([200, 204, 400, 401, 403, 404])('is not for %i', (status) => {
		expect(wait(1, true, reply(status), 0)).toBeUndefined();
	});

	const unsent = (isLasting: boolean): TallyReply => ({
		status: 0,
		body: undefined,
		noAnswer: { message: '', description: '', certainlyNotSent: true, isLasting },
	});

	it('is for writing, too, where the request certainly was not sent', () => {
		expect(wait(1, false, unsent(false), 0)).toBe(1_000);
		expect(wait(1, true, unsent(true), 0)).toBeUndefined();
		expect(wait(1, false, unsent(true), 0)).toBeUndefined();
	});

	it('is over within 5 seconds where somebody looks on', () => {
		const waits = [1, 2, 3, 4].map((attempt) => wait(attempt, false, unsent(false), 0.999, true) ?? 0);
		expect(waits.reduce((sum, each) => sum + each, 0)).toBeLessThan(5_000);
		expect(waits.filter((each) => each > 0)).toHaveLength(2);
	});
});
