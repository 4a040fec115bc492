import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Lines that strangers can cause come once in so long; those of checks once in sixty times that. */
const QUIET_MS = 60_000;

/** More than the lines of all triggers of one n8n. */
const MAX_KEPT = 10_000;

/** Control characters, line separators and invisible signs: nothing from outside begins a line of its own. */
const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** When a line of a trigger was last written, by a clock that never jumps, and how often it was left out since. */
const written = new Map<string, { at: number; leftOut: number }>();

/** A text as it may stand in a log: on one line. */
export function onOneLine(text: string): string {
	return text.replace(NOT_SHOWN, ' ');
}

/** The contexts from which the trigger writes to n8n's log. */
type Writer = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/**
 * A warning in n8n's log of what a request did, with the workflow and the node; nothing of the request, which may be
 * anybody's. The same line of the same trigger comes once a minute, with the number of those left out in between.
 */
export function warnOnceAMinute(context: Writer, message: string): void {
	writeAtMostEvery(QUIET_MS, context, 'warn', message, message);
}

/**
 * A warning of what a check has met: one for each cause and hour.
 *
 * @param cause the same for all lines that say the same of different things
 */
export function warnOnceAnHour(context: Writer, message: string, cause = message): void {
	writeAtMostEvery(60 * QUIET_MS, context, 'warn', message, cause);
}

/** What a check has mended, once for each cause and hour. */
export function tellOnceAnHour(context: Writer, message: string, cause: string): void {
	writeAtMostEvery(60 * QUIET_MS, context, 'info', message, cause);
}

function writeAtMostEvery(
	milliseconds: number,
	context: Writer,
	level: 'info' | 'warn',
	message: string,
	cause: string,
): void {
	const whereabouts = { workflowId: context.getWorkflow().id, node: context.getNode().name };
	// A trigger that was registered anew has another seal, and its own lines.
	const { sealedSecret } = context.getWorkflowStaticData('node');
	const key = JSON.stringify([whereabouts, sealedSecret, cause]);
	const now = performance.now();
	const last = written.get(key);
	if (last !== undefined && now - last.at < milliseconds) {
		last.leftOut++;
		return;
	}
	if (written.size >= MAX_KEPT) written.clear();
	written.set(key, { at: now, leftOut: 0 });
	const more = last === undefined || last.leftOut === 0 ? '' : ` Left out since the last such line: ${last.leftOut}.`;
	context.logger[level](onOneLine(message) + more, whereabouts);
}
