import type { IDataObject } from 'n8n-workflow';

import { isBlank } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import { describeValue, isoMoment } from '../../../shared/moments';
import type { ItemParameters } from '../../../shared/parameters/itemParameters';

/** A span of time, each end ISO 8601 in UTC; open where there is none. */
export interface Span {
	from?: string;
	to?: string;
}

/**
 * The span between the fields *From* and *To*.
 *
 *     {from: '2026-02-09'} in Asia/Tokyo → {from: '2026-02-08T15:00:00.000Z'}
 *
 * @throws ItemError that names the field, if it is not a date, or if the span ends before it begins
 */
export function readSpan({ context }: ItemParameters, filters: IDataObject): Span {
	const from = readMoment(filters.from, 'From', context.getTimezone());
	const to = readMoment(filters.to, 'To', context.getTimezone());
	if (from !== undefined && to !== undefined && from > to) {
		throw new ItemError('"From" is later than "To"', 'Exchange the two dates.');
	}
	return { from, to };
}

/**
 * A point in time as ISO 8601 in UTC.
 *
 * @param timeZone that of a time without one, as n8n's date picker gives it
 */
export function readMoment(value: unknown, label: string, timeZone: string): string | undefined {
	if (isBlank(value)) return undefined;
	const iso = isoMoment(value, timeZone);
	if (iso !== undefined) return iso;
	throw new ItemError(
		`The value of "${label}" is not a valid date`,
		`It is ${describeValue(value)}. Use a date such as 2026-02-09, or 2026-02-09T10:00:00Z.`,
	);
}
