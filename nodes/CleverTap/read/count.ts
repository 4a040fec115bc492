import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ItemError } from '../../shared/itemError';
import { perItem } from '../../shared/perItem';
import type { Subject } from '../parameters/queryFields';
import { readOptions } from '../parameters/readOptions';
import { failureOf } from '../result/verdict';
import type { Json } from '../transport/ask';
import { networkClient, type CleverTapClient } from '../transport/client';
import { inQuery } from '../transport/inQuery';
import { poll } from './poll';
import type { Query } from './query';
import { readQuery } from './readQuery';

const TICKET = 'req_id';
const PATHS = { event: '/1/counts/events.json', profile: '/1/counts/profiles.json' } as const;

/** One count for each input item. */
export async function countItems(context: IExecuteFunctions, subject: Subject): Promise<INodeExecutionData[]> {
	const client = networkClient(context);
	const work = async ({ item }: { readonly item: number }) => {
		const query = readQuery(context, item, subject);
		const { maxWaitMs } = readOptions(context, item);
		return [{ count: await count(client, subject, query, maxWaitMs) }];
	};
	return await perItem(context, work, failureOf);
}

/**
 * How many profiles or events match. CleverTap counts while the POST waits, or gives a ticket
 * (`partial`, `req_id`) that a GET of the same path turns into the count later. The ticket's digits
 * are kept as text: it can be too long for a number.
 *
 * @throws ItemError if CleverTap does not count
 */
export async function count(
	client: CleverTapClient,
	subject: Subject,
	query: Query,
	maxWaitMs: number,
): Promise<number> {
	const path = PATHS[subject];
	const answer = await poll(
		client,
		{ method: 'POST', path, body: query, keepDigitsOf: TICKET },
		maxWaitMs,
		(body) => ticketOf(body) !== undefined,
		(body) => ({
			method: 'GET',
			path: `${path}?${TICKET}=${inQuery(ticketOf(body) ?? '')}`,
			keepDigitsOf: TICKET,
		}),
	);
	if (typeof answer.count === 'number') return answer.count;
	throw new ItemError('CleverTap’s answer holds no count', 'Run the node again later.');
}

function ticketOf({ status, req_id }: Json): string | undefined {
	return status === 'partial' && typeof req_id === 'string' ? req_id : undefined;
}
