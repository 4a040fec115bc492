import fc from 'fast-check';

import {
	changedAt,
	decideAbandoned,
	MAX_AT_ONCE,
	type PartialSubmission,
} from '../../../../../nodes/Tally/trigger/recovery/abandoned';
import { Knowledge } from '../../../../../nodes/Tally/trigger/recovery/knowledge';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.parse('2026-02-09T12:00:00.000Z');

const left = (minutesAgo: number, id = `left${minutesAgo}`): PartialSubmission => ({
	id,
	changedAt: NOW - minutesAgo * MINUTE,
});

function decided(partials: readonly PartialSubmission[], known: Record<string, object> = {}) {
	return decideAbandoned({
		now: NOW,
		afterMs: HOUR,
		settledUntil: NOW - 24 * HOUR,
		partials,
		known: (id) => known[id] ?? {},
	});
}

it.each<[string, PartialSubmission, object, string]>([
	['was left an hour ago', left(60), {}, 'due'],
	['was left a little less ago', left(59.9), {}, 'not yet'],
	['was just changed', left(0), {}, 'not yet'],
	['is changed in the future, by another clock', left(-5), {}, 'not yet'],
	['was left before the trigger was there', left(24 * 60), {}, 'never'],
	['was left long before', left(48 * 60), {}, 'never'],
	['has started a run', left(90), { isSettled: true }, 'never'],
	['is starting one', left(90), { isInHand: true }, 'open'],
	['has failed five times', left(90), { failedRuns: 5 }, 'due'],
	['has failed six times', left(90), { failedRuns: 6 }, 'given up'],
])('one that %s', (_what, partial, known, expected) => {
	const { due, givenUp, isOpen } = decided([partial], { [partial.id]: known });
	const isDone = expected === 'never' || expected === 'not yet';
	const is = due.length > 0 ? 'due' : givenUp.length > 0 ? 'given up' : isOpen ? 'open' : isDone ? expected : 'nothing';
	expect(is).toBe(expected);
});

it('takes the one first that was left first, and no more than a batch', () => {
	const many = Array.from({ length: MAX_AT_ONCE + 3 }, (_, number) => left(100 + number));
	const { due, settledUntil, isOpen } = decided(many);
	expect(due).toEqual([...many].reverse().slice(0, MAX_AT_ONCE));
	expect(isOpen).toBe(true);
	expect(settledUntil).toBe((many.at(-1) as PartialSubmission).changedAt - 1);
});

it.each<[Record<string, unknown>, string | undefined]>([
	[{ updatedAt: '2026-02-09T10:00:00.000Z', createdAt: '2026-02-09T09:00:00.000Z' }, '2026-02-09T10:00:00.000Z'],
	[{ createdAt: '2026-02-09T09:00:00.000Z' }, '2026-02-09T09:00:00.000Z'],
	[
		{ createdAt: '2026-02-09T09:00:00.000Z', responses: [{ updatedAt: '2026-02-09T11:00:00.000Z' }, {}] },
		'2026-02-09T11:00:00.000Z',
	],
	[
		{ updatedAt: '2026-02-09T10:00:00.000Z', responses: [{ createdAt: '2026-02-09T11:00:00.000Z' }] },
		'2026-02-09T11:00:00.000Z',
	],
	[{ submittedAt: '2026-02-09T09:00:00.000Z', updatedAt: null }, '2026-02-09T09:00:00.000Z'],
	[{ updatedAt: 'yesterday', submittedAt: null }, undefined],
	[{}, undefined],
])('%j was last changed %s', (submission, expected) => {
	expect(changedAt(submission)).toBe(expected === undefined ? undefined : Date.parse(expected));
});

/** People who type, stop, go on, and sometimes send the form. */
interface Person {
	/** Minutes at which something changes. */
	readonly typesAt: readonly number[];
	readonly sendsAt: number | undefined;
	/** How each run goes, the last one for good. */
	readonly runs: readonly boolean[];
}

const people: fc.Arbitrary<Person[]> = fc.array(
	fc.record({
		typesAt: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
		sendsAt: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
		runs: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
	}),
	{ maxLength: 12 },
);

it('whoever leaves for long enough starts one run that goes well, or six; nobody else starts any', () => {
	fc.assert(
		fc.property(people, fc.integer({ min: 1, max: 40 }), (all, every) => {
			const after = 30;
			const knowledge = new Knowledge();
			const ran = new Map<number, { well: number; failed: number }>();
			const wasLeft = new Set<number>();
			let settledUntil = NOW;
			for (let minute = every; minute < 1_500; minute += every) {
				const now = NOW + minute * MINUTE;
				const partials = all.flatMap(({ typesAt, sendsAt }, index) => {
					const typed = typesAt.filter((at) => at <= minute);
					if (typed.length === 0 || (sendsAt !== undefined && sendsAt <= minute)) return [];
					const last = Math.max(...typed);
					if (minute - last >= after) wasLeft.add(index);
					return [{ id: `p${index}`, changedAt: NOW + last * MINUTE }];
				});
				const known = (id: string) => (knowledge.hasBroughtAbandoned(id) ? { isSettled: true } : knowledge.of(id));
				const decision = decideAbandoned({ now, afterMs: after * MINUTE, settledUntil, partials, known });
				expect(decision.settledUntil).toBeGreaterThanOrEqual(settledUntil);
				settledUntil = decision.settledUntil;
				for (const { id } of decision.givenUp) knowledge.noteAbandoned(id);
				for (const { id } of decision.due) {
					const index = Number(id.slice(1));
					const so = ran.get(index) ?? { well: 0, failed: 0 };
					const { runs = [] } = all[index] ?? {};
					const isWell = runs[Math.min(so.well + so.failed, runs.length - 1)] === true;
					ran.set(index, { well: so.well + (isWell ? 1 : 0), failed: so.failed + (isWell ? 0 : 1) });
					if (isWell) knowledge.noteAbandoned(id);
					else knowledge.note(id, { failedRuns: so.failed + 1 });
				}
			}
			for (const [index, { sendsAt }] of all.entries()) {
				const { well, failed } = ran.get(index) ?? { well: 0, failed: 0 };
				expect(well).toBeLessThanOrEqual(1);
				expect(failed).toBeLessThanOrEqual(6);
				if (!wasLeft.has(index)) expect(well + failed).toBe(0);
				// Whoever sends the form is not waited for.
				else if (sendsAt === undefined) expect(well === 1 || failed === 6).toBe(true);
			}
		}),
		{ numRuns: 200 },
	);
});
