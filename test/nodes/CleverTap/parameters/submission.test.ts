import { fieldsOf, isSubmission, MissingAnswers } from '../../../../nodes/CleverTap/parameters/submission';

const submission = (more: object) => ({
	submissionId: 's',
	formId: 'f',
	answers: {},
	hidden: {},
	calculated: {},
	...more,
});

describe('a submission', () => {
	it.each<[string, Record<string, unknown>, boolean]>([
		['with answers', submission({}), true],
		['without answers', { submissionId: 's' }, false],
		['whose answers are a list', { submissionId: 's', answers: ['x'] }, false],
		['without an ID', { answers: {} }, false],
	])('%s: %j', (_, json, is) => {
		expect(isSubmission(json)).toBe(is);
	});

	it('has its answers, hidden and calculated fields', () => {
		const json = submission({ answers: { a: 1 }, hidden: { b: 2 }, calculated: null });
		expect(isSubmission(json) && fieldsOf(json)).toEqual([
			['a', 1],
			['b', 2],
		]);
	});
});

describe('why an answer is missing', () => {
	const why = (path: string[], first: object, ...others: object[]) =>
		new MissingAnswers([first, ...others].map((json) => ({ json: json as Record<string, unknown> }))).why(0, path);
	const rate = ['answers', 'Rate us'];
	const open = 'the question "Rate us" was not answered, or is not there any more';

	it.each<[string, string[], object, object[], string | undefined]>([
		['it is null', rate, submission({ answers: { 'Rate us': null } }), [], 'the question "Rate us" was not answered'],
		['it is left out', rate, submission({ answers: { Name: 'Ada' } }), [], open],
		[
			'it is left out, and others are null',
			rate,
			submission({ answers: { Name: null } }),
			[],
			'there is no question "Rate us"',
		],
		[
			'others of the same form have it',
			rate,
			submission({}),
			[submission({ answers: { 'Rate us': 5 } })],
			'the question "Rate us" was not answered',
		],
		[
			'one of another form has it',
			rate,
			submission({}),
			[submission({ formId: 'g', answers: { 'Rate us': 5 } })],
			open,
		],
		['another item is no submission', rate, submission({}), [{ answers: { 'Rate us': 5 } }], open],
		[
			'it is a hidden field',
			['hidden', 'utm'],
			submission({}),
			[submission({ hidden: { utm: 'x' } })],
			'the hidden field "utm" came without a value',
		],
		[
			'a question is called so, and no hidden field',
			['hidden', 'utm'],
			submission({ answers: { utm: null } }),
			[],
			'there is no hidden field "utm"',
		],
		[
			'it is a calculated field',
			['calculated', 'score'],
			submission({}),
			[],
			'the calculated field "score" came without a value, or is not there any more',
		],
		[
			'a row of it is missing',
			['answers', 'Rate us', 'Speed'],
			submission({ answers: { 'Rate us': { Price: 'Good' } } }),
			[],
			undefined,
		],
		['all of its rows are', ['answers', 'Rate us', 'Speed'], submission({}), [], open],
		[
			'it has a name of JavaScript’s',
			['answers', 'constructor'],
			submission({}),
			[],
			'the question "constructor" was not answered, or is not there any more',
		],
		['it is another field', ['formName'], submission({}), [], undefined],
		['it is all of them', ['answers'], submission({}), [], undefined],
		['it is a field of no submission', rate, { answers: {} }, [], undefined],
		['there is no way', [], submission({}), [], undefined],
	])('%s', (_, path, json, others, expected) => {
		expect(why(path, json, ...others)).toBe(expected);
	});
});
