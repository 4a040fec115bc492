import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../../shared/operation';
import { entriesOf } from '../../../shared/parameters/itemParameters';
import { limitFields } from '../../../shared/parameters/resultFields';
import { requiredYesNo } from '../../../shared/yesNo';
import { readList } from '../../transport/pages';
import { forEachItem, requiredId } from '../common/item';
import { workspacesFields } from '../common/workspace';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many forms',
	description: 'Get many forms, of all workspaces or of some',
	fields: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			description: 'Which forms to get',
			options: [
				{
					displayName: 'Include Trash',
					name: 'includeTrash',
					type: 'boolean',
					default: false,
					description: 'Whether to output also forms that are in the trash',
				},
				...workspacesFields('Only forms of these workspaces', false),
			],
		},
	],

	execute: forEachItem(async (item) => {
		const { includeTrash, workspaceIds } = item.collection('filters');
		const hasTrash = requiredYesNo(includeTrash, 'Include Trash');
		const wanted = entriesOf(workspaceIds).map((id) => requiredId(id, 'Workspace IDs'));
		const query = wanted.map((id) => `workspaceIds=${id}`).join('&');
		const forms = await readList(
			item.client,
			{
				request: {
					method: 'GET',
					path: query === '' ? '/forms' : `/forms?${query}`,
					chosen: wanted.length === 0 ? {} : { 'Workspace IDs': wanted.join(', ') },
				},
				name: 'items',
				maxAtOnce: 500,
			},
			{
				limit: item.limit(),
				isWanted: hasTrash ? undefined : ({ status }) => status !== 'DELETED',
			},
		);
		return forms as IDataObject[];
	}, 'No form was found. Tally lists those that the API key can see; those in the trash come with the filter "Include Trash".'),
};
