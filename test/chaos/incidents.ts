import fc from 'fast-check';
import type { ProxyAnswer } from '../../sandbox/proxy';
import type { Outage } from '../../sandbox/tally/incidents';

/** What goes wrong beside n8n and CleverTap. */
export type PlannedIncident =
	/** A person removes the webhook in Tally, or switches it off. */
	| { kind: 'webhookRemoved' | 'webhookOff'; while: 'up' | 'down' }
	/** Tally's API does not answer as it should: while n8n starts, or while it runs. */
	| { kind: 'tallyDown'; while: 'up' | 'starting'; api: Outage; lastsMs: number }
	/** What stands before n8n answers deliveries itself. */
	| { kind: 'proxyAnswers'; answer: ProxyAnswer; lastsMs: number };

/** An incident in a few words. */
export function named(incident: PlannedIncident): string {
	switch (incident.kind) {
		case 'webhookRemoved':
			return `webhook removed, n8n ${incident.while}`;
		case 'webhookOff':
			return `webhook switched off, n8n ${incident.while}`;
		case 'tallyDown':
			return `Tally's API down (${inWords(incident.api)}), n8n ${incident.while}`;
		case 'proxyAnswers':
			return `answered by a proxy (${inWords(incident.answer)})`;
	}
}

/** Whether n8n is killed for it. */
export function isWithoutN8n(incident: PlannedIncident): boolean {
	return 'while' in incident && incident.while !== 'up';
}

const inWords = (answer: ProxyAnswer | Outage): string => (typeof answer === 'string' ? answer : String(answer.status));

const between = (min: number, max: number) => fc.noBias(fc.integer({ min, max }));

const api = fc.constantFrom<Outage>(
	'refused',
	'reset',
	'silence',
	'loginPage',
	'emptyBody',
	'unavailable',
	{ status: 401, body: 'Unauthorized' },
	{ status: 403, headers: { 'content-type': 'application/json' }, body: '{"message":"Forbidden"}' },
	{ status: 429, headers: { 'content-type': 'application/json' }, body: '{"message":"Too many requests"}' },
	{ status: 500 },
);

/**
 * Answers that Tally takes for successes, and some that it does not. Not 200 with nothing: so version 1
 * of the trigger answered, and version 1.2 takes it for settled.
 */
const answer = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom<ProxyAnswer>('loginPage', 'foreignJson') },
	{ weight: 1, arbitrary: fc.constantFrom<ProxyAnswer>('badGateway', 'reset') },
);

const lastsMs = between(5000, 12_000);

/** One of each kind, in any order. */
const oneOfEach: fc.Arbitrary<PlannedIncident[]> = fc
	.tuple(
		fc.constant<PlannedIncident>({ kind: 'webhookRemoved', while: 'up' }),
		fc.constant<PlannedIncident>({ kind: 'webhookRemoved', while: 'down' }),
		fc.constant<PlannedIncident>({ kind: 'webhookOff', while: 'up' }),
		fc.constant<PlannedIncident>({ kind: 'webhookOff', while: 'down' }),
		fc.record({ kind: fc.constant('tallyDown' as const), while: fc.constant('up' as const), api, lastsMs }),
		fc.record({ kind: fc.constant('tallyDown' as const), while: fc.constant('starting' as const), api, lastsMs }),
		fc.record({ kind: fc.constant('proxyAnswers' as const), answer, lastsMs }),
	)
	.chain((all) => fc.shuffledSubarray<PlannedIncident>(all, { minLength: all.length }));

/**
 * As many incidents as wanted; no kind comes again before each has come.
 *
 * @param kinds those that may come; all unless given
 */
export function drawIncidents(count: number, seed: number, kinds?: readonly string[]): PlannedIncident[] {
	if (count === 0) return [];
	return fc
		.sample(oneOfEach, { seed, numRuns: count })
		.flat()
		.filter(({ kind }) => kinds === undefined || kinds.includes(kind))
		.slice(0, count);
}
