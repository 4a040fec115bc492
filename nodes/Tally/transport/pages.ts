import { filledText, isRecord, recordsIn } from '../narrowing';

/** One page of a list, and whether another one follows. */
export interface Page {
	items: Array<Record<string, unknown>>;
	hasMore: boolean;
}

/** More pages than any account has; a guard against a list that never ends. */
const MOST_PAGES = 1000;

/**
 * Reads a page in either shape of Tally: the envelope `{<name>: [], hasMore}`, or the bare
 * array of API version 2025-01-15, which is the whole list at once (Tally docs, versioning).
 */
export function readPage(body: unknown, name: string): Page {
	if (Array.isArray(body)) return { items: recordsIn(body), hasMore: false };
	if (!isRecord(body)) return { items: [], hasMore: false };
	return { items: recordsIn(body[name]), hasMore: body.hasMore === true };
}

/** Whether an entry has not come before; one without an ID is known by all that it holds. */
export function isNew(entry: Record<string, unknown>, seen: Set<string>): boolean {
	const name = filledText(entry.id) ?? JSON.stringify(entry);
	if (seen.has(name)) return false;
	seen.add(name);
	return true;
}

/** Reads every page in turn, beginning with 1, until there is none or it brings nothing new. */
export async function readAllPages(readOne: (page: number) => Promise<Page>): Promise<Array<Record<string, unknown>>> {
	const items: Array<Record<string, unknown>> = [];
	const seen = new Set<string>();
	for (let number = 1; number <= MOST_PAGES; number++) {
		const page = await readOne(number);
		const fresh = page.items.filter((item) => isNew(item, seen));
		for (const item of fresh) items.push(item);
		if (!page.hasMore || fresh.length === 0) break;
	}
	return items;
}
