/** From here on a number can't be seconds any more: as such it would lie beyond the year 5000. */
const FIRST_MILLISECONDS = 1e11;

/** The first second of the year 0 and the last one of 9999: nobody means a time beyond. */
const FIRST_SECOND = -62_167_219_200;
const LAST_SECOND = 253_402_300_799;

const MONTHS = [
	'january',
	'february',
	'march',
	'april',
	'may',
	'june',
	'july',
	'august',
	'september',
	'october',
	'november',
	'december',
];

const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:[.,]\d+)?)?`;
const ZONE = String.raw`(?<zone>Z|[+-]\d{2}(?::?\d{2})?)`;
/** ISO 8601, and the short date of CleverTap's Zapier app, whose examples have one-digit parts. */
const NUMERIC = new RegExp(
	String.raw`^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:(?:T|\s+)${TIME}\s*${ZONE}?)?$`,
	'i',
);
/** The long date of the same app: `Monday, March 05, 2018 15:16:00`, with or without the weekday. */
const WORDED = new RegExp(
	String.raw`^(?:[a-z]+day,?\s+)?(?<monthName>[a-z]+)\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})(?:,?\s+${TIME}\s*${ZONE}?)?$`,
	'i',
);

/**
 * UNIX seconds of whatever a workflow may hold as a time: UNIX seconds or milliseconds (numbers or
 * text), ISO 8601, the short and the long date of CleverTap's Zapier app, Luxon and JS dates. UTC
 * where no zone is given.
 *
 * @returns `undefined` for anything else, for times behind the year 9999, and for those before
 * 1970-01-01T00:00:01Z, which CleverTap refuses (code 525).
 */
export function toEpochSeconds(value: unknown): number | undefined {
	const seconds = toSeconds(value);
	return seconds !== undefined && seconds >= 1 ? seconds : undefined;
}

/** Numbers below this are years, days of a calendar or counts, but no times. */
const FIRST_SECONDS_OF_A_PROPERTY = 1e8;

/**
 * CleverTap's only form of a date inside a property: `$D_` and UNIX seconds, which may lie before
 * 1970. Bare digits count as UNIX time only from 1973 on: `1990` and `19900305` mean other things.
 */
export function toDateProperty(value: unknown): string | undefined {
	if (typeof value === 'string' && /^\$D_-?\d+$/.test(value.trim())) {
		return isInRange(Number(value.trim().slice('$D_'.length))) ? value.trim() : undefined;
	}
	const isNumber = typeof value === 'number' || (typeof value === 'string' && isDigits(value));
	if (isNumber && Math.abs(Number(value)) < FIRST_SECONDS_OF_A_PROPERTY) return undefined;
	const seconds = toSeconds(value);
	return seconds === undefined ? undefined : `$D_${seconds}`;
}

function isInRange(seconds: number): boolean {
	return seconds >= FIRST_SECOND && seconds <= LAST_SECOND;
}

/** A JS date or a Luxon one, known by what it can do: n8n's own copy of Luxon makes them. */
export function isDate(value: unknown): value is Date | { toMillis(): number } {
	return (
		value instanceof Date ||
		(typeof value === 'object' && value !== null && 'toMillis' in value && typeof value.toMillis === 'function')
	);
}

function toSeconds(value: unknown): number | undefined {
	const seconds = Math.floor((toMilliseconds(value) ?? NaN) / 1000);
	return isInRange(seconds) ? seconds : undefined;
}

function toMilliseconds(value: unknown): number | undefined {
	if (isDate(value)) return value instanceof Date ? value.getTime() : value.toMillis();
	if (typeof value === 'number') return fromNumber(value);
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (isDigits(text)) return fromNumber(Number(text));
	return fromText(text);
}

/** Digits alone, perhaps with a fraction: UNIX time, where it is a time at all. */
export function isDigits(text: string): boolean {
	return /^\d+(\.\d+)?$/.test(text.trim());
}

function fromNumber(value: number): number {
	return Math.abs(value) >= FIRST_MILLISECONDS ? value : value * 1000;
}

function fromText(text: string): number | undefined {
	const parts = (NUMERIC.exec(text) ?? WORDED.exec(text))?.groups;
	if (parts === undefined) return undefined;
	const month = parts.monthName === undefined ? Number(parts.month) : monthNumber(parts.monthName);
	const day = Number(parts.day);
	const hour = Number(parts.hour ?? 0);
	const minute = Number(parts.minute ?? 0);
	const second = Number(parts.second ?? 0);
	if (hour > 23 || minute > 59 || second > 59) return undefined;

	const date = new Date(0);
	date.setUTCFullYear(Number(parts.year), month - 1, day);
	// A day that the month does not have moves the date on: 30 February is not a date.
	if (date.getUTCMonth() !== month - 1) return undefined;
	const offset = offsetMinutes(parts.zone);
	if (offset === undefined) return undefined;
	date.setUTCHours(hour, minute - offset, second);
	return date.getTime();
}

function monthNumber(name: string): number {
	const lower = name.toLowerCase();
	const full = MONTHS.indexOf(lower);
	return 1 + (full >= 0 ? full : MONTHS.findIndex((month) => month.slice(0, 3) === lower));
}

/** Minutes from UTC, which `Z` is as well as no zone at all. */
function offsetMinutes(zone: string | undefined): number | undefined {
	if (zone === undefined) return 0;
	const hours = Number(zone.slice(1, 3));
	const minutes = Number(zone.slice(3).replace(':', '') || 0);
	if (hours > 23 || minutes > 59) return undefined;
	return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
