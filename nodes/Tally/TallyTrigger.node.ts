import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { withNodeErrors } from '../shared/nodeError';
import { formParameter } from './form/parameter';
import { searchForms } from './listSearch/listSearch';
import { isRegistered, register, unregister } from './trigger/lifecycle';
import { optionsParameter } from './trigger/options';
import { receiveDelivery } from './trigger/receive';

export class TallyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Tally Trigger',
		name: 'tallyTrigger',
		icon: { light: 'file:tally.svg', dark: 'file:tally.dark.svg' },
		group: ['trigger'],
		// Not 1: for that n8n evaluates an option of its Webhook node's first version at every delivery.
		version: 1.1,
		subtitle: '={{ $parameter.toJSON().formId.cachedResultName || $parameter.formId }}',
		description: 'Starts the workflow when someone submits a Tally form',
		eventTriggerDescription: 'Open the form as a respondent would, fill it in and submit it',
		activationMessage: 'From now on every submission of the form starts this workflow.',
		triggerPanel: {
			header: 'Try it with the newest submission',
			executionsHelp: {
				inactive:
					'<b>To try it out</b>, click the button: the newest submission of the form appears here. If there is none yet, fill in the published form and send it; a draft or a preview sends nothing.<br /><br /><b>To run it for every submission</b>, publish the workflow.<br /><br />Tally must be able to reach n8n from the internet. If n8n runs on your own machine, set its environment variable WEBHOOK_URL to a public address first.',
				active:
					'<b>To try it out</b>, click the button: the newest submission of the form appears here. A form that you fill in meanwhile runs the published workflow too.<br /><br /><b>Every submission</b> starts the published workflow. Those runs are not shown here but in the <a data-key="executions">executions list</a>.',
			},
			activationHint:
				'Is there no submission yet? Click the button, then fill in the form and send it. Once the workflow is published, every submission starts it without this button.',
		},
		defaults: { name: 'Tally Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'tallyAccountApi', required: true }],
		// An address for each way to acknowledge; Tally is told that of the chosen one. To find the way in
		// the options, n8n would make an isolate for expressions at every delivery. Nobody has to copy them,
		// and Tally keeps the answers in its delivery log: nothing of the run may be in them.
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				ndvHideUrl: true,
				responseMode: 'onReceived',
				responseData: 'noData',
			},
			{
				// The only other name that n8n knows.
				name: 'setup',
				httpMethod: 'POST',
				path: 'finished',
				ndvHideUrl: true,
				responseMode: 'lastNode',
				responseData: 'noData',
			},
		],
		properties: [formParameter, optionsParameter],
	};

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
