import { matches } from './query';
import type { Json } from './record';
import { topOf, trendsOf } from './reports';
import { fail, success, type AddRoute } from './route';
import type { State } from './state';

/** Longer than a JavaScript number can tell apart. */
const firstTicket = 9_007_199_254_740_993n;

type Found = Exclude<ReturnType<typeof matches>, { error: string }>;

/** What is counted, by the end of the path. */
const counted: Readonly<Record<string, (found: Found, query: Json) => Json>> = {
	events: ({ events }) => ({ count: events.length }),
	profiles: ({ profiles }) => ({ count: profiles.length }),
	top: ({ events, profiles }, { groups }) =>
		topOf([...events.map(({ evtData }) => evtData), ...profiles.map(({ profileData }) => profileData)], groups),
	trends: ({ events }, { groups }) =>
		trendsOf(
			events.map(({ ts }) => ts),
			groups,
		),
};

/** counts/*.json: the POST gives a ticket; the first GET with it comes too early, the next has the answer. */
export function addCounts(add: AddRoute, state: State): void {
	for (const [kind, count] of Object.entries(counted)) {
		const path = `/1/counts/${kind}.json`;
		const tickets = new Map<string, { answer: Json; asked: number }>();
		const partial = (ticket: string) => ({ body: `{"req_id":${ticket},"status":"partial"}` });

		add('POST', path, ({ body }) => {
			const found = matches(state, body);
			if ('error' in found) return fail(found.error, found.code);
			const ticket = String(firstTicket + BigInt(tickets.size));
			tickets.set(ticket, { answer: count(found, body), asked: 0 });
			return partial(ticket);
		});
		add('GET', path, ({ query }) => {
			const ticket = query.req_id ?? '';
			const known = tickets.get(ticket);
			if (known === undefined) return fail('Invalid Request id');
			known.asked += 1;
			return known.asked === 1 ? partial(ticket) : success(known.answer);
		});
	}
}
