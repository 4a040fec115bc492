import type { IWebhookFunctions } from 'n8n-workflow';

import { isSameAddress } from '../transport/addresses';
import { apiKeyOf } from '../transport/credential';
import { warnOnceAMinute } from './log';
import type { Remembered } from './memory';
import { unseal } from './seal';
import { clientOf, listWebhooks } from './webhooks';
import { within } from './within';

/** Strangers can make the trigger look; they must not make it ask Tally without end. */
const LOOK_AGAIN_AFTER_MS = 30_000;

/** So long a delivery waits for a look that somebody has begun. */
const MAX_WAIT_MS = 5_000;

/** More triggers than one n8n has. */
const MAX_KEPT = 10_000;

/** A look for a secret: when it began, by a clock that never jumps, and what it has found. */
interface Look {
	at: number;
	secret: Promise<string | undefined>;
	found?: string;
}

/**
 * The secrets of seals that this process has looked into. Reading a credential costs n8n as much as
 * all else about a delivery. Nothing depends on what is kept: another process looks itself.
 */
const seen = new Map<string, Look>();

/**
 * The key with which Tally signs the deliveries of a webhook.
 *
 * @returns `undefined` if it can't be had now: the credential can't be read, or its API key was
 * replaced and Tally does not say the secret, or that takes too long
 */
export async function signingSecret(context: IWebhookFunctions, known: Remembered): Promise<string | undefined> {
	const { sealedSecret } = known;
	const before = seen.get(sealedSecret);
	if (before?.found !== undefined) return before.found;
	const isRecent = before !== undefined && performance.now() - before.at < LOOK_AGAIN_AFTER_MS;
	const look = isRecent ? before : begin(context, known);
	return await within(MAX_WAIT_MS, look.secret);
}

/** A look that ends in an error is forgotten: the next delivery looks again. One that hangs is, too, after a while. */
function begin(context: IWebhookFunctions, known: Remembered): Look {
	const { sealedSecret } = known;
	const look: Look = {
		at: performance.now(),
		secret: find(context, known).then(
			(secret) => (look.found = secret),
			() => {
				if (seen.get(sealedSecret) === look) seen.delete(sealedSecret);
				return undefined;
			},
		),
	};
	if (seen.size >= MAX_KEPT) seen.clear();
	seen.set(sealedSecret, look);
	return look;
}

/** @throws if n8n can't read the credential */
async function find(context: IWebhookFunctions, known: Remembered): Promise<string | undefined> {
	const secret = unseal(known.sealedSecret, await apiKeyOf(context));
	return secret ?? (await askTallyFor(context, known).catch(() => undefined));
}

/**
 * Where the API key was replaced since the workflow was published, the seal does not open, and n8n
 * calls nothing when a credential changes. Tally shows the owner of a webhook its secret.
 */
async function askTallyFor(context: IWebhookFunctions, known: Remembered): Promise<string | undefined> {
	const listed = await listWebhooks(clientOf(context));
	// One that was made anew has another ID.
	const ours =
		listed.find(({ id }) => id === known.webhookId) ?? listed.find(({ url }) => isSameAddress(url, known.url));
	if (ours?.secret === undefined || ours.secret === null) return undefined;
	warnOnceAMinute(
		context,
		'Tally Trigger asked Tally for its signing secret, because the API key of its credential was replaced. Publish the workflow again, so that it need not.',
	);
	return ours.secret;
}
