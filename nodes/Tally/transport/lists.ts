import { NodeOperationError } from 'n8n-workflow';

import { isSuccess, type TallyReply } from './api';
import type { Ask, Line } from './line';
import { isNew, readPage } from './pages';

type Entry = Record<string, unknown>;

/** A list that Tally gives page by page. */
export interface List {
	/** Without `page` and `limit`. */
	request: Ask;
	/** What Tally calls the array in its answer. */
	name: string;
	/** The most that Tally gives at once, where the call has a `limit`. */
	mostAtOnce?: number;
}

export interface Wanted {
	/** How many; all if it is missing. */
	limit?: number;
	/** Which ones; all if it is missing. */
	isWanted?: (entry: Entry) => boolean;
	/** Called with each page; whether what follows need not be read. */
	isEnough?: (page: readonly Entry[]) => boolean;
	/** A refusal that stands for an empty list. */
	isNone?: (reply: TallyReply) => Promise<boolean>;
}

/** So many pages in a row without anything new: the list does not turn its pages. */
const MOST_STALE_PAGES = 40;

/** More pages than any list has, and hours of reading: a guard against one that never ends. */
const MOST_PAGES = 10_000;

/**
 * Reads a list until it ends or the limit is reached. What is put in front of it meanwhile pushes
 * entries to the next page: none of them comes twice.
 *
 * @param seePage called with the body of each page, for what stands beside the list
 * @throws NodeApiError if Tally refuses, NodeOperationError if the list does not end
 */
export async function readList(
	line: Line,
	{ request, name, mostAtOnce }: List,
	{ limit = Infinity, isWanted, isEnough = () => false, isNone }: Wanted = {},
	seePage: (body: unknown) => void = () => undefined,
): Promise<Entry[]> {
	// Page numbers count in pages of one size, so it stays the same from page to page.
	const perPage = isWanted === undefined ? Math.min(limit, mostAtOnce ?? 1) : mostAtOnce;
	const size = mostAtOnce === undefined ? {} : { limit: perPage };
	const found: Entry[] = [];
	const seen = new Set<string>();
	for (let page = 1, stale = 0; found.length < limit && stale < MOST_STALE_PAGES; page++) {
		const reply = await line.ask({ ...request, query: { ...request.query, page, ...size } });
		if (!isSuccess(reply)) {
			if (isNone !== undefined && (await isNone(reply))) return [];
			throw await line.refusal(request, reply);
		}
		seePage(reply.body);
		const { items, hasMore } = readPage(reply.body, name);
		const fresh = items.filter((entry) => isNew(entry, seen));
		for (const entry of fresh) if (isWanted === undefined || isWanted(entry)) found.push(entry);
		stale = fresh.length === 0 ? stale + 1 : 0;
		if (!hasMore || items.length === 0 || isEnough(items)) break;
		if (page === MOST_PAGES) throw endless(line);
	}
	return found.slice(0, limit);
}

function endless({ context }: Line): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'The list does not end', {
		description: `It has more than ${MOST_PAGES} pages. Narrow it down by a limit or a filter, and check the base URL in the Tally credential.`,
	});
}
