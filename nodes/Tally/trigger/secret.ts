import type { IWebhookFunctions } from 'n8n-workflow';

import { apiKeyOf } from '../transport/api';
import type { Remembered } from './memory';
import { unseal } from './seal';
import { listWebhooks } from './webhooks';

/** Strangers can make the trigger ask; they must not make it ask without end. */
const ASK_AGAIN_AFTER_MS = 30_000;

/** What Tally was asked for since this process began, by the seal that did not open. */
const asked = new Map<string, { at: number; secret: Promise<string | undefined> }>();

/**
 * The key with which Tally signs the deliveries of a webhook.
 *
 * Where the API key was replaced since the workflow was published, the seal does not open, and
 * n8n calls nothing when a credential changes: then Tally is asked, which shows the owner of a
 * webhook its secret. Nothing depends on what a process keeps of that: another one asks itself.
 *
 * @returns `undefined` if it can't be had now: the credential can't be read, or Tally does not
 * say it
 */
export async function signingSecret(
	context: IWebhookFunctions,
	known: Remembered,
): Promise<string | undefined> {
	try {
		return unseal(known.sealedSecret, await apiKeyOf(context)) ?? (await askOnce(context, known));
	} catch {
		return undefined;
	}
}

async function askOnce(context: IWebhookFunctions, known: Remembered): Promise<string | undefined> {
	const before = asked.get(known.sealedSecret);
	if (before !== undefined) {
		const isRecent = Date.now() - before.at < ASK_AGAIN_AFTER_MS;
		if (isRecent || (await before.secret) !== undefined) return await before.secret;
	}
	const secret = askTallyFor(context, known).catch(() => undefined);
	asked.set(known.sealedSecret, { at: Date.now(), secret });
	return await secret;
}

async function askTallyFor(context: IWebhookFunctions, known: Remembered): Promise<string | undefined> {
	const ours = (await listWebhooks(context)).find(({ id }) => id === known.webhookId);
	if (ours?.secret === undefined || ours.secret === null) return undefined;
	context.logger.warn(
		'Tally Trigger asked Tally for its signing secret, because the API key of its credential was replaced. Publish the workflow again, so that it need not.',
		{ workflowId: context.getWorkflow().id, node: context.getNode().name },
	);
	return ours.secret;
}
