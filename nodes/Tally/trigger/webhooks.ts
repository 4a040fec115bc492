import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { filledText } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
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

/** The ends of a trigger's two addresses: for each way to acknowledge. */
export const PATHS = { default: 'webhook', setup: 'finished' } as const;

/**
 * The other address of the same trigger.
 *
 *     'https://n8n.example.com/webhook/1b9d/webhook' → 'https://n8n.example.com/webhook/1b9d/finished'
 */
export function siblingAddress(url: string): string {
	const { default: received, setup: finished } = PATHS;
	if (url.endsWith(`/${finished}`)) return `${url.slice(0, -finished.length)}${received}`;
	return url.endsWith(`/${received}`) ? `${url.slice(0, -received.length)}${finished}` : url;
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
export async function listWebhooks(client: TallyClient): Promise<Webhook[]> {
	return (await readWebhooks(client, { isForbiddenNone: true })).flatMap(readWebhook);
}

/**
 * The same, where it makes a difference whether there is none, or nobody may know.
 *
 * @throws ItemError if the key is bad, or if Tally can't answer now
 */
export async function listEveryWebhook(client: TallyClient): Promise<Webhook[] | 'forbidden'> {
	const listed = await readWebhooks(client).catch((error: unknown) => {
		if (error instanceof ItemError && (error.code === 403 || error.code === 404)) return 'forbidden' as const;
		throw error;
	});
	return listed === 'forbidden' ? listed : listed.flatMap(readWebhook);
}

/**
 * Makes a webhook; whether that worked is for the caller to see.
 *
 * @param httpHeaders that Tally is to add to its deliveries
 */
export async function postWebhook(
	client: TallyClient,
	{ formId, url, secret }: WantedWebhook,
	httpHeaders?: IDataObject[],
): Promise<TallyReply> {
	return await client.ask({
		method: 'POST',
		path: '/webhooks',
		expects: { member: 'id' },
		body: {
			formId,
			url,
			eventTypes: EVENT_TYPES,
			signingSecret: secret,
			...(httpHeaders === undefined ? {} : { httpHeaders }),
		},
	});
}

/**
 * Replaces a webhook whole, as Tally's PATCH does, and thereby switches it on.
 *
 * @param httpHeaders the headers it has, which would be lost otherwise; none given if unknown
 */
export async function replaceWebhook(
	client: TallyClient,
	id: string,
	{ formId, url, secret }: WantedWebhook,
	httpHeaders?: IDataObject[] | null,
): Promise<TallyReply> {
	return await client.ask({
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
export async function deleteWebhook(client: TallyClient, id: string): Promise<{ isGone: boolean; reply: TallyReply }> {
	const reply = await client.ask({
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
