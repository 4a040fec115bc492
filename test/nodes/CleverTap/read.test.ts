import { fromFields, fromInput, fromJson } from '../../../nodes/CleverTap/properties/read';

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
});

describe('JSON', () => {
	it.each<[string, unknown, unknown]>([
		['an object', { a: 1 }, [['a', 1]]],
		['its text', '{"a": [1]}', [['a', [1]]]],
		['CleverTap’s operators', { a: { $incr: 1 } }, [['a', { $incr: 1 }, 'ready']]],
		['objects with more than an operator', { a: { $incr: 1, b: 2 } }, [['a', { $incr: 1, b: 2 }]]],
		['nothing', ' ', []],
	])('takes %s', (_name, value, entries) => {
		expect(fromJson(value)).toEqual(entries);
	});

	it.each<[string, unknown, string]>([
		['a comment', '{"a": 1} // x', '"Properties (JSON)" is not valid JSON'],
		['a list', '[1]', '"Properties (JSON)" is not an object'],
		['a number', 5, '"Properties (JSON)" is not an object'],
	])('refuses %s', (_name, value, reason) => {
		expect(fromJson(value)).toMatchObject({ status: 'refused', reason });
	});
});

describe('fields', () => {
	const field = (type: string, value: unknown, name = 'K') =>
		fromFields([{ name, type, value: value }]);

	it.each<[string, unknown, unknown]>([
		['string', 5, '5'],
		['string', true, 'true'],
		['string', ['a'], ['a']],
		['number', '4.5', 4.5],
		['number', 0, 0],
		['boolean', 'false', false],
		['array', '["a", 1]', ['a', 1]],
		['object', '{"a": 1}', { a: 1 }],
		['number', '', ''],
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
		expect(result).toMatchObject({ status: 'refused', reason: `The value of "K" is no ${type}` });
		expect(JSON.stringify(result)).not.toContain(value);
	});

	it('need a name once they have a value', () => {
		expect(field('string', 'x', ' ')).toMatchObject({ status: 'refused' });
		expect(field('string', '', '')).toEqual([]);
	});
});
