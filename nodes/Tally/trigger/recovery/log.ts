import type { BackgroundClient } from '../../transport/backgroundClient';
import { readListAs } from '../../transport/pages';
import { readLogged, timeOf, type LoggedDelivery } from './logged';

/**
 * A webhook's delivery log, without what people have answered, as far back as is needed: reading ends where a list that
 * is sorted from new to old has come to older entries.
 *
 * @param from in milliseconds since 1970, by Tally's clock
 * @throws ItemError if Tally refuses or can't answer
 */
export async function readLog(client: BackgroundClient, webhookId: string, from: number): Promise<LoggedDelivery[]> {
	let last = Infinity;
	let isNewestFirst = true;
	const entries = await readListAs(
		client,
		{ request: { method: 'GET', path: `/webhooks/${encodeURIComponent(webhookId)}/events` }, name: 'events' },
		(entry) => readLogged(entry, webhookId) ?? [],
		{
			isEnough: (page) => {
				for (const { createdAt } of page) {
					const time = timeOf(createdAt) ?? NaN;
					if (!(time <= last)) isNewestFirst = false;
					last = time;
				}
				return isNewestFirst && last < from;
			},
		},
	);
	return entries.flat();
}
