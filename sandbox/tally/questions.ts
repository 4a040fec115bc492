import { derivedUuid } from './blocks';
import type { Form, Question } from './form';
import { labelOf } from './texts';

/**
 * A question as `GET /forms/{id}/questions` shows it: no options, and null as the title of hidden
 * fields and of questions without a text.
 */
export interface RestQuestion {
	id: string;
	type: Question['type'];
	title: string | null;
	isTitleModifiedByUser: boolean;
	formId: string;
	isDeleted: boolean;
	numberOfResponses: number;
	createdAt: string;
	updatedAt: string;
	fields: Array<Record<string, string | null>>;
}

/** @param numberOfResponses how many submissions answer the question with this id */
export function restQuestions(form: Form, numberOfResponses: (questionId: string) => number): RestQuestion[] {
	const deleted = form.deletedQuestions ?? [];
	return [...deleted, ...form.questions].map((question) => ({
		id: question.id,
		type: question.type,
		title: question.title === '' ? null : question.title,
		isTitleModifiedByUser: false,
		formId: form.id,
		isDeleted: deleted.includes(question),
		numberOfResponses: numberOfResponses(question.id),
		createdAt: form.createdAt,
		updatedAt: form.updatedAt,
		fields: fieldsOf(question, form),
	}));
}

function fieldsOf(question: Question, { matrixFieldsBy }: Form): Array<Record<string, string | null>> {
	switch (question.type) {
		case 'HIDDEN_FIELDS':
			return question.fields.map(({ uuid, name }) => ({ uuid, type: 'HIDDEN_FIELD', title: name }));
		case 'CALCULATED_FIELDS':
			return question.fields.map(({ uuid, name }) => ({
				uuid,
				type: 'CALCULATED_FIELD',
				title: name,
			}));
		case 'MATRIX':
			// One for each row.
			return question.rows.map(({ id, text }) => ({
				uuid: derivedUuid(id, 'input'),
				type: 'INPUT_FIELD',
				questionType: question.type,
				blockGroupUuid: matrixFieldsBy === 'group' ? question.groupUuid : id,
				title: `${labelOf(question)} [${text}]`,
			}));
		default:
			return [
				{
					uuid: derivedUuid(question.groupUuid, 'input'),
					type: 'INPUT_FIELD',
					questionType: question.type,
					blockGroupUuid: question.groupUuid,
					title: question.title === '' ? null : question.title,
				},
			];
	}
}
