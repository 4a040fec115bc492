import { parameterReader } from '../../../../nodes/shared/parameters/reader';
import { parameterNode } from '../../../support/parameterNode';

describe('a parameter', () => {
	it.each<[string, unknown]>([
		['a text', 'a=b'],
		['a number', 5],
		['nothing', null],
		['nothing at all', undefined],
		['an object', { a: { b: ['x'] } }],
	])('without an expression is read once: %s', (_what, value) => {
		const { context, asked } = parameterNode({ p: value });
		const read = parameterReader(context, 'p', '');
		expect([read(0), read(1), read(2)]).toEqual([value, value, value]);
		expect(asked).toHaveLength(1);
	});

	it('that is missing is what stands in for it', () => {
		const { context } = parameterNode({});
		expect(parameterReader(context, 'p', 'else')(1)).toBe('else');
	});

	it.each<[string, unknown]>([
		['a computed text', '={{ $json.a + 1 }}'],
		['one inside an object', { a: { b: ['x', '={{ $json.a }}'] } }],
	])('with an expression is left to the engine, item by item: %s', (_what, value) => {
		const options = { extractValue: true };
		const { context, asked } = parameterNode({ p: value });
		const read = parameterReader(context, 'p', '', options);
		expect([read(0), read(1)]).toEqual(['engine 0', 'engine 1']);
		expect(asked).toEqual([
			['p', 0, options],
			['p', 1, options],
		]);
	});

	it('that is a path into the item is read there, and by the engine only where it leads nowhere', () => {
		const { context, asked } = parameterNode({ p: '={{ $json.a }}' }, [{ a: 1 }, { b: 2 }]);
		const read = parameterReader(context, 'p', '');
		expect([read(0), read(1), read(2)]).toEqual([1, 'engine 1', 'engine 2']);
		expect(asked.map(([, item]) => item)).toEqual([1, 2]);
	});
});
