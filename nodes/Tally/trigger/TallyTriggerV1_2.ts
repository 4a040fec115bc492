import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeBaseDescription,
	INodeTypeDescription,
	ITriggerFunctions,
	ITriggerResponse,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { withNodeErrors } from '../../shared/nodeError';
import { formParameter } from '../form/parameter';
import { searchForms } from '../listSearch/listSearch';
import { commonDescription, triggerPanelWith, webhooksWith } from './description';
import { believedOrRegistered, registerOrLater, stopAndUnregister } from './keptAlive';
import { abandonedNotice, eventsParameter, listenByParameter } from './listening';
import { optionsWithChecks } from './options';
import { receiveKnowing } from './receive';
import { TAKEN_STATUS } from './recovery/logged';
import { startChecks } from './recovery/trigger';

/**
 * Version 1.2: the webhook is looked after, and what was missed is brought. n8n goes by the class, not by the version:
 * one with `trigger()` it publishes anew at every start.
 */
export class TallyTriggerV1_2 implements INodeType {
	description: INodeTypeDescription;

	constructor(description: INodeTypeBaseDescription) {
		this.description = {
			...description,
			...commonDescription,
			triggerPanel: triggerPanelWith(
				'By webhook, Tally must be able to reach n8n from the internet. If n8n runs on your own machine, set <b>Listen By</b> to Polling, or n8n’s environment variable WEBHOOK_URL (N8N_WEBHOOK_URL in newer n8n) to a public address.',
			),
			version: 1.2,
			webhooks: webhooksWith(TAKEN_STATUS),
			properties: [formParameter, eventsParameter, abandonedNotice, listenByParameter, optionsWithChecks],
		};
	}

	methods = { listSearch: { searchForms } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await withNodeErrors(this, believedOrRegistered);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await withNodeErrors(this, registerOrLater);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await withNodeErrors(this, stopAndUnregister);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveKnowing(this);
	}

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await startChecks(this);
	}

	/** Without it n8n would call `trigger` for each run, and take its result in place of the submission. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await Promise.resolve([this.getInputData()]);
	}
}
