import type { IDataObject } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../../shared/guards';
import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { forEachItem } from '../common/item';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many form blocks',
	description:
		'Get all blocks of a form, in its order. Needs Tally Pro; Form: Get outputs the same blocks on every plan.',
	fields: [formParameter],

	execute: forEachItem(async (item) => {
		const formId = item.form();
		const body = await item.client.call({
			method: 'GET',
			path: `/forms/${formId}/blocks`,
			expects: { list: 'blocks' },
			chosen: { Form: formId },
			plan: 'Pro',
		});
		return recordsIn(isRecord(body) ? body.blocks : body) as IDataObject[];
	}, 'The form has no blocks.'),
};
