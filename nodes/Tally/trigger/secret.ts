import type { IWebhookFunctions } from 'n8n-workflow';

import { apiKeyOf } from '../transport/credential';
import type { Remembered } from './memory';
import { unseal } from './seal';
import { listWebhooks } from './webhooks';

/** Strangers can make the trigger look; they must not make it ask Tally without end. */
const LOOK_AGAIN_AFTER_MS = 30_000;

/** More triggers than one n8n has. */
const MAX_KEPT = 10_000;

/**
 * The secrets of seals that this process has looked into. Reading a credential costs n8n as much as
 * all else about a delivery. Nothing depends on what is kept: another process looks itself.
 */
const seen = new Map<string, { at: number; secret: Promise<string | undefined> }>();

/**
 * The key with which Tally signs the deliveries of a webhook.
 *
 * @returns `undefined` if it can't be had now: the credential can't be read, or its API key was
 * replaced and Tally does not say the secret
 */
export async function signingSecret(context: IWebhookFunctions, known: Remembered): Promise<string | undefined> {
	const { sealedSecret } = known;
	const before = seen.get(sealedSecret);
	try {
		if (before !== undefined) {
			const isRecent = Date.now() - before.at < LOOK_AGAIN_AFTER_MS;
			if (isRecent || (await before.secret) !== undefined) return await before.secret;
		}
		const secret = look(context, known);
		if (seen.size >= MAX_KEPT) seen.clear();
		seen.set(sealedSecret, { at: Date.now(), secret });
		return await secret;
	} catch {
		seen.delete(sealedSecret);
		return undefined;
	}
}

/** @throws if n8n can't read the credential */
async function look(context: IWebhookFunctions, known: Remembered): Promise<string | undefined> {
	const secret = unseal(known.sealedSecret, await apiKeyOf(context));
	return secret ?? (await askTallyFor(context, known).catch(() => undefined));
}

/**
 * Where the API key was replaced since the workflow was published, the seal does not open, and n8n
 * calls nothing when a credential changes. Tally shows the owner of a webhook its secret.
 */
async function askTallyFor(context: IWebhookFunctions, known: Remembered): Promise<string | undefined> {
	const ours = (await listWebhooks(context)).find(({ id }) => id === known.webhookId);
	if (ours?.secret === undefined || ours.secret === null) return undefined;
	context.logger.warn(
		'Tally Trigger asked Tally for its signing secret, because the API key of its credential was replaced. Publish the workflow again, so that it need not.',
		{ workflowId: context.getWorkflow().id, node: context.getNode().name },
	);
	return ours.secret;
}
