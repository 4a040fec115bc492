import { recordsIn } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { MAX_BATCH_SIZE } from '../parameters/readOptions';
import type { Json } from '../transport/ask';
import type { CleverTapClient } from '../transport/client';
import { poll } from './poll';
import type { Query } from './query';

/** CleverTap keeps its records in 23 buckets and wants pages in multiples of it (get user profiles). */
const BUCKETS = 23;

/** No export has so many empty pages in a row, or so many pages: a guard against one that never ends. */
const MAX_EMPTY_PAGES = 1_000;
const MAX_PAGES = 20_000;

/** Pages that are read at once; a list that does not end must not be a flood. */
const PAGES_AT_ONCE = 100;
const EMPTY_PAGES_AT_ONCE = 5;
const PAUSE_MS = 100;
const PAUSE_AFTER_EMPTY_MS = 500;

const ODD_ADVICE = 'Run the node again; if it stays so, check Custom Host in the CleverTap credential.';

/** What is read page by page. */
export interface Export {
	readonly path: '/1/profiles.json' | '/1/events.json';
	/** Parts of a record that CleverTap adds on demand. */
	readonly parts: ReadonlyArray<'app' | 'events' | 'profile'>;
	readonly query: Query;
	/** How many records are wanted; all of them if it is missing. */
	readonly limit?: number;
	/** Records a page; as many as are wanted if it is missing. */
	readonly batchSize?: number;
	/** How long to wait for a page that CleverTap prepares, in milliseconds. */
	readonly maxWaitMs: number;
}

/**
 * Reads records with a cursor: a POST starts, every GET brings a page, the one without a
 * `next_cursor` is the last. Cursors come percent-encoded and go back exactly as they came: encoded
 * once more they are refused as "Incorrect Usage". An empty page has no `records` at all.
 *
 * @throws ItemError where CleverTap refuses, takes too long, or never ends
 */
export async function readPages(
	client: CleverTapClient,
	{ path, parts, query, limit = Infinity, batchSize, maxWaitMs }: Export,
): Promise<Json[]> {
	const flags = parts.map((part) => `&${part}=true`).join('');
	const size = pageSize(limit, batchSize);
	const first = { method: 'POST', path: `${path}?batch_size=${size}${flags}`, body: query } as const;
	const start = await poll(client, first, maxWaitMs);

	const records: Json[] = [];
	const seen = new Set<string>();
	let emptyPages = 0;
	let { cursor } = start;
	if (start.status !== 'success' && !isCursor(cursor)) throw unreadable();
	while (isCursor(cursor)) {
		if (seen.has(cursor)) throw new ItemError('CleverTap gave the same cursor twice', ODD_ADVICE);
		seen.add(cursor);
		if (emptyPages > MAX_EMPTY_PAGES || seen.size > MAX_PAGES) {
			throw new ItemError('CleverTap’s list does not end', ODD_ADVICE);
		}
		const page = await poll(client, { method: 'GET', path: `${path}?cursor=${cursor}` }, maxWaitMs);
		const { status, records: list, next_cursor } = page;
		if (status !== 'success' && !Array.isArray(list)) throw unreadable();
		const found = recordsIn(list);
		for (const record of found) records.push(record);
		emptyPages = found.length === 0 ? emptyPages + 1 : 0;
		if (records.length >= limit) return records.slice(0, limit);
		cursor = next_cursor;
		const pause = isCursor(cursor) ? pauseAfter(seen.size, emptyPages) : 0;
		if (pause > 0) await client.wait(pause);
	}
	return records;
}

/** Records a page: no more than are wanted, in multiples of 23; fewer than 23 would mean no limit. */
export function pageSize(limit: number | undefined, asked: number | undefined): number {
	const wanted = Math.min(limit ?? MAX_BATCH_SIZE, asked ?? MAX_BATCH_SIZE, MAX_BATCH_SIZE);
	return Math.max(1, Math.ceil(wanted / BUCKETS)) * BUCKETS;
}

function pauseAfter(pages: number, emptyPages: number): number {
	if (emptyPages > EMPTY_PAGES_AT_ONCE) return PAUSE_AFTER_EMPTY_MS;
	return pages > PAGES_AT_ONCE ? PAUSE_MS : 0;
}

function isCursor(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

function unreadable(): ItemError {
	return new ItemError('CleverTap’s answer could not be read', ODD_ADVICE);
}
