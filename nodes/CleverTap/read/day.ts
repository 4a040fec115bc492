import { isDate } from '../properties/dates';

const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)(?:$|[T\s])/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)$/;

/**
 * A day as CleverTap's queries take it: the whole number YYYYMMDD.
 *
 * A text keeps the day that is written in it, whatever its time and zone: CleverTap reads days by
 * the clock of the project. A JS date has no day of its own and gets the workflow's.
 *
 * @returns `undefined` for anything that is not a day, such as 30 February.
 */
export function toDay(value: unknown, timeZone: string): number | undefined {
	if (isDate(value)) return dayOfDate(value, timeZone);
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).trim();
	const parts = WRITTEN.exec(text) ?? COMPACT.exec(text);
	return parts === null ? undefined : compact(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

function dayOfDate(date: Date | { toMillis(): number }, timeZone: string): number | undefined {
	const { year, month, day } = date as Readonly<Record<string, unknown>>;
	if (typeof year === 'number') return compact(year, Number(month), Number(day));
	const time = new Date(date instanceof Date ? date : date.toMillis());
	if (Number.isNaN(time.getTime())) return undefined;
	const parts = new Intl.DateTimeFormat('en', {
		timeZone,
		calendar: 'gregory',
		numberingSystem: 'latn',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
	}).formatToParts(time);
	const part = (type: string) => Number(parts.find((found) => found.type === type)?.value);
	return compact(part('year'), part('month'), part('day'));
}

function compact(year: number, month: number, day: number): number | undefined {
	// A day that the month does not have moves the date on.
	const exists = new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
	return exists && year >= 1970 && year <= 9999 ? year * 10_000 + month * 100 + day : undefined;
}
