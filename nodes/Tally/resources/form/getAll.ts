import type { IDataObject } from 'n8n-workflow';

import { limitFields } from '../../fields/results';
import type { Operation } from '../../operation';
import { entriesOf } from '../../run/input';
import { readList } from '../../transport/lists';

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
				{
					displayName: 'Workspace IDs',
					name: 'workspaceIds',
					type: 'string',
					default: '',
					placeholder: 'e.g. kb3o5R, wLd0aB',
					description: 'Only forms of these workspaces, separated by commas',
				},
			],
		},
	],

	async run(input) {
		const { includeTrash, workspaceIds } = input.collection('filters');
		const wanted = entriesOf(workspaceIds).map((id) => input.checkedId(id, 'Workspace IDs'));
		const path = wanted.map((id, index) => `${index === 0 ? '?' : '&'}workspaceIds=${id}`).join('');
		const forms = await readList(
			input.line,
			{
				request: { method: 'GET', path: `/forms${path}`, field: 'Workspace IDs' },
				name: 'items',
				mostAtOnce: 500,
			},
			{
				limit: input.limit(),
				...(includeTrash === true ? {} : { isWanted: ({ status }) => status !== 'DELETED' }),
			},
		);
		return forms as IDataObject[];
	},
};
