import type { TallyClient } from '../../../../nodes/Tally/transport/client';
import { readList, readPage, type Wanted } from '../../../../nodes/Tally/transport/pages';
import type { TallyRequest } from '../../../../nodes/Tally/transport/reply';

const LIST = { request: { method: 'GET', path: '/things' } as const, name: 'things', maxAtOnce: 10 };

type Query = { page: number; limit: number };

/** The client of a Tally with a list; `page` gives what stands on a page. */
function clientOf(page: (query: Query) => unknown): { client: TallyClient; asked: Query[] } {
	const asked: Query[] = [];
	const client = {
		maxPages: 10_000,
		beforePage: () => Promise.resolve(),
		call: (request: TallyRequest) => {
			const query = request.query as Query;
			asked.push(query);
			return Promise.resolve(page(query));
		},
	};
	return { client: client as unknown as TallyClient, asked };
}

describe('A page', () => {
	it.each([
		['an envelope', { items: [{ id: 1 }], hasMore: true }, { items: [{ id: 1 }], hasMore: true }],
		['the last envelope', { items: [{ id: 1 }], hasMore: false }, { items: [{ id: 1 }], hasMore: false }],
		['a bare list', [{ id: 1 }], { items: [{ id: 1 }], hasMore: false }],
		['entries that are none', { items: [null, 'x', { id: 1 }] }, { items: [{ id: 1 }], hasMore: false }],
		['another name', { forms: [{ id: 1 }] }, { items: [], hasMore: false }],
		['no object', 'x', { items: [], hasMore: false }],
		['nothing', undefined, { items: [], hasMore: false }],
	])('is read from %s', async (_what, body, page) => {
		const { client } = clientOf(() => body);
		expect(await readPage(client, { ...LIST, name: 'items' }, 1)).toEqual({ ...page, body });
	});
});

const thing = (number: number) => ({ id: `t${number}` });
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

/** Newest first; `added` tells how many have come in front before a page is read. */
function listOf(count: number, added: (page: number) => number = () => 0) {
	return ({ page, limit }: Query) => {
		const all = numbers(0, count + added(page)).reverse();
		const end = page * limit;
		return { things: all.slice(end - limit, end).map(thing), hasMore: end < all.length };
	};
}

async function read(page: (query: Query) => unknown, wanted?: Wanted) {
	const { client, asked } = clientOf(page);
	const found = await readList(client, LIST, wanted);
	return { ids: found.map(({ id }) => id), asked };
}

it.each([
	[0, 1],
	[1, 1],
	[10, 1],
	[11, 2],
	[30, 3],
	[31, 4],
])('reads all of %i in %i pages', async (count, pages) => {
	const { ids, asked } = await read(listOf(count));
	expect(ids).toEqual(
		numbers(0, count)
			.reverse()
			.map((number) => `t${number}`),
	);
	expect(asked).toEqual(numbers(1, pages).map((page) => ({ page, limit: 10 })));
});

it('gives nothing twice, and loses nothing, when the list grows while it is read', async () => {
	// Three come before the second page, 25 more before the third: all that page 3 has is known.
	const { ids } = await read(listOf(35, (page) => [0, 0, 3, 28][page] ?? 28));
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids).toEqual(expect.arrayContaining(numbers(0, 35).map((number) => `t${number}`)));
});

it('asks for no more than is wanted, with one page size', async () => {
	expect((await read(listOf(50), { limit: 4 })).asked).toEqual([{ page: 1, limit: 4 }]);
	const { ids, asked } = await read(listOf(50), { limit: 24 });
	expect(ids).toHaveLength(24);
	expect(asked).toEqual([1, 2, 3].map((page) => ({ page, limit: 10 })));
});

it('reads on until as many as are wanted are of the wanted kind', async () => {
	const { ids, asked } = await read(listOf(50), { limit: 2, isWanted: ({ id }) => id === 't3' || id === 't12' });
	expect(ids).toEqual(['t12', 't3']);
	expect(asked).toHaveLength(5);
});

it('ends where what follows need not be read', async () => {
	const { asked } = await read(listOf(50), { isEnough: (page) => page.some(({ id }) => id === 't33') });
	expect(asked).toHaveLength(2);
});

it('ends with a list that never turns its page', async () => {
	const { ids, asked } = await read(() => ({ things: [thing(1)], hasMore: true }));
	expect(ids).toEqual(['t1']);
	expect(asked.length).toBeLessThan(100);
});

it('ends with a page that has nothing, though it says that more follows', async () => {
	const { ids, asked } = await read(() => ({ things: [], hasMore: true }));
	expect(ids).toEqual([]);
	expect(asked).toHaveLength(1);
});

it('keeps what has no ID', async () => {
	expect((await read(() => [{ name: 'one' }, { name: 'two' }])).ids).toHaveLength(2);
});

it.each<[string, object]>([
	['nothing', {}],
	['no ID', { name: 'one' }],
	['an ID', { id: 'w1' }],
	['an ID that is a number', { id: 7 }],
	['an ID that can not be made a text', { id: { toString: 1, valueOf: 1 } }],
])('ends with a list that never turns its page, and whose entry has %s', async (_what, entry) => {
	const { ids, asked } = await read(() => ({ things: [entry], hasMore: true }));
	expect(ids).toHaveLength(1);
	expect(asked.length).toBeLessThan(100);
});

it('gives up on a list that has always more', async () => {
	const { client, asked } = clientOf(({ page }) => ({ things: [thing(page)], hasMore: true }));
	await expect(readList(client, LIST)).rejects.toMatchObject({
		message: 'The list does not end',
		advice:
			'It has more than 10000 pages. Narrow it down by a limit or a filter, and check the base URL in the Tally credential.',
	});
	expect(asked).toHaveLength(10_000);
});

it('takes a page as large as it comes', async () => {
	const { ids } = await read(() => numbers(0, 200_000).map(thing));
	expect(ids).toHaveLength(200_000);
});
