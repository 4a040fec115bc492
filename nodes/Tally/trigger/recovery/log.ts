import type { BackgroundClient } from '../../transport/backgroundClient';
import { readListAs, type Wanted } from '../../transport/pages';
import { readLogged, timeOf, type LoggedDelivery } from './logged';

/**
 * A webhook's delivery log, without what people have answered, as far back as is needed: reading ends where a list that
 * is sorted from new to old has come to older entries.
 *
 * @param from in milliseconds since 1970, by Tally's clock
 * @throws ItemError if Tally refuses or can't answer
 */
export async function readLog(client: BackgroundClient, webhookId: string, from: number): Promise<LoggedDelivery[]> {
	const entries = await readListAs(
		client,
		{ request: { method: 'GET', path: `/webhooks/${encodeURIComponent(webhookId)}/events` }, name: 'events' },
		(entry) => readLogged(entry, webhookId) ?? [],
		{ isEnough: hasComeTo(from) },
	);
	return entries.flat();
}

/**
 * Called with a list's pages, whether what follows is older than a moment: only where all that came so far was sorted
 * from new to old.
 *
 * @param from in milliseconds since 1970, by Tally's clock
 */
export function hasComeTo(from: number): NonNullable<Wanted['isEnough']> {
	let last = Infinity;
	let isNewestFirst = true;
	return (page) => {
		for (const { createdAt } of page) {
			const time = timeOf(createdAt) ?? NaN;
			if (!(time <= last)) isNewestFirst = false;
			last = time;
		}
		return isNewestFirst && last < from;
	};
}
