import { isPlainObject } from '../properties/flatten';
import { isRefused, refused, type Refused } from '../upload/verdict';
import { toDay } from './day';
import { toFilter, type Condition, type FilterRow, type PropertyKind } from './filter';

/** A query in CleverTap's query language, as it goes into the body of a request. */
export interface Query {
	readonly event_name?: string;
	/** YYYYMMDD by the clock of the project. */
	readonly from?: number;
	readonly to?: number;
	readonly [member: string]: unknown;
}

/** What a query looks for. Events are always those of one name in a range of days. */
export type Subject = 'profile' | 'event';

export interface QueryParts {
	readonly eventName: unknown;
	readonly from: unknown;
	readonly to: unknown;
	readonly rows: readonly FilterRow[];
}

const OF_EVENTS: readonly PropertyKind[] = ['event_properties', 'session_properties'];

/** Builds the query of the fields; the time zone is the workflow's, for dates without a day. */
export function buildQuery(parts: QueryParts, subject: Subject, timeZone: string): Query | Refused {
	const filters = new Map<PropertyKind, Condition[]>();
	for (const row of parts.rows) {
		const filter = toFilter(row);
		if (isRefused(filter)) return filter;
		filters.set(filter.of, [...(filters.get(filter.of) ?? []), filter.condition]);
	}
	const base = toBase(parts, subject, timeZone);
	if (isRefused(base)) return base;

	const entries = [...filters];
	const ofEvents = entries.filter(([kind]) => OF_EVENTS.includes(kind));
	const ofProfiles = entries.filter(([kind]) => !OF_EVENTS.includes(kind));
	if (!('event_name' in base)) {
		if (ofEvents.length > 0) {
			return refused(
				'A filter on an event’s property needs an event',
				'Choose one in "Event Name", or filter by properties of the profile.',
			);
		}
		if (ofProfiles.length === 0) {
			return refused(
				'Nothing says which profiles are meant',
				'Choose an event in "Event Name", or add a filter on a property of the profile.',
			);
		}
	}
	return {
		...base,
		...Object.fromEntries(ofEvents),
		...(ofProfiles.length > 0 ? { common_profile_properties: Object.fromEntries(ofProfiles) } : {}),
	};
}

/** The event and its range of days, or nothing where profiles are chosen by their properties alone. */
function toBase({ eventName, from, to }: QueryParts, subject: Subject, timeZone: string): Query | Refused {
	const name = typeof eventName === 'string' ? eventName.trim() : '';
	if (name === '') {
		if (subject === 'event') {
			return refused('"Event Name" is empty', 'Choose an event, or type its name exactly as CleverTap lists it.');
		}
		if (isBlank(from) && isBlank(to)) return {};
		return refused(
			'"From" and "To" mean nothing without an event',
			'Choose an event in "Event Name", or empty both dates.',
		);
	}
	const first = toDay(from, timeZone);
	const last = toDay(to, timeZone);
	if (first === undefined) return noDay('From', from);
	if (last === undefined) return noDay('To', to);
	if (first > last) {
		return refused(`"From" (${first}) is after "To" (${last})`, 'Exchange the two dates.');
	}
	return { event_name: name, from: first, to: last };
}

/** The query of the parameter "Query (JSON)", which holds an object or its text. */
export function parseQuery(value: unknown, needsBase: boolean): Query | Refused {
	let parsed = value;
	if (typeof value === 'string') {
		try {
			parsed = JSON.parse(value);
		} catch {
			return refused('"Query (JSON)" is not valid JSON', 'Check its quotes and commas; CleverTap takes no comments.');
		}
	}
	if (!isPlainObject(parsed) || Object.keys(parsed).length === 0) {
		return refused(
			'"Query (JSON)" is not an object with something in it',
			'Write it as {"event_name": "Charged", "from": 20260201, "to": 20260228}.',
		);
	}
	const query: Query = parsed;
	const missing = needsBase ? ['event_name', 'from', 'to'].filter((member) => query[member] === undefined) : [];
	if (missing.length === 0) return query;
	return refused(
		`"Query (JSON)" lacks ${missing.join(', ')}`,
		'CleverTap lists the events of one name in a range of days; the days are whole numbers such as 20260228.',
	);
}

function noDay(field: 'From' | 'To', value: unknown): Refused {
	const advice = 'Use a date, or a day as YYYYMMDD such as 20260228.';
	if (isBlank(value)) return refused(`"${field}" is empty`, advice);
	const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : typeof value;
	return refused(`"${field}" is no day: ${shown.slice(0, 40)}`, advice);
}

function isBlank(value: unknown): boolean {
	return value === null || value === undefined || value === '';
}
