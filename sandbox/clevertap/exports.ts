import { randomBytes } from 'node:crypto';
import { matches } from './query';
import { fail, success, type AddRoute, type Answered, type Call } from './route';
import type { State } from './state';
import type { StoredEvent } from './events';
import type { Json } from './record';

/** Memory buckets of CleverTap's: pages come in multiples of it, and less means no limit. */
const buckets = 23;

interface Page {
	records: Json[];
	size: number;
	/** The first ask for the first page finds it unfinished. */
	ready: boolean;
}

/** profiles.json and events.json: a POST starts, GETs follow the cursor. */
export function addExports(add: AddRoute, state: State): void {
	const pages = new Map<string, Page>();

	/** Cursors are handed out encoded, and hold what a second encoding or a decoding would change. */
	const cursorTo = (page: Page): string => {
		const cursor = encodeURIComponent(`${randomBytes(30).toString('base64')}/+==`);
		pages.set(cursor, page);
		return cursor;
	};

	const start = ({ query, body }: Call, records: (found: Found) => Json[]): Answered => {
		const found = matches(state, body);
		if ('error' in found) return fail(found.error, found.code);
		const asked = Number(query.batch_size ?? 46);
		const size = asked < buckets ? Infinity : Math.floor(asked / buckets) * buckets;
		return success({ cursor: cursorTo({ records: records(found), size, ready: false }) });
	};

	const next = ({ rawQuery }: Call): Answered => {
		const page = pages.get(rawQuery.replace(/^cursor=/, ''));
		if (page === undefined) return fail('Incorrect Usage');
		if (!page.ready) {
			page.ready = true;
			return fail('Request still in progress, please retry later', 2);
		}
		const { records, size } = page;
		const rest = records.slice(size);
		return success({
			...(rest.length > 0 ? { next_cursor: cursorTo({ records: rest, size, ready: true }) } : {}),
			...(records.length > 0 ? { records: records.slice(0, size) } : {}),
		});
	};

	add('POST', '/1/profiles.json', (call) =>
		start(call, ({ profiles }) => profiles.map((profile) => state.profileJson(profile))),
	);
	add('POST', '/1/events.json', (call) => {
		if (String(call.body.event_name).startsWith('Notification ')) {
			return { ...fail('Export not allowed for this event', 400), status: 400 };
		}
		return start(call, ({ events }) => events.map((event) => eventJson(state, event)));
	});
	add('GET', '/1/profiles.json', next);
	add('GET', '/1/events.json', next);
}

type Found = Exclude<ReturnType<typeof matches>, { error: string }>;

/** An event as events.json shows it: without its name, the time by the clock of the project. */
function eventJson(state: State, event: StoredEvent): Json {
	const profile = state.profiles.find(event);
	const shown: Json = profile ? state.profileJson(profile) : {};
	// The history and the devices of the user are not part of an event.
	delete shown.events;
	delete shown.platformInfo;
	return {
		profile: {
			...shown,
			...(event.objectId === undefined ? {} : { objectId: event.objectId }),
			platform: 'Web',
		},
		ts: Number(new Date(event.ts * 1000).toISOString().slice(0, 19).replace(/\D/g, '')),
		event_props: event.evtData,
		session_props: {},
	};
}
