import { readForm } from '../../../../nodes/Tally/form/blocks';
import { readQuestions } from '../../../../nodes/Tally/form/questions';
import { itemFromRest, rawFromRest } from '../../../../nodes/Tally/submission/fromRest';
import { fieldsOfResponses } from '../../../../nodes/Tally/submission/responses';
import { bodyWith, itemFrom } from '../deliveries';

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const block = (number: number, type: string, group: number, payload: object = {}) => ({
	uuid: uuid(number),
	type,
	groupUuid: uuid(group),
	groupType: type,
	payload,
});

const asked = (id: string, type: string, title: string | null, group = 0, fields: object[] = []) => ({
	id,
	type,
	title,
	fields: fields.length > 0 ? fields : [{ uuid: uuid(900), type: 'INPUT_FIELD', blockGroupUuid: uuid(group) }],
});

/** The item of a submission with these questions, responses and blocks; a delivery of it must give the same. */
function read(questions: object[], responses: object[], blocks: object[] = [], includeUnanswered = false) {
	const form = readForm({ name: ' Feedback ', blocks });
	const item = itemFromRest({ id: 's1', formId: 'GxdRaQ', isCompleted: true, responses }, questions, 'GxdRaQ', form, {
		answerKeys: 'text',
		includeLinks: false,
		includeUnanswered,
		untitled: 'asDelivered',
	});
	const fields = fieldsOfResponses(readQuestions(questions, form), responses, form);
	const delivered = itemFrom(bodyWith(fields), { includeUnanswered });
	const { answers, hidden, calculated } = item;
	expect(JSON.stringify({ answers, hidden, calculated })).toBe(
		JSON.stringify({ answers: delivered.answers, hidden: delivered.hidden, calculated: delivered.calculated }),
	);
	return item;
}
const answersOf = (...given: Parameters<typeof read>) => read(...given).answers;

const matrix = [
	block(1, 'MATRIX', 50),
	block(2, 'MATRIX_COLUMN', 50, { text: 'Poor' }),
	block(3, 'MATRIX_COLUMN', 50, { text: 'Great' }),
	block(4, 'MATRIX_ROW', 50, { html: '<b>Quality</b>' }),
	block(5, 'MATRIX_ROW', 50, { text: ' Speed ' }),
];
const file = { name: 'a.pdf', url: 'https://storage.tally.so/a', mimeType: 'application/pdf', size: 1 };
const options = [block(6, 'CHECKBOX', 51, { text: 'Price' }), block(7, 'CHECKBOX', 51, { text: 'Fit, and finish' })];

describe('an answer, whichever of its forms the API gives', () => {
	it.each<[string, string, object, unknown]>([
		['a number beside its format', 'INPUT_NUMBER', { formattedAnswer: '€ 1.234,00', answer: 1234 }, 1234],
		['a number of blanks', 'INPUT_NUMBER', { answer: ' ' }, ' '],
		['a number as digits', 'RATING', { answer: '0' }, 0],
		['a number that is formatted only', 'INPUT_NUMBER', { answer: '1.234,00 €' }, '1.234,00 €'],
		['a date beside its format', 'INPUT_DATE', { formattedAnswer: 'Feb 9, 2026', answer: '2026-02-09' }, '2026-02-09'],
		[
			'a date in the middle of a text',
			'INPUT_DATE',
			{ formattedAnswer: 'on 2026-02-09', answer: '2026-02-09' },
			'2026-02-09',
		],
		[
			'a date with its weekday',
			'INPUT_DATE',
			{ formattedAnswer: '2026-02-09, Monday', answer: '2026-02-09' },
			'2026-02-09',
		],
		['a date that is no text', 'INPUT_DATE', { answer: { toString: 1 } }, { toString: 1 }],
		['a time that is no text', 'INPUT_TIME', { formattedAnswer: ['02:30'], answer: '02:30' }, '02:30'],
		['a time before noon', 'INPUT_TIME', { formattedAnswer: '02:30 AM', answer: '02:30' }, '02:30'],
		['a time in the middle of a text', 'INPUT_TIME', { formattedAnswer: 'at 02:30', answer: '02:30' }, '02:30'],
		[
			'a text beside what looks like a time',
			'TEXTAREA',
			{ formattedAnswer: 'half past two', answer: '14:30' },
			'half past two',
		],
		['a time', 'INPUT_TIME', { formattedAnswer: '2:30 PM', answer: '14:30' }, '14:30'],
		['a text', 'TEXTAREA', { formattedAnswer: 'as shown', answer: 'as typed' }, 'as shown'],
		['a text, formatted null', 'INPUT_TEXT', { formattedAnswer: null, answer: 'typed' }, 'typed'],
		['an older name', 'INPUT_TEXT', { value: 'typed' }, 'typed'],
		[
			'picks beside one text',
			'CHECKBOXES',
			{ formattedAnswer: 'Price, Fit, and finish', answer: ['Price', 'Fit, and finish'] },
			['Price', 'Fit, and finish'],
		],
		['picks as ids', 'CHECKBOXES', { answer: [uuid(7), uuid(6)] }, ['Fit, and finish', 'Price']],
		['picks as ids and one that is gone', 'CHECKBOXES', { answer: [uuid(7), uuid(8)] }, ['Fit, and finish', uuid(8)]],
		['one pick', 'MULTIPLE_CHOICE', { answer: ['A friend'] }, 'A friend'],
		['one pick that is no list', 'DROPDOWN', { answer: 'A friend' }, 'A friend'],
		['a type nobody has heard of', 'HOLOGRAM', { answer: { any: ['thing'] } }, { any: ['thing'] }],
		['files beside their names', 'FILE_UPLOAD', { formattedAnswer: 'a.pdf', answer: [file] }, [file]],
		['files beside an empty list', 'FILE_UPLOAD', { formattedAnswer: [], answer: [file] }, [file]],
		[
			'files beside entries without links',
			'SIGNATURE',
			{ formattedAnswer: [{ name: 'a.pdf', url: '' }], answer: [file] },
			[file],
		],
		[
			'a matrix beside its format',
			'MATRIX',
			{ formattedAnswer: 'Speed: Great', answer: { Speed: ['Great'] } },
			{ Speed: 'Great' },
		],
		[
			'a payment beside its format',
			'PAYMENT',
			{ formattedAnswer: '4 EUR', answer: { price: 4 } },
			{ price: 4, currency: null, name: null, email: null, link: null },
		],
		[
			'a payment',
			'PAYMENT',
			{ answer: { currency: 'EUR', price: 4, fee: 1 } },
			{ price: 4, currency: 'EUR', name: null, email: null, link: null, fee: 1 },
		],
		['a payment that is no object', 'PAYMENT', { answer: 4 }, 4],
	])('%s', (_what, type, response, expected) => {
		const question = asked('Q', type, 'Q', 51);
		expect(answersOf([question], [{ questionId: 'Q', ...response }], options)).toEqual({ Q: expected });
	});

	it.each<[string, unknown]>([
		['ids', { [uuid(5)]: [uuid(3)], [uuid(4)]: [uuid(2), uuid(3)] }],
		['rows as ids, columns as texts', { [uuid(5)]: ['Great'], [uuid(4)]: ['Poor', 'Great'] }],
		['texts', { Speed: 'Great', Quality: ['Poor', 'Great'] }],
		['texts with blanks around them', { ' Speed': 'Great', 'Quality ': ['Poor', 'Great'] }],
	])('a matrix, named by %s', (_what, answer) => {
		const answers = answersOf([asked('M', 'MATRIX', 'M', 50)], [{ questionId: 'M', answer }], matrix);
		expect(answers).toEqual({ M: { Quality: ['Poor', 'Great'], Speed: 'Great' } });
		expect(JSON.stringify(answers)).toBe('{"M":{"Quality":["Poor","Great"],"Speed":"Great"}}');
	});

	it('a matrix whose question does not tell where in the form it is', () => {
		const answer = { [uuid(5)]: [uuid(3)] };
		const other = [block(8, 'MATRIX_ROW', 52, { text: 'Other' }), ...matrix];
		expect(answersOf([asked('M', 'MATRIX', 'M')], [{ questionId: 'M', answer }], other)).toEqual({
			M: { Speed: 'Great' },
		});
	});

	it('a payment under a question without a text', () => {
		expect(answersOf([asked('P', 'PAYMENT', null)], [{ questionId: 'P', answer: { price: 4 } }])).toMatchObject({
			'Untitled payment field': { price: 4 },
		});
	});

	it('two questions without a text, as deliveries call them, or by their keys', () => {
		const questions = [asked('P', 'CHECKBOXES', null), asked('Q', 'CHECKBOXES', null)];
		const responses = [{ questionId: 'Q', answer: ['Yes'] }];
		expect(answersOf(questions, responses)).toEqual({ 'Untitled checkboxes field (2)': ['Yes'] });
		const byKey = itemFromRest({ responses }, questions, 'GxdRaQ', readForm({}), {
			answerKeys: 'text',
			includeLinks: false,
			includeUnanswered: false,
			untitled: 'byKey',
		});
		expect(byKey.answers).toEqual({ question_Q: ['Yes'] });
	});

	it.each<[string, object[]]>([
		['no block tells them', []],
		['the blocks have no text', [block(4, 'MATRIX_ROW', 50), block(5, 'MATRIX_ROW', 50)]],
	])('a matrix whose rows its fields name, where %s', (_why, blocks) => {
		const fields = [4, 5].map((row) => ({
			uuid: uuid(80 + row),
			blockGroupUuid: uuid(row),
			title: `Rate us [${row === 4 ? 'Quality' : 'Speed'}]`,
		}));
		const answer = { [uuid(5)]: ['Great'], [uuid(4)]: ['Poor'] };
		expect(answersOf([asked('M', 'MATRIX', 'Rate us', 0, fields)], [{ questionId: 'M', answer }], blocks)).toEqual({
			'Rate us': { Quality: 'Poor', Speed: 'Great' },
		});
	});

	it('a matrix, every row of it, although two names mean one row', () => {
		const answer = { Speed: 'Great', 'Speed ': 'Poor', [uuid(4)]: 'Great', Quality: 'Poor' };
		expect(answersOf([asked('M', 'MATRIX', 'M', 50)], [{ questionId: 'M', answer }], matrix)).toEqual({
			M: { Speed: 'Great', 'Speed ': 'Poor', Quality: 'Great', 'Quality (2)': 'Poor' },
		});
	});

	it.each<[string, unknown[]]>([
		['INPUT_TEXT', [null, '', []]],
		['INPUT_NUMBER', [null, '', []]],
		['CHECKBOXES', [null, '', []]],
		['MATRIX', [null, '', [], {}, { [uuid(4)]: [] }]],
		['PAYMENT', [null, {}]],
	])('is left out where there is none: %s', (type, nothing) => {
		for (const answer of nothing) {
			expect(answersOf([asked('Q', type, 'Q')], [{ questionId: 'Q', answer }], matrix)).toEqual({});
			expect(answersOf([asked('Q', type, 'Q')], [{ questionId: 'Q', answer }], matrix, true)).toEqual({ Q: null });
		}
	});
});

describe('hidden and calculated fields', () => {
	const named = [
		{ uuid: uuid(20), type: 'HIDDEN_FIELD', title: 'utm_source' },
		{ uuid: uuid(21), type: 'HIDDEN_FIELD', title: 'constructor' },
	];

	it.each<[string, unknown, unknown]>([
		['by name', { utm_source: 'newsletter' }, { utm_source: 'newsletter' }],
		['by id', { [uuid(20)]: 'newsletter', [uuid(21)]: 'x' }, { utm_source: 'newsletter', constructor: 'x' }],
		['empty', { utm_source: '', constructor: null }, {}],
		['not at all', undefined, {}],
	])('come %s', (_how, answer, expected) => {
		const question = asked('H', 'HIDDEN_FIELDS', null, 0, named);
		expect(read([question], [{ questionId: 'H', answer }]).hidden).toEqual(expected);
	});

	it('have their names from the blocks where the list has none', () => {
		const question = { ...asked('H', 'HIDDEN_FIELDS', null), fields: [{ blockGroupUuid: uuid(60) }] };
		const blocks = [block(9, 'HIDDEN_FIELDS', 60, { hiddenFields: [{ uuid: uuid(22), name: 'ref' }] })];
		expect(read([question], [], blocks, true).hidden).toEqual({ ref: null });
	});

	it('have their names from the answer where nothing else has them', () => {
		const question = { ...asked('H', 'HIDDEN_FIELDS', null), fields: [] };
		expect(read([question], [{ questionId: 'H', answer: { a: '1', b: '2' } }]).hidden).toEqual({ a: '1', b: '2' });
	});

	it('have trimmed names, and their id where the name is blank', () => {
		const question = asked('H', 'HIDDEN_FIELDS', null, 0, [
			{ uuid: uuid(24), title: ' utm ' },
			{ uuid: uuid(25), title: ' ' },
		]);
		const answer = { ' utm ': 'a', [uuid(25)]: 'b', '': 'c' };
		expect(read([question], [{ questionId: 'H', answer }]).hidden).toEqual({
			utm: 'a',
			[`question_H_${uuid(25)}`]: 'b',
			question_H_: 'c',
		});
	});

	it('come with others that the list does not name', () => {
		const question = asked('H', 'HIDDEN_FIELDS', null, 0, [{ uuid: uuid(20), title: 'utm_source' }]);
		const hidden = (answer: unknown) => read([question], [{ questionId: 'H', answer }]).hidden;
		expect(hidden({ utm_source: 'a', other: 'b' })).toEqual({ utm_source: 'a', other: 'b' });
		expect(hidden({ other: 'b' })).toEqual({ other: 'b' });
	});

	it('do not take one value for several', () => {
		expect(read([asked('H', 'HIDDEN_FIELDS', null, 0, named)], [{ questionId: 'H', answer: 'x' }]).hidden).toEqual({});
	});

	it('may be one value of which nothing has the name', () => {
		const question = { ...asked('H', 'HIDDEN_FIELDS', 'Source'), fields: [] };
		expect(read([question], [{ questionId: 'H', answer: 'x' }]).hidden).toEqual({ Source: 'x' });
	});

	it('may be one value', () => {
		const question = asked('C', 'CALCULATED_FIELDS', null, 0, [{ uuid: uuid(23), title: 'score' }]);
		expect(read([question], [{ questionId: 'C', answer: 12 }]).calculated).toEqual({ score: 12 });
	});
});

it('names questions in the order of the form, not of the list', () => {
	const questions = [asked('B', 'INPUT_TEXT', 'Name', 71), asked('A', 'INPUT_TEXT', ' Name ', 70)];
	const blocks = [block(30, 'INPUT_TEXT', 70), block(31, 'INPUT_TEXT', 71)];
	const responses = [{ questionId: 'B', answer: 'second' }];
	expect(answersOf(questions, responses, blocks)).toEqual({ 'Name (2)': 'second' });
	expect(answersOf(questions, [])).toEqual({});
	expect(read(questions, responses, blocks).formName).toBe('Feedback');
});

it('leaves questions that were removed from the form where they have no answer', () => {
	const gone = { ...asked('G', 'INPUT_TEXT', 'Gone'), isDeleted: true };
	const questions = [gone, { ...gone, id: 'H', title: 'Old' }, asked('T', 'INPUT_TEXT', 'There')];
	const responses = [
		{ questionId: 'H', answer: 'kept' },
		{ questionId: 'Z', answer: null },
	];
	expect(answersOf(questions, responses, [], true)).toEqual({ Old: 'kept', There: null });
});

it('tells a submission that was sent from one that was only begun', () => {
	expect(read([], []).isCompleted).toBe(true);
	const begun = itemFromRest({ id: 's1', isCompleted: false }, [], 'GxdRaQ', readForm({}), {
		answerKeys: 'text',
		includeLinks: false,
		includeUnanswered: false,
		untitled: 'asDelivered',
	});
	expect(begun).toMatchObject({ isCompleted: false, formId: 'GxdRaQ' });
});

it('has an empty id where Tally gives none', () => {
	const options = {
		answerKeys: 'text',
		includeLinks: false,
		includeUnanswered: false,
		untitled: 'asDelivered',
	} as const;
	expect(itemFromRest({}, [], 'GxdRaQ', readForm({}), options)).toMatchObject({ submissionId: '' });
});

describe('a submission as Tally gave it', () => {
	const given = { id: 's1', previewUrl: 'https://tally.so/preview', pdfUrl: 'https://tally.so/pdf', other: null };

	it('is without the links that open it', () => {
		expect(rawFromRest(given, { includeLinks: false })).toEqual({ id: 's1', other: null });
	});

	it('is whole if they are asked for', () => {
		expect(rawFromRest(given, { includeLinks: true })).toEqual(given);
	});
});

it('does not lose an answer whose question is not listed', () => {
	expect(answersOf([], [{ questionId: 'Z', answer: 'kept' }, { answer: 'whose?' }])).toEqual({ question_Z: 'kept' });
});

it.each([undefined, null, 'text', [], [null, 7]])('takes %j for no questions and no answers', (odd) => {
	expect(
		itemFromRest({ id: 's1', responses: odd }, odd, 'GxdRaQ', readForm(odd), {
			answerKeys: 'text',
			includeLinks: true,
			includeUnanswered: false,
			untitled: 'asDelivered',
		}),
	).toEqual({
		submissionId: 's1',
		respondentId: null,
		formId: 'GxdRaQ',
		formName: null,
		submittedAt: null,
		isCompleted: false,
		answers: {},
		hidden: {},
		calculated: {},
		previewUrl: null,
		pdfUrl: null,
	});
});
