import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { filledText } from '../../shared/guards';
import { TallyClient } from '../transport/client';
import { isId } from '../transport/ids';
import { isSuccess, type TallyReply } from '../transport/reply';
import { EVENT_TYPES, readWebhooks } from '../transport/webhooks';

/** A webhook as Tally lists it, as far as the trigger needs it. */
export interface Webhook {
	id: string;
	formId: string;
	url: string;
	/** `null` if it has none, or if a gateway hides it. */
	secret: string | null;
	isEnabled: boolean;
	/** Headers that Tally adds to its deliveries; ours has none, unless someone added one. */
	httpHeaders: IDataObject[] | null;
}

const clients = new WeakMap<object, TallyClient>();

/** The client of one call of n8n's: all that it asks Tally must be over in one minute together. */
export function clientOf(context: IHookFunctions | IWebhookFunctions): TallyClient {
	const client = clients.get(context) ?? new TallyClient(context);
	clients.set(context, client);
	return client;
}

/** What a webhook of ours must be. */
export interface WantedWebhook {
	formId: string;
	url: string;
	secret: string;
}

/**
 * Every webhook that the key can see, over all pages; none where a gateway forbids the list.
 *
 * @throws ItemError if the key is bad, or if Tally can't answer now
 */
export async function listWebhooks(context: IHookFunctions | IWebhookFunctions): Promise<Webhook[]> {
	return (await readWebhooks(clientOf(context), { isForbiddenNone: true })).flatMap(readWebhook);
}

/** Makes a webhook; whether that worked is for the caller to see. */
export async function postWebhook(
	context: IHookFunctions,
	{ formId, url, secret }: WantedWebhook,
): Promise<TallyReply> {
	return await clientOf(context).ask({
		method: 'POST',
		path: '/webhooks',
		expects: { member: 'id' },
		body: { formId, url, eventTypes: EVENT_TYPES, signingSecret: secret },
	});
}

/**
 * Replaces a webhook whole, as Tally's PATCH does, and thereby switches it on.
 *
 * @param httpHeaders the headers it has, which would be lost otherwise; none given if unknown
 */
export async function replaceWebhook(
	context: IHookFunctions,
	id: string,
	{ formId, url, secret }: WantedWebhook,
	httpHeaders?: IDataObject[] | null,
): Promise<TallyReply> {
	return await clientOf(context).ask({
		method: 'PATCH',
		path: `/webhooks/${encodeURIComponent(id)}`,
		expects: 'nothing',
		body: {
			formId,
			url,
			eventTypes: EVENT_TYPES,
			isEnabled: true,
			signingSecret: secret,
			...(httpHeaders === undefined ? {} : { httpHeaders }),
		},
	});
}

/** Removes a webhook; one that is gone already counts as removed. */
export async function deleteWebhook(
	context: IHookFunctions,
	id: string,
): Promise<{ isGone: boolean; reply: TallyReply }> {
	const reply = await clientOf(context).ask({
		method: 'DELETE',
		path: `/webhooks/${encodeURIComponent(id)}`,
		expects: 'nothing',
	});
	return { isGone: isSuccess(reply) || reply.status === 404, reply };
}

function readWebhook(webhook: Record<string, unknown>): Webhook[] {
	const { id } = webhook;
	const formId = filledText(webhook.formId);
	const url = filledText(webhook.url);
	if (!isId(id) || formId === undefined || url === undefined) return [];
	return [
		{
			id,
			formId,
			url,
			secret: filledText(webhook.signingSecret) ?? null,
			isEnabled: webhook.isEnabled === true,
			httpHeaders: Array.isArray(webhook.httpHeaders) ? (webhook.httpHeaders as IDataObject[]) : null,
		},
	];
}
