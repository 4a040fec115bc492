import type { IDataObject } from 'n8n-workflow';

import { fromFields, fromInput, fromJson, propertiesReader } from '../../../../nodes/CleverTap/parameters/properties';
import { fakeNode } from '../../../support/fakeNode';
import { resultOf } from '../../../support/itemFailure';

describe('"Properties From"', () => {
	const parameters = {
		properties: { assignments: [{}] },
		'properties.assignments[0].name': 'Field',
		'properties.assignments[0].value': (item: number) => `user ${item}`,
		propertiesJson: (item: number) => ({ Json: item }),
	};
	const items = [{ a: 1 }, { b: 2 }];
	const read = (given: object) => {
		const context = fakeNode({ items, parameters: given as typeof parameters });
		const propertiesOf = propertiesReader(context, { rules: 1 });
		return (item: number) => propertiesOf(item).entries;
	};

	it('says of each item where its properties come from, one by one unless told otherwise', () => {
		expect(read(parameters)(1)).toEqual([['Field', 'user 1']]);
		expect(read({ ...parameters, propertiesMode: 'fields' })(0)).toEqual([['Field', 'user 0']]);
		expect(read({ ...parameters, propertiesMode: 'input' })(1)).toEqual([['b', 2]]);
		expect(read({ ...parameters, propertiesMode: 'json' })(1)).toEqual([['Json', 1]]);
		const mixed = read({ ...parameters, propertiesMode: (item: number) => (item === 0 ? 'input' : 'json') });
		expect([mixed(0), mixed(1)]).toEqual([[['a', 1]], [['Json', 1]]]);
	});

	it('gives none where nothing is filled in', () => {
		for (const propertiesMode of ['fields', 'json']) expect(read({ propertiesMode })(0)).toEqual([]);
	});
});

describe('every field of the input item', () => {
	it('takes all fields', () => {
		expect(fromInput({ a: 1, b: { c: 2 } })).toEqual([
			['a', 1],
			['b', { c: 2 }],
		]);
	});

	it('takes answers, hidden and calculated fields of a submission and nothing else', () => {
		expect(
			fromInput({
				submissionId: 's',
				formName: 'Feedback',
				answers: { Rating: 5 },
				hidden: { utm: 'x' },
				calculated: { score: 1 },
			}),
		).toEqual([
			['Rating', 5],
			['utm', 'x'],
			['score', 1],
		]);
	});

	it('takes the answers of a submission that has nothing else', () => {
		expect(fromInput({ submissionId: 's', answers: { Rating: 5 } })).toEqual([['Rating', 5]]);
	});

	it.each<[string, Record<string, unknown>]>([
		['answers without a submission', { answers: { Rating: 5 }, formName: 'Feedback' }],
		['a submission without answers', { submissionId: 's', formName: 'Feedback' }],
		['a submission whose answers are a list', { submissionId: 's', answers: ['x'] }],
	])('takes all fields of %s', (_name, json) => {
		expect(fromInput(json)).toEqual(Object.entries(json));
	});
});

describe('every field, by the rules of version 2', () => {
	const file = { name: 'cv.pdf', url: 'https://files.example/cv.pdf?token=1', mimeType: 'application/pdf', size: 1 };
	const read = (json: IDataObject, includeFileLinks?: boolean) =>
		propertiesReader(fakeNode({ items: [json], parameters: { propertiesMode: 'input' } }), {
			rules: 2,
			...(includeFileLinks === undefined ? {} : { includeFileLinks }),
		})(0);

	it('has neither what this node said nor the number of a row', () => {
		const cleverTap = { status: 'accepted', sent: 'profile', identity: 'ada' };
		expect(read({ row_number: 2, Plan: 'Team', cleverTap }).entries).toEqual([['Plan', 'Team']]);
		expect(read({ row_number: 'two' }).entries).toEqual([['row_number', 'two']]);
		expect(read({ submissionId: 's', answers: { row_number: 2 } }).entries).toEqual([['row_number', 2]]);
		expect(read(cleverTap)).toEqual({
			entries: [],
			notes: ['No field was sent: the item is nothing but what an earlier CleverTap node said of it'],
			isBare: true,
		});
	});

	it('marks what holds files, unless their links may go out', () => {
		const json = { submissionId: 's', answers: { Name: 'Ada', CV: [file], Deep: { a: [{ b: file }] } } };
		expect(read(json).entries).toEqual([
			['Name', 'Ada'],
			['CV', [file], 'withoutFiles'],
			['Deep', { a: [{ b: file }] }, 'withoutFiles'],
		]);
		expect(read(json, true).entries).toEqual(Object.entries(json.answers));
	});

	it('says nothing of a field without a value, only where none has one', () => {
		expect(read({ Plan: 'Team', Note: '' })).toMatchObject({ notes: [], isBare: false });
		expect(read({ Plan: null, Note: '' })).toMatchObject({ notes: [], isBare: true });
		expect(read({})).toMatchObject({ isBare: false });
	});
});

describe('JSON', () => {
	it.each<[string, unknown, unknown]>([
		['an object', { a: 1 }, [['a', 1]]],
		['its text', '{"a": [1]}', [['a', [1]]]],
		...['$set', '$add', '$remove', '$incr', '$decr', '$delete'].map((operator): [string, unknown, unknown] => [
			`CleverTap’s operator ${operator}`,
			{ a: { [operator]: 1 } },
			[['a', { [operator]: 1 }, 'ready']],
		]),
		['an object that is none of them', { a: { $push: 1 } }, [['a', { $push: 1 }]]],
		[
			'null and text',
			{ a: null, b: 'x' },
			[
				['a', null],
				['b', 'x'],
			],
		],
		['an empty object', { a: {} }, [['a', {}]]],
		['objects with more than an operator', { a: { $incr: 1, b: 2 } }, [['a', { $incr: 1, b: 2 }]]],
		['nothing', ' ', []],
	])('takes %s', (_name, value, entries) => {
		expect(fromJson(value)).toEqual(entries);
	});

	const invalid = {
		reason: '"Properties (JSON)" is not valid JSON',
		advice: 'Check its quotes and commas; CleverTap takes no comments. An expression must give an object.',
	};
	const noObject = {
		reason: '"Properties (JSON)" is not an object',
		advice: 'Write it as {"Name": "Ada"}: names and values in braces.',
	};
	it.each<[string, unknown, object]>([
		['a comment', '{"a": 1} // x', invalid],
		['a list', '[1]', noObject],
		['null', 'null', noObject],
		['a number', 5, noObject],
	])('refuses %s', (_name, value, refusal) => {
		expect(resultOf(() => fromJson(value))).toEqual({ status: 'refused', ...refusal });
	});
});

describe('fields', () => {
	const field = (type: unknown, value: unknown, name: unknown = 'K') =>
		resultOf(() => fromFields([{ name, type, value }], 'Properties'));

	it.each<[unknown, unknown, unknown]>([
		['string', 5, '5'],
		['', 5, '5'],
		[undefined, true, 'true'],
		['dateTime', 'soon', 'soon'],
		['dateTime', 5, 5],
		['string', true, 'true'],
		['string', ['a'], ['a']],
		['number', '4.5', 4.5],
		['number', 0, 0],
		['boolean', 'false', false],
		['array', '["a", 1]', ['a', 1]],
		['object', '{"a": 1}', { a: 1 }],
		['number', '', ''],
		['number', null, null],
		['boolean', undefined, undefined],
	])('of type %s turns %j into %j', (type, value, expected) => {
		expect(field(type, value)).toEqual([['K', expected]]);
	});

	it.each<[string, unknown]>([
		['number', 'many'],
		['boolean', 'perhaps'],
		['array', 'a, b'],
		['object', 'x'],
	])('of type %s refuse %j without repeating it', (type, value) => {
		const result = field(type, value);
		expect(result).toEqual({
			status: 'refused',
			reason: `The value of "K" is not of the type ${type}`,
			advice: 'Correct the value, or choose another type for this property.',
		});
		expect(JSON.stringify(result)).not.toContain(value);
	});

	it.each(['', ' ', null, 5])('need a name once they have a value, and %j is none', (name) => {
		expect(field('string', 'x', name)).toEqual({
			status: 'refused',
			reason: 'A property has a value but no name',
			advice: 'Give it a name in "Properties".',
		});
		for (const nothing of ['', null, undefined]) expect(field('string', nothing, name)).toEqual([]);
	});

	it('leave a date as it is, whatever type it is said to be', () => {
		const date = new Date(0);
		expect(field('number', date)).toEqual([['K', date]]);
	});
});
