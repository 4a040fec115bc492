import type { Answer, Answers } from './answers';
import type { Choice, ChoiceQuestion, Form, Question } from './form';
import { labelOf } from './texts';

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
	const { type } = question;
	const label = labelOf(question);
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
				{ key, label, type, value: pickedIds(question, answer), options: question.options },
				...question.options.map(({ id, text }) => ({
					key: `${key}_${id}`,
					label: `${label} (${text})`,
					type,
					value: optionValue(question, answer, id),
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

/** With several picks, what a person wrote beside "Other" counts as that option here. */
function pickedIds(question: ChoiceQuestion, answer: Answer): Answer {
	const written = writtenIn(question, answer);
	if (written === undefined || !Array.isArray(answer)) return answer;
	const other = question.otherId ?? written;
	return answer.filter((entry) => typeof entry === 'string').map((entry) => (entry === written ? other : entry));
}

/** Whether one option was ticked, or what a person wrote beside it; null if nothing was answered. */
function optionValue(question: ChoiceQuestion, answer: Answer, id: string): boolean | string | null {
	if (!Array.isArray(answer)) return null;
	const written = id === question.otherId ? writtenIn(question, answer) : undefined;
	return written ?? answer.some((picked) => picked === id);
}

function writtenIn(question: ChoiceQuestion, answer: Answer): string | undefined {
	if (!Array.isArray(answer)) return undefined;
	return answer
		.filter((entry) => typeof entry === 'string')
		.find((entry) => question.options.every(({ id }) => id !== entry));
}

function part(answer: Answer, name: string): string | number | null {
	if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return null;
	const value = answer[name];
	return typeof value === 'string' || typeof value === 'number' ? value : null;
}
