import { questionsOf } from '../../../../nodes/Tally/submission/fields';
import { itemOf } from '../../../../nodes/Tally/submission/item';
import { readForm } from '../../../../nodes/Tally/forms/blocks';
import { readQuestions } from '../../../../nodes/Tally/forms/questions';
import { fieldsOfResponses } from '../../../../nodes/Tally/submission/responses';
import { bodyWith, defaults, submissionIn } from '../deliveries';

/** The three groups of answers of a submission that the REST API shows. */
function read(questions: unknown, responses: unknown, blocks: unknown = [], includeUnanswered = false) {
	const form = readForm({ blocks });
	const fields = fieldsOfResponses(readQuestions(questions, form), responses, form);
	const { answers, hidden, calculated } = itemOf(submissionIn(bodyWith([])), questionsOf(fields), {
		...defaults,
		includeUnanswered,
	});
	return { answers, hidden, calculated };
}

const block = (uuid: string, type: string, groupUuid: string, text?: string) => ({
	uuid,
	type,
	groupUuid,
	groupType: type,
	...(text === undefined ? {} : { payload: { text } }),
});

it('has the shape of a delivered one', () => {
	const file = { id: 'f', name: 'a.txt', url: 'https://storage.tally.so/private/a', mimeType: 'text/plain', size: 1 };
	const questions = [
		{ id: 'T', type: 'INPUT_TEXT', title: ' First name ' },
		{ id: 'N', type: 'RATING', title: 'Rate us' },
		{ id: 'C', type: 'MULTIPLE_CHOICE', title: 'One' },
		{ id: 'K', type: 'CHECKBOXES', title: 'Topics' },
		{ id: 'U', type: 'FILE_UPLOAD', title: 'CV' },
		{ id: 'P', type: 'PAYMENT', title: 'Pay' },
		{ id: 'X', type: 'INPUT_TEXT', title: null },
	];
	const responses = [
		{ questionId: 'T', answer: 'Ann' },
		{ questionId: 'N', answer: 0, formattedAnswer: '0 stars' },
		{ questionId: 'C', answer: ['Yes, please'] },
		{ questionId: 'K', answer: ['Price', 'Service'] },
		{ questionId: 'U', answer: [file] },
		{ questionId: 'P', answer: { price: 9, currency: 'USD' } },
		{ questionId: 'X', answer: 'no title' },
	];
	expect(read(questions, responses).answers).toEqual({
		'First name': 'Ann',
		'Rate us': 0,
		One: 'Yes, please',
		Topics: ['Price', 'Service'],
		CV: [{ name: 'a.txt', url: 'https://storage.tally.so/private/a', mimeType: 'text/plain', size: 1 }],
		Pay: { price: 9, currency: 'USD', name: null, email: null, link: null },
		question_X: 'no title',
	});
});

it('has the names of unanswered questions, too, so that none shifts', () => {
	const questions = [
		{ id: 'a', type: 'INPUT_TEXT', title: 'Name' },
		{ id: 'b', type: 'INPUT_TEXT', title: 'Name' },
	];
	expect(read(questions, [{ questionId: 'b', answer: 'B' }]).answers).toEqual({ 'Name (2)': 'B' });
	expect(read(questions, [], [], true).answers).toEqual({ Name: null, 'Name (2)': null });
});

it('names the rows of a matrix by the form, apart from every other text in it', () => {
	const blocks = [
		block('q', 'LABEL', 'g0', 'Speed'),
		block('c1', 'MATRIX_COLUMN', 'g1', 'Good'),
		block('r1', 'MATRIX_ROW', 'g1', 'Speed'),
		block('r2', 'MATRIX_ROW', 'g1', 'Quality'),
		block('r9', 'MATRIX_ROW', 'g2', 'Speed'),
		block('i', 'IMAGE', 'g3'),
	];
	const questions = [{ id: 'M', type: 'MATRIX', title: 'How was it?' }];
	expect(read(questions, [{ questionId: 'M', answer: { r1: ['Good'], r2: ['c1'], gone: ['Fair'] } }], blocks).answers).toEqual({
		'How was it?': { Speed: 'Good', Quality: 'Good', gone: 'Fair' },
	});
	expect(read(questions, [{ questionId: 'M', answer: 'odd' }], blocks).answers).toEqual({ 'How was it?': 'odd' });
});

it('reads picks that are ids', () => {
	const blocks = [block('id-1', 'CHECKBOX', 'g', 'Price')];
	const questions = [{ id: 'K', type: 'CHECKBOXES', title: 'Topics' }];
	expect(read(questions, [{ questionId: 'K', answer: ['id-1', 'Other'] }], blocks).answers).toEqual({ Topics: ['Price', 'Other'] });
});

it.each([
	['an object by name', { utm_source: 'newsletter', more: 'x' }, { utm_source: 'newsletter', more: 'x' }],
	['nothing', undefined, {}],
	['null', null, {}],
	['one value alone', 'newsletter', { utm_source: 'newsletter' }],
])('reads hidden and calculated fields from %s', (_what, answer, values) => {
	const fields = [{ title: 'utm_source' }, { title: null }];
	const responses = [{ questionId: 'H', answer }];
	expect(read([{ id: 'H', type: 'HIDDEN_FIELDS', title: null, fields }], responses).hidden).toEqual(values);
	expect(read([{ id: 'H', type: 'CALCULATED_FIELDS', title: null, fields }], responses).calculated).toEqual(values);
});

it('names a value that comes alone by the question, or else by its key', () => {
	const responses = [{ questionId: 'H', answer: 5 }];
	expect(read([{ id: 'H', type: 'CALCULATED_FIELDS', title: 'score' }], responses).calculated).toEqual({ score: 5 });
	expect(read([{ id: 'H', type: 'CALCULATED_FIELDS' }], responses).calculated).toEqual({ question_H: 5 });
});

it('leaves out deleted questions, unless they were answered', () => {
	const questions = [
		{ id: 'a', type: 'INPUT_TEXT', title: 'Old', isDeleted: true },
		{ id: 'b', type: 'INPUT_TEXT', title: 'Gone', isDeleted: true },
	];
	expect(read(questions, [{ questionId: 'a', answer: 'x' }], [], true).answers).toEqual({ Old: 'x' });
});

it('reads the older names of an answer', () => {
	const questions = [{ id: 'a', type: 'INPUT_TEXT', title: 'A' }, { id: 'b', type: 'INPUT_TEXT', title: 'B' }];
	expect(read(questions, [{ questionId: 'a', value: 'v' }, { questionId: 'b', formattedAnswer: 'f' }]).answers).toEqual({ A: 'v', B: 'f' });
});

it.each([undefined, null, 'x', {}, [null]])('is empty where there is nothing to read: %j', (odd) => {
	expect(read(odd, odd, odd)).toEqual({ answers: {}, hidden: {}, calculated: {} });
});
