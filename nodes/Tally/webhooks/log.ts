import { filledText, isId } from '../narrowing';
import type { Line } from '../transport/line';
import { readList } from '../transport/lists';
import { readDeliveryEntry, type Delivery } from './deliveries';

type Entry = Record<string, unknown>;

/**
 * Reads a webhook's delivery log, which Tally gives 25 at a time.
 *
 * @param from entries before this time, ISO 8601, are not needed: reading ends where a list that
 * is sorted from new to old has come to them
 */
export async function readLogEntries(
	line: Line,
	webhookId: string,
	{ from, limit, isWanted }: { from?: string; limit?: number; isWanted?: (entry: Entry) => boolean } = {},
): Promise<Entry[]> {
	let last = Infinity;
	let isNewestFirst = true;
	return await readList(
		line,
		{
			request: { method: 'GET', path: `/webhooks/${webhookId}/events`, field: 'Webhook' },
			name: 'events',
		},
		{
			limit,
			...(isWanted === undefined ? {} : { isWanted }),
			isEnough: (page) => {
				const times = page.map(({ createdAt }) => Date.parse(filledText(createdAt) ?? ''));
				for (const time of times) {
					if (!(time <= last)) isNewestFirst = false;
					last = time;
				}
				return from !== undefined && isNewestFirst && times.every((time) => time < Date.parse(from));
			},
		},
	);
}

/**
 * The log as it is needed to see where each submission stands; without what has no ID by which it
 * could be asked for again.
 */
export async function readLog(line: Line, webhookId: string, from?: string): Promise<Delivery[]> {
	const entries = await readLogEntries(line, webhookId, { from });
	return entries.filter(({ id }) => isId(id)).flatMap((entry) => readDeliveryEntry(entry, webhookId));
}
