import { isBlank, isRecord } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { describeValue, queryDay } from '../../shared/moments';
import { parsedJson } from '../parameters/json';
import type { Subject } from '../parameters/queryFields';
import { toName } from '../parameters/text';
import { toFilter, type Condition, type FilterRow, type PropertyKind } from './filter';

/**
 * A query in CleverTap's query language, as it goes into the body of a request.
 *
 * @see https://developer.clevertap.com/docs/clevertap-query-language
 */
export interface Query {
	readonly event_name?: string;
	/** YYYYMMDD by the clock of the project. */
	readonly from?: number;
	readonly to?: number;
	readonly [member: string]: unknown;
}

export interface QueryParts {
	readonly eventName: unknown;
	readonly from: unknown;
	readonly to: unknown;
	readonly rows: readonly FilterRow[];
}

const OF_EVENTS: readonly PropertyKind[] = ['event_properties', 'session_properties'];

/**
 * Builds the query of the fields; the time zone is the workflow's, for dates without a day.
 *
 *     {eventName: 'Charged', from: '2026-02-01', to: '2026-02-28', rows: []}
 *     → {event_name: 'Charged', from: 20260201, to: 20260228}
 *
 * @throws ItemError if the fields don't say what is meant
 */
export function buildQuery(parts: QueryParts, subject: Subject, timeZone: string): Query {
	const filters = new Map<PropertyKind, Condition[]>();
	for (const row of parts.rows) {
		const filter = toFilter(row);
		const conditions = filters.get(filter.of);
		if (conditions === undefined) filters.set(filter.of, [filter.condition]);
		else conditions.push(filter.condition);
	}
	const base = toBase(parts, subject, timeZone);

	const entries = [...filters];
	const ofEvents = entries.filter(([kind]) => OF_EVENTS.includes(kind));
	const ofProfiles = entries.filter(([kind]) => !OF_EVENTS.includes(kind));
	if (!('event_name' in base)) {
		if (ofEvents.length > 0) {
			throw new ItemError(
				'A filter on an event’s property needs an event',
				'Choose one in "Event Name", or filter by properties of the profile.',
			);
		}
		if (ofProfiles.length === 0) {
			throw new ItemError(
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
function toBase({ eventName, from, to }: QueryParts, subject: Subject, timeZone: string): Query {
	const name = toName(eventName);
	if (name === '') {
		if (subject === 'event') {
			throw new ItemError('"Event Name" is empty', 'Choose an event, or type its name exactly as CleverTap lists it.');
		}
		if (isBlank(from) && isBlank(to)) return {};
		throw new ItemError(
			'"From" and "To" mean nothing without an event',
			'Choose an event in "Event Name", or empty both dates.',
		);
	}
	const first = queryDay(from, timeZone);
	const last = queryDay(to, timeZone);
	if (first === undefined) throw notADay('From', from);
	if (last === undefined) throw notADay('To', to);
	if (first > last) {
		throw new ItemError('"From" is after "To"', 'Exchange the two dates.');
	}
	return { event_name: name, from: first, to: last };
}

/**
 * The query of the parameter "Query (JSON)", which holds an object or its text.
 *
 * @throws ItemError if it holds none
 */
export function parseQuery(value: unknown, needsBase: boolean): Query {
	const parsed = parsedJson(value);
	if (parsed === undefined) {
		throw new ItemError(
			'"Query (JSON)" is not valid JSON',
			'Check its quotes and commas; CleverTap takes no comments.',
		);
	}
	if (!isRecord(parsed) || Object.keys(parsed).length === 0) {
		throw new ItemError(
			'"Query (JSON)" is not an object with something in it',
			'Write it as {"event_name": "Charged", "from": 20260201, "to": 20260228}.',
		);
	}
	const query: Query = parsed;
	const missing = needsBase ? ['event_name', 'from', 'to'].filter((member) => query[member] === undefined) : [];
	if (missing.length === 0) return query;
	throw new ItemError(
		`"Query (JSON)" lacks ${missing.join(', ')}`,
		'CleverTap lists the events of one name in a range of days; the days are whole numbers such as 20260228.',
	);
}

function notADay(field: 'From' | 'To', value: unknown): ItemError {
	const advice = 'Use a date, or a day as YYYYMMDD such as 20260228.';
	if (isBlank(value)) return new ItemError(`"${field}" is empty`, advice);
	return new ItemError(`"${field}" is not a valid day: ${describeValue(value)}`, advice);
}
