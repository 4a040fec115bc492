import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { itemIn } from '../common/answers';
import { forEachItem } from '../common/item';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update question',
	description: 'Change the title of a question. Needs Tally Pro.',
	fields: [
		formParameter,
		{
			displayName: 'Question ID',
			name: 'questionId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. EKOE2N',
			description: 'The ID that Get Many outputs. Of the key question_EKOE2N it is EKOE2N.',
		},
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
			description: 'The new text of the question. Answers are named by it from then on.',
		},
	],

	execute: forEachItem(async (item) => {
		const formId = item.form();
		const questionId = item.id('questionId', 'Question ID').replace(/^question_/, '');
		return itemIn(
			await item.client.call({
				method: 'PATCH',
				path: `/forms/${formId}/questions/${questionId}`,
				expects: { member: 'id' },
				body: { title: item.text('title', 'Title') },
				field: 'Question ID',
				plan: 'Pro',
			}),
		);
	}),
};
