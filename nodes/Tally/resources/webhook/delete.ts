import { webhookParameter } from '../../fields/workspace';
import type { Operation } from '../../operation';

export const deleteWebhook: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete webhook',
	description: 'Delete a webhook, with its log of deliveries. This can’t be undone.',
	fields: [webhookParameter],

	async run(input) {
		const webhookId = input.id('webhookId', 'Webhook');
		const path = `/webhooks/${webhookId}`;
		await input.line.call({ method: 'DELETE', path, field: 'Webhook' });
		return [{ deleted: true, webhookId }];
	},
};
