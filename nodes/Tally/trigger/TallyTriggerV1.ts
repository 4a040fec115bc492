import type {
	IHookFunctions,
	INodeType,
	INodeTypeBaseDescription,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { withNodeErrors } from '../../shared/nodeError';
import { formParameter } from '../form/parameter';
import { searchForms } from '../listSearch/listSearch';
import { commonDescription, triggerPanelWith, webhooksWith } from './description';
import { isRegistered, register, unregister } from './lifecycle';
import { optionsParameter } from './options';
import { receiveDelivery } from './receive';

/** Versions 1 and 1.1: a webhook, which is made when the workflow is published, and not looked after. */
export class TallyTriggerV1 implements INodeType {
	description: INodeTypeDescription;

	constructor(description: INodeTypeBaseDescription) {
		this.description = {
			...description,
			...commonDescription,
			triggerPanel: triggerPanelWith(
				'Tally must be able to reach n8n from the internet. If n8n runs on your own machine, set its environment variable WEBHOOK_URL (N8N_WEBHOOK_URL in newer n8n) to a public address first.',
			),
			// n8n evaluates an option of its Webhook node's first version at every delivery of a version 1.
			version: [1, 1.1],
			webhooks: webhooksWith(),
			properties: [formParameter, optionsParameter],
		};
	}

	methods = { listSearch: { searchForms } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await withNodeErrors(this, isRegistered);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await withNodeErrors(this, register);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await withNodeErrors(this, unregister);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this);
	}
}
