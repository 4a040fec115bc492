import type { IDataObject } from 'n8n-workflow';

import { limitFields, simplifyField } from '../../fields/results';
import { formParameter } from '../../forms/parameter';
import { readQuestions } from '../../forms/questions';
import { isRecord, recordsIn } from '../../narrowing';
import type { Operation } from '../../operation';
import { formShape } from '../../run/form';

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

	async run(input) {
		const formId = input.form();
		const { includeDeleted } = input.collection('filters');
		const limit = input.limit();
		const body = await input.line.call({
			method: 'GET',
			path: `/forms/${formId}/questions`,
			field: 'Form',
		});
		const list = isRecord(body) ? body.questions : body;
		if (!input.isOn('simplify')) {
			return recordsIn(list)
				.filter(({ isDeleted }) => includeDeleted === true || isDeleted !== true)
				.slice(0, limit) as IDataObject[];
		}
		return readQuestions(list, await formShape(input.line, formId))
			.filter(({ isDeleted }) => includeDeleted === true || !isDeleted)
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
	},
};
