import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { itemIn } from '../common/answers';
import { choiceParameter } from '../common/choice';
import { forEachItem } from '../common/item';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update question',
	description: 'Change the title of a question. Needs Tally Pro.',
	fields: [
		formParameter,
		choiceParameter({
			displayName: 'Question',
			name: 'questionId',
			searchListMethod: 'searchQuestions',
			what: 'a question',
			example: 'EKOE2N',
			hint: 'The ID that Get Many outputs; of the key question_EKOE2N it is EKOE2N',
			dependsOn: ['formId.value'],
		}),
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
		const questionId = item.id('questionId', 'Question').replace(/^question_/, '');
		return itemIn(
			await item.client.call({
				method: 'PATCH',
				path: `/forms/${formId}/questions/${questionId}`,
				expects: { member: 'id' },
				body: { title: item.text('title', 'Title') },
				chosen: { Question: questionId },
				plan: 'Pro',
			}),
		);
	}),
};
