import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { filledText, isId } from '../narrowing';
import { askTally, isSuccess, refusalError, type TallyReply } from '../transport/api';
import { readAllPages, readPage, type Page } from '../transport/pages';

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

/** What a webhook of ours must be. */
export interface WantedWebhook {
	formId: string;
	url: string;
	secret: string;
}

/** The most that Tally gives at once (Tally docs, `GET /webhooks`). */
const PAGE_SIZE = 100;

/** The only kind of event there is (Tally docs, webhooks). */
const SUBMISSIONS = ['FORM_RESPONSE'];

/**
 * Every webhook that the key can see, over all pages.
 *
 * Tally answers 401 until an account's first webhook was made (observed live 2026-08), and
 * gateways may forbid the list: both count as none, the former once the key has proved good.
 *
 * @throws NodeApiError if the key is bad, or if Tally can't answer now
 */
export async function listWebhooks(context: IHookFunctions | IWebhookFunctions): Promise<Webhook[]> {
	const readOne = async (page: number): Promise<Page> => {
		const reply = await askTally(context, {
			method: 'GET',
			path: '/webhooks',
			query: { page, limit: PAGE_SIZE },
		});
		if (isSuccess(reply)) return readPage(reply.body, 'webhooks');
		if (reply.status === 401) await assertKeyIsGood(context);
		else if (reply.status !== 403 && reply.status !== 404) throw refusalError(context, reply);
		return { items: [], hasMore: false };
	};
	return (await readAllPages(readOne)).flatMap(readWebhook);
}

/** @throws NodeApiError if Tally does not know the key, or can't answer now */
export async function assertKeyIsGood(context: IHookFunctions | IWebhookFunctions): Promise<void> {
	const reply = await askTally(context, { method: 'GET', path: '/users/me' });
	if (!isSuccess(reply)) throw refusalError(context, reply);
}

/** Makes a webhook; whether that worked is for the caller to see. */
export async function postWebhook(
	context: IHookFunctions,
	{ formId, url, secret }: WantedWebhook,
): Promise<TallyReply> {
	return await askTally(context, {
		method: 'POST',
		path: '/webhooks',
		body: { formId, url, eventTypes: SUBMISSIONS, signingSecret: secret },
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
	return await askTally(context, {
		method: 'PATCH',
		path: `/webhooks/${encodeURIComponent(id)}`,
		body: {
			formId,
			url,
			eventTypes: SUBMISSIONS,
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
	const reply = await askTally(context, {
		method: 'DELETE',
		path: `/webhooks/${encodeURIComponent(id)}`,
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
