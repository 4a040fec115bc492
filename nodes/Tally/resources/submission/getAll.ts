import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../../shared/guards';
import type { Operation } from '../../../shared/operation';
import { limitFields, simplifyField } from '../../../shared/parameters/resultFields';
import { formParameter } from '../../form/parameter';
import { itemReader, rawFromRest } from '../../submission/fromRest';
import { readList } from '../../transport/pages';
import { formShape } from '../common/formShape';
import { forEachItem, requiredId, type TallyItem } from '../common/item';
import { readSpan } from '../common/span';
import { afterSubmission, itemOptions, restItemOptions } from './fields';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which submissions to get',
	options: [
		afterSubmission,
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

	execute: forEachItem(async (item) => {
		const formId = item.form();
		const options = restItemOptions(item);
		const isSimplified = item.isOn('simplify', 'Simplify');
		const query = queryOf(item);
		const { afterId } = query;
		const questions = new Map<unknown, Record<string, unknown>>();
		const submissions = await readList(
			item.client,
			{
				request: { method: 'GET', path: `/forms/${formId}/submissions`, query, chosen: { Form: formId } },
				name: 'submissions',
				maxAtOnce: 500,
			},
			{
				limit: item.limit(),
				// Whether Tally counts from the submission or behind it is not documented.
				isWanted: afterId === undefined ? undefined : ({ id }) => id !== afterId,
				seeBody: (body) => {
					const listed = isRecord(body) ? recordsIn(body.questions) : [];
					for (const question of listed) questions.set(question.id, question);
				},
			},
		);
		if (!isSimplified) return submissions.map((found) => rawFromRest(found, options));
		if (submissions.length === 0) return [];
		const form = await formShape(item.client, formId);
		return submissions.map(itemReader([...questions.values()], formId, form, options));
	}, 'No submission was found. Only completed ones are looked for, unless the filter "Status" says otherwise; check the other filters, too.'),
};

/** `filter` is always sent: what Tally does without is not documented. */
function queryOf(item: TallyItem): IDataObject {
	const filters = item.collection('filters');
	const { from, to } = readSpan(item, filters);
	const { afterId, status } = filters;
	return {
		filter: status === 'all' || status === 'partial' ? status : 'completed',
		...(from === undefined ? {} : { startDate: from }),
		...(to === undefined ? {} : { endDate: to }),
		...(afterId === undefined ? {} : { afterId: requiredId(afterId, 'After Submission') }),
	};
}
