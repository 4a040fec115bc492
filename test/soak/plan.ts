import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import type { Fault } from '../../sandbox/clevertap/faults';
import type { SampleAnswers } from '../../sandbox/tally/answers';
import { sampleAnswers } from '../../sandbox/tally/sampleForm';
import { readArguments as readChaosArguments } from '../chaos/arguments';
import { drawPlan as drawChaosPlan } from '../chaos/plan';
import { type Acknowledge, acknowledgements } from './workflows';

/** Share of CleverTap's replies that are bad. */
const BAD_SHARE = 0.1;

export interface SoakArguments {
	/** How long the load lasts; pauses to measure come on top. */
	readonly minutes: number;
	/** Decides what is sent, when, and which of CleverTap's replies are bad. */
	readonly seed: number;
	/** Milliseconds between two actions, on average. */
	readonly pace: number;
	/** A file for the number of checks that passed and failed, as JSON. */
	readonly report?: string;
}

export const usage = 'npm run test:soak -- [--minutes 30] [--seed N] [--pace MILLISECONDS] [--report FILE]';

/**
 * Reads the command line; without a seed one is drawn.
 *
 * @throws Error that names what is wrong with it.
 */
export function readArguments(args: readonly string[]): SoakArguments {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({ args: [...args], options: { minutes: text, seed: text, pace: text, report: text } });
	const whole = (name: 'minutes' | 'seed' | 'pace', min: number, usual: number): number => {
		const given = values[name] ?? String(usual);
		const number = Number(given);
		if (given.trim() !== '' && Number.isSafeInteger(number) && number >= min) return number;
		throw new Error(`--${name} takes a whole number from ${min}, not ${given}`);
	};
	return {
		minutes: whole('minutes', 1, 30),
		seed: whole('seed', 0, randomInt(2 ** 31)),
		pace: whole('pace', 1, 1000),
		report: values.report,
	};
}

export type Action =
	| { kind: 'submission'; to: Acknowledge; answers: SampleAnswers; fileSize: number }
	/** A delivery that is not Tally's, whether it looks like one or not. */
	| { kind: 'forged'; to: Acknowledge; signature: string | undefined; looksReal: boolean }
	/** A workflow reads submissions, or uploads a thousand events; someone opens lists in the editor. */
	| { kind: 'read' | 'bulk' | 'search' };

export interface SoakPlan {
	/** What the upload with this number meets, counted from 1: the bad replies of the chaos suite, the same for both n8n. */
	readonly faultOf: (number: number) => Fault | undefined;
	/** In this order, each so many milliseconds after the one before. */
	readonly steps: ReadonlyArray<{ readonly gapMs: number; readonly action: Action }>;
}

/** All that is drawn from the seed. */
export function drawPlan({ seed, minutes, pace }: SoakArguments): SoakPlan {
	const count = Math.ceil((minutes * 60_000) / pace);
	const between = (min: number, max: number) => fc.noBias(fc.integer({ min, max }));
	const to = fc.noBias(fc.constantFrom(...acknowledgements));
	/** From a full form to one with nothing but what is required. */
	const answers = fc
		.record({
			"What's your name?": fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
			'Your email': fc.emailAddress(),
			'Rate us': between(1, 5),
			'Anything else?': fc.string({ maxLength: 2000, unit: 'grapheme', size: 'max' }),
			answered: fc.subarray(Object.keys(sampleAnswers)),
		})
		.map(({ answered, ...drawn }): SampleAnswers => {
			const kept = answered.map((question) => [question, sampleAnswers[question] ?? null] as const);
			return { ...Object.fromEntries(kept), 'Show us a picture': null, ...drawn };
		});
	const fileSize = fc.oneof({ weight: 7, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: between(1, 200_000) });
	const signature = fc.option(fc.base64String({ minLength: 44, maxLength: 44 }), { nil: undefined });
	const action: fc.Arbitrary<Action> = fc.oneof(
		{ weight: 80, arbitrary: fc.record({ kind: fc.constant('submission' as const), to, answers, fileSize }) },
		{
			weight: 6,
			arbitrary: fc.record({ kind: fc.constant('forged' as const), to, signature, looksReal: fc.boolean() }),
		},
		{ weight: 6, arbitrary: fc.constant<Action>({ kind: 'search' }) },
		{ weight: 5, arbitrary: fc.constant<Action>({ kind: 'read' }) },
		{ weight: 3, arbitrary: fc.constant<Action>({ kind: 'bulk' }) },
	);
	const chaos = ['--seed', `${seed}`, '--submissions', `${count}`, '--kills', '0', '--bad', `${BAD_SHARE}`];
	const bad = drawChaosPlan(readChaosArguments(chaos));
	const step = fc.record({ gapMs: between(0, 2 * pace), action });
	return { faultOf: (number) => bad.faultOf(number), steps: fc.sample(step, { seed: seed + 10, numRuns: count }) };
}
