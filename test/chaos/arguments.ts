import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

/** What to do with an event of which nobody knows whether CleverTap took it. */
export type Unconfirmed = 'fail' | 'neverTwice';

/** When Tally hears that all is well: *Acknowledge* of the trigger. */
export type Acknowledge = 'finished' | 'received';

export interface ChaosArguments {
	/** Decides the bad replies, the pace, the moments of the kills, the incidents, and what Tally leaves open. */
	seed: number;
	submissions: number;
	kills: number;
	/** How many other things go wrong: at Tally, or on the way to n8n. */
	incidents: number;
	/** Share of CleverTap's replies that are bad, from 0 to 1. */
	bad: number;
	unconfirmed: Unconfirmed;
	/** Profile and event by a node each, or both by one node in one request. */
	records: 'apart' | 'together';
	acknowledge: Acknowledge;
	/** Milliseconds between two submissions, on average. */
	pace: number;
	/** The version of Tally Trigger; the one before repairs nothing. */
	trigger: 1.1 | 1.2;
	/** How submissions reach n8n: *Listen By* of the trigger. */
	listen: 'webhook' | 'polling';
	/** Tally tries a delivery that failed again of its own accord, or never. */
	ladder: 'on' | 'off';
	/** Tally makes a delivery again that succeeded, or refuses to. */
	repeats: 'made' | 'refused';
	/** Tally delivers to a load balancer that waits until n8n is ready, not to n8n itself. */
	balanced: boolean;
	/** In queue mode: a Redis that was killed has forgotten everything. */
	redisForgets: boolean;
	/** A file for the number of checks that passed and failed, as JSON. */
	report?: string;
}

export const usage = `npm run test:chaos -- [--seed N] [--submissions 100] [--kills 3] [--incidents 7] [--bad 0.2]
    [--unconfirmed fail|neverTwice] [--records apart|together] [--acknowledge finished|received]
    [--pace MILLISECONDS] [--trigger 1.1|1.2] [--listen webhook|polling] [--ladder on|off] [--repeats made|refused] [--balanced]
    [--redis-forgets]`;

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
			incidents: { type: 'string', default: '7' },
			bad: { type: 'string', default: '0.2' },
			unconfirmed: { type: 'string', default: 'fail' },
			records: { type: 'string', default: 'apart' },
			acknowledge: { type: 'string', default: 'finished' },
			pace: { type: 'string', default: '1000' },
			trigger: { type: 'string', default: '1.2' },
			listen: { type: 'string', default: 'webhook' },
			ladder: { type: 'string', default: 'on' },
			repeats: { type: 'string', default: 'made' },
			balanced: { type: 'boolean', default: false },
			'redis-forgets': { type: 'boolean', default: false },
			report: { type: 'string' },
		},
	});
	return {
		seed: values.seed === undefined ? randomInt(2 ** 31) : whole('seed', values.seed, 0),
		submissions: whole('submissions', values.submissions, 1),
		kills: whole('kills', values.kills, 0),
		incidents: whole('incidents', values.incidents, 0),
		bad: share(values.bad),
		unconfirmed: oneOf('unconfirmed', values.unconfirmed, ['fail', 'neverTwice']),
		records: oneOf('records', values.records, ['apart', 'together']),
		acknowledge: oneOf('acknowledge', values.acknowledge, ['finished', 'received']),
		pace: whole('pace', values.pace, 1),
		trigger: oneOf('trigger', values.trigger, ['1.1', '1.2']) === '1.1' ? 1.1 : 1.2,
		listen: oneOf('listen', values.listen, ['webhook', 'polling']),
		ladder: oneOf('ladder', values.ladder, ['on', 'off']),
		repeats: oneOf('repeats', values.repeats, ['made', 'refused']),
		balanced: values.balanced,
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
