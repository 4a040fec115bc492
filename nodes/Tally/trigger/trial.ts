import type { IHookFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { isRecord } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { apiKeyOf } from '../transport/credential';
import { assertFormExists, chosenForm, isRegistered, mayBeReached, ownAddress } from './lifecycle';
import { assertListening, type Listening } from './listening';
import { rememberWithoutWebhook } from './memory';
import { assertOptions, testsWithNewest } from './options';
import { newestSubmission, sendSample, type Sample } from './sample';
import { newSecret } from './signature';

/** n8n answers itself at once. */
const MAX_MS = 5_000;

/**
 * The editor's test: shows the newest submission there is, whether Tally reaches this n8n or not. Only where there is
 * none a webhook has to wait for one.
 *
 * @throws ItemError that tells what to do
 */
export async function isShownOrRegistered(context: IHookFunctions): Promise<boolean> {
	assertOptions(context);
	const listening = assertListening(context);
	const url = ownAddress(context);
	const canWait = listening.completed === 'webhook' && (await mayBeReached(context, url));
	// A webhook shows the newest submission, too, and waits where that does not arrive.
	if (canWait) return await isRegistered(context);

	const formId = chosenForm(context);
	const memory = context.getWorkflowStaticData('node');
	memory.isTest = true;
	await assertFormExists(context, formId);
	const sample = await sampleOf(context, formId, listening);
	if (sample === undefined) throw nothingToShow(listening, formId, url);
	if (listening.completed === 'webhook' && !testsWithNewest(context)) throw nothingArrives(url);
	await assertReachesItself(context, url);
	const address = { formId, url, secret: newSecret() };
	rememberWithoutWebhook(memory, address, await apiKeyOf(context));
	sendSample(context, address, sample);
	return true;
}

/** Of what the trigger listens for, what was completed first. */
async function sampleOf(
	context: IHookFunctions,
	formId: string,
	{ completed, abandonedAfterMs }: Listening,
): Promise<Sample | undefined> {
	const newest = completed === undefined ? undefined : await newestSubmission(context, formId, 'completed');
	if (newest !== undefined || abandonedAfterMs === undefined) return newest;
	return await newestSubmission(context, formId, 'partial');
}

function nothingToShow({ completed, abandonedAfterMs }: Listening, formId: string, url: string): ItemError {
	if (completed === 'webhook') {
		return new ItemError(
			`The form ${formId} has no submission yet that could be shown, and Tally can't reach this n8n at ${url} to send one`,
			'Open the form as a respondent would, fill it in and send it, then test again. To receive submissions later, set "Listen By" to Polling, or set n8n\'s environment variable WEBHOOK_URL (N8N_WEBHOOK_URL in newer n8n) to the public address of this n8n and restart it.',
		);
	}
	if (completed === 'polling') {
		return new ItemError(
			`The form ${formId} has no submission yet that could be shown`,
			'Open the form as a respondent would, fill it in and send it, then test again.',
		);
	}
	return new ItemError(
		`The form ${formId} has no submission yet that was begun and not sent`,
		abandonedAfterMs === undefined
			? ''
			: 'Switch on partial submissions in the settings of the form (Tally Pro), open the form, fill in a part of it and leave, then test again.',
	);
}

function nothingArrives(url: string): ItemError {
	return new ItemError(
		`Tally can't reach this n8n at ${url}, so that the next submission would not arrive`,
		'Set the option "Test With" to Newest Submission, or set n8n\'s environment variable WEBHOOK_URL (N8N_WEBHOOK_URL in newer n8n) to the public address of this n8n and restart it.',
	);
}

/** @throws ItemError if something else than n8n answers at its own address, or nobody */
async function assertReachesItself(context: IHookFunctions, url: string): Promise<void> {
	if (await isN8nAt(context, url)) return;
	throw new ItemError(
		`n8n does not reach itself at ${url}, so that it can't show the newest submission`,
		"Set n8n's environment variable WEBHOOK_URL (N8N_WEBHOOK_URL in newer n8n; for tests N8N_EDITOR_BASE_URL, where that is set) to an address at which n8n reaches itself without a login, and restart it. Until then, pin data to try the workflow.",
	);
}

/** Whether n8n itself is there: at the address of a webhook it answers another method than the webhook's in its own words. */
async function isN8nAt(context: IHookFunctions, url: string): Promise<boolean> {
	try {
		const { statusCode, body } = (await context.helpers.httpRequest({
			method: 'GET',
			url,
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: AbortSignal.timeout(MAX_MS),
		})) as IN8nHttpFullResponse;
		return statusCode === 404 && isRecord(body) && body.code === 404;
	} catch {
		return false;
	}
}
