import type { IDataObject } from 'n8n-workflow';

import { formParameter } from '../../forms/parameter';
import { isRecord, recordsIn } from '../../narrowing';
import type { Operation } from '../../operation';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many form blocks',
	description:
		'Get all blocks of a form, in its order. Needs Tally Pro; Form: Get outputs the same blocks on every plan.',
	fields: [formParameter],

	async run(input) {
		const body = await input.line.call({
			method: 'GET',
			path: `/forms/${input.form()}/blocks`,
			field: 'Form',
			plan: 'Pro',
		});
		return recordsIn(isRecord(body) ? body.blocks : body) as IDataObject[];
	},
};
