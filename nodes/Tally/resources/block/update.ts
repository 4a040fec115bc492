import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../../shared/guards';
import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { forEachItem } from '../common/item';
import { readObjects } from '../common/json';

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

	execute: forEachItem(async (item) => {
		const formId = item.form();
		const blocks = readObjects(item.value('blocks'), 'Blocks (JSON)') as IDataObject[];
		const body = await item.client.call({
			method: 'PATCH',
			path: `/forms/${formId}/blocks`,
			expects: 'anything',
			body: { blocks },
			chosen: { Form: formId },
			bodyField: 'Blocks (JSON)',
			plan: 'Pro',
		});
		// What Tally answers is not documented.
		return [{ updated: true, formId, ...(isRecord(body) ? (body as IDataObject) : {}) }];
	}),
};
