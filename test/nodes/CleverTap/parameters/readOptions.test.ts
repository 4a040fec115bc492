import { readLimit, readOptions } from '../../../../nodes/CleverTap/parameters/readOptions';
import { fakeNode } from '../../../support/fakeNode';

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
		[{ identity: true }, {}],
		[{ maxWait: 0.5 }, { maxWaitMs: 30_000 }],
		[{ maxWait: -1 }, { maxWaitMs: 0 }],
		[{ maxWait: 'long' }, {}],
	])('%j is read as %j', (given, read_) => {
		expect(read(given)).toEqual({ maxWaitMs: 300_000, ...read_ });
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
		[{ returnAll: 'true', limit: 7 }, { limit: 7 }],
	])('%j', (parameters, limit) => {
		expect(limitOf(parameters)).toEqual(limit);
	});
});
