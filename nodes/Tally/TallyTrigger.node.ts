import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { formParameter } from './forms/parameter';
import { searchForms } from './forms/search';
import { isRegistered, register, unregister } from './trigger/lifecycle';
import { optionsParameter } from './trigger/options';
import { receiveDelivery } from './trigger/receive';

export class TallyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Tally Trigger',
		name: 'tallyTrigger',
		icon: { light: 'file:tally.svg', dark: 'file:tally.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter.toJSON().formId.cachedResultName || $parameter.formId }}',
		description: 'Starts the workflow when someone submits a Tally form',
		defaults: { name: 'Tally Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'tallyAccountApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode:
					'={{ $parameter["options"]["acknowledge"] === "finished" ? "lastNode" : "onReceived" }}',
				// Tally keeps the answer in its delivery log: nothing of the run may be in it.
				responseData: 'noData',
			},
		],
		properties: [formParameter, optionsParameter],
	};

	methods = { listSearch: { searchForms } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this);
	}
}
