import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { describe } from '../shared/describe';
import { dispatch } from '../shared/dispatch';
import { searchHiddenFields, searchQuestions, searchSubmissions } from './listSearch/inForm';
import { searchFolders } from './listSearch/inWorkspace';
import { getWorkspaces, searchForms, searchWebhooks, searchWorkspaces } from './listSearch/listSearch';
import { searchInvites, searchUsers } from './listSearch/people';
import { resources } from './resources/resources';

/**
 * Tally's API. Programmatic, not declarative: lists are read while they grow, requests keep a pace
 * over the whole run, and a submission takes its shape from two answers.
 */
export class Tally implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Tally',
		name: 'tally',
		icon: { light: 'file:tally.svg', dark: 'file:tally.dark.svg' },
		group: ['input'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read and manage Tally forms, submissions, webhooks and workspaces',
		// n8n puts something behind the addresses in codex files, which no anchor survives.
		documentationUrl: 'https://github.com/tally-clevertap/n8n-nodes-tally-clevertap/blob/main/docs/usage.md#tally',
		defaults: { name: 'Tally' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'tallyAccountApi', required: true }],
		properties: describe(resources, 'submission'),
	};

	methods = {
		listSearch: {
			searchFolders,
			searchForms,
			searchHiddenFields,
			searchInvites,
			searchQuestions,
			searchSubmissions,
			searchUsers,
			searchWebhooks,
			searchWorkspaces,
		},
		loadOptions: { getWorkspaces },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await dispatch(this, resources);
	}
}
