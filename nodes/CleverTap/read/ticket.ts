import { ItemError } from '../../shared/itemError';
import type { Json } from '../transport/ask';
import type { CleverTapClient } from '../transport/client';
import { inQuery } from '../transport/inQuery';
import { poll } from './poll';
import type { Query } from './query';

const TICKET = 'req_id';

/**
 * What CleverTap counts. It counts while the POST waits, or gives a ticket (`partial`, `req_id`) that a GET of the
 * same path turns into the answer later. The ticket's digits are kept as text: it can be too long for a number.
 *
 * @param member what the answer must have, unless it says that all went well
 * @throws ItemError if CleverTap refuses, takes longer, or does not count
 */
export async function countedBy(
	client: CleverTapClient,
	path: `/1/counts/${string}.json`,
	query: Query,
	maxWaitMs: number,
	member: string,
): Promise<Json> {
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
	if (answer.status === 'success' || answer[member] !== undefined) return answer;
	throw new ItemError(`CleverTap’s answer holds no ${member}`, 'Run the node again later.');
}

function ticketOf({ status, req_id }: Json): string | undefined {
	return status === 'partial' && typeof req_id === 'string' ? req_id : undefined;
}
