import fc from 'fast-check';

import { turn } from '../../../support/turn';
import { type Answer, everyExcuse, UploadWorld } from '../../../support/uploadWorld';
import { seeded, timeoutMs } from '../../../support/fuzz';

let world: UploadWorld | undefined;

// How long "Never Send Twice" waits is as long as another worker may hold the row; here that is said, not measured.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await world?.wait(),
}));

const keys = ['a', 'b', 'c'] as const;

/** Something that begins, or that befalls those who are at it. */
type Event =
	| {
			readonly do: 'upload';
			readonly worker: number;
			readonly keys: readonly string[];
			readonly answer: Answer;
			readonly isLongLived: boolean;
	  }
	| { readonly do: 'kill'; readonly worker: number }
	| { readonly do: 'fail' }
	| { readonly do: 'step'; readonly which: number };

const answer = fc.oneof(
	{ weight: 6, arbitrary: fc.constant<Answer>('takes') },
	{ weight: 1, arbitrary: fc.constantFrom<Answer>('refuses', 'cuts off before', 'cuts off after') },
);
const upload = fc.record({
	do: fc.constant('upload' as const),
	worker: fc.nat(1),
	keys: fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 2 }),
	answer,
	isLongLived: fc.boolean(),
});
const kill = fc.record({ do: fc.constant('kill' as const), worker: fc.nat(1) });
const fail = fc.constant({ do: 'fail' as const });
const step = fc.record({ do: fc.constant('step' as const), which: fc.nat(20) });

const happenings = (...rare: ReadonlyArray<fc.Arbitrary<Event>>) =>
	fc.array(
		fc.oneof({ weight: 3, arbitrary: upload }, ...rare.map((arbitrary) => ({ weight: 1, arbitrary })), {
			weight: 30,
			arbitrary: step,
		}),
		{ maxLength: 150, size: 'max' },
	);

interface Rules {
	/** How many processes there are; a killed one starts again. */
	readonly workers: 1 | 2;
	/** Whether an upload of a key begins only when no other of it is under way. */
	readonly apart: boolean;
}

/** Lets it all happen, and then everything come to its end; after that each key comes once more. */
async function play(events: readonly Event[], there: UploadWorld, { workers, apart }: Rules): Promise<void> {
	world = there;
	const processes = Array.from({ length: workers }, () => there.startProcess());
	for (const event of events) {
		const worker = 'worker' in event ? event.worker % workers : 0;
		const process = processes[worker] as number;
		if (event.do === 'upload') {
			const those = apart ? event.keys.filter((key) => !there.isUnderWay(key)) : event.keys;
			if (those.length > 0) void there.upload(process, those, event.answer, event.isLongLived);
		} else if (event.do === 'fail') {
			there.failNextCall();
		} else if (event.do === 'kill') {
			there.kill(process);
			processes[worker] = there.startProcess();
		} else if (there.ready > 0) {
			await there.happen(event.which);
		}
	}
	there.heal();
	await there.rest();
	void there.upload(there.startProcess(), keys, 'takes');
	await there.rest();
}

/** Lets so many steps happen, or all that there are. */
async function steps(there: UploadWorld, count: number): Promise<void> {
	await turn();
	for (let step = 0; step < count && there.ready > 0; step++) await there.happen(0);
}

const RUNS = 1000;

/** @param check what must hold of what became of it */
function always(
	title: string,
	events: fc.Arbitrary<readonly Event[]>,
	rules: Rules & {
		readonly neverTwice: boolean;
		readonly before?: fc.Arbitrary<readonly string[]>;
		readonly remembered?: number;
	},
	check: (there: UploadWorld) => void,
): void {
	it(
		title,
		async () => {
			await fc.assert(
				fc.asyncProperty(events, rules.before ?? fc.constant([]), async (those, before) => {
					const there = new UploadWorld(rules.neverTwice, before, rules.remembered);
					await play(those, there, rules);
					expect(there.lies).toEqual([]);
					check(there);
				}),
				seeded(RUNS),
			);
		},
		timeoutMs(RUNS),
	);
}

const killed = ['killed before it was noted', 'killed while it was asked for'] as const;
const unstored = (there: UploadWorld) => keys.filter((key) => !there.stored.has(key));

describe('Upload Once, whatever happens between any two steps', () => {
	always(
		'makes one event of each key where nobody is killed and every call succeeds',
		happenings(),
		{ workers: 1, apart: true, neverTwice: false },
		(there) => {
			expect(unstored(there)).toEqual([]);
			expect(there.doubled('an answer that was cut off')).toEqual([]);
		},
	);

	always(
		'loses nothing where processes are killed, and doubles only what was not noted yet',
		happenings(kill),
		{ workers: 1, apart: true, neverTwice: false },
		(there) => {
			expect(unstored(there)).toEqual([]);
			expect(there.doubled(...killed, 'an answer that was cut off')).toEqual([]);
		},
	);

	always(
		'loses nothing where two workers overwrite each other’s row, either is killed, and the store fails',
		happenings(kill, fail),
		{ workers: 2, apart: false, neverTwice: false },
		(there) => {
			expect(unstored(there)).toEqual([]);
			expect(there.doubled(...everyExcuse)).toEqual([]);
		},
	);

	always(
		'doubles nothing with "Never Send Twice" where two workers overwrite each other’s row and either is killed',
		happenings(kill),
		{ workers: 2, apart: true, neverTwice: true },
		(there) => expect(there.doubled()).toEqual([]),
	);

	always(
		'doubles nothing with "Never Send Twice" where the store fails, too, but of a key in two executions at once',
		happenings(kill, fail),
		{ workers: 1, apart: false, neverTwice: true },
		(there) => expect(there.doubled('two executions at once')).toEqual([]),
	);

	it.each([
		['waits until it is noted', false],
		['does not wait for that', true],
	])(
		'doubles nothing with "Never Send Twice" where a worker gets no time at any of its steps, and the other is killed at any: a run that %s',
		async (_title, isLongLived) => {
			/** Steps until all of it is over, and some more. */
			const most = 30;
			for (let stalledAt = 0; stalledAt < most; stalledAt++) {
				for (let killedAt = 0; killedAt < most; killedAt++) {
					const there = new UploadWorld(true);
					world = there;
					const [stalled, killed] = [there.startProcess(), there.startProcess()];
					void there.upload(stalled, ['a'], 'takes', isLongLived);
					await steps(there, stalledAt);
					there.stall(stalled, true);
					void there.upload(killed, ['b'], 'takes', isLongLived);
					await steps(there, killedAt);
					there.kill(killed);
					there.stall(stalled, false);
					await there.rest();
					void there.upload(there.startProcess(), ['a', 'b'], 'takes');
					await there.rest();
					expect([stalledAt, killedAt, there.lies, there.doubled()]).toEqual([stalledAt, killedAt, [], []]);
				}
			}
		},
	);

	always(
		'loses nothing where more keys come than are remembered, the first marks of some have gone, and processes are killed',
		happenings(kill),
		{
			workers: 1,
			apart: true,
			neverTwice: false,
			before: fc.subarray(keys.map((key) => `open:${key}`)),
			remembered: 1,
		},
		(there) => {
			expect(unstored(there)).toEqual([]);
			expect(there.doubled(...killed, 'an answer that was cut off', 'more keys than are remembered')).toEqual([]);
		},
	);

	always(
		'sends nothing that version 1.0.0 has uploaded, unless it is killed while it asks',
		happenings(kill),
		{ workers: 1, apart: true, neverTwice: false, before: fc.subarray(keys.map((key) => `seen:${key}`)) },
		(there) => expect(there.doubled(...killed, 'an answer that was cut off')).toEqual([]),
	);

	always(
		'sends again what version 1.0.0 has begun and not ended',
		happenings(kill),
		{
			workers: 1,
			apart: false,
			neverTwice: false,
			before: fc.constant(keys.flatMap((key) => [`seen:${key}`, `open:${key}`])),
		},
		(there) => expect(unstored(there)).toEqual([]),
	);
});
