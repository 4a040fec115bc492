import { ItemError } from '../../../shared/itemError';
import { isPrivateAddress, isSameAddress } from '../../transport/addresses';
import type { BackgroundClient } from '../../transport/backgroundClient';
import { baseUrlOf } from '../../transport/credential';
import { isId } from '../../transport/ids';
import { explainRefusal, refusalError } from '../../transport/refusals';
import { isSuccess, type TallyReply } from '../../transport/reply';
import { isRecord } from '../../../shared/guards';
import type { Remembered } from '../memory';
import { newSecret } from '../signature';
import {
	deleteWebhook,
	postWebhook,
	replaceWebhook,
	siblingAddress,
	type WantedWebhook,
	type Webhook,
} from '../webhooks';
import type { Account } from './account';
import { withSettled } from './settledHeader';

/** The webhook as it is now. */
export interface Right {
	readonly id: string;
	readonly webhook: Webhook | undefined;
	/** What was wrong with it, for the log. */
	readonly mended?: 'missing' | 'off' | 'changed';
	/** The webhooks of the account; nothing where they may not be listed. */
	readonly listed: readonly Webhook[];
}

/** What is known of the webhook that there should be. */
export interface Wanted {
	readonly registration: Remembered;
	/** Missing if the credential's API key was replaced. */
	readonly secret: string | undefined;
	/** The ID under which it was last seen. */
	readonly webhookId: string | undefined;
	/** Up to this moment all is known to be settled: one that is made anew has no log that would tell; 0 for unknown. */
	readonly settledUntil: number;
}

/**
 * Makes the webhook right: there, switched on, ours, alone. Whatever posts to our address is ours; nothing else is
 * touched. It is found by its address, so that its ID may be another one than was remembered.
 *
 * @throws ItemError if Tally refuses or can't answer: the next check tries again
 */
export async function makeRight(
	account: Account,
	client: BackgroundClient,
	wanted: Wanted,
	maxAgeMs: number,
): Promise<Right> {
	let listed = await account.webhooks(client, maxAgeMs);
	if (listed === 'forbidden') return { ...(await makeRightUnseen(client, wanted)), listed: [] };
	const isHidden = (webhook: Webhook) => account.hidesSecretOf(webhook);
	if (stateOf(listed, wanted, isHidden).isRight) return asItIs(listed, wanted);

	// It may have been read for another trigger, before this one was made right.
	account.forgetWebhooks();
	listed = await account.webhooks(client, 0);
	if (listed === 'forbidden' || stateOf(listed, wanted, isHidden).isRight)
		return asItIs(listed === 'forbidden' ? [] : listed, wanted);
	account.forgetWebhooks();

	const { kept, surplus } = stateOf(listed, wanted, isHidden);
	for (const webhook of surplus) await remove(client, webhook);
	const { formId, url } = wanted.registration;
	const secret = wanted.secret ?? kept?.secret ?? newSecret();
	if (kept !== undefined) {
		const reply = await replaceWebhook(client, kept.id, { formId, url, secret }, kept.httpHeaders);
		if (reply.status !== 404) {
			if (!isSuccess(reply)) throw refusal(reply, url);
			account.gaveSecretTo(kept);
			return { id: kept.id, webhook: kept, mended: kept.isEnabled ? 'changed' : 'off', listed };
		}
	}
	const id = await make(account, client, { formId, url, secret }, wanted.settledUntil);
	return { id, webhook: undefined, mended: 'missing', listed };
}

interface State {
	kept: Webhook | undefined;
	surplus: Webhook[];
	isRight: boolean;
}

function stateOf(
	listed: readonly Webhook[],
	{ registration, secret, webhookId }: Wanted,
	isHidden: (webhook: Webhook) => boolean = () => true,
): State {
	const { url, formId } = registration;
	const sibling = siblingAddress(url);
	const ours = listed.filter((webhook) => isSameAddress(webhook.url, url) || isSameAddress(webhook.url, sibling));
	const rank = (webhook: Webhook): number =>
		(isSameAddress(webhook.url, url) ? 8 : 0) +
		(webhook.secret === secret ? 4 : 0) +
		(webhook.id === webhookId ? 2 : 0) +
		(webhook.isEnabled ? 1 : 0);
	const [kept, ...surplus] = ours.sort((one, other) => rank(other) - rank(one));
	const isRight =
		kept !== undefined &&
		surplus.length === 0 &&
		kept.isEnabled &&
		kept.formId === formId &&
		isSameAddress(kept.url, url) &&
		// A gateway may hide the secret; where the seal does not open, Tally's word counts.
		(secret === undefined || kept.secret === secret || (kept.secret === null && isHidden(kept)));
	return { kept, surplus, isRight };
}

function asItIs(listed: readonly Webhook[], wanted: Wanted): Right {
	const { kept } = stateOf(listed, wanted);
	return { id: kept?.id ?? wanted.webhookId ?? '', webhook: kept, listed };
}

/** Where the list may not be read, the webhook is made right by its ID, or made anew. */
async function makeRightUnseen(
	client: BackgroundClient,
	{ registration, secret, webhookId, settledUntil }: Wanted,
): Promise<Omit<Right, 'listed'>> {
	const { formId, url } = registration;
	if (secret === undefined) {
		throw new ItemError(
			'the API key of the credential was replaced, and the list of webhooks may not be read with it',
			'Publish the workflow again.',
		);
	}
	if (webhookId !== undefined) {
		const reply = await replaceWebhook(client, webhookId, { formId, url, secret });
		if (isSuccess(reply)) return { id: webhookId, webhook: undefined };
		if (reply.status !== 404) throw refusal(reply, url);
	}
	const id = await make(undefined, client, { formId, url, secret }, settledUntil);
	return { id, webhook: undefined, mended: 'missing' };
}

/** @throws ItemError if there is none afterwards, as far as can be seen */
async function make(
	account: Account | undefined,
	client: BackgroundClient,
	wanted: WantedWebhook,
	settledUntil: number,
): Promise<string> {
	const { url, formId } = wanted;
	if (isPrivateAddress(url) && !isPrivateAddress(await baseUrlOf(client.context))) {
		throw new ItemError(
			`Tally can't reach this n8n at ${url}`,
			"Set n8n's environment variable WEBHOOK_URL (N8N_WEBHOOK_URL in newer n8n) to its public address, and restart n8n.",
		);
	}
	const reply = await postWebhook(client, wanted, settledUntil === 0 ? undefined : withSettled(null, settledUntil));
	const id = isSuccess(reply) && isRecord(reply.body) ? reply.body.id : undefined;
	if (isId(id)) return id;
	const mayHaveWorked = isSuccess(reply) || reply.status === 0 || reply.status >= 500;
	const listed = mayHaveWorked && account !== undefined ? await account.webhooks(client, 0) : 'forbidden';
	const made =
		listed === 'forbidden' ? undefined : listed.find((one) => isSameAddress(one.url, url) && one.formId === formId);
	if (made === undefined) throw refusal(reply, url);
	return made.id;
}

/** What is not the key's to remove does no harm: its deliveries are refused. */
async function remove(client: BackgroundClient, webhook: Webhook): Promise<void> {
	const { isGone, reply } = await deleteWebhook(client, webhook.id);
	if (!isGone && reply.status !== 401 && reply.status !== 403) throw refusal(reply, webhook.url);
}

function refusal(reply: TallyReply, url: string): ItemError {
	const { message, description } = explainRefusal(reply);
	return refusalError(reply, { message: `the webhook to ${url} could not be made right: ${message}`, description });
}
