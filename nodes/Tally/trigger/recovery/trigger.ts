import { createHash } from 'node:crypto';

import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';

import { pause } from '../../../shared/pause';
import { formIdFrom } from '../../form/address';
import { readListening, type Listening } from '../listening';
import { recallAbandoned, recallSettled, recallSettledBeyond, rememberAbandoned, rememberSettled } from '../memory';
import { answersWhenFinished, readOptions } from '../options';
import { knowledgeOf, type Knowledge } from './knowledge';
import { Recovery } from './recovery';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** So soon after n8n has published the trigger the first check comes: n8n is still starting then. */
const FIRST_AFTER_MS = 10 * SECOND;

/** A list of webhooks is good for the checks of other triggers, too, as long as that. */
const MAX_LIST_AGE_MS = MINUTE;

/** A run that another n8n has started may go on so long. */
const MAX_ELSEWHERE_MS = 10 * MINUTE;

/**
 * Starts the checks of a published trigger: soon, and then every so many minutes, sooner while something is open. n8n
 * calls it on the leader, at its start and whenever the trigger is published. It asks nobody, never throws, and waits
 * for nothing, so that n8n starts as fast as without it, whatever state Tally is in.
 */
export async function startChecks(context: ITriggerFunctions): Promise<ITriggerResponse> {
	// In the editor's test a delivery is waited for.
	if (context.getMode() === 'manual') return {};
	const knowledge = knowledgeOf(context);
	const listening = readListening(context);
	settleThePast(context, knowledge, listening);
	await knowledge.stop();
	knowledge.webhookId = undefined;
	const everyMs = listening.checkEveryMs;
	if (everyMs === 0) return {};

	const recovery = new Recovery(context, {
		listening,
		options: readOptions(context),
		repeatsFailedRuns: answersWhenFinished(context),
		maxListAgeMs: Math.min(MAX_LIST_AGE_MS, everyMs / 2),
		maxElsewhereMs: Math.min(MAX_ELSEWHERE_MS, 4 * everyMs),
	});
	const closing = new AbortController();
	const stop = async () => {
		closing.abort();
		await recovery.close();
	};
	knowledge.stop = stop;

	let due = performance.now() + Math.min(FIRST_AFTER_MS, everyMs);
	let waitMs = everyMs;
	const checkIfDue = async () => {
		if (closing.signal.aborted || performance.now() < due) return;
		due = Infinity;
		const began = performance.now();
		const { isOpen } = await recovery.check();
		// What is open is looked after in a minute, in two, in four.
		waitMs = isOpen ? Math.min(everyMs, waitMs === everyMs ? MINUTE : 2 * waitMs) : everyMs;
		due = Math.max(began + waitMs - SECOND, performance.now());
	};
	context.helpers.registerCron({ expression: ticksOf(context, everyMs) }, () => void checkIfDue());
	void pause(due - performance.now(), closing.signal).then(checkIfDue);
	return { closeFunction: stop };
}

/**
 * When n8n looks whether a check is due: once a minute, at a second of the trigger's own, so that fifty triggers do not
 * ask at the same one; every second where the checks are closer than that.
 */
function ticksOf(context: ITriggerFunctions, everyMs: number): `${number} * * * * *` | '* * * * * *' {
	if (everyMs < MINUTE) return '* * * * * *';
	const name = `${context.getWorkflow().id} ${context.getNode().id}`;
	return `${createHash('sha256').update(name).digest().readUInt32BE(0) % 60} * * * * *`;
}

/**
 * Where nothing is remembered of the form, all that was submitted before this moment counts as settled. Somebody who
 * publishes has it noted by Tally's clock, with the registration. What this process knows is remembered, too: where
 * another version was published, the webhook was made anew, and no log tells of what came before.
 */
function settleThePast(context: ITriggerFunctions, knowledge: Knowledge, { abandonedAfterMs }: Listening): void {
	const memory = context.getWorkflowStaticData('node');
	const chosen = context.getNodeParameter('formId', '', { extractValue: true });
	const formId = typeof chosen === 'string' ? formIdFrom(chosen) : undefined;
	if (formId === undefined) return;
	const { settledUntil } = knowledge;
	const remembered = recallSettled(memory, formId);
	if (remembered === undefined) rememberSettled(memory, formId, { at: Date.now(), clock: 'n8n' });
	else if (settledUntil > remembered.at) {
		rememberSettled(memory, formId, { at: settledUntil, clock: 'Tally' });
	}
	for (const [id, submittedAt] of recallSettledBeyond(memory, formId)) {
		knowledge.note(id, { isSettled: true, submittedAt });
	}
	if (abandonedAfterMs === undefined) return;
	const abandoned = recallAbandoned(memory, formId);
	if (abandoned === undefined) rememberAbandoned(memory, formId, { at: Date.now(), clock: 'n8n', ids: [] });
	for (const id of abandoned?.ids ?? []) knowledge.noteAbandoned(id);
}
