import { isBlank } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';

const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * A time as CleverTap takes it. Without a zone it stays what it is; with one it is brought to the time zone.
 *
 *     '2026-02-09T10:00:00', 'Europe/Berlin' → '20260209 10:00'
 *     '2026-02-09T10:00:00Z', 'Europe/Berlin' → '20260209 11:00'
 *
 * @throws ItemError for what is no time
 */
export function sendTime(value: unknown, timeZone: string): string {
	const text = value instanceof Date ? dateText(value) : written(value);
	const [, year, month, day, hour, minute, zone] = WRITTEN.exec(text) ?? [];
	const digits = `${year}${month}${day} ${hour}:${minute}`;
	const asUtc = new Date(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
	// The 30th of February is another day.
	const isTime = !Number.isNaN(asUtc.getTime()) && asUtc.toISOString().slice(0, 10) === `${year}-${month}-${day}`;
	if (year === undefined || !isTime) {
		throw new ItemError(
			isBlank(value) ? '"Send At" is empty' : '"Send At" is not a valid time',
			'Use a time such as 2026-02-09T10:00:00.',
		);
	}
	return zone === undefined ? digits : inZone(new Date(text.replace(' ', 'T')), timeZone);
}

function dateText(date: Date): string {
	return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** A date of n8n's expressions says itself how it is written. */
function written(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	return isDateTime(value) ? String(value.toISO()) : '';
}

function isDateTime(value: unknown): value is { toISO(): unknown } {
	return typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function';
}

function inZone(date: Date, timeZone: string): string {
	const parts = new Intl.DateTimeFormat('en-GB', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
	}).formatToParts(date);
	const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
	return `${part('year')}${part('month')}${part('day')} ${part('hour')}:${part('minute')}`;
}
