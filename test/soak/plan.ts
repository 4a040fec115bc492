import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Fault } from '../../sandbox/clevertap/faults';
import type { SampleAnswers } from '../../sandbox/tally/answers';
import { sampleAnswers } from '../../sandbox/tally/sampleForm';
import { readArguments as readChaosArguments } from '../chaos/arguments';
import { drawPlan } from '../chaos/plan';
import type { SoakArguments } from './arguments';

/** Share of CleverTap's replies that are bad. */
const BAD = 0.1;

/** How a workflow tells Tally that it has a submission: each form has a workflow of its own. */
export const acknowledgements = ['received', 'finished'] as const;
export type Acknowledge = (typeof acknowledgements)[number];

export type Deed =
	| { kind: 'submission'; to: Acknowledge; answers: SampleAnswers; fileSize: number }
	/** A delivery that is not Tally's, whether it looks like one or not. */
	| { kind: 'forged'; to: Acknowledge; signature: string | undefined; isLike: boolean }
	/** A workflow reads submissions, as one that polls would. */
	| { kind: 'read' }
	/** A workflow uploads a thousand events. */
	| { kind: 'bulk' }
	/** Someone opens lists in the editor. */
	| { kind: 'search' };

export interface SoakPlan {
	/** What the upload with this number meets, counted from 1: the bad replies of the chaos storm, the same for both n8n. */
	faultOf: (number: number) => Fault | undefined;
	/** In this order, each so many milliseconds after the one before. */
	steps: ReadonlyArray<{ readonly gapMs: number; readonly deed: Deed }>;
}

const between = (min: number, max: number) => fc.noBias(fc.integer({ min, max }));
const acknowledge = fc.noBias(fc.constantFrom(...acknowledgements));

/** From a full form to one with nothing but what is required. */
const answers = fc
	.record({
		"What's your name?": fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
		'Your email': fc.emailAddress(),
		'Rate us': between(1, 5),
		'Anything else?': fc.string({ maxLength: 2000, unit: 'grapheme', size: 'max' }),
		left: fc.subarray(Object.keys(sampleAnswers)),
	})
	.map(({ left, ...drawn }): SampleAnswers => {
		const kept = left.map((question) => [question, sampleAnswers[question] ?? null] as const);
		return { ...Object.fromEntries(kept), 'Show us a picture': null, ...drawn };
	});

const deeds: ReadonlyArray<readonly [weight: number, deed: fc.Arbitrary<Deed>]> = [
	[
		80,
		fc.record({
			kind: fc.constant('submission' as const),
			to: acknowledge,
			answers,
			fileSize: fc.oneof({ weight: 7, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: between(1, 200_000) }),
		}),
	],
	[
		6,
		fc.record({
			kind: fc.constant('forged' as const),
			to: acknowledge,
			signature: fc.option(fc.base64String({ minLength: 44, maxLength: 44 }), { nil: undefined }),
			isLike: fc.boolean(),
		}),
	],
	[6, fc.constant<Deed>({ kind: 'search' })],
	[5, fc.constant<Deed>({ kind: 'read' })],
	[3, fc.constant<Deed>({ kind: 'bulk' })],
];

/** All that is drawn from the seed. */
export function drawSteps({ seed, minutes, pace }: SoakArguments): SoakPlan {
	const count = Math.ceil((minutes * 60_000) / pace);
	const deed = fc.oneof(...deeds.map(([weight, arbitrary]) => ({ weight, arbitrary })));
	const step = fc.record({ gapMs: between(0, 2 * pace), deed });
	const storm = drawPlan(
		readChaosArguments(['--seed', `${seed}`, '--submissions', `${count}`, '--kills', '0', '--bad', `${BAD}`]),
	);
	return { faultOf: (number) => storm.faultOf(number), steps: fc.sample(step, { seed: seed + 10, numRuns: count }) };
}

/** The answers with a file of the planned size, of which nobody reads the content. */
export function withFile(given: SampleAnswers, size: number): SampleAnswers {
	if (size === 0) return given;
	const file = { name: 'picture.png', mimeType: 'image/png', content: randomBytes(size) };
	return { ...given, 'Show us a picture': [file] };
}
