import { filledText } from '../../../shared/guards';
import type { TallyClient } from '../../transport/client';
import { isId } from '../../transport/ids';
import { readList, type Wanted } from '../../transport/pages';
import type { Chosen } from '../../transport/reply';
import { readLoggedDelivery, type LoggedDelivery } from './deliveries';

export interface LogRequest {
	/** What was chosen, to name it in a refusal. */
	chosen?: Chosen;
	/** Entries before this time, ISO 8601, are not needed. */
	from?: string;
}

/**
 * Reads a webhook's delivery log, which Tally gives 25 at a time.
 * Reading ends where a list that is sorted from new to old has come to what is not needed.
 */
export async function readLogEntries(
	client: TallyClient,
	webhookId: string,
	{ chosen, from, limit, isWanted }: Pick<Wanted, 'limit' | 'isWanted'> & LogRequest,
): Promise<Array<Record<string, unknown>>> {
	let last = Infinity;
	let isNewestFirst = true;
	return await readList(
		client,
		{
			request: { method: 'GET', path: `/webhooks/${webhookId}/events`, chosen },
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
export async function readLog(client: TallyClient, webhookId: string, wanted: LogRequest): Promise<LoggedDelivery[]> {
	const entries = await readLogEntries(client, webhookId, wanted);
	return entries.filter(({ id }) => isId(id)).flatMap((entry) => readLoggedDelivery(entry, webhookId));
}
