import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readMoment } from '../../fields/moment';
import { limitFields, simplifyField } from '../../fields/results';
import { readItemOptions } from '../../fields/itemOptions';
import { itemOptions } from '../../fields/submission';
import { formParameter } from '../../forms/parameter';
import { isRecord, recordsIn } from '../../narrowing';
import type { Operation } from '../../operation';
import { formShape } from '../../run/form';
import type { Input } from '../../run/input';
import { itemReader, rawFromRest } from '../../submission/fromRest';
import { readList } from '../../transport/lists';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which submissions to get',
	options: [
		{
			displayName: 'After Submission ID',
			name: 'afterId',
			type: 'string',
			default: '',
			placeholder: 'e.g. Z9Z97Go',
			description: 'Only submissions that came after this one, which is not among them',
		},
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			default: '',
			description: 'Only submissions made at this time or later',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			default: 'completed',
			description: 'Which submissions to get; without this filter only completed ones',
			options: [
				{ name: 'All', value: 'all', description: 'Completed and partial ones' },
				{ name: 'Completed', value: 'completed', description: 'The form was sent' },
				{
					name: 'Partial',
					value: 'partial',
					description: 'The form was begun and not sent. Tally keeps these on its Pro plan.',
				},
			],
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'dateTime',
			default: '',
			description: 'Only submissions made at this time or earlier',
		},
	],
};

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many submissions',
	description: 'Get many submissions of a form, in the shape in which the Tally Trigger outputs them',
	fields: [formParameter, ...limitFields, simplifyField, filters, itemOptions],

	async run(input) {
		const formId = input.form();
		const options = readItemOptions(input.collection('options'));
		const query = queryOf(input);
		const { afterId } = query;
		const questions = new Map<unknown, Record<string, unknown>>();
		const submissions = await readList(
			input.line,
			{
				request: { method: 'GET', path: `/forms/${formId}/submissions`, query, field: 'Form' },
				name: 'submissions',
				mostAtOnce: 500,
			},
			// Whether Tally counts from the submission or behind it is not documented.
			{
				limit: input.limit(),
				...(afterId === undefined ? {} : { isWanted: ({ id }) => id !== afterId }),
			},
			(page) => {
				if (!isRecord(page)) return;
				for (const question of recordsIn(page.questions)) questions.set(question.id, question);
			},
		);
		if (!input.isOn('simplify')) return submissions.map((found) => rawFromRest(found, options));
		if (submissions.length === 0) return [];
		const form = await formShape(input.line, formId);
		return submissions.map(itemReader([...questions.values()], formId, form, options));
	},
};

/** `filter` is always sent: what Tally does without is not documented. */
function queryOf(input: Input): IDataObject {
	const { afterId, from, status, to } = input.collection('filters');
	const startDate = readMoment(input, from, 'From');
	const endDate = readMoment(input, to, 'To');
	if (startDate !== undefined && endDate !== undefined && startDate > endDate) {
		throw input.wrong('"From" is later than "To"', 'Exchange the two dates.');
	}
	return {
		filter: status === 'all' || status === 'partial' ? status : 'completed',
		...(startDate === undefined ? {} : { startDate }),
		...(endDate === undefined ? {} : { endDate }),
		...(afterId === undefined ? {} : { afterId: input.checkedId(afterId, 'After Submission ID') }),
	};
}
