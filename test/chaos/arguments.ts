import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

/** What to do with an event of which nobody knows whether CleverTap took it. */
export type Unconfirmed = 'fail' | 'neverTwice';

export interface ChaosArguments {
	/** Decides the bad replies, the pace and the moments of the kills. */
	seed: number;
	submissions: number;
	kills: number;
	/** Share of CleverTap's replies that are bad, from 0 to 1. */
	bad: number;
	unconfirmed: Unconfirmed;
	/** Profile and event by a node each, or both by one node in one request. */
	records: 'apart' | 'together';
	/** When Tally hears that all is well: *Acknowledge* of the trigger. */
	acknowledge: 'finished' | 'received';
	/** Milliseconds between two submissions, on average. */
	pace: number;
	/** Tally delivers to n8n itself, not to a load balancer that waits until n8n is ready. */
	direct: boolean;
	/** In queue mode: a Redis that was killed has forgotten everything. */
	redisForgets: boolean;
	/** A file for the number of checks that passed and failed, as JSON. */
	report?: string;
}

export const usage = `npm run test:chaos -- [--seed N] [--submissions 100] [--kills 3] [--bad 0.2]
    [--unconfirmed fail|neverTwice] [--records apart|together] [--acknowledge finished|received]
    [--pace MILLISECONDS] [--direct] [--redis-forgets]`;

/**
 * Reads the command line; without a seed one is drawn.
 *
 * @throws Error that names what is wrong with it.
 */
export function readArguments(args: readonly string[]): ChaosArguments {
	const { values } = parseArgs({
		args: [...args],
		options: {
			seed: { type: 'string' },
			submissions: { type: 'string', default: '100' },
			kills: { type: 'string', default: '3' },
			bad: { type: 'string', default: '0.2' },
			unconfirmed: { type: 'string', default: 'fail' },
			records: { type: 'string', default: 'apart' },
			acknowledge: { type: 'string', default: 'finished' },
			pace: { type: 'string', default: '1000' },
			direct: { type: 'boolean', default: false },
			'redis-forgets': { type: 'boolean', default: false },
			report: { type: 'string' },
		},
	});
	return {
		seed: values.seed === undefined ? randomInt(2 ** 31) : whole('seed', values.seed, 0),
		submissions: whole('submissions', values.submissions, 1),
		kills: whole('kills', values.kills, 0),
		bad: share(values.bad),
		unconfirmed: oneOf('unconfirmed', values.unconfirmed, ['fail', 'neverTwice']),
		records: oneOf('records', values.records, ['apart', 'together']),
		acknowledge: oneOf('acknowledge', values.acknowledge, ['finished', 'received']),
		pace: whole('pace', values.pace, 1),
		direct: values.direct,
		redisForgets: values['redis-forgets'],
		...(values.report === undefined ? {} : { report: values.report }),
	};
}

function whole(name: string, text: string, least: number): number {
	const number = Number(text);
	if (Number.isSafeInteger(number) && number >= least) return number;
	throw new Error(`--${name} takes a whole number from ${least}, not ${text}`);
}

function share(text: string): number {
	const number = Number(text);
	if (text.trim() !== '' && number >= 0 && number <= 1) return number;
	throw new Error(`--bad takes a share from 0 to 1, not ${text}`);
}

function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
	const found = choices.find((choice) => choice === text);
	if (found !== undefined) return found;
	throw new Error(`--${name} takes ${choices.join(' or ')}, not ${text}`);
}
