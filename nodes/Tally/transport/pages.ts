import { filledText, isRecord, recordsIn } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import type { TallyClient } from './client';
import type { TallyRequest } from './reply';

type Entry = Record<string, unknown>;

/** A list that Tally gives page by page. */
export interface List {
	/** Without `page` and `limit`; it expects the list. */
	request: Omit<TallyRequest, 'expects'>;
	/** What Tally calls the array in its answer. */
	name: string;
	/** The most entries that Tally gives at once, where the call has a `limit`. */
	maxAtOnce?: number;
}

/** One page of a list, and whether another one follows. */
export interface Page {
	items: Entry[];
	hasMore: boolean;
	/** The whole answer. */
	body: unknown;
}

export interface Wanted {
	/** How many; all if it is missing. */
	limit?: number;
	/** Which ones; all if it is missing. */
	isWanted?: (entry: Entry) => boolean;
	/** Called with the entries of each page; whether what follows need not be read. */
	isEnough?: (items: readonly Entry[]) => boolean;
	/** Called with the answer of each page, for what stands beside the list. */
	seeBody?: (body: unknown) => void;
}

/** So many pages in a row without anything new: the list does not turn its pages. */
const MAX_STALE_PAGES = 40;

/**
 * Reads a list until it ends or the limit is reached. What is put in front of it meanwhile pushes
 * entries to the next page: none of them comes twice.
 *
 * @throws ItemError if Tally refuses, or if the list does not end
 */
export async function readList(client: TallyClient, list: List, wanted: Wanted = {}): Promise<Entry[]> {
	return await readListAs(client, list, (entry) => entry, wanted);
}

/** The same, where of each entry only a part is kept: a long list of whole submissions takes much memory. */
export async function readListAs<Kept>(
	client: TallyClient,
	list: List,
	keep: (entry: Entry) => Kept,
	{ limit = Infinity, isWanted, isEnough, seeBody }: Wanted = {},
): Promise<Kept[]> {
	// Page numbers count in pages of one size, so it stays the same from page to page.
	const { maxAtOnce } = list;
	const size = maxAtOnce !== undefined && isWanted === undefined ? Math.min(limit, maxAtOnce) : maxAtOnce;
	const found: Kept[] = [];
	const seen = new Set<string>();
	for (let number = 1, stale = 0; found.length < limit && stale < MAX_STALE_PAGES; number++) {
		await client.beforePage(number);
		const { items, hasMore, body } = await readPage(client, list, number, size);
		seeBody?.(body);
		const fresh = items.filter((entry) => isNew(entry, seen));
		for (const entry of fresh) if (isWanted === undefined || isWanted(entry)) found.push(keep(entry));
		stale = fresh.length === 0 ? stale + 1 : 0;
		if (!hasMore || items.length === 0 || isEnough?.(items) === true) break;
		if (number >= client.maxPages) throw endless(number);
	}
	return found.slice(0, limit);
}

/**
 * Reads one page in either shape of Tally: the envelope `{<name>: [], hasMore}`, or the bare array of API
 * version 2025-01-15, which is the whole list at once (https://developers.tally.so/api-reference/versioning).
 *
 *     {forms: [{id: 'GxdRaQ'}], hasMore: true} → {items: [{id: 'GxdRaQ'}], hasMore: true, …}
 *
 * @param number from 1
 * @throws ItemError if Tally refuses
 */
export async function readPage(
	client: TallyClient,
	{ request, name, maxAtOnce }: List,
	number: number,
	size = maxAtOnce,
): Promise<Page> {
	const query = { ...request.query, page: number, ...(size === undefined ? {} : { limit: size }) };
	const body = await client.call({ ...request, query, expects: { list: name } });
	if (!isRecord(body)) return { items: recordsIn(body), hasMore: false, body };
	return { items: recordsIn(body[name]), hasMore: body.hasMore === true, body };
}

/** Whether an entry has not come before; one without an ID is known by all that it holds. */
function isNew(entry: Entry, seen: Set<string>): boolean {
	const name = filledText(entry.id) ?? JSON.stringify(entry);
	if (seen.has(name)) return false;
	seen.add(name);
	return true;
}

function endless(pages: number): ItemError {
	return new ItemError(
		'The list does not end',
		`It has more than ${pages} pages. Narrow it down by a limit or a filter, and check the base URL in the Tally credential.`,
	);
}
