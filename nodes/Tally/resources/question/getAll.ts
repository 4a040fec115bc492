import type { IDataObject } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../../shared/guards';
import type { Operation } from '../../../shared/operation';
import { limitFields, simplifyField } from '../../../shared/parameters/resultFields';
import { requiredYesNo } from '../../../shared/yesNo';
import { formParameter } from '../../form/parameter';
import { readQuestions } from '../../form/questions';
import { formShape } from '../common/formShape';
import { forEachItem } from '../common/item';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many questions',
	description: 'Get the questions of a form in its order, with their options, rows and columns',
	fields: [
		formParameter,
		...limitFields,
		simplifyField,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			description: 'Which questions to get',
			options: [
				{
					displayName: 'Include Deleted',
					name: 'includeDeleted',
					type: 'boolean',
					default: false,
					description: 'Whether to output also questions that were removed from the form but have old answers',
				},
			],
		},
	],

	execute: forEachItem(async (item) => {
		const formId = item.form();
		const hasDeleted = requiredYesNo(item.collection('filters').includeDeleted, 'Include Deleted');
		const isSimplified = item.isOn('simplify', 'Simplify');
		const limit = item.limit();
		const body = await item.client.call({
			method: 'GET',
			path: `/forms/${formId}/questions`,
			expects: { list: 'questions' },
			chosen: { Form: formId },
		});
		const list = isRecord(body) ? body.questions : body;
		if (!isSimplified) {
			return recordsIn(list)
				.filter(({ isDeleted }) => hasDeleted || isDeleted !== true)
				.slice(0, limit) as IDataObject[];
		}
		return readQuestions(list, await formShape(item.client, formId))
			.filter(({ isDeleted }) => hasDeleted || !isDeleted)
			.slice(0, limit)
			.map(({ id, type, title, isDeleted, options, rows, columns, fields, raw }) => ({
				id,
				key: `question_${id}`,
				type,
				title: title === '' ? null : title,
				formId,
				isDeleted,
				numberOfResponses: typeof raw.numberOfResponses === 'number' ? raw.numberOfResponses : null,
				...(options.length > 0 ? { options } : {}),
				...(rows.length > 0 ? { rows } : {}),
				...(columns.length > 0 ? { columns } : {}),
				...(fields.length > 0 ? { fields } : {}),
			}));
	}, 'Tally lists no question of this form. Questions that were removed come with the filter "Include Deleted".'),
};
