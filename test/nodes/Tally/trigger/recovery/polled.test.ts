import type { IDataObject } from 'n8n-workflow';

import fc from 'fast-check';

import { recallSettled, recallSettledBeyond } from '../../../../../nodes/Tally/trigger/memory';
import { decide, type Known, type ListedSubmission } from '../../../../../nodes/Tally/trigger/recovery/decide';
import { Knowledge } from '../../../../../nodes/Tally/trigger/recovery/knowledge';
import { bodyOfNote, keepNote, noteIn } from '../../../../../nodes/Tally/trigger/recovery/note';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const START = Date.parse('2026-02-09T12:00:00.000Z');
const FORM = 'GxdRaQ';

/** A form that is polled every minute for two hours, by an n8n that is killed now and then. */
interface World {
	readonly submissions: ReadonlyArray<{
		/** When it is sent, in seconds. */
		second: number;
		/** So much later the list shows it, in seconds. */
		late: number;
		/** Deleted by then, in minutes. */
		deletedAt: number | undefined;
	}>;
	/** Minutes at which n8n is killed after its runs, before or after the note of them is kept. */
	readonly kills: ReadonlyArray<{ minute: number; isNoted: boolean }>;
	readonly isReversed: boolean;
}

const worlds: fc.Arbitrary<World> = fc.record({
	submissions: fc.array(
		fc.record({
			second: fc.integer({ min: 1, max: 6_000 }).map((second) => second - (second % 7)),
			late: fc.integer({ min: 0, max: 50 }),
			deletedAt: fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined, freq: 5 }),
		}),
		{ maxLength: 30 },
	),
	kills: fc.array(fc.record({ minute: fc.integer({ min: 1, max: 119 }), isNoted: fc.boolean() }), { maxLength: 6 }),
	isReversed: fc.boolean(),
});

function live(world: World): { runs: Map<string, number>; ordered: boolean; moments: number[] } {
	const all = world.submissions.map((one, index) => ({
		...one,
		id: `s${index}`,
		submittedAt: START + Math.max(1, one.second) * SECOND,
	}));
	const runs = new Map<string, number>();
	const moments: number[] = [];
	let ordered = true;
	const memory: IDataObject = {};
	keepNote(memory, { formId: FORM, settled: { until: START, beyond: {} } });
	let knowledge = new Knowledge();
	for (let minute = 1; minute <= 125; minute++) {
		const now = START + minute * MINUTE;
		const listed: ListedSubmission[] = all
			.filter(({ submittedAt, late }) => submittedAt + late * SECOND <= now)
			.filter(({ deletedAt }) => deletedAt === undefined || deletedAt > minute);
		const submissions = world.isReversed ? [...listed].reverse() : listed;
		const settledUntil = Math.max(knowledge.settledUntil, recallSettled(memory, FORM)?.at ?? 0);
		const known = (id: string): Known => knowledge.asOf(id, now);
		const decision = decide({ now, settledUntil, submissions, log: 'none', repeatsFailedRuns: false, known });
		knowledge.settledUntil = Math.max(knowledge.settledUntil, decision.settledUntil);
		moments.push(knowledge.settledUntil);
		let last = 0;
		for (const { submission } of decision.steps) {
			ordered &&= submission.submittedAt >= last;
			last = submission.submittedAt;
			runs.set(submission.id, (runs.get(submission.id) ?? 0) + 1);
			knowledge.note(submission.id, { isSettled: true, submittedAt: submission.submittedAt });
		}
		const kill = world.kills.find((one) => one.minute === minute);
		if (kill?.isNoted !== false && decision.steps.length > 0) {
			const beyond = Object.fromEntries(knowledge.settledBeyond());
			const body = bodyOfNote({ formId: FORM, settled: { until: knowledge.settledUntil, beyond } });
			const note = noteIn(Buffer.from(body));
			if (note !== undefined) keepNote(memory, note);
		}
		if (kill !== undefined) {
			knowledge = new Knowledge();
			for (const [id, submittedAt] of recallSettledBeyond(memory, FORM)) {
				knowledge.note(id, { isSettled: true, submittedAt });
			}
		}
	}
	return { runs, ordered, moments };
}

describe('A form that is polled', () => {
	it('has a run for each submission, in order; a second one only where a kill came before the note', () => {
		fc.assert(
			fc.property(worlds, (world) => {
				const { runs, ordered } = live(world);
				const unnoted = world.kills.filter(({ isNoted }) => !isNoted).length;
				expect(ordered).toBe(true);
				for (const [index, { second, late, deletedAt }] of world.submissions.entries()) {
					const shown = Math.ceil((Math.max(1, second) + late) / 60);
					const isThere = deletedAt === undefined || deletedAt > shown;
					const count = runs.get(`s${index}`) ?? 0;
					expect(count).toBeGreaterThanOrEqual(isThere ? 1 : 0);
					expect(count).toBeLessThanOrEqual(1 + unnoted);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('is looked at from a moment that only moves forward, as long as n8n lives', () => {
		fc.assert(
			fc.property(worlds, (world) => {
				const { moments } = live({ ...world, kills: [] });
				expect(moments).toEqual([...moments].sort((one, other) => one - other));
			}),
			{ numRuns: 100 },
		);
	});
});

describe('A note', () => {
	const memoryWith = (...notes: Array<Parameters<typeof keepNote>[1]>): IDataObject => {
		const memory: IDataObject = {};
		for (const note of notes) keepNote(memory, note);
		return memory;
	};

	it('comes back from the bytes that were sent', () => {
		const note = { formId: FORM, settled: { until: 5, beyond: { a: 7 } }, abandoned: { until: 3, ids: ['b'] } };
		expect(noteIn(Buffer.from(bodyOfNote(note)))).toEqual(note);
	});

	it.each(['', 'x', '[]', '{}', '{"tallyTriggerNote":{}}', '{"tallyTriggerNote":{"formId":7}}'])(
		'is not in %s',
		(body) => {
			expect(noteIn(Buffer.from(body))).toBeUndefined();
		},
	);

	it('leaves out what is not as it should be', () => {
		const odd =
			'{"tallyTriggerNote":{"formId":"GxdRaQ","settled":{"until":"x"},"abandoned":{"until":1,"ids":[1,"b"]}}}';
		expect(noteIn(Buffer.from(odd))).toEqual({ formId: FORM, abandoned: { until: 1, ids: ['b'] } });
	});

	it('that comes late takes nothing back', () => {
		const newer = { formId: FORM, settled: { until: 9, beyond: { b: 12 } }, abandoned: { until: 9, ids: ['a', 'b'] } };
		const older = { formId: FORM, settled: { until: 5, beyond: { a: 7 } }, abandoned: { until: 5, ids: ['a'] } };
		expect(memoryWith(newer, older)).toEqual(memoryWith(newer));
		expect(memoryWith(older, newer)).toMatchObject({ settledUntil: 9, settledBeyond: { b: 12 } });
	});

	it('keeps the last thousand that were abandoned', () => {
		const ids = Array.from({ length: 1_001 }, (_, number) => `s${number}`);
		const { abandoned } = memoryWith({ formId: FORM, abandoned: { until: 1, ids } });
		expect(abandoned).toMatchObject({ ids: ids.slice(1) });
	});
});
