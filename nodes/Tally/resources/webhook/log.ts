import { filledText } from '../../../shared/guards';
import type { TallyClient } from '../../transport/client';
import { isId } from '../../transport/ids';
import { readList, type Wanted } from '../../transport/pages';
import { readDeliveryEntry, type Delivery } from './deliveries';

/**
 * Reads a webhook's delivery log, which Tally gives 25 at a time.
 *
 * @param from entries before this time, ISO 8601, are not needed: reading ends where a list that
 * is sorted from new to old has come to them
 */
export async function readLogEntries(
	client: TallyClient,
	webhookId: string,
	{ from, limit, isWanted }: Pick<Wanted, 'limit' | 'isWanted'> & { from?: string } = {},
): Promise<Array<Record<string, unknown>>> {
	let last = Infinity;
	let isNewestFirst = true;
	return await readList(
		client,
		{
			request: { method: 'GET', path: `/webhooks/${webhookId}/events`, field: 'Webhook' },
			name: 'events',
		},
		{
			limit,
			isWanted,
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
export async function readLog(client: TallyClient, webhookId: string, from?: string): Promise<Delivery[]> {
	const entries = await readLogEntries(client, webhookId, { from });
	return entries.filter(({ id }) => isId(id)).flatMap((entry) => readDeliveryEntry(entry, webhookId));
}
