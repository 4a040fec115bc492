import { filledText, isRecord, recordsIn } from '../../shared/guards';
import type { FormShape } from '../form/blocks';
import { readQuestions, type ListedQuestion } from '../form/questions';
import { titledAsDelivered } from '../form/untitled';
import { holdsFiles } from './answers';
import type { DeliveredField } from './delivery';
import { PAYMENT_PARTS, questionsOf } from './fields';
import type { Submission } from './item';
import type { Question } from './question';

/** Types whose webhook value is a number. */
const NUMBERS = new Set(['INPUT_NUMBER', 'RATING', 'LINEAR_SCALE']);
/** Types whose webhook value is a list. */
const LISTS = new Set(['CHECKBOXES', 'MULTI_SELECT', 'RANKING', 'MULTIPLE_CHOICE', 'DROPDOWN']);
/** Types whose webhook value, or whose parts, have names. */
const NAMED = new Set(['MATRIX', 'PAYMENT', 'HIDDEN_FIELDS', 'CALCULATED_FIELDS']);

/**
 * What stands above the answers of a submission that the REST API gave.
 *
 *     {id: 'Z9Z97Go', isCompleted: true, …}, 'GxdRaQ', 'Feedback'
 *     → {submissionId: 'Z9Z97Go', formId: 'GxdRaQ', formName: 'Feedback', isCompleted: true, …}
 */
export function readSubmission(
	submission: Record<string, unknown>,
	formId: string,
	formName: string | null,
): Submission {
	return {
		submissionId: filledText(submission.id) ?? '',
		respondentId: filledText(submission.respondentId) ?? null,
		formId: filledText(submission.formId) ?? formId,
		formName,
		submittedAt: filledText(submission.submittedAt) ?? null,
		isCompleted: submission.isCompleted === true,
		previewUrl: filledText(submission.previewUrl) ?? null,
		pdfUrl: filledText(submission.pdfUrl) ?? null,
	};
}

/**
 * Brings questions and responses of the REST API into the same list as a delivery's fields.
 *
 *     [{id: 'EKOE2N', title: 'Rating', type: 'RATING', …}], [{questionId: 'EKOE2N', answer: '5'}]
 *     → [{key: 'question_EKOE2N', text: 'Rating', type: 'RATING', part: 'answers', answer: 5}]
 *
 * @param form the form's blocks, the only place where the texts of rows and options are
 */
export function questionsOfResponses(
	questions: readonly ListedQuestion[],
	responses: unknown,
	form: FormShape,
): Question[] {
	return answered(questions, responses, form).flatMap(([question, answer]) => {
		const found = questionsOf(fieldsOf(question, answer, form));
		return question.isDeleted ? found.map((gone) => ({ ...gone, isDeleted: true })) : found;
	});
}

/** The fields that a delivery of the same submission would have, labels too; of deleted questions only answers. */
export function fieldsOfResponses(
	questions: readonly ListedQuestion[],
	responses: unknown,
	form: FormShape,
): DeliveredField[] {
	return answered(questions, responses, form)
		.filter(([{ isDeleted }, answer]) => !isDeleted || answer !== null)
		.flatMap(([question, answer]) => fieldsOf(titledAsDelivered(question), answer, form));
}

/** Every question after its answer, `null` if it has none; answers of unlisted questions are not lost. */
function answered(
	questions: readonly ListedQuestion[],
	responses: unknown,
	form: FormShape,
): Array<[question: ListedQuestion, answer: unknown]> {
	const responseTo = new Map(
		recordsIn(responses).flatMap((response): Array<[string, Record<string, unknown>]> => {
			const id = filledText(response.questionId);
			return id === undefined ? [] : [[id, response]];
		}),
	);
	const known = new Set(questions.map(({ id }) => id));
	const unlisted = [...responseTo.keys()].filter((id) => !known.has(id));
	const gone = readQuestions(
		unlisted.map((id) => ({ id, isDeleted: true })),
		form,
	);
	return [...questions, ...gone].map((question) => [question, answerIn(responseTo.get(question.id), question.type)]);
}

/**
 * The answer of a response: the first of its forms that is shaped as a webhook's value would be,
 * else the first there is. `formattedAnswer` exists in some versions of the API only, and `value`
 * is what older documentation calls it.
 */
function answerIn(response: Record<string, unknown> | undefined, type: string): unknown {
	if (response === undefined) return null;
	const { formattedAnswer, answer, value } = response;
	const forms = [formattedAnswer, answer, value].filter((form) => form !== undefined && form !== null);
	return forms.find((form) => isShaped(type, form)) ?? forms[0] ?? null;
}

function isShaped(type: string, answer: unknown): boolean {
	if (NUMBERS.has(type)) return typeof answer === 'number';
	if (LISTS.has(type)) return Array.isArray(answer);
	if (holdsFiles(type)) return recordsIn(answer).some(({ url }) => filledText(url) !== undefined);
	if (NAMED.has(type)) return isRecord(answer);
	// Not what merely looks like a text once it is made one, which some JSON can't be.
	const text = filledText(answer) ?? '';
	if (type === 'INPUT_DATE') return /^\d{4}-\d\d-\d\d$/.test(text);
	return type === 'INPUT_TIME' && /^\d\d:\d\d$/.test(text);
}

/**
 * The fields that a webhook would have for a question: REST leaves out what was not answered and
 * names options by their texts, matrix rows by their ids; a webhook has every question, and ids
 * (https://api.tally.so/openapi.json, and captured answers). From there on both are one.
 */
function fieldsOf(question: ListedQuestion, answer: unknown, form: FormShape): DeliveredField[] {
	const { id, type, title: label } = question;
	const key = `question_${id}`;
	switch (type) {
		case 'HIDDEN_FIELDS':
		case 'CALCULATED_FIELDS':
			return namedFields(question, key, answer);
		case 'PAYMENT':
			if (!isRecord(answer)) break;
			return paymentParts(answer).map(([part, value]) => ({
				key: `${key}_${part}`,
				label: label === '' ? '' : `${label} (${part})`,
				type,
				value,
			}));
		case 'MATRIX': {
			const { rows, columns } = matrixOf(question, answer, form);
			return [{ key, label, type, value: byRowId(answer, rows), rows, columns }];
		}
		default:
	}
	const value = NUMBERS.has(type) ? asNumber(answer) : answer;
	return [{ key, label, type, value, options: form.options }];
}

/** Rows and columns of a matrix by the rows answered: not every question tells its group. */
function matrixOf(
	question: ListedQuestion,
	answer: unknown,
	form: FormShape,
): Pick<ListedQuestion, 'rows' | 'columns'> {
	if (!isRecord(answer) || question.rows.some(({ id }) => Object.hasOwn(answer, id))) return question;
	for (const id of Object.keys(answer)) {
		const group = form.groups.get(id);
		if (group !== undefined && group.rows.length > 0) return group;
	}
	return question;
}

/** One field for each hidden or calculated one, and for each value that the list does not name. */
function namedFields(question: ListedQuestion, key: string, answer: unknown): DeliveredField[] {
	const { type, fields } = question;
	const values = isRecord(answer) ? answer : {};
	const alone = isRecord(answer) || fields.length > 1 ? null : answer;
	const listed = new Set(fields.flatMap(({ uuid, name }) => [uuid, name]));
	const further = Object.keys(values).filter((name) => !listed.has(name));
	if (fields.length + further.length === 0) {
		return [{ key, label: question.title, type, value: alone }];
	}
	return [
		...fields.map(({ uuid, name }) => ({
			key: `${key}_${uuid}`,
			label: name.trim(),
			type,
			value: ownValue(values, name) ?? ownValue(values, uuid) ?? alone,
		})),
		...further.map((name) => ({ key: `${key}_${name}`, label: name, type, value: values[name] })),
	];
}

function ownValue(values: Record<string, unknown>, name: string): unknown {
	return Object.hasOwn(values, name) ? values[name] : undefined;
}

function paymentParts(answer: Record<string, unknown>): Array<[string, unknown]> {
	const parts = new Set([...PAYMENT_PARTS, ...Object.keys(answer)]);
	return [...parts].map((part) => [part, ownValue(answer, part) ?? null]);
}

/** A matrix whose rows are named by their texts gets their ids, as webhooks have them. */
function byRowId(answer: unknown, rows: ListedQuestion['rows']): unknown {
	if (!isRecord(answer)) return answer;
	const rowsNamed = new Map<string, string[]>();
	for (const { id, text } of rows) {
		const name = text.trim();
		const ids = rowsNamed.get(name) ?? [];
		rowsNamed.set(name, ids);
		// Each row is filled once: of two names for one row the second stays as it is.
		if (!Object.hasOwn(answer, id)) ids.push(id);
	}
	for (const ids of rowsNamed.values()) ids.reverse();
	return Object.fromEntries(
		Object.entries(answer).map(([name, ticked]) => [rowsNamed.get(name.trim())?.pop() ?? name, ticked]),
	);
}

/** A number that came as its digits; what is formatted in another way stays as it is. */
function asNumber(answer: unknown): unknown {
	if (typeof answer !== 'string' || answer.trim() === '') return answer;
	const number = Number(answer);
	return Number.isFinite(number) ? number : answer;
}
