import type { IExecuteFunctions } from 'n8n-workflow';

import { assignmentsReader } from '../../../../nodes/CleverTap/parameters/assignments';
import { hasExpression, parameterReader } from '../../../../nodes/shared/parameters/reader';

/**
 * A node whose parameters are these; what an expression gives is the engine's word for the item.
 * Every question to the engine for a value is kept.
 */
function node(parameters: Record<string, unknown>, items: object[] = [{}, {}]) {
	const asked: Array<[name: string, item: number, options: unknown]> = [];
	const context = {
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter(name: string, item: number, fallback: unknown, options?: { rawExpressions?: boolean }) {
			const value = name in parameters ? parameters[name] : fallback;
			if (options?.rawExpressions) return value;
			asked.push([name, item, options]);
			return hasExpression(value) ? `engine ${item}` : value;
		},
	};
	return { context: context as unknown as IExecuteFunctions, asked };
}

describe('a parameter', () => {
	it.each<[string, unknown]>([
		['a text', 'a=b'],
		['a number', 5],
		['nothing', null],
		['nothing at all', undefined],
		['an object', { a: { b: ['x'] } }],
	])('without an expression is read once: %s', (_what, value) => {
		const { context, asked } = node({ p: value });
		const read = parameterReader(context, 'p', '');
		expect([read(0), read(1), read(2)]).toEqual([value, value, value]);
		expect(asked).toHaveLength(1);
	});

	it('that is missing is what stands in for it', () => {
		const { context } = node({});
		expect(parameterReader(context, 'p', 'else')(1)).toBe('else');
	});

	it.each<[string, unknown]>([
		['a computed text', '={{ $json.a + 1 }}'],
		['one inside an object', { a: { b: ['x', '={{ $json.a }}'] } }],
	])('with an expression is left to the engine, item by item: %s', (_what, value) => {
		const options = { extractValue: true };
		const { context, asked } = node({ p: value });
		const read = parameterReader(context, 'p', '', options);
		expect([read(0), read(1)]).toEqual(['engine 0', 'engine 1']);
		expect(asked).toEqual([
			['p', 0, options],
			['p', 1, options],
		]);
	});

	it('that is a path into the item is read there, and by the engine only where it leads nowhere', () => {
		const { context, asked } = node({ p: '={{ $json.a }}' }, [{ a: 1 }, { b: 2 }]);
		const read = parameterReader(context, 'p', '');
		expect([read(0), read(1), read(2)]).toEqual([1, 'engine 1', 'engine 2']);
		expect(asked.map(([, item]) => item)).toEqual([1, 2]);
	});
});

describe('an assignment collection', () => {
	const field = { id: '1', name: 'K', value: '={{ $json.a }}', type: 'string' };

	it('is read field by field, each member by itself', () => {
		const { context } = node(
			{
				p: { assignments: [field] },
				'p.assignments[0].name': 'K',
				'p.assignments[0].value': '={{ $json.a }}',
				'p.assignments[0].type': 'string',
			},
			[{ a: 1 }, { a: 'x' }],
		);
		const read = assignmentsReader(context, 'p');
		expect([read(0), read(1)]).toEqual([
			[{ name: 'K', value: 1, type: 'string' }],
			[{ name: 'K', value: 'x', type: 'string' }],
		]);
	});

	it('gives what was dragged in the name that people know it by', () => {
		const { context } = node(
			{
				p: { assignments: [{ name: "answers['Your email']", value: "={{ $json.answers['Your email'] }}" }] },
				'p.assignments[0].name': "answers['Your email']",
				'p.assignments[0].value': "={{ $json.answers['Your email'] }}",
			},
			[{ answers: { 'Your email': 'a@b.example' } }],
		);
		expect(assignmentsReader(context, 'p')(0)).toEqual([{ name: 'Your email', value: 'a@b.example', type: '' }]);
	});

	it('may come whole from an expression', () => {
		const { context } = node({ p: '={{ $json.fields }}' }, [{ fields: { assignments: [field] } }, { fields: null }]);
		const read = assignmentsReader(context, 'p');
		expect([read(0), read(1)]).toEqual([[field], []]);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['an object of another kind', {}],
		['fields that are no list', { assignments: 'K' }],
	])('is empty where it is %s', (_what, value) => {
		expect(assignmentsReader(node({ p: value }).context, 'p')(0)).toEqual([]);
	});

	it('has empty members where they are missing', () => {
		const { context } = node({ p: { assignments: [{}] } });
		expect(assignmentsReader(context, 'p')(0)).toEqual([{ name: '', value: '', type: '' }]);
	});
});
