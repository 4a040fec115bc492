import { readLimit, readOptions, readSimplify } from '../../../../nodes/CleverTap/parameters/readOptions';
import { fakeNode } from '../../../support/fakeNode';
import { resultOf } from '../../../support/itemFailure';

describe('the options of a read', () => {
	const read = (options: object) => readOptions(fakeNode({ parameters: { options } }), 0);

	it('have defaults', () => {
		expect(readOptions(fakeNode({}), 0)).toEqual({ maxWaitMs: 300_000 });
	});

	it('are those of the item', () => {
		const node = fakeNode({ parameters: { options: (item: number) => ({ maxWait: item }) } });
		expect([readOptions(node, 0), readOptions(node, 2)]).toEqual([{ maxWaitMs: 0 }, { maxWaitMs: 120_000 }]);
	});

	it.each<[object, object]>([
		[{ batchSize: 1 }, { batchSize: 1 }],
		[{ batchSize: '46.9' }, { batchSize: 46 }],
		[{ batchSize: 0.5 }, {}],
		[{ batchSize: 'all' }, {}],
		[{ identity: ' ada ' }, { identity: 'ada' }],
		[{ identity: 42 }, { identity: '42' }],
		[{ identity: ' ' }, {}],
		[{ identity: '\u200bada' }, { identity: 'ada' }],
		[{ identity: null }, {}],
		[{ maxWait: 0.5 }, { maxWaitMs: 30_000 }],
		[{ maxWait: -1 }, { maxWaitMs: 0 }],
		[{ maxWait: 'long' }, {}],
	])('%j is read as %j', (given, read_) => {
		expect(read(given)).toEqual({ maxWaitMs: 300_000, ...read_ });
	});
});

it.each([['null'], ['#N/A'], [true], ['{{ user }}']])('events of the user %j are not asked for', (identity) => {
	const node = fakeNode({ parameters: { options: { identity } } });
	expect(resultOf(() => readOptions(node, 0))).toMatchObject({
		status: 'refused',
		reason: expect.stringContaining('"Identity" is ') as string,
	});
});

it.each<[unknown, boolean]>([
	[undefined, true],
	[true, true],
	['yes', true],
	['false', false],
	['', false],
	[0, false],
])('"Simplify" %j is %j', (simplify, isOn) => {
	expect(readSimplify(fakeNode({ parameters: simplify === undefined ? {} : { simplify } }), 0)).toBe(isOn);
});

it('what is neither yes nor no is refused by the option’s name', () => {
	const node = fakeNode({ parameters: { simplify: 'perhaps', returnAll: [] } });
	expect(resultOf(() => readSimplify(node, 0))).toMatchObject({
		reason: 'The value of "Simplify" is neither yes nor no',
	});
	expect(resultOf(() => readLimit(node, 0))).toMatchObject({
		reason: 'The value of "Return All" is neither yes nor no',
	});
});

describe('how many results are wanted', () => {
	const limitOf = (parameters: Record<string, unknown>) => readLimit(fakeNode({ parameters }), 0);

	it.each<[Record<string, unknown>, object]>([
		[{}, { limit: 50 }],
		[{ returnAll: false, limit: 7 }, { limit: 7 }],
		[{ limit: '7.9' }, { limit: 7 }],
		[{ limit: 0 }, { limit: 1 }],
		[{ limit: 'many' }, { limit: 50 }],
		[{ returnAll: true, limit: 7 }, {}],
		[{ returnAll: 'true', limit: 7 }, {}],
		[{ returnAll: 'false', limit: 7 }, { limit: 7 }],
		[{ returnAll: '', limit: 7 }, { limit: 7 }],
	])('%j', (parameters, limit) => {
		expect(limitOf(parameters)).toEqual(limit);
	});
});
