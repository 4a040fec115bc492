import { questionsOf } from '../../../../nodes/Tally/submission/fields';
import { answersTo, bodyWith, choices, itemFrom, submissionIn, type SentField } from '../deliveries';

const topics = choices('Price', 'Fit, and finish', 'Service');
const rows = choices('Quality', 'Speed');
const columns = choices('Bad', 'Fair', 'Good');
const fileShown = {
	name: 'Lebenslauf (neu) ü.pdf',
	url: 'https://storage.tally.so/private/x?id=f1',
	mimeType: 'application/pdf',
	size: 16233,
};
const file = { id: 'f1', ...fileShown };

type Case = [what: string, field: Omit<SentField, 'label'>, answer: unknown];

const cases: Case[] = [
	['a text', { type: 'INPUT_TEXT', value: 'Ada' }, 'Ada'],
	['a text as typed, spaces and all', { type: 'TEXTAREA', value: ' two\nlines ' }, ' two\nlines '],
	['an e-mail address', { type: 'INPUT_EMAIL', value: 'ada@example.com' }, 'ada@example.com'],
	['a phone number', { type: 'INPUT_PHONE_NUMBER', value: '+32 477 47 47 47' }, '+32 477 47 47 47'],
	['a link without a scheme', { type: 'INPUT_LINK', value: 'example.com' }, 'example.com'],
	['a date', { type: 'INPUT_DATE', value: '2023-06-28' }, '2023-06-28'],
	['a time', { type: 'INPUT_TIME', value: '12:00' }, '12:00'],
	['a number', { type: 'INPUT_NUMBER', value: 10.5 }, 10.5],
	['zero', { type: 'INPUT_NUMBER', value: 0 }, 0],
	['a rating', { type: 'RATING', value: 5 }, 5],
	['a linear scale of zero', { type: 'LINEAR_SCALE', value: 0 }, 0],
	['a number that is formatted as text', { type: 'INPUT_NUMBER', value: '1,000' }, '1,000'],
	['one pick of a dropdown', { type: 'DROPDOWN', value: ['id-Price'], options: topics }, 'Price'],
	['one pick of a multiple choice', { type: 'MULTIPLE_CHOICE', value: ['id-Service'], options: topics }, 'Service'],
	['one pick as it was sent before 2023', { type: 'MULTIPLE_CHOICE', value: 'id-Price', options: topics }, 'Price'],
	[
		'several picks of a multiple choice',
		{ type: 'MULTIPLE_CHOICE', value: ['id-Service', 'id-Price'], options: topics },
		['Service', 'Price'],
	],
	[
		'"Other" with a typed text',
		{ type: 'MULTIPLE_CHOICE', value: ['a friend told me'], options: topics },
		'a friend told me',
	],
	[
		'"Other" beside a pick',
		{ type: 'CHECKBOXES', value: ['id-Price', 'the smell'], options: topics },
		['Price', 'the smell'],
	],
	['an option without a text', { type: 'DROPDOWN', value: ['x1'], options: [{ id: 'x1', text: '' }] }, 'x1'],
	['a pick without options', { type: 'DROPDOWN', value: ['x1'] }, 'x1'],
	['an entry that is no id', { type: 'MULTI_SELECT', value: [7, null, ''], options: topics }, [7]],
	['one checkbox', { type: 'CHECKBOXES', value: ['id-Fit, and finish'], options: topics }, ['Fit, and finish']],
	[
		'a multi-select in the order of picking',
		{ type: 'MULTI_SELECT', value: ['id-Service', 'id-Price'], options: topics },
		['Service', 'Price'],
	],
	[
		'a ranking from the top',
		{ type: 'RANKING', value: ['id-Service', 'id-Price', 'id-Fit, and finish'], options: topics },
		['Service', 'Price', 'Fit, and finish'],
	],
	['a ranking of one', { type: 'RANKING', value: 'id-Price', options: topics }, ['Price']],
	[
		'a matrix',
		{ type: 'MATRIX', value: { 'id-Quality': ['id-Good'], 'id-Speed': ['id-Fair'] }, rows, columns },
		{ Quality: 'Good', Speed: 'Fair' },
	],
	[
		'a matrix with several ticks in a row',
		{ type: 'MATRIX', value: { 'id-Quality': ['id-Good', 'id-Fair'] }, rows, columns },
		{ Quality: ['Good', 'Fair'] },
	],
	[
		'a matrix with a row left out',
		{ type: 'MATRIX', value: { 'id-Quality': [], 'id-Speed': null, x: ['id-Bad'] }, rows, columns },
		{ x: 'Bad' },
	],
	[
		'a matrix with rows of the same text',
		{
			type: 'MATRIX',
			value: { a: ['id-Good'], b: ['id-Bad'] },
			rows: [
				{ id: 'a', text: 'Row ' },
				{ id: 'b', text: 'Row' },
			],
			columns,
		},
		{ Row: 'Good', 'Row (2)': 'Bad' },
	],
	['a matrix whose rows and columns are unknown', { type: 'MATRIX', value: { r: ['c'] } }, { r: 'c' }],
	[
		'a matrix with rows that are called like what every object has',
		{
			type: 'MATRIX',
			value: { valueOf: ['id-Bad'] },
			rows: [
				{ id: '__proto__', text: 'A' },
				{ id: 'constructor', text: 'B' },
				{ id: 'valueOf', text: 'C' },
			],
			columns,
		},
		{ C: 'Bad' },
	],
	[
		'a matrix with a row that has no id',
		{ type: 'MATRIX', value: { b: ['id-Bad'] }, rows: [{ text: 'Row' }, { id: 'b', text: 'Row' }], columns },
		{ Row: 'Bad' },
	],
	['a matrix that is no object', { type: 'MATRIX', value: 'as text' }, 'as text'],
	['an uploaded file', { type: 'FILE_UPLOAD', value: [file] }, [fileShown]],
	[
		'two files',
		{ type: 'FILE_UPLOAD', value: [file, { ...file, name: 'b' }] },
		[fileShown, { ...fileShown, name: 'b' }],
	],
	[
		'a file without size and id',
		{ type: 'FILE_UPLOAD', value: [{ name: 'a', url: 'https://x.example/a' }] },
		[{ name: 'a', url: 'https://x.example/a', mimeType: null, size: null }],
	],
	['a signature', { type: 'SIGNATURE', value: [file] }, [fileShown]],
	['a file outside a list', { type: 'SIGNATURE', value: file }, [fileShown]],
	[
		'an upload without a link',
		{ type: 'FILE_UPLOAD', value: [{ id: 'f1', error: 'gone' }] },
		[{ id: 'f1', error: 'gone' }],
	],
	['an upload that is no file', { type: 'FILE_UPLOAD', value: ['gone'] }, ['gone']],
	["a respondent's country", { type: 'RESPONDENT_COUNTRY', value: 'BE' }, 'BE'],
	['a type nobody has heard of', { type: 'HOLOGRAM', value: { beam: [1, { x: null }] } }, { beam: [1, { x: null }] }],
	['a list of a type nobody has heard of', { type: 'HOLOGRAM', value: ['a', 'b'] }, ['a', 'b']],
	['false of a type nobody has heard of', { type: 'HOLOGRAM', value: false }, false],
	['a type that is missing', { type: '', value: 'x' }, 'x'],
];

it.each(cases)('%s', (_what, field, answer) => {
	expect(answersTo([{ key: 'question_a', label: 'Q', ...field }])).toEqual({ Q: answer });
});

it('keeps the rows of a matrix in the order of the form, though one has no text', () => {
	const rows = [
		{ id: 'a', text: '' },
		{ id: 'b', text: 'B' },
	];
	const field = { type: 'MATRIX', value: { b: ['id-Bad'], a: ['id-Good'] }, rows, columns };
	expect(JSON.stringify(answersTo([{ key: 'question_m', label: 'M', ...field }]))).toBe('{"M":{"a":"Good","B":"Bad"}}');
});

it('tells what type a question is of, also where it was put together', () => {
	const { fields } = submissionIn(
		bodyWith([
			{ key: 'question_f', label: 'CV', type: 'FILE_UPLOAD', value: [file] },
			{ key: 'question_c_1', label: 'Topics (Price)', type: 'CHECKBOXES', value: true },
			{ key: 'question_p_price', label: 'Pay (price)', type: 'PAYMENT', value: 9 },
		]),
	);
	expect(questionsOf(fields).map(({ key, type }) => [key, type])).toEqual([
		['question_f', 'FILE_UPLOAD'],
		['question_c', 'CHECKBOXES'],
		['question_p', 'PAYMENT'],
	]);
});

const unanswered: Array<[string, Omit<SentField, 'label'>]> = [
	['null', { type: 'INPUT_TEXT', value: null }],
	['nothing', { type: 'INPUT_TEXT' }],
	['an emptied text', { type: 'INPUT_TEXT', value: '' }],
	['an emptied number', { type: 'INPUT_NUMBER', value: '' }],
	['no pick', { type: 'MULTIPLE_CHOICE', value: [], options: topics }],
	['no pick but null', { type: 'DROPDOWN', value: [null], options: topics }],
	['no checkbox', { type: 'CHECKBOXES', value: null, options: topics }],
	['no checkbox at all', { type: 'CHECKBOXES', options: topics }],
	['no checkbox, and no options', { type: 'CHECKBOXES', value: null }],
	['no file', { type: 'FILE_UPLOAD', value: [] }],
	['no file at all', { type: 'FILE_UPLOAD', value: null }],
	['a matrix without a tick', { type: 'MATRIX', value: { 'id-Quality': [], 'id-Speed': null }, rows, columns }],
	['an empty matrix', { type: 'MATRIX', value: {}, rows, columns }],
	['an empty list of a type nobody has heard of', { type: 'HOLOGRAM', value: [] }],
];

it.each(unanswered)('unanswered: %s', (_what, field) => {
	const fields = [{ key: 'question_a', label: 'Q', ...field }];
	expect(answersTo(fields)).toEqual({});
	expect(answersTo(fields, { includeUnanswered: true })).toEqual({ Q: null });
});

describe('Checkbox questions', () => {
	const aggregate = { key: 'question_c', label: 'Topics', type: 'CHECKBOXES', options: topics };
	const tick = (text: string, value: unknown, label: string | null = `Topics (${text})`) => ({
		key: `question_c_id-${text}`,
		label,
		type: 'CHECKBOXES',
		value,
	});

	it('show the options once, although Tally sends each one again', () => {
		const fields = [
			{ ...aggregate, value: ['id-Service'] },
			tick('Price', false),
			tick('Fit, and finish', false),
			tick('Service', true),
		];
		expect(answersTo(fields)).toEqual({ Topics: ['Service'] });
		expect(answersTo([...fields].reverse())).toEqual({ Topics: ['Service'] });
	});

	it('are unanswered once, too', () => {
		const fields = [{ ...aggregate, value: null }, tick('Price', null), tick('Service', null)];
		expect(answersTo(fields)).toEqual({});
		expect(answersTo(fields, { includeUnanswered: true })).toEqual({ Topics: null });
	});

	it.each([
		[
			'plain',
			[tick('Price', true), tick('Service', false), tick('Fit, and finish', true)],
			{ Topics: ['Price', 'Fit, and finish'] },
		],
		['none ticked', [tick('Price', false), tick('Service', false)], {}],
		['unanswered', [tick('Price', null), tick('Service', null)], {}],
		[
			'parentheses in an option',
			[tick('Price (net)', true), tick('Price (gross)', true)],
			{ Topics: ['Price (net)', 'Price (gross)'] },
		],
		[
			'a parenthesis that nothing closes',
			[tick('a) b', true), tick('Service', true)],
			{ question_c: ['Topics (a) b)', 'Topics (Service)'] },
		],
		['a parenthesis that nothing closes, alone', [tick('a) b', true)], { question_c: ['Topics (a) b)'] }],
		['a text that ends in a letter', [tick('A', true, 'Topic A')], { question_c: ['Topic A'] }],
		['texts without an option', [tick('Price', true, 'Topics')], { question_c: ['Topics'] }],
		['no space before the option', [tick('Price', true, 'Topics(Price)')], { question_c: ['Topics(Price)'] }],
		['no text', [tick('Price', true, null), tick('Service', true, null)], { question_c: ['id-Price', 'id-Service'] }],
	])('are put together where only the options came: %s', (_what, fields, answers) => {
		expect(answersTo(fields)).toEqual(answers);
	});

	it.each<[string, unknown, SentField[], string[]]>([
		[
			'in its place',
			['id-Price', 'id-Other'],
			[tick('Price', true), tick('Other', 'Shellfish')],
			['Price', 'Shellfish'],
		],
		['where the picks have only the rest', ['id-Price'], [tick('Other', 'Shellfish')], ['Price', 'Shellfish']],
		['where the picks have it, too', ['id-Price', 'Shellfish'], [tick('Other', 'Shellfish')], ['Price', 'Shellfish']],
		['where the picks are missing', null, [tick('Other', ' Shellfish')], [' Shellfish']],
		['that looks like an option', ['id-Price', 'id-Other'], [tick('Other', 'Service')], ['Price', 'Service']],
		['unless it is empty', ['id-Price', 'id-Other'], [tick('Other', ''), tick('Price', true)], ['Price', 'Other']],
		['unless it is blank', ['id-Price', 'id-Other'], [tick('Other', '  ')], ['Price', 'Other']],
	])('hold what was written beside "Other": %s', (_where, value, ticks, answer) => {
		const whole = { ...aggregate, options: choices('Price', 'Other', 'Service'), value };
		expect(answersTo([whole, ...ticks])).toEqual({ Topics: answer });
		expect(answersTo([...ticks, whole])).toEqual({ Topics: answer });
	});

	it('hold what was written beside "Other" where only the options came', () => {
		expect(answersTo([tick('Price', true), tick('Other', 'Shellfish'), tick('Service', false)])).toEqual({
			Topics: ['Price', 'Shellfish'],
		});
	});

	it.each<[string, string, unknown, unknown]>([
		['several picks', 'MULTI_SELECT', ['id-Price', 'id-Other'], ['Price', 'Shellfish']],
		['a ranking', 'RANKING', ['id-Other', 'id-Price'], ['Shellfish', 'Price']],
		['one pick', 'MULTIPLE_CHOICE', ['id-Other'], 'Shellfish'],
		['one pick of several', 'MULTIPLE_CHOICE', ['id-Price', 'id-Other'], ['Price', 'Shellfish']],
		['a dropdown', 'DROPDOWN', 'id-Other', 'Shellfish'],
		['no picks', 'MULTIPLE_CHOICE', null, 'Shellfish'],
	])('hold what was written beside "Other" of whatever has options: %s', (_what, type, value, answer) => {
		const whole = { ...aggregate, type, options: choices('Price', 'Other'), value };
		const ticks = [tick('Price', true), tick('Other', 'Shellfish')].map((field) => ({ ...field, type }));
		expect(answersTo([whole, ...ticks])).toEqual({ Topics: answer });
	});

	it('are questions of their own where only checkboxes are known to come so, or the types differ', () => {
		const other = { ...tick('Other', 'Shellfish', 'Topics (Other)'), type: 'MULTI_SELECT' };
		expect(answersTo([other])).toEqual({ 'Topics (Other)': ['Shellfish'] });
		expect(answersTo([{ ...aggregate, value: ['id-Price'] }, other])).toEqual({
			Topics: ['Price'],
			'Topics (Other)': ['Shellfish'],
		});
		expect(answersTo([{ ...aggregate, type: 'MULTI_SELECT', value: ['id-Price'] }, tick('Service', true)])).toEqual({
			Topics: ['Price'],
			'Topics (Service)': [true],
		});
	});

	it('do not swallow another question with the same key', () => {
		expect(
			answersTo([{ key: 'question_c', label: 'Odd', type: 'INPUT_TEXT', value: 'x' }, tick('Price', true)]),
		).toEqual({ Odd: 'x', Topics: ['Price'] });
	});
});

describe('Payments', () => {
	const part = (name: string, value: unknown, label: string | null = `Pay here (${name})`, question = 'p') => ({
		key: `question_${question}_${name}`,
		label,
		type: 'PAYMENT',
		value,
	});
	const link = 'https://dashboard.stripe.com/payments/pi_1';

	it("are one object under the question's text", () => {
		expect(
			answersTo([
				part('price', 9),
				part('currency', 'USD'),
				part('name', 'Ada'),
				part('email', 'ada@example.com'),
				part('link', link),
			]),
		).toEqual({ 'Pay here': { price: 9, currency: 'USD', name: 'Ada', email: 'ada@example.com', link } });
	});

	it('always have their five parts, and what Tally may add', () => {
		expect(answersTo([part('price', 0), part('tax', 2), part('email', '')])).toEqual({
			'Pay here': { price: 0, currency: null, name: null, email: null, link: null, tax: 2 },
		});
	});

	it('that were not made are unanswered', () => {
		const fields = [part('price', null), part('currency', null), part('link', '')];
		expect(answersTo(fields)).toEqual({});
		expect(answersTo(fields, { includeUnanswered: true })).toEqual({ 'Pay here': null });
	});

	it('have the text of the part that has one', () => {
		expect(answersTo([part('price', 1, null), part('currency', 'EUR')])).toMatchObject({
			'Pay here': { currency: 'EUR' },
		});
	});

	it('have keys of any length, and are none where the key is of another form', () => {
		expect(
			answersTo([
				part('price', 1, undefined, 'EKOE2N'),
				part('currency', 'EUR', undefined, 'EKOE2N'),
				{ ...part('price', 2, 'Odd'), key: 'old_question_p_price' },
			]),
		).toEqual({ 'Pay here': { price: 1, currency: 'EUR', name: null, email: null, link: null }, Odd: 2 });
	});

	it('keep apart, and stay beside what is no part', () => {
		expect(
			answersTo([
				part('price', 1),
				{ ...part('price', 2), key: 'question_q_price' },
				{ key: 'question_r', label: 'Third', type: 'PAYMENT', value: 3 },
				{ ...part('price', 4, 'Bare'), key: 'question_s_price' },
				{ ...part('price', 5, null), key: 'question_t_price' },
			]),
		).toMatchObject({
			'Pay here': { price: 1 },
			'Pay here (2)': { price: 2 },
			Third: 3,
			Bare: { price: 4 },
			question_t: { price: 5 },
		});
	});
});

describe('Names', () => {
	const text = (key: string, label: string | null | undefined, value: unknown = key): SentField => ({
		key: `question_${key}`,
		label,
		type: 'INPUT_TEXT',
		value,
	});

	it('are trimmed, and are the key where there is no text', () => {
		expect(
			answersTo([text('a', ' What now?\n'), text('b', null), text('c', ''), text('d', ' \n'), text('e', undefined)]),
		).toEqual({ 'What now?': 'a', question_b: 'b', question_c: 'c', question_d: 'd', question_e: 'e' });
	});

	it('are numbered where texts repeat', () => {
		expect(answersTo([text('a', 'Name'), text('b', 'Name '), text('c', 'Name')])).toEqual({
			Name: 'a',
			'Name (2)': 'b',
			'Name (3)': 'c',
		});
	});

	it('are numbered in the order of the form, whatever their keys look like', () => {
		expect(answersTo([text('a_1', 'Name'), text('b', 'Name'), text('a_2', 'Name')])).toEqual({
			Name: 'a_1',
			'Name (2)': 'b',
			'Name (3)': 'a_2',
		});
	});

	it('do not shift when a question is left unanswered', () => {
		expect(answersTo([text('a', 'Name', null), text('b', 'Name', ''), text('c', 'Name')])).toEqual({
			'Name (3)': 'c',
		});
	});

	it('leave a question its own text, even if it looks like a number of another', () => {
		expect(answersTo([text('a', 'Name'), text('b', 'Name'), text('c', 'Name (2)')])).toEqual({
			Name: 'a',
			'Name (3)': 'b',
			'Name (2)': 'c',
		});
	});

	it('do not collide with a key', () => {
		expect(answersTo([text('a', 'question_b'), text('b', null)])).toEqual({
			question_b: 'a',
			'question_b (2)': 'b',
		});
	});

	it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '1', 'a.b', '¿Cuál? 你好 🙂'])(
		'may be %j',
		(name) => {
			const answers = answersTo([text('a', name, 'mine'), text('b', 'Next')]) as object;
			const copied = JSON.parse(JSON.stringify(answers)) as object;
			for (const each of [answers, copied]) {
				expect(Object.getOwnPropertyDescriptor(each, name)?.value).toBe('mine');
				expect(Object.getPrototypeOf(each)).toBe(Object.prototype);
			}
		},
	);

	it('may be the key instead', () => {
		const fields = [
			text('a', 'Name'),
			text('b', 'Name'),
			{ key: 'question_p_price', label: 'Pay (price)', type: 'PAYMENT', value: 1 },
		];
		expect(answersTo(fields, { answerKeys: 'key' })).toMatchObject({
			question_a: 'a',
			question_b: 'b',
			question_p: { price: 1 },
		});
	});

	it('are made up where even the key is missing', () => {
		expect(
			answersTo([
				{ type: 'INPUT_TEXT', value: 'x' },
				{ type: 'INPUT_TEXT', value: 'y' },
			]),
		).toEqual({
			field_1: 'x',
			field_2: 'y',
		});
	});
});

describe('Hidden and calculated fields', () => {
	const fields: SentField[] = [
		{ key: 'question_q', label: 'Score', type: 'INPUT_NUMBER', value: 1 },
		{ key: 'question_h_1', label: 'utm_source', type: 'HIDDEN_FIELDS', value: 'newsletter' },
		{ key: 'question_h_2', label: 'utm_medium', type: 'HIDDEN_FIELDS', value: null },
		{ key: 'question_c_1', label: 'Score', type: 'CALCULATED_FIELDS', value: 0 },
		{ key: 'question_c_2', label: 'Type', type: 'CALCULATED_FIELDS', value: '' },
	];

	it('stand apart from the answers', () => {
		expect(itemFrom(bodyWith(fields))).toMatchObject({
			answers: { Score: 1 },
			hidden: { utm_source: 'newsletter' },
			calculated: { Score: 0 },
		});
	});

	it('are there, and empty, if the form has none', () => {
		expect(itemFrom(bodyWith([]))).toMatchObject({ answers: {}, hidden: {}, calculated: {} });
	});

	it('keep their names when answers are named by key', () => {
		expect(itemFrom(bodyWith(fields), { answerKeys: 'key', includeUnanswered: true })).toMatchObject({
			answers: { question_q: 1 },
			hidden: { utm_source: 'newsletter', utm_medium: null },
			calculated: { Score: 0, Type: null },
		});
	});
});

describe('Large submissions', () => {
	const many = 200_000;
	const ids = Array.from({ length: many }, (_, index) => `id-${index}`);

	it('may have any number of fields, of one question or of many', () => {
		const one = ids.map((id) => ({
			key: `question_c_${id}`,
			label: `Topics (${id})`,
			type: 'CHECKBOXES',
			value: true,
		}));
		expect((answersTo(one) as { Topics: unknown[] }).Topics).toHaveLength(many);
		const parts = ids.map((id) => ({ key: `question_p_${id}`, label: `Pay (${id})`, type: 'PAYMENT', value: 1 }));
		expect(Object.keys((answersTo(parts) as { Pay: object }).Pay)).toHaveLength(many + 5);
		const both = ids.map((id, index) => ({
			key: index % 2 === 0 ? 'question_c' : `question_c_${id}`,
			label: 'Topics',
			type: 'CHECKBOXES',
			value: index % 2 === 0 ? ['x'] : `written ${index}`,
			options: index % 2 === 0 ? [] : undefined,
		}));
		const answers = answersTo(both) as Record<string, unknown[]>;
		expect(answers.Topics).toHaveLength(many / 2 + 1);
		expect(answers['Topics (2)']).toEqual(['x']);
		const odd = ids.map(() => ({ key: 'question_c', label: 'Topics', type: 'CHECKBOXES', value: ['x'] }));
		expect(Object.keys(answersTo(odd) as object)).toHaveLength(many);
		const plain = ids.map((id) => ({ key: id, label: 'Q', type: 'INPUT_TEXT', value: 'x' }));
		expect(Object.keys(answersTo(plain) as object)).toHaveLength(many);
	});

	it('may have any number of options and picks', () => {
		const options = ids.map((id) => ({ id, text: `text of ${id}` }));
		const picked = answersTo([{ key: 'q', label: 'Q', type: 'RANKING', value: [...ids].reverse(), options }]);
		expect((picked as { Q: string[] }).Q.at(-1)).toBe('text of id-0');
	});

	it('may have any number of rows and columns', () => {
		const columns = ids.map((id) => ({ id, text: `column ${id}` }));
		const rows = ids.map((id) => ({ id, text: 'row' }));
		const value = Object.fromEntries(ids.map((id) => [id, [id]]));
		const { Q } = answersTo([{ key: 'q', label: 'Q', type: 'MATRIX', value, rows, columns }]) as { Q: object };
		expect(Object.entries(Q).at(-1)).toEqual([`row (${many})`, `column id-${many - 1}`]);
	});
});
