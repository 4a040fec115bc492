import { readAllPages, readPage } from '../../../../nodes/Tally/transport/pages';

describe('A page', () => {
	it.each([
		['an envelope', { items: [{ id: 1 }], hasMore: true }, { items: [{ id: 1 }], hasMore: true }],
		['the last envelope', { items: [{ id: 1 }], hasMore: false }, { items: [{ id: 1 }], hasMore: false }],
		['a bare list', [{ id: 1 }], { items: [{ id: 1 }], hasMore: false }],
		['entries that are none', { items: [null, 'x', { id: 1 }] }, { items: [{ id: 1 }], hasMore: false }],
		['another name', { forms: [{ id: 1 }] }, { items: [], hasMore: false }],
		['no object', 'x', { items: [], hasMore: false }],
		['nothing', undefined, { items: [], hasMore: false }],
	])('is read from %s', (_what, body, page) => {
		expect(readPage(body, 'items')).toEqual(page);
	});
});

describe('All pages', () => {
	it('are read in turn', async () => {
		const asked: number[] = [];
		const items = await readAllPages((page) => {
			asked.push(page);
			return Promise.resolve({ items: [{ page }], hasMore: page < 3 });
		});
		expect(asked).toEqual([1, 2, 3]);
		expect(items).toEqual([{ page: 1 }, { page: 2 }, { page: 3 }]);
	});

	it('end where one brings nothing, and at the latest at the thousandth', async () => {
		expect(await readAllPages(() => Promise.resolve({ items: [], hasMore: true }))).toEqual([]);
		const endless = (page: number) => Promise.resolve({ items: [{ page }], hasMore: true });
		expect(await readAllPages(endless)).toHaveLength(1000);
	});

	it.each([{}, { id: 'w1' }, { id: 7 }, { id: { toString: 1, valueOf: 1 } }])(
		'end where one brings %j again',
		async (item) => {
			const readOne = jest.fn(() => Promise.resolve({ items: [item], hasMore: true }));
			expect(await readAllPages(readOne)).toEqual([item]);
			expect(readOne).toHaveBeenCalledTimes(2);
		},
	);
});
