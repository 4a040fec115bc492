import type { Answer, Answers } from './answers';
import type { Choice, Form, Question } from './form';

/** One entry of `data.fields` in a webhook body. */
export interface WebhookField {
	key: string;
	label: string | null;
	type: Question['type'];
	value: Answer | boolean;
	options?: Choice[];
	rows?: Choice[];
	columns?: Choice[];
}

const paymentParts = ['price', 'currency', 'name', 'email', 'link'];

/**
 * The fields of a submission as Tally's webhooks carry them: every question in form order,
 * unanswered ones as null.
 */
export function webhookFields(form: Form, answers: Answers): WebhookField[] {
	return form.questions.flatMap((question) => fieldsOf(question, answers.get(question.id) ?? null));
}

function fieldsOf(question: Question, answer: Answer): WebhookField[] {
	const key = `question_${question.id}`;
	const { type, title: label } = question;
	switch (question.type) {
		case 'HIDDEN_FIELDS':
		case 'CALCULATED_FIELDS':
			return question.fields.map(({ uuid, name }) => ({
				key: `${key}_${uuid}`,
				label: name,
				type,
				value: part(answer, name),
			}));
		case 'PAYMENT':
			return paymentParts.map((name) => ({
				key: `${key}_${name}`,
				label: `${label} (${name})`,
				type,
				value: part(answer, name),
			}));
		case 'CHECKBOXES':
			return [
				{ key, label, type, value: answer, options: question.options },
				...question.options.map(({ id, text }) => ({
					key: `${key}_${id}`,
					label: `${label} (${text})`,
					type,
					value: Array.isArray(answer) ? answer.some((picked) => picked === id) : null,
				})),
			];
		case 'MULTIPLE_CHOICE':
		case 'DROPDOWN':
		case 'MULTI_SELECT':
		case 'RANKING':
			return [{ key, label, type, value: answer, options: question.options }];
		case 'MATRIX':
			return [{ key, label, type, value: answer, rows: question.rows, columns: question.columns }];
		default:
			return [{ key, label, type, value: answer }];
	}
}

function part(answer: Answer, name: string): string | number | null {
	if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return null;
	const value = answer[name];
	return typeof value === 'string' || typeof value === 'number' ? value : null;
}
