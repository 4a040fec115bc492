import type { IHookFunctions, WebhookType } from 'n8n-workflow';

import { isRecord } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { formIn } from '../form/parameter';
import { isPrivateAddress, isSameAddress } from '../transport/addresses';
import { apiKeyOf, baseUrlOf } from '../transport/credential';
import { isId } from '../transport/ids';
import { explainRefusal, quotedWords, refusalError } from '../transport/refusals';
import { isGatewayRefusal, isSuccess, type TallyReply } from '../transport/reply';
import { onOneLine } from './log';
import { forget, recall, remember, type Attempt, type Registration, type Remembered } from './memory';
import { answersWhenFinished, assertOptions, testsWithNewest } from './options';
import { residentAt } from './probe';
import { offerSample } from './sample';
import { unseal } from './seal';
import { newSecret } from './signature';
import {
	clientOf,
	deleteWebhook,
	listWebhooks,
	postWebhook,
	replaceWebhook,
	type WantedWebhook,
	type Webhook,
} from './webhooks';

/**
 * Looks for a webhook at our address and makes it right: switched on, with a secret that we
 * know, and alone. What else posts to an address of ours, for this form or for one chosen earlier,
 * is removed: the addresses are ours. n8n gives an address to one published workflow only, and
 * does not come here for a copy that has the same one.
 *
 * @returns false if there is none, so that n8n calls `register`
 * @throws ItemError that tells what to do, if Tally refuses or can't answer
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const formId = chosenForm(context);
	const url = ownAddress(context);
	const isOwn = (address: string) => isOwnAddress(context, address);
	const memory = context.getWorkflowStaticData('node');
	memory.isTest = context.getMode() === 'manual';

	// Somebody looks on; at n8n's start nothing may stop a trigger that works.
	if (memory.isTest === true || context.getActivationMode() === 'activate') assertOptions(context);

	const remembered = recall(memory);
	const isOurs = remembered !== undefined && isOwn(remembered.url) && remembered.formId === formId;
	// Of another form, or of another n8n from which this workflow was brought here:
	// its webhook may be in use there, so nothing is removed by what is remembered of it.
	if (!isOurs) forget(memory);

	const listed = await listWebhooks(clientOf(context));
	const hasMoved = remembered !== undefined && !isOwn(remembered.url) && memory.isTest !== true;
	const left = hasMoved ? await leftAtOldAddress(context, remembered, listed) : undefined;
	if (left !== undefined) Object.assign(memory, left);
	const known = isOurs ? remembered : left;
	const ours = listed.filter((webhook) => isOwn(webhook.url) || webhook.id === left?.webhookId);
	const [kept] = ours
		.filter((webhook) => webhook.formId === formId)
		.sort((a, b) => rank(b, url, known?.webhookId) - rank(a, url, known?.webhookId));
	for (const webhook of ours) {
		if (webhook !== kept) await removeSurplus(context, webhook);
	}
	if (kept === undefined) return false;

	const isKnown = known !== undefined && kept.id === known.webhookId;
	const knownSecret = kept.secret ?? (isKnown ? await secretOf(context, known) : undefined);
	const wanted: WantedWebhook = { formId, url, secret: knownSecret ?? newSecret() };
	// At another address of ours where another acknowledgement was chosen before: it moves, and Tally
	// has no moment without one.
	if (!kept.isEnabled || knownSecret === undefined || !isSameAddress(kept.url, url)) {
		const reply = await replaceWebhook(clientOf(context), kept.id, wanted, kept.httpHeaders);
		if (reply.status === 404) return false;
		if (!isSuccess(reply)) throw await registrationError(context, reply, wanted);
	}
	await completeRegistration(context, { webhookId: kept.id, ...wanted });
	return true;
}

/**
 * Registers a webhook with a secret of its own. Repeating it does no harm: one that an earlier,
 * interrupted attempt made is found by `isRegistered` before, or at the end of this. The secret
 * is remembered before Tally gets it, so that `unregister` can tell such a webhook too.
 *
 * @throws ItemError that tells what to do
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	const formId = chosenForm(context);
	const url = ownAddress(context);
	const memory = context.getWorkflowStaticData('node');
	await assertTallyCanReach(context, url);
	await assertFormExists(context, formId);

	const apiKey = await apiKeyOf(context);
	const known = recall(memory);
	if (known?.webhookId !== undefined) {
		// Not in the list, yet remembered: the list may be forbidden while the webhook is there.
		const { webhookId } = known;
		const again = { formId, url, secret: (await secretOf(context, known)) ?? newSecret() };
		const reply = await replaceWebhook(clientOf(context), webhookId, again);
		if (isSuccess(reply)) {
			remember(memory, { webhookId, ...again }, apiKey);
			return true;
		}
		if (reply.status === 0 || reply.status >= 429) throw refusalError(reply);
		forget(memory);
	}

	const wanted: WantedWebhook = { formId, url, secret: newSecret() };
	remember(memory, wanted, apiKey);
	const reply = await postWebhook(clientOf(context), wanted);
	const answered = isSuccess(reply) && isRecord(reply.body) ? reply.body.id : undefined;
	const mayHaveWorked = isSuccess(reply) || reply.status === 0 || reply.status >= 500;
	if (!mayHaveWorked) forget(memory);
	const found = mayHaveWorked && !isId(answered) ? await findMade(context, wanted) : answered;
	if (!isId(found)) throw await registrationError(context, reply, wanted);
	await completeRegistration(context, { webhookId: found, ...wanted });
	return true;
}

/**
 * Removes what posts to an address of this trigger, which has no use for it.
 *
 * @throws ItemError that names the webhook's form and says how to remove it by hand
 */
export async function removeOwnWebhooks(context: IHookFunctions): Promise<void> {
	const own = (await listWebhooks(clientOf(context))).filter(({ url }) => isOwnAddress(context, url));
	for (const webhook of own) await removeSurplus(context, webhook);
}

/**
 * Removes the webhook by its stored id, and whatever else this trigger has made. What is gone
 * already counts as removed. Where nothing is remembered, nothing is touched: n8n comes here
 * also for a copy of a workflow that it refused to publish, whose address is the original's.
 *
 * @throws ItemError that names the webhook's form and says how to remove it by hand. Not in
 * test mode, where nobody waits for the outcome: there the log says it.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const memory = context.getWorkflowStaticData('node');
	const known = recall(memory);
	if (known === undefined) return true;

	const { webhookId, formId, url } = known;
	if (webhookId !== undefined) {
		const { isGone, reply } = await deleteWebhook(clientOf(context), webhookId);
		if (!isGone) {
			const error = removalError(reply, formId);
			if (memory.isTest !== true) throw error;
			context.logger.warn(onOneLine(`${error.message} ${error.advice}`));
			return false;
		}
	}
	// What was only begun stays in memory until it is known to be gone.
	const secret = await secretOf(context, known);
	if ((await removeOrphans(context, { url, secret })) || webhookId !== undefined) forget(memory);
	return true;
}

/**
 * What is remembered of a webhook at an address that is not this trigger's any more, if it can be taken along to
 * today's: n8n's own address has changed, and nobody of ours answers at the old one. Otherwise another n8n may live
 * there, and the log names the webhook.
 */
async function leftAtOldAddress(
	context: IHookFunctions,
	remembered: Remembered,
	listed: readonly Webhook[],
): Promise<Remembered | undefined> {
	const { webhookId, url } = remembered;
	const webhook = listed.find(({ id }) => id === webhookId);
	// Where the list may not be read, what is remembered has to do.
	const isThere = webhook === undefined ? listed.length === 0 : isSameAddress(webhook.url, url);
	if (webhookId === undefined || !isThere) return undefined;
	const secret = webhook?.secret ?? (await secretOf(context, remembered));
	const resident = secret === undefined ? 'unclear' : await residentAt(context, url, secret);
	if (resident === 'nobodyOfOurs') return remembered;
	const why =
		resident === 'ours'
			? 'the trigger of another n8n answers there'
			: 'it is not certain that no other n8n of yours uses it';
	context.logger.warn(
		onOneLine(
			`Tally Trigger made a new webhook at the form and left the one at its earlier address ${url}, because ${why}. If nobody uses it, remove it by hand: open the form in Tally, then Integrations, then Webhooks.`,
		),
	);
	return undefined;
}

/** Keeps what must be known later; a test may begin with what is there already. */
async function completeRegistration(context: IHookFunctions, registration: Registration): Promise<void> {
	const memory = context.getWorkflowStaticData('node');
	remember(memory, registration, await apiKeyOf(context));
	if (memory.isTest === true && testsWithNewest(context)) await offerSample(context, registration);
}

/** The remembered secret, or `undefined` if the credential has another API key by now. */
export async function secretOf(context: IHookFunctions, known: Remembered): Promise<string | undefined> {
	return unseal(known.sealedSecret, await apiKeyOf(context));
}

/** The ID of the chosen form. */
export function chosenForm(context: IHookFunctions): string {
	return formIn(context.getNodeParameter('formId', '', { extractValue: true }));
}

/** The address that Tally posts to: of the test while one runs, of production otherwise. */
export function ownAddress(context: IHookFunctions): string {
	return addressOf(context, answersWhenFinished(context) ? 'setup' : 'default');
}

/** Whether it is an address of this trigger: another acknowledgement may have been chosen earlier. */
export function isOwnAddress(context: IHookFunctions, url: string): boolean {
	return (['default', 'setup'] as const).some((name) => isSameAddress(url, addressOf(context, name)));
}

function addressOf(context: IHookFunctions, name: WebhookType): string {
	// n8n has an address for every webhook that the node describes.
	return context.getNodeWebhookUrl(name) as string;
}

/** Which of several webhooks to keep: the one we know, then one that works as it is; the highest rank wins. */
function rank(webhook: Webhook, url: string, knownId: string | undefined): number {
	return (
		(webhook.id === knownId ? 8 : 0) +
		(isSameAddress(webhook.url, url) ? 4 : 0) +
		(webhook.secret === null ? 0 : 2) +
		(webhook.isEnabled ? 1 : 0)
	);
}

/**
 * Removes a webhook that would deliver twice, or deliver another form's submissions. If it is
 * not the key's to remove, that is no reason not to run: its deliveries are refused.
 */
async function removeSurplus(context: IHookFunctions, webhook: Webhook): Promise<void> {
	const { isGone, reply } = await deleteWebhook(clientOf(context), webhook.id);
	if (isGone) return;
	const error = removalError(reply, webhook.formId);
	if (reply.status !== 401 && reply.status !== 403) throw error;
	context.logger.warn(onOneLine(`${error.message} ${error.advice}`));
}

/**
 * Removes what interrupted attempts may have left, as far as can be seen.
 *
 * @returns false if Tally could not be asked, or did not remove it; the log says why
 */
async function removeOrphans(context: IHookFunctions, made: Made): Promise<boolean> {
	try {
		const left = (await listWebhooks(clientOf(context))).filter((webhook) => isOf(made, webhook));
		for (const webhook of left) await removeSurplus(context, webhook);
		return true;
	} catch (error) {
		context.logger.warn(
			onOneLine(`Tally Trigger could not look for webhooks left at Tally: ${(error as Error).message}`),
		);
		return false;
	}
}

/** How a webhook that the trigger made can be told; the secret is not always known. */
type Made = Pick<Attempt, 'url'> & { secret: string | undefined };

/** Whether the trigger made this webhook: at its address, with its secret or a hidden one. */
function isOf({ url, secret }: Made, webhook: Webhook): boolean {
	return isSameAddress(webhook.url, url) && (webhook.secret === secret || webhook.secret === null);
}

/** The id of the webhook that a request made whose answer did not come, or did not say. */
async function findMade(context: IHookFunctions, wanted: WantedWebhook): Promise<string | undefined> {
	const made = (await listWebhooks(clientOf(context))).find(
		(webhook) => webhook.formId === wanted.formId && isOf(wanted, webhook),
	);
	return made?.id;
}

/** Whether Tally may reach an address of this n8n: not if Tally is on the internet and this n8n is not. */
export async function mayBeReached(context: IHookFunctions, url: string): Promise<boolean> {
	return !isPrivateAddress(url) || isPrivateAddress(await baseUrlOf(context));
}

/** @throws ItemError if Tally is on the internet and this n8n is not */
async function assertTallyCanReach(context: IHookFunctions, url: string): Promise<void> {
	if (await mayBeReached(context, url)) return;
	throw new ItemError(`Tally can't reach this n8n at ${url}`, howToBePublic(context, url));
}

function howToBePublic(context: IHookFunctions, url: string): string {
	const inTests =
		context.getMode() === 'manual'
			? ' For tests n8n takes N8N_EDITOR_BASE_URL in place of WEBHOOK_URL, where that is set: it must be public as well.'
			: '';
	return `Tally delivers submissions over the internet. Set n8n's environment variable WEBHOOK_URL (N8N_WEBHOOK_URL in newer n8n) to the public address of this n8n, e.g. https://n8n.example.com/, and restart it. At the moment n8n gives its address as ${url}.${inTests}`;
}

/** @throws ItemError if there is no such form, or only in the trash; what is unclear passes */
export async function assertFormExists(context: IHookFunctions, formId: string): Promise<void> {
	const path = `/forms/${encodeURIComponent(formId)}`;
	const reply = await clientOf(context).ask({ method: 'GET', path, expects: { member: 'id' } });
	if (reply.status === 404) throw missingForm(reply, formId);
	if (isSuccess(reply) && isRecord(reply.body) && reply.body.status === 'DELETED') {
		throw refusalError(reply, {
			message: `The form ${formId} is in Tally's trash`,
			description: 'Restore it in Tally, or choose another form under "Form".',
		});
	}
}

function missingForm(reply: TallyReply, formId: string): ItemError {
	return refusalError(reply, {
		message: `Tally has no form ${formId}`,
		description:
			'It was deleted, is in the trash, or belongs to an account that the API key has no access to. Choose another form under "Form", or another Tally credential.',
	});
}

/** Why Tally did not take the webhook. The form is known to be there. */
async function registrationError(
	context: IHookFunctions,
	reply: TallyReply,
	{ formId, url }: WantedWebhook,
): Promise<ItemError> {
	const { message, description } = explainRefusal(reply);
	if (isGatewayRefusal(reply.body)) return refusalError(reply, { message, description });
	if (reply.status === 401) await clientOf(context).account();
	switch (reply.status) {
		case 400:
			return refusalError(reply, {
				message: `Tally did not accept the address of this n8n: ${url}`,
				description: `${howToBePublic(context, url)}${quotedWords(reply)}`,
			});
		case 401:
		case 403:
			return refusalError(reply, {
				message: `The owner of the API key may not add a webhook to the form ${formId}`,
				description: `Use the API key of someone who can edit this form and its workspace in Tally.${quotedWords(reply)}`,
			});
		case 404:
			return missingForm(reply, formId);
		default:
			return refusalError(reply, { message, description });
	}
}

function removalError(reply: TallyReply, formId: string): ItemError {
	const { message, description } = explainRefusal(reply);
	return refusalError(reply, {
		message: `The webhook at Tally could not be removed: ${message}.`,
		description: `Until it is removed, Tally goes on sending submissions of the form ${formId} to n8n, where nothing takes them. Remove it by hand: open the form in Tally, then Integrations, then Webhooks. ${description}`,
	});
}
