import { matches } from './query';
import { fail, success, type AddRoute } from './route';
import type { State } from './state';

/** Longer than a JavaScript number can tell apart. */
const firstTicket = 9_007_199_254_740_993n;

/** counts/*.json: the POST gives a ticket; the first GET with it comes too early, the next has the count. */
export function addCounts(add: AddRoute, state: State): void {
	for (const kind of ['events', 'profiles'] as const) {
		const path = `/1/counts/${kind}.json`;
		const tickets = new Map<string, { count: number; asked: number }>();
		const partial = (ticket: string) => ({ body: `{"req_id":${ticket},"status":"partial"}` });

		add('POST', path, ({ body }) => {
			const found = matches(state, body);
			if ('error' in found) return fail(found.error, found.code);
			const ticket = String(firstTicket + BigInt(tickets.size));
			tickets.set(ticket, { count: found[kind].length, asked: 0 });
			return partial(ticket);
		});
		add('GET', path, ({ query }) => {
			const ticket = query.req_id ?? '';
			const known = tickets.get(ticket);
			if (known === undefined) return fail('Invalid Request id');
			known.asked += 1;
			return known.asked === 1 ? partial(ticket) : success({ count: known.count });
		});
	}
}
