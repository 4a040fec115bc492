import type { Account } from './account';
import { TallyRefusal, notFound } from './errors';
import { inOrder } from './habits';
import { entityId } from './ids';
import { pageOf } from './paging';
import type { Route } from './route';
import type { HttpHeader, Webhook } from './webhook';

/**
 * Webhooks, their logs and what is sent again.
 *
 * @param checkAddress throws for an address that Tally does not take
 */
export function webhookRoutes(route: Route, checkAddress: (url: string) => void): void {
	route('GET', '/webhooks', ({ account, query }) => {
		if (!account.hadWebhook) throw new TallyRefusal(401, 'Unauthorized', 'UNAUTHORIZED');
		const { items, page, limit, total, hasMore } = pageOf(account.webhooks, query, 25);
		return { status: 200, body: { webhooks: items, page, limit, hasMore, totalCount: total } };
	});

	route('POST', '/webhooks', ({ account, body }) => {
		const given = body as Pick<Webhook, 'formId' | 'url' | 'eventTypes'> & Partial<Webhook>;
		checkAddress(given.url);
		if (!account.form(given.formId)) throw notFound('Form');
		const now = account.now().toISOString();
		const webhook: Webhook = {
			id: entityId(),
			formId: given.formId,
			url: given.url,
			signingSecret: given.signingSecret ?? null,
			httpHeaders: headersOf(given.httpHeaders),
			eventTypes: given.eventTypes,
			externalSubscriber: given.externalSubscriber ?? null,
			isEnabled: true,
			lastSyncedAt: null,
			createdAt: now,
			updatedAt: now,
		};
		account.webhooks.push(webhook);
		account.hadWebhook = true;
		account.changed();
		const { id, url, eventTypes, isEnabled, createdAt } = webhook;
		return { status: 201, body: { id, url, eventTypes, isEnabled, createdAt } };
	});

	route('PATCH', '/webhooks/:webhookId', ({ account, params, body }) => {
		const webhook = existingWebhook(account, params);
		const given = body as Pick<Webhook, 'formId' | 'url' | 'eventTypes' | 'isEnabled'> & Partial<Webhook>;
		checkAddress(given.url);
		if (!account.form(given.formId)) throw notFound('Form');
		// A full replacement: a secret or headers that are left out are gone (Tally API reference).
		Object.assign(webhook, {
			formId: given.formId,
			url: given.url,
			eventTypes: given.eventTypes,
			isEnabled: given.isEnabled,
			signingSecret: given.signingSecret ?? null,
			httpHeaders: headersOf(given.httpHeaders),
			updatedAt: account.now().toISOString(),
		});
		account.changed();
		return { status: 204 };
	});

	route('DELETE', '/webhooks/:webhookId', ({ account, params }) => {
		account.removeWebhook(existingWebhook(account, params).id);
		return { status: 204 };
	});

	route('GET', '/webhooks/:webhookId/events', ({ account, params, query }) => {
		const webhook = existingWebhook(account, params);
		const log = account.deliveries.log().filter(({ webhookId }) => webhookId === webhook.id);
		const { items, page, limit, total, hasMore } = pageOf(inOrder(log, account.habits.orderOfDeliveries), query, 25);
		return {
			status: 200,
			body: { events: items, page, limit, hasMore, totalNumberOfEvents: total },
		};
	});

	route('POST', '/webhooks/:webhookId/events/:eventId', ({ account, params }) => {
		const { id } = existingWebhook(account, params);
		const { eventId = '' } = params;
		const entry = account.deliveries.entry(id, eventId);
		if (!entry) throw notFound('Event');
		if (entry.deliveryStatus === 'SUCCEEDED' && !account.habits.repeatsSucceeded) {
			throw new TallyRefusal(400, 'Event was delivered already', 'VALIDATION');
		}
		account.deliveries.redeliver(eventId);
		return { status: 204 };
	});
}

function existingWebhook(account: Account, params: Record<string, string>): Webhook {
	const webhook = account.webhook(params.webhookId ?? '');
	if (!webhook) throw notFound('Webhook');
	return webhook;
}

function headersOf(given: HttpHeader[] | null | undefined): HttpHeader[] | null {
	return given ? given.map(({ name, value }) => ({ name, value })) : null;
}
