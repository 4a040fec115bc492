import fc from 'fast-check';
import type { Fault } from '../../sandbox/clevertap/faults';
import type { Habits, ListOrder } from '../../sandbox/tally/habits';
import type { ChaosArguments } from './arguments';
import { drawIncidents, type PlannedIncident } from './incidents';

/** All that is drawn from the seed. The same seed meets the same n-th upload with the same fault. */
export interface Plan {
	/** What the upload with this number meets, counted from 1. */
	faultOf(number: number): Fault | undefined;
	/** Milliseconds before each submission. */
	gaps: readonly number[];
	/** In the order in which they come. */
	outages: readonly Outage[];
	/** How Tally behaves; what its documentation leaves open is drawn. */
	habits: Partial<Habits>;
}

/** n8n is killed, or there is an incident. */
export interface Outage {
	/** How many submissions have been sent by then. */
	after: number;
	/** Milliseconds from there. */
	thenMs: number;
	what: 'kill' | PlannedIncident;
}

const between = (min: number, max: number) => fc.noBias(fc.integer({ min, max }));

const answered = (status: number, body: unknown = '', headers: Record<string, string> = {}) =>
	fc.constant<Fault>({ status, body, headers });

const busy = { status: 'fail', error: 'Too many concurrent requests', code: 429 };

/** Bad replies by how often each comes. */
const badReplies: ReadonlyArray<readonly [weight: number, fault: fc.Arbitrary<Fault>]> = [
	[2, answered(429, busy)],
	[4, answered(429, busy, { 'Retry-After': '1' })],
	[4, answered(503, 'Service Unavailable')],
	[2, answered(503, '', { 'Retry-After': '2' })],
	[4, answered(500, { status: 'fail', error: 'Internal error' })],
	[2, answered(502, '<html>Bad Gateway</html>')],
	[6, fc.constant<Fault>('resetBefore')],
	[8, fc.constant<Fault>('resetAfter')],
	[6, answered(200, { status: 'fail', error: 'Internal error' })],
	[6, between(1, 2).map((refusedRecord): Fault => ({ refusedRecord }))],
	[4, fc.constant<Fault>('emptyBody')],
	[2, fc.constant<Fault>('notJson')],
	[8, between(200, 3000).map((slowMs): Fault => ({ slowMs }))],
	// The node waits a minute for these, hence few.
	[1, fc.constant<Fault>('timeout')],
];

const order = fc.constantFrom<ListOrder>('newestFirst', 'oldestFirst', 'shuffled');

/** What Tally's documentation leaves open, and its clock. */
const openHabits = fc.record({
	orderOfSubmissions: order,
	orderOfDeliveries: order,
	afterIdIsInclusive: fc.boolean(),
	clockAheadMs: between(-60_000, 60_000),
});

export function drawPlan(args: ChaosArguments): Plan {
	const { seed, submissions, kills, bad, pace } = args;
	const draw = <T>(arbitrary: fc.Arbitrary<T>, count: number, purpose: number): T[] =>
		count === 0 ? [] : fc.sample(arbitrary, { seed: seed + purpose, numRuns: count });

	const badReply = fc.oneof(...badReplies.map(([weight, arbitrary]) => ({ weight, arbitrary })));
	const reply = fc.tuple(between(0, 999_999), badReply);
	// Two uploads a submission, and room for every retry that there can be.
	const faults = draw(reply, submissions * 60, 1).map(([luck, fault]) => (luck < bad * 1_000_000 ? fault : undefined));
	// Where nothing is delivered, there is nothing to hit but Tally's API.
	const kinds = args.listen === 'polling' ? ['tallyDown'] : undefined;
	const incidents = drawIncidents(args.incidents, seed + 4, kinds);
	const moment = fc.tuple(between(0, 999), between(0, 1500));
	// One in each part of the run, so that n8n has time to come back.
	const spread = (events: ReadonlyArray<Outage['what']>, purpose: number): Outage[] =>
		draw(moment, events.length, purpose).map(([place, thenMs], part) => ({
			after: Math.ceil(((part + place / 1000) * submissions) / events.length),
			thenMs,
			what: events[part] ?? 'kill',
		}));
	const outages = [...spread(Array<'kill'>(kills).fill('kill'), 3), ...spread(incidents, 5)];
	return {
		faultOf: (number) => faults[number - 1],
		gaps: draw(between(0, 2 * pace), submissions, 2),
		outages: outages.sort((a, b) => a.after - b.after),
		habits: {
			...draw(openHabits, 1, 6)[0],
			repeatsSucceeded: args.repeats === 'made',
			...(args.ladder === 'off' ? { retries: 0 } : {}),
		},
	};
}
