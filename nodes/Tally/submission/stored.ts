import { filledText, isRecord, recordsIn } from '../narrowing';
import type { DeliveredField } from './delivery';

/**
 * Turns a submission of the REST API into the fields that a delivery of it would have, so that
 * one way of reading serves both. The differences (Tally docs, submissions; observed live 2026):
 *
 * - questions are listed apart, with `title` instead of `label`; answers refer to their ids,
 *   and unanswered questions have none
 * - picks are texts already; a matrix has texts for its columns but ids for its rows
 * - hidden and calculated fields are one question each, with an object of values by name
 *
 * @param questions those of the form, in its order
 * @param responses the answers of one submission
 * @param blocks those of the form: the only place where the texts of rows and options are
 */
export function fieldsOfStored(
	questions: unknown,
	responses: unknown,
	blocks: unknown,
): DeliveredField[] {
	const answers = new Map(
		recordsIn(responses).map((response) => [
			response.questionId,
			response.answer ?? response.value ?? response.formattedAnswer,
		]),
	);
	const allBlocks = recordsIn(blocks);
	return recordsIn(questions)
		.filter(({ id, isDeleted }) => isDeleted !== true || answers.has(id))
		.flatMap((question) => fieldsOfQuestion(question, answers.get(question.id), allBlocks));
}

function fieldsOfQuestion(
	question: Record<string, unknown>,
	answer: unknown,
	blocks: Array<Record<string, unknown>>,
): DeliveredField[] {
	const key = `question_${filledText(question.id) ?? ''}`;
	const type = filledText(question.type) ?? '';
	if (type === 'HIDDEN_FIELDS' || type === 'CALCULATED_FIELDS') {
		const listed = recordsIn(question.fields).flatMap(({ title }) => filledText(title) ?? []);
		const values = valuesByName(answer, listed[0] ?? filledText(question.title) ?? type);
		return [...new Set([...listed, ...Object.keys(values)])].map((name) => ({
			key: `${key}_${name}`,
			label: name.trim(),
			type,
			value: values[name],
		}));
	}
	const texts = blocks.map(choiceOf);
	return [
		{
			key,
			label: filledText(question.title)?.trim() ?? '',
			type,
			value: answer,
			options: texts,
			rows: rowsOf(answer, blocks),
			columns: texts,
		},
	];
}

/** The values of hidden or calculated fields; one that comes alone gets the name. */
function valuesByName(answer: unknown, name: string): Record<string, unknown> {
	if (isRecord(answer)) return answer;
	return answer === undefined || answer === null ? {} : { [name]: answer };
}

/** The rows of the matrix to which the answered ones belong, in the order of the form. */
function rowsOf(answer: unknown, blocks: Array<Record<string, unknown>>): unknown[] {
	const answered: Record<string, unknown> = isRecord(answer) ? answer : {};
	const groups = new Set(
		blocks.filter(({ uuid }) => Object.hasOwn(answered, String(uuid))).map(({ groupUuid }) => groupUuid),
	);
	return blocks
		.filter(({ type, groupUuid }) => type === 'MATRIX_ROW' && groups.has(groupUuid))
		.map(choiceOf);
}

function choiceOf({ uuid, payload }: Record<string, unknown>): { id: unknown; text: unknown } {
	return { id: uuid, text: isRecord(payload) ? payload.text : undefined };
}
