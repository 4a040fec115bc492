import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import { isSameAddress } from '../transport/addresses';
import { apiKeyOf } from '../transport/credential';
import { isShownOrRegistered } from './trial';
import {
	assertFormExists,
	chosenForm,
	isOwnAddress,
	isRegistered,
	ownAddress,
	register,
	removeOwnWebhooks,
	secretOf,
	unregister,
} from './lifecycle';
import { assertListening, readListening } from './listening';
import { tellOnceAnHour, warnOnceAnHour } from './log';
import {
	forget,
	forgetSettled,
	isWithoutWebhook,
	recall,
	remember,
	rememberAbandoned,
	rememberLeft,
	rememberSettled,
	rememberWithoutWebhook,
	type Remembered,
} from './memory';
import { assertOptions } from './options';
import { knowledgeOf } from './recovery/knowledge';
import { unseal } from './seal';
import { newSecret } from './signature';
import { clientOf } from './webhooks';
import { within } from './within';

/** So long a check may take to end before the webhook is removed. */
const MAX_WAIT_MS = 20_000;

/**
 * Whether the webhook is there. Where somebody publishes, Tally is asked. At n8n's start, and when n8n publishes anew of
 * its own accord, what is remembered counts, if form, credential and address are those of today: an n8n that starts
 * while Tally is down keeps its triggers, and the check makes right what is not.
 *
 * @throws ItemError as `isRegistered` does, where somebody looks on
 */
export async function believedOrRegistered(context: IHookFunctions): Promise<boolean> {
	if (isTest(context)) return await isShownOrRegistered(context);
	return await withoutChecks(context, isThere);
}

async function isThere(context: IHookFunctions): Promise<boolean> {
	const memory = context.getWorkflowStaticData('node');
	const isPublishing = context.getActivationMode() === 'activate';
	const { completed, abandonedAfterMs } = isPublishing ? assertListening(context) : readListening(context);
	if (isPublishing && abandonedAfterMs !== undefined) {
		// The plan of the key's owner, which Tally tells, need not be that of the form's workspace.
		const needsPro =
			'Tally Trigger listens for abandoned submissions. Tally keeps partial submissions on Tally Pro only, where they are switched on in the settings of the form.';
		tellOnceAnHour(context, needsPro, needsPro);
	}
	if (completed !== 'webhook') return await isReadyToPoll(context, isPublishing);
	leaveOldAddress(context, memory);
	if (context.getActivationMode() === 'activate') {
		// What came while it was not published is not brought.
		forgetSettled(memory);
		return await settling(context, isRegistered);
	}
	if (await isBelieved(context, recall(memory))) return true;
	return await orLater(context, isRegistered);
}

/**
 * Registers the webhook; where n8n starts while Tally can't be asked, the check does it later: if this threw, n8n would
 * give the trigger up.
 *
 * @throws ItemError as `register` does, where somebody looks on
 */
export async function registerOrLater(context: IHookFunctions): Promise<boolean> {
	if (isTest(context)) return await register(context);
	return await withoutChecks(
		context,
		async () => await settling(context, async () => await orLater(context, register)),
	);
}

/**
 * Removes the webhook. A check that is under way ends before: it might make it anew.
 *
 * @throws ItemError as `unregister` does
 */
export async function stopAndUnregister(context: IHookFunctions): Promise<boolean> {
	const memory = context.getWorkflowStaticData('node');
	if (memory.isTest === true && isWithoutWebhook(memory)) {
		forget(memory);
		return true;
	}
	if (memory.isTest !== true) {
		const knowledge = knowledgeOf(context);
		await within(MAX_WAIT_MS, knowledge.holdChecks());
		// A check may have made it anew since it was remembered.
		if (recall(memory) !== undefined && knowledge.webhookId !== undefined) memory.webhookId = knowledge.webhookId;
		knowledge.webhookId = undefined;
		if (isWithoutWebhook(memory)) {
			forget(memory);
			return true;
		}
	}
	return await unregister(context);
}

/**
 * Makes ready for checks that need no webhook, and removes what is there of ours. Where somebody publishes, Tally is
 * asked for the form; at n8n's start, and when n8n publishes anew of its own accord, nothing may stop the trigger.
 *
 * @throws ItemError where somebody looks on
 */
async function isReadyToPoll(context: IHookFunctions, isPublishing: boolean): Promise<true> {
	const memory = context.getWorkflowStaticData('node');
	const remembered = recall(memory);
	if (!isPublishing && isWithoutWebhook(memory) && (await isBelieved(context, remembered))) return true;
	const formId = chosenForm(context);
	if (isPublishing) {
		assertOptions(context);
		forgetSettled(memory);
		await settling(context, async () => {
			await assertFormExists(context, formId);
			await removeOwnWebhooks(context);
			return true;
		});
	} else {
		await removeOwnWebhooks(context).catch(() =>
			warnOnceAnHour(
				context,
				'Tally Trigger polls, and could not look whether a webhook of its own is left at Tally. If one is: open the form in Tally, then Integrations, then Webhooks, and remove it.',
			),
		);
	}
	const secret = (remembered && (await secretOf(context, remembered))) ?? newSecret();
	rememberWithoutWebhook(memory, { formId, url: ownAddress(context), secret }, await apiKeyOf(context));
	return true;
}

/** A check beside this would make a second webhook; the checks go on once there is one. */
async function withoutChecks(
	context: IHookFunctions,
	ask: (context: IHookFunctions) => Promise<boolean>,
): Promise<boolean> {
	const knowledge = knowledgeOf(context);
	await within(MAX_WAIT_MS, knowledge.holdChecks());
	const isDone = await ask(context);
	if (isDone) knowledge.releaseChecks();
	return isDone;
}

function isTest(context: IHookFunctions): boolean {
	return context.getMode() === 'manual';
}

/** The webhook at an address that n8n had before may be another n8n's: the check finds out. */
function leaveOldAddress(context: IHookFunctions, memory: IDataObject): void {
	const remembered = recall(memory);
	if (remembered === undefined || isOwnAddress(context, remembered.url)) return;
	if (remembered.formId === chosenForm(context)) rememberLeft(memory, remembered);
	forget(memory);
}

async function isBelieved(context: IHookFunctions, remembered: Remembered | undefined): Promise<boolean> {
	if (remembered === undefined || remembered.formId !== chosenForm(context)) return false;
	if (!isSameAddress(remembered.url, ownAddress(context))) return false;
	return unseal(remembered.sealedSecret, await apiKeyOf(context)) !== undefined;
}

/** Notes that all that was submitted before now is settled, if somebody has published the trigger with this. */
async function settling(context: IHookFunctions, ask: (context: IHookFunctions) => Promise<boolean>): Promise<boolean> {
	const began = performance.now();
	const isDone = await ask(context);
	if (isDone && context.getActivationMode() === 'activate') {
		const at = Math.floor(clientOf(context).now() - (performance.now() - began));
		const memory = context.getWorkflowStaticData('node');
		rememberSettled(memory, chosenForm(context), { at, clock: 'Tally' });
		if (readListening(context).abandonedAfterMs !== undefined) {
			rememberAbandoned(memory, chosenForm(context), { at, clock: 'Tally', ids: [] });
		}
	}
	return isDone;
}

/** @throws ItemError where somebody looks on, or where no asking will help */
async function orLater(context: IHookFunctions, ask: (context: IHookFunctions) => Promise<boolean>): Promise<boolean> {
	const mode = context.getActivationMode();
	if (mode !== 'init' && mode !== 'leadershipChange') return await ask(context);
	const formId = chosenForm(context);
	const apiKey = await apiKeyOf(context);
	try {
		return await ask(context);
	} catch {
		const memory = context.getWorkflowStaticData('node');
		const known = recall(memory);
		const url = ownAddress(context);
		if (known?.formId !== formId || !isSameAddress(known.url, url)) {
			remember(memory, { formId, url, secret: newSecret() }, apiKey);
		}
		warnOnceAnHour(
			context,
			'Tally could not be asked for the webhook while n8n started. Tally Trigger looks after it as soon as it can.',
		);
		return true;
	}
}
