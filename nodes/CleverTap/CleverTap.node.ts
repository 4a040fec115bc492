import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { describe } from '../shared/describe';
import { dispatch } from '../shared/dispatch';
import { searchCampaigns } from './listSearch/campaigns';
import { getProfileProperties } from './listSearch/profileProperties';
import { searchEvents, searchProfileProperties } from './listSearch/schemaNames';
import { resources } from './resources/resources';

/**
 * CleverTap's user profiles and events. Programmatic, not declarative: a thousand items share one
 * request, and each gets its own verdict out of the one reply.
 */
export class CleverTap implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CleverTap',
		name: 'cleverTap',
		icon: { light: 'file:clevertap.svg', dark: 'file:clevertap.dark.svg' },
		group: ['output'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send, read and look after user profiles and events in CleverTap, and trigger its campaigns',
		// n8n puts something behind the addresses in codex files, which no anchor survives.
		documentationUrl: 'https://github.com/tally-clevertap/n8n-nodes-tally-clevertap/blob/main/docs/usage.md#clevertap',
		defaults: { name: 'CleverTap' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'cleverTapAccountApi', required: true }],
		properties: describe(resources, 'profile'),
	};

	methods = {
		listSearch: { searchCampaigns, searchEvents, searchProfileProperties },
		resourceMapping: { getProfileProperties },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await dispatch(this, resources);
	}
}
