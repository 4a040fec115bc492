import type { IDataObject, IHookFunctions, INodeProperties, ITriggerFunctions } from 'n8n-workflow';

import { numberIn } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { warnOnceAnHour } from './log';

const MINUTE = 60_000;

/** How often the trigger checks, in minutes, unless told. */
export const DEFAULT_CHECK_EVERY = 15;

/** So long a submission that was begun must not have changed to count as abandoned, in minutes, unless told. */
export const DEFAULT_ABANDONED_AFTER = 60;

export const eventsParameter: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	required: true,
	default: ['completed'],
	description: 'What starts the workflow',
	options: [
		{
			name: 'Abandoned Submission',
			value: 'abandoned',
			action: 'On abandoned submission',
			description:
				'Somebody began to fill in the form and left. Partial submissions must be switched on in the form, which needs Tally Pro.',
		},
		{
			name: 'Completed Submission',
			value: 'completed',
			action: 'On form submission',
			description: 'Somebody sent the form',
		},
	],
};

export const abandonedNotice: INodeProperties = {
	displayName:
		'Tally keeps what was begun and not sent on Tally Pro only, and only if <i>Partial submissions</i> is switched on in the settings of the form.',
	name: 'abandonedNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { events: ['abandoned'] } },
};

export const listenByParameter: INodeProperties = {
	displayName: 'Listen By',
	name: 'listenBy',
	type: 'options',
	default: 'webhook',
	displayOptions: { show: { events: ['completed'] } },
	description: 'How completed submissions reach this n8n',
	options: [
		{
			name: 'Polling',
			value: 'polling',
			description:
				'Tally is asked every few minutes. For an n8n on your own machine, or wherever the internet can’t reach it.',
		},
		{
			name: 'Webhook',
			value: 'webhook',
			description: 'Tally sends each submission at once. It must be able to reach n8n from the internet.',
		},
	],
};

/** In minutes; fractions work, but are nothing for the editor. */
export const checkEveryOption: INodeProperties = {
	displayName: 'Check Every',
	name: 'checkEvery',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: DEFAULT_CHECK_EVERY,
	description:
		'After how many minutes to ask Tally: for new submissions with polling, for abandoned ones, and whether the webhook is still there and a submission was missed. With 0, which is for webhooks only, that is never done.',
};

export const abandonedAfterOption: INodeProperties = {
	displayName: 'Abandoned After',
	name: 'abandonedAfter',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: DEFAULT_ABANDONED_AFTER,
	displayOptions: { show: { '/events': ['abandoned'] } },
	description: 'For how many minutes nothing in a submission must have changed until it counts as abandoned',
};

/** What the trigger listens for, and how. */
export interface Listening {
	/** How completed submissions come; missing if nobody wants them. */
	readonly completed?: 'webhook' | 'polling';
	/** So long an abandoned submission has not changed, in milliseconds; missing if nobody wants them. */
	readonly abandonedAfterMs?: number;
	/** Between two checks, in milliseconds; 0 for never. */
	readonly checkEveryMs: number;
}

/** Called with what is wrong with a parameter, and what to do. */
type Wrong = (message: string, advice: string) => void;

/**
 * For somebody who looks on.
 *
 * @throws ItemError that names the parameter
 */
export function assertListening(context: IHookFunctions): Listening {
	return listeningIn(context, (message, advice) => {
		throw new ItemError(message, advice);
	});
}

/** No trigger ends for a parameter that can't be read: it counts as its default, and the log says so. */
export function readListening(context: IHookFunctions | ITriggerFunctions): Listening {
	return listeningIn(context, (message, advice) => {
		warnOnceAnHour(context, `Tally Trigger: ${message}. It takes the usual value. ${advice}`);
	});
}

function listeningIn(context: IHookFunctions | ITriggerFunctions, wrong: Wrong): Listening {
	const options = optionsIn(context);
	const events = eventsIn(context, wrong);
	const by = valueOf(context, 'listenBy', 'webhook');
	if (by !== 'webhook' && by !== 'polling') {
		wrong('The value of "Listen By" is neither Webhook nor Polling', 'Choose one of the two.');
	}
	const completed = events.has('completed') ? (by === 'polling' ? by : 'webhook') : undefined;
	const abandonedAfterMs = events.has('abandoned') ? MINUTE * abandonedAfterIn(options, wrong) : undefined;
	const mayBeNever = completed === 'webhook' && abandonedAfterMs === undefined;
	return { completed, abandonedAfterMs, checkEveryMs: MINUTE * checkEveryIn(options, mayBeNever, wrong) };
}

function eventsIn(context: IHookFunctions | ITriggerFunctions, wrong: Wrong): ReadonlySet<unknown> {
	const given = valueOf(context, 'events', ['completed']);
	const events = new Set<unknown>(Array.isArray(given) ? given : [given]);
	const isKnown = events.size > 0 && [...events].every((event) => event === 'completed' || event === 'abandoned');
	if (isKnown) return events;
	wrong('"Events" says nothing to listen for', 'Choose completed submissions, abandoned ones, or both.');
	return new Set(['completed']);
}

function checkEveryIn({ checkEvery }: IDataObject, mayBeNever: boolean, wrong: Wrong): number {
	const minutes = checkEvery === undefined ? DEFAULT_CHECK_EVERY : numberIn(checkEvery);
	if (!(minutes >= 0 && minutes < Infinity)) {
		wrong('The value of "Check Every" is not a number of minutes', `Write a number, e.g. ${DEFAULT_CHECK_EVERY}.`);
		return DEFAULT_CHECK_EVERY;
	}
	if (minutes > 0 || mayBeNever) return minutes;
	wrong(
		'"Check Every" is 0, so that nothing would ever be asked for',
		'With polling, and for abandoned submissions, write the minutes between two checks: 1 or more.',
	);
	return DEFAULT_CHECK_EVERY;
}

function abandonedAfterIn({ abandonedAfter }: IDataObject, wrong: Wrong): number {
	const minutes = abandonedAfter === undefined ? DEFAULT_ABANDONED_AFTER : numberIn(abandonedAfter);
	if (minutes > 0 && minutes < Infinity) return minutes;
	wrong(
		'The value of "Abandoned After" is not a number of minutes above 0',
		`Write a number, e.g. ${DEFAULT_ABANDONED_AFTER}.`,
	);
	return DEFAULT_ABANDONED_AFTER;
}

/** In place of an expression that fails. */
const UNREADABLE = Symbol('unreadable');

function valueOf(context: IHookFunctions | ITriggerFunctions, name: string, usual: unknown): unknown {
	try {
		return context.getNodeParameter(name, usual);
	} catch {
		return UNREADABLE;
	}
}

function optionsIn(context: IHookFunctions | ITriggerFunctions): IDataObject {
	const options = valueOf(context, 'options', {});
	if (options !== UNREADABLE) return options as IDataObject;
	// One by one: the expression of another option fails.
	return {
		checkEvery: valueOf(context, 'options.checkEvery', DEFAULT_CHECK_EVERY),
		abandonedAfter: valueOf(context, 'options.abandonedAfter', DEFAULT_ABANDONED_AFTER),
	} as IDataObject;
}
