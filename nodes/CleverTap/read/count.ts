import type { Query } from '../query/query';
import type { Json, Line } from '../transport/ask';
import { inQuery } from '../transport/inQuery';
import { refused, type Failed } from '../upload/verdict';
import { askPatiently } from './patiently';

const TICKET = 'req_id';

/**
 * How many profiles or events match. CleverTap counts while the POST waits, or gives a ticket
 * (`partial`, `req_id`) that a GET of the same path turns into the count later. The ticket's digits
 * are kept as text: it can be too long for a number.
 */
export async function count(
	path: '/1/counts/profiles.json' | '/1/counts/events.json',
	query: Query,
	maxWaitMs: number,
	line: Line,
): Promise<number | Failed> {
	const answer = await askPatiently(
		{ method: 'POST', path, body: query, keepDigitsOf: TICKET },
		line,
		maxWaitMs,
		(body) => ticketOf(body) !== undefined,
		(body) => ({
			method: 'GET',
			path: `${path}?${TICKET}=${inQuery(ticketOf(body) ?? '')}`,
			keepDigitsOf: TICKET,
		}),
	);
	if ('failed' in answer) return answer.failed;
	const { count: counted } = answer.body;
	if (typeof counted === 'number') return counted;
	return refused('CleverTap’s answer holds no count', 'Run the node again later.');
}

function ticketOf({ status, req_id }: Json): string | undefined {
	return status === 'partial' && typeof req_id === 'string' ? req_id : undefined;
}
