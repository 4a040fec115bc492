import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export interface SoakArguments {
	/** How long the load lasts; pauses to measure come on top. */
	minutes: number;
	/** Decides what is sent, when, and which of CleverTap's replies are bad. */
	seed: number;
	/** Milliseconds between two things that are sent, on average. */
	pace: number;
	/** A file for the number of checks that passed and failed, as JSON. */
	report?: string;
}

export const usage = 'npm run test:soak -- [--minutes 30] [--seed N] [--pace MILLISECONDS] [--report FILE]';

/**
 * Reads the command line; without a seed one is drawn.
 *
 * @throws Error that names what is wrong with it.
 */
export function readArguments(args: readonly string[]): SoakArguments {
	const { values } = parseArgs({
		args: [...args],
		options: {
			minutes: { type: 'string', default: '30' },
			seed: { type: 'string' },
			pace: { type: 'string', default: '1000' },
			report: { type: 'string' },
		},
	});
	return {
		minutes: whole('minutes', values.minutes, 1),
		seed: values.seed === undefined ? randomInt(2 ** 31) : whole('seed', values.seed, 0),
		pace: whole('pace', values.pace, 1),
		...(values.report === undefined ? {} : { report: values.report }),
	};
}

function whole(name: string, text: string, least: number): number {
	const number = Number(text);
	if (text.trim() !== '' && Number.isSafeInteger(number) && number >= least) return number;
	throw new Error(`--${name} takes a whole number from ${least}, not ${text}`);
}
