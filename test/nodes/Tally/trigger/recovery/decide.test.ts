import fc from 'fast-check';

import {
	decide,
	MAX_RUNS,
	type Asked,
	type Known,
	type ListedSubmission,
	type Situation,
} from '../../../../../nodes/Tally/trigger/recovery/decide';
import type { LoggedDelivery } from '../../../../../nodes/Tally/trigger/recovery/logged';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NOW = Date.parse('2026-02-09T12:00:00.000Z');
const settledUntil = NOW - 3 * HOUR;

const submission: ListedSubmission = { id: 's1', submittedAt: NOW - 2 * HOUR };

const delivery: LoggedDelivery = {
	id: 'd1',
	webhookId: 'w1',
	submissionId: 's1',
	standing: 'notTaken',
	isAnswered: true,
	isOnLadder: true,
	attempts: 1,
	lastAttemptAt: NOW - HOUR,
};

const asked: Asked = { times: 1, at: NOW - 2 * MINUTE, isRefused: false, before: { attempts: 1, lastAttemptAt: 0 } };

function situation(given: Partial<Omit<Situation, 'known'>> & { known?: Known } = {}): Situation {
	const { known = {}, ...rest } = given;
	return {
		now: NOW,
		settledUntil,
		submissions: [submission],
		log: [],
		repeatsFailedRuns: true,
		...rest,
		known: () => known,
	};
}

/** What becomes of the one submission. */
function fate(given: Parameters<typeof situation>[0]): string {
	const { steps, settled, givenUp, tooSlow, needsLog } = decide(situation(given));
	if (needsLog) return 'needs the log';
	if (givenUp.length > 0) return 'given up';
	if (tooSlow.length > 0) return 'too slow';
	return steps[0]?.kind ?? (settled.length > 0 ? 'settled' : 'waits');
}

const cases: Array<[fate: string, why: string, given: Parameters<typeof situation>[0]]> = [
	['settled', 'a trigger of ours has taken it', { log: [{ ...delivery, standing: 'taken' }] }],
	[
		'settled',
		'it was taken once, whatever came of a further attempt',
		{
			log: [
				{ ...delivery, standing: 'taken', lastAttemptAt: NOW - HOUR },
				{ ...delivery, id: 'd2', lastAttemptAt: NOW - MINUTE },
			],
		},
	],
	['settled', 'this process knows that it is', { log: undefined, known: { isSettled: true } }],
	['waits', 'it is in hand', { log: undefined, known: { isInHand: true } }],
	['needs the log', 'nothing else tells', { log: undefined }],
	['waits', 'it has just come', { log: undefined, submissions: [{ id: 's1', submittedAt: NOW - 10 * SECOND }] }],
	['ask', 'nobody of ours has answered', { log: [delivery] }],
	['ask', 'Tally gave it up', { log: [{ ...delivery, isOnLadder: false, attempts: 6 }] }],
	['waits', 'Tally has tried a moment ago', { log: [{ ...delivery, lastAttemptAt: NOW - 29 * SECOND }] }],
	['ask', 'the attempt is over', { log: [{ ...delivery, lastAttemptAt: NOW - 31 * SECOND }] }],
	['waits', 'it is under way', { log: [{ ...delivery, standing: 'underWay', lastAttemptAt: NOW - 10 * MINUTE }] }],
	['ask', 'it hangs under way', { log: [{ ...delivery, standing: 'underWay', lastAttemptAt: NOW - 16 * MINUTE }] }],
	[
		'waits',
		'it was asked for a moment ago',
		{ log: [{ ...delivery, lastAttemptAt: 0 }], known: { asked: { ...asked, at: NOW - 40 * SECOND } } },
	],
	['emit', 'it was asked for, and Tally did nothing', { log: [{ ...delivery, lastAttemptAt: 0 }], known: { asked } }],
	['emit', 'Tally will not send it', { log: [delivery], known: { asked: { ...asked, isRefused: true } } }],
	[
		'ask',
		'it was asked for once, and again nobody has answered',
		{ log: [{ ...delivery, attempts: 2 }], known: { asked } },
	],
	[
		'emit',
		'it was asked for twice in vain',
		{ log: [{ ...delivery, attempts: 3 }], known: { asked: { ...asked, times: 2 } } },
	],
	['emit', 'no log knows it', {}],
	['waits', 'the log may know it in a moment', { submissions: [{ id: 's1', submittedAt: NOW - 59 * SECOND }] }],
	['settled', 'no log knows it, but its run here went well', { known: { takenAt: 1, isAcknowledged: true } }],
	[
		'emit',
		'no log knows it, and nobody knows how its run here ended',
		{ known: { takenAt: 1, isAcknowledged: false } },
	],
	[
		'settled',
		'no log knows it, but it was taken here, and failed runs are not repeated',
		{ known: { takenAt: 1 }, repeatsFailedRuns: false },
	],
	['emit', 'no log knows it, and its run has failed', { known: { failedRuns: MAX_RUNS - 1 } }],
	['given up', 'all its runs have failed', { known: { failedRuns: MAX_RUNS } }],
	[
		'too slow',
		'Tally gave up waiting for the run',
		{ known: { takenAt: delivery.lastAttemptAt - 10 * SECOND }, log: [{ ...delivery, isAnswered: false }] },
	],
	[
		'waits',
		'it was taken here a moment ago, which the log may not show yet',
		{ known: { takenAt: NOW - 5 * SECOND }, log: [{ ...delivery, isAnswered: false }] },
	],
	[
		'ask',
		'it was taken here long after the attempt that reached nobody',
		{ known: { takenAt: NOW - 10 * MINUTE }, log: [{ ...delivery, isAnswered: false }] },
	],
	[
		'ask',
		'Tally reached nobody, and an earlier run of it may have failed',
		{ known: { takenAt: delivery.lastAttemptAt - MINUTE }, log: [{ ...delivery, isAnswered: false }] },
	],
	['ask', 'Tally gave up waiting, and nobody here knows of a run', { log: [{ ...delivery, isAnswered: false }] }],
	['ask', 'n8n took it, but could not start the run', { known: { takenAt: 1 }, log: [delivery] }],
	[
		'waits',
		'its run failed, and Tally tries again in 5 minutes',
		{ log: [{ ...delivery, standing: 'runFailed', lastAttemptAt: NOW - 5 * MINUTE }] },
	],
	[
		'waits',
		'its fifth run failed, and Tally tries again in a day',
		{ log: [{ ...delivery, standing: 'runFailed', attempts: 5, lastAttemptAt: NOW - 20 * HOUR }] },
	],
	[
		'ask',
		'its run failed, and Tally should have tried again',
		{ log: [{ ...delivery, standing: 'runFailed', lastAttemptAt: NOW - 11 * MINUTE }] },
	],
	[
		'ask',
		'its run failed, and Tally tries no more',
		{ log: [{ ...delivery, standing: 'runFailed', isOnLadder: false, attempts: 2 }] },
	],
	[
		'given up',
		'its sixth run failed',
		{ known: { takenRuns: 6 }, log: [{ ...delivery, standing: 'runFailed', isOnLadder: false, attempts: 6 }] },
	],
	[
		'ask',
		'its run failed at Tally’s sixth attempt, and nobody here knows what the others met',
		{ log: [{ ...delivery, standing: 'runFailed', isOnLadder: false, attempts: 6 }] },
	],
	[
		'given up',
		'so did the last try',
		{ known: { failedRuns: 1 }, log: [{ ...delivery, standing: 'runFailed', isOnLadder: false, attempts: 8 }] },
	],
	[
		'ask',
		'its run failed, the second that Tally’s six attempts have come to',
		{ known: { takenRuns: 2 }, log: [{ ...delivery, standing: 'runFailed', isOnLadder: false, attempts: 6 }] },
	],
	[
		'given up',
		'six runs failed, of both kinds',
		{ known: { failedRuns: 2 }, log: [{ ...delivery, standing: 'runFailed', attempts: 4 }] },
	],
	[
		'settled',
		'its run failed, and failed runs are not repeated',
		{ repeatsFailedRuns: false, log: [{ ...delivery, standing: 'runFailed' }] },
	],
];

it.each(cases)('%s: %s', (expected, _why, given) => {
	expect(fate(given)).toBe(expected);
});

describe('The settled moment', () => {
	it('is a minute ago where nothing is open', () => {
		expect(decide(situation({ submissions: [] })).settledUntil).toBe(NOW - MINUTE);
	});

	it('stands before the first that is open', () => {
		const later = { id: 's2', submittedAt: NOW - HOUR };
		const log: LoggedDelivery[] = [{ ...delivery, submissionId: 's2', standing: 'taken' }];
		const decision = decide(situation({ submissions: [later, submission], log }));
		expect(decision.settledUntil).toBe(submission.submittedAt - 1);
		expect(decision.settled).toEqual([later]);
	});

	it('never moves back, whatever the clocks say', () => {
		expect(decide(situation({ now: settledUntil - HOUR, submissions: [] })).settledUntil).toBe(settledUntil);
	});

	it('is what was there before: nothing of the same moment, or earlier, is touched', () => {
		const old = [-1, 0].map((shift) => ({ id: `s${shift}`, submittedAt: settledUntil + shift }));
		expect(decide(situation({ submissions: old, log: undefined }))).toMatchObject({ steps: [], needsLog: false });
	});
});

it('goes by the order of submission', () => {
	const submissions = [3, 1, 2].map((n) => ({ id: `s${n}`, submittedAt: settledUntil + n * MINUTE }));
	const log = [{ ...delivery, submissionId: 's2' }];
	const { steps } = decide(situation({ submissions, log }));
	expect(steps.map(({ kind, submission: { id } }) => [id, kind])).toEqual([
		['s1', 'emit'],
		['s2', 'ask'],
		['s3', 'emit'],
	]);
});

/** A Tally of which is not known whether it repeats what succeeded, whether its ladder works, who answers for us. */
interface World {
	readonly repeatsSucceeded: boolean;
	readonly hasLadder: boolean;
	readonly refusesToRepeat: boolean;
	/** How each attempt at a submission ends, in turn; the last one for good. */
	readonly submissions: ReadonlyArray<{
		minute: number;
		isLogged: boolean;
		attempts: readonly Attempt[];
		runs: readonly boolean[];
	}>;
	readonly shuffle: number;
	/** The log is read before deliveries come that are taken when it is decided what to do. */
	readonly isLogOld: boolean;
	/** When somebody removes the webhook, and with it the log, in minutes; a new one is there at once. */
	readonly logLost: number | undefined;
}

/** Who answers: a run of ours, well or not; a login page; nobody. */
type Attempt = 'ran' | 'failed' | 'page' | 'nobody';

const worlds: fc.Arbitrary<World> = fc.record({
	repeatsSucceeded: fc.boolean(),
	hasLadder: fc.boolean(),
	refusesToRepeat: fc.boolean(),
	submissions: fc.array(
		fc.record({
			minute: fc.integer({ min: 0, max: 120 }),
			isLogged: fc.boolean(),
			attempts: fc.array(fc.constantFrom<Attempt>('ran', 'failed', 'page', 'nobody'), { minLength: 1, maxLength: 8 }),
			runs: fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
		}),
		{ maxLength: 12 },
	),
	shuffle: fc.nat(),
	isLogOld: fc.boolean(),
	logLost: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
});

/** What becomes of one submission in a world. */
interface One extends ListedSubmission {
	readonly isLogged: boolean;
	readonly attempts: readonly Attempt[];
	readonly runs: readonly boolean[];
	/** Attempts of Tally's so far, and runs started without a delivery. */
	sent: number;
	emitted: number;
	wellRuns: number;
	failedRuns: number;
	/** When Tally sends it again of its own accord. */
	next: number;
	entry: LoggedDelivery | undefined;
	known: Known;
}

/** Checks every quarter of an hour for two days, and does what is decided, as the trigger does. */
function live(
	world: World,
	step: (seen: {
		before: number;
		after: number;
		open: Set<string>;
		log: LoggedDelivery[];
		asked: string[];
		emitted: string[];
		readLog: boolean;
		givenUp: string[];
	}) => void,
) {
	const start = NOW - 3 * HOUR;
	const all = world.submissions.map(({ minute, ...rest }, index): One => ({
		id: `s${index}`,
		submittedAt: start + minute * MINUTE + 1,
		sent: 0,
		emitted: 0,
		wellRuns: 0,
		failedRuns: 0,
		next: Infinity,
		entry: undefined,
		known: {},
		...rest,
	}));
	const LADDER = [5, 30, 60, 360, 1440];
	const attempt = (one: One, at: number): void => {
		const outcome = one.attempts[Math.min(one.sent, one.attempts.length - 1)];
		one.sent++;
		if (outcome === 'ran') one.wellRuns++;
		if (outcome === 'failed') one.failedRuns++;
		if (outcome === 'ran' || outcome === 'failed') {
			const takenRuns = (one.known.takenRuns ?? 0) + 1;
			one.known = { ...one.known, takenAt: at, takenRuns, isAcknowledged: outcome === 'ran' };
		}
		const wait = world.hasLadder ? LADDER[one.sent - 1] : undefined;
		const goesOn = outcome !== 'ran' && outcome !== 'page' && wait !== undefined;
		one.next = goesOn ? at + wait * MINUTE : Infinity;
		one.entry = {
			id: `d-${one.id}`,
			webhookId: 'w1',
			submissionId: one.id,
			standing: outcome === 'ran' ? 'taken' : outcome === 'failed' ? 'runFailed' : 'notTaken',
			isAnswered: outcome !== 'nobody',
			isOnLadder: goesOn,
			attempts: one.sent,
			lastAttemptAt: at,
		};
	};
	let until = start;
	let isLost = false;
	for (let now = start + MINUTE; now < start + 49 * HOUR; now += 15 * MINUTE) {
		if (!isLost && world.logLost !== undefined && now >= start + world.logLost * MINUTE) {
			isLost = true;
			for (const one of all) Object.assign(one, { entry: undefined, next: Infinity });
		}
		const oldLog = all.flatMap(({ entry }) => entry ?? []);
		for (const one of all) {
			const at = (due: number) => (world.isLogOld ? now : due);
			if (one.isLogged && one.sent === 0 && one.submittedAt <= now) attempt(one, at(one.submittedAt));
			while (one.next <= now) attempt(one, at(one.next));
		}
		const listed = all.filter(({ submittedAt }) => submittedAt <= now);
		const submissions = world.shuffle % 2 === 0 ? listed : [...listed].reverse();
		const log = world.isLogOld ? oldLog : all.flatMap(({ entry }) => entry ?? []);
		const known = (id: string) => all.find((one) => one.id === id)?.known ?? {};
		const given = { now, settledUntil: until, submissions, repeatsFailedRuns: true, known };
		let decision = decide({ ...given, log: undefined });
		const readLog = decision.needsLog;
		if (readLog) decision = decide({ ...given, log: world.shuffle % 3 === 0 ? log : [...log].reverse() });
		step({
			before: until,
			after: decision.settledUntil,
			open: new Set(all.filter((one) => one.submittedAt <= now && one.wellRuns === 0).map(({ id }) => id)),
			log,
			asked: decision.steps.flatMap((one) => (one.kind === 'ask' ? [one.submission.id] : [])),
			emitted: decision.steps.flatMap((one) => (one.kind === 'emit' ? [one.submission.id] : [])),
			readLog,
			givenUp: decision.givenUp.map(({ id }) => id),
		});
		until = decision.settledUntil;
		for (const { id } of decision.settled) {
			const one = all.find((candidate) => candidate.id === id);
			if (one) one.known = { ...one.known, isSettled: true };
		}
		for (const {
			kind,
			submission: { id },
		} of decision.steps) {
			const one = all.find((candidate) => candidate.id === id) as One;
			if (kind === 'emit') {
				const isWell = one.runs[Math.min(one.emitted, one.runs.length - 1)] === true;
				one.emitted++;
				if (isWell) one.wellRuns++;
				else one.failedRuns++;
				one.known = isWell
					? { ...one.known, isSettled: true }
					: { ...one.known, failedRuns: (one.known.failedRuns ?? 0) + 1 };
				continue;
			}
			const entry = one.entry as LoggedDelivery;
			const before = { attempts: entry.attempts, lastAttemptAt: entry.lastAttemptAt };
			const isSuccess = entry.standing === 'notTaken' && !entry.isOnLadder && one.attempts[one.sent - 1] === 'page';
			const isRefused = world.refusesToRepeat && isSuccess;
			one.known = { ...one.known, asked: { times: (one.known.asked?.times ?? 0) + 1, at: now, isRefused, before } };
			if (!isRefused && (world.repeatsSucceeded || !isSuccess)) attempt(one, now + SECOND);
		}
	}
	return { all, until };
}

describe('In any world', () => {
	it('each submission gets a run that goes well, or six that fail', () => {
		fc.assert(
			fc.property(worlds, (world) => {
				const { all } = live(world, () => undefined);
				for (const { wellRuns, failedRuns } of all) expect(wellRuns > 0 || failedRuns >= MAX_RUNS).toBe(true);
			}),
			{ numRuns: 150 },
		);
	});

	it('what ran well is not touched; the moment moves forward only, and past nothing that no run has taken', () => {
		fc.assert(
			fc.property(worlds, (world) => {
				const givenUp = new Set<string>();
				live(world, ({ before, after, open, asked, emitted, givenUp: now }) => {
					for (const id of now) givenUp.add(id);
					expect(after).toBeGreaterThanOrEqual(before);
					for (const id of [...asked, ...emitted]) expect(open).toContain(id);
					for (const [index, { minute }] of world.submissions.entries()) {
						const submittedAt = NOW - 3 * HOUR + minute * MINUTE + 1;
						const isGivenUp = givenUp.has(`s${index}`);
						if (open.has(`s${index}`) && !isGivenUp) expect(after).toBeLessThan(submittedAt);
					}
				});
			}),
			{ numRuns: 150 },
		);
	});

	it('the log is read only while something is open', () => {
		fc.assert(
			fc.property(worlds, (world) => {
				let wasOpen = true;
				const { until } = live(world, ({ open, readLog, before }) => {
					const isNew = world.submissions.some(({ minute }) => NOW - 3 * HOUR + minute * MINUTE + 1 > before);
					if (!isNew && open.size === 0 && !wasOpen) expect(readLog).toBe(false);
					wasOpen = open.size > 0 || isNew;
				});
				expect(until).toBeGreaterThan(NOW);
			}),
			{ numRuns: 100 },
		);
	});
});
