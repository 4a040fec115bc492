import type { Operation } from '../../../shared/operation';
import { forEachItem } from '../common/item';
import { webhookParameter } from './fields';

export const deleteWebhook: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete webhook',
	description: 'Delete a webhook, with its log of deliveries. This can’t be undone.',
	fields: [webhookParameter],

	execute: forEachItem(async (item) => {
		const webhookId = item.id('webhookId', 'Webhook');
		const path = `/webhooks/${webhookId}`;
		await item.client.call({ method: 'DELETE', path, expects: 'nothing', chosen: { Webhook: webhookId } });
		return [{ deleted: true, webhookId }];
	}),
};
