import { formParameter } from '../../forms/parameter';
import type { Operation } from '../../operation';
import { itemIn } from '../../run/answers';

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

	async run(input) {
		const formId = input.form();
		const questionId = input.id('questionId', 'Question ID').replace(/^question_/, '');
		return itemIn(
			await input.line.call({
				method: 'PATCH',
				path: `/forms/${formId}/questions/${questionId}`,
				body: { title: input.text('title', 'Title') },
				field: 'Question ID',
				plan: 'Pro',
			}),
		);
	},
};
