import type { IDataObject } from 'n8n-workflow';

import { readObjects } from '../../fields/json';
import { formParameter } from '../../forms/parameter';
import { isRecord } from '../../narrowing';
import type { Operation } from '../../operation';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update form blocks',
	description:
		'Replace all blocks of a form. What is left out is removed, and with it its question. This can’t be undone. Needs Tally Pro.',
	fields: [
		formParameter,
		{
			displayName: 'Blocks (JSON)',
			name: 'blocks',
			type: 'json',
			default: '[]',
			required: true,
			description: 'All blocks of the form, as Get Many outputs them',
		},
	],

	async run(input) {
		const formId = input.form();
		const blocks = readObjects(input, input.value('blocks'), 'Blocks (JSON)') as IDataObject[];
		const body = await input.line.call({
			method: 'PATCH',
			path: `/forms/${formId}/blocks`,
			body: { blocks },
			field: 'Blocks (JSON)',
			plan: 'Pro',
		});
		// What Tally answers is not documented.
		return [{ updated: true, formId, ...(isRecord(body) ? (body as IDataObject) : {}) }];
	},
};
