import type { INodeProperties } from 'n8n-workflow';

import { choiceParameter } from './choice';

const WORKSPACE = { searchListMethod: 'searchWorkspaces', what: 'a workspace', example: 'kb3o5R' };

export const workspaceParameter: INodeProperties = choiceParameter({
	...WORKSPACE,
	displayName: 'Workspace',
	name: 'workspaceId',
});

/** The same as an option. */
export const workspaceOption: INodeProperties = choiceParameter({
	...WORKSPACE,
	displayName: 'Workspace',
	name: 'workspaceId',
	description: 'The workspace in which to create the form',
	required: false,
});

/**
 * Several workspaces: typed IDs in version 1, chosen from a list since then; both are read alike.
 *
 * @param description of what becomes of them
 */
export function workspacesFields(description: string, isRequired: boolean): INodeProperties[] {
	const required = isRequired ? { required: true } : {};
	return [
		{
			displayName: 'Workspace IDs',
			name: 'workspaceIds',
			type: 'string',
			default: '',
			...required,
			placeholder: 'e.g. kb3o5R, wLd0aB',
			description: `${description}, separated by commas`,
			displayOptions: { show: { '@version': [1] } },
		},
		{
			displayName: 'Workspace Names or IDs',
			name: 'workspaceIds',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getWorkspaces' },
			default: [],
			...required,
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			hint: description,
			displayOptions: { show: { '@version': [{ _cnd: { gte: 1.1 } }] } },
		},
	];
}
