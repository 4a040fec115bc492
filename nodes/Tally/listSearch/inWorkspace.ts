import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { isBlank, recordsIn } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { withNodeErrors } from '../../shared/nodeError';
import { TallyClient } from '../transport/client';
import { isId } from '../transport/ids';
import { fieldValue, literal, matching, nameOrId } from './choices';

/** Where the workspace is chosen: for folders, and where a form is created. */
const WORKSPACE_FIELDS = ['workspaceId', 'additionalFields.workspaceId'];

/** The folders of the workspace that is chosen. */
export async function searchFolders(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async (context) => {
		const workspaceId = workspaceIn(context);
		const path = `/workspaces/${workspaceId}/folders`;
		const folders = recordsIn(await new TallyClient(context).call({ method: 'GET', path, expects: 'list' }));
		const choices = folders.flatMap(({ id, name }): INodeListSearchItems[] =>
			isId(id) ? [{ name: literal(nameOrId(name, id)), value: id }] : [],
		);
		return { results: matching(choices, filter) };
	});
}

function workspaceIn(context: ILoadOptionsFunctions): string {
	const chosen = WORKSPACE_FIELDS.map((name) => fieldValue(context, name)).find((value) => !isBlank(value));
	if (isId(chosen)) return chosen;
	throw new ItemError(
		chosen === undefined ? 'No workspace is chosen' : 'The value of "Workspace" is not an ID',
		'Choose a workspace first: this list has its folders.',
	);
}
