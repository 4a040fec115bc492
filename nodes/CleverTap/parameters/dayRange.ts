import type { INodeProperties } from 'n8n-workflow';

import { isBlank } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { describeValue, queryDay } from '../../shared/moments';
import type { ItemParameters } from '../../shared/parameters/itemParameters';

/** Two days as whole numbers, `20260201` and `20260228`; the first is not after the last. */
export interface DayRange {
	readonly from: number;
	readonly to: number;
}

/**
 * From and To, the last 30 days unless told otherwise.
 *
 * @param what of what the days are, as in `First day of <what>`
 */
export function dayRangeFields(what: string): INodeProperties[] {
	const common = { type: 'dateTime' as const, required: true };
	return [
		{
			...common,
			displayName: 'From',
			name: 'from',
			default: '={{ $now.minus({ days: 29 }).toFormat("yyyy-MM-dd") }}',
			description: `First day of ${what}: a date, of which only the day counts, or YYYYMMDD. Days are those of your CleverTap project’s time zone.`,
		},
		{
			...common,
			displayName: 'To',
			name: 'to',
			default: '={{ $now.toFormat("yyyy-MM-dd") }}',
			description: `Last day of ${what}, itself included: a date, of which only the day counts, or YYYYMMDD`,
		},
	];
}

/** The two days of one item. @throws ItemError if one of them is no day, or they are the wrong way round */
export function readDayRange(parameters: ItemParameters): DayRange {
	const timeZone = parameters.context.getTimezone();
	const from = toDay(parameters.value('from'), 'From', timeZone);
	const to = toDay(parameters.value('to'), 'To', timeZone);
	if (from > to) throw new ItemError('"From" is after "To"', 'Exchange the two dates.');
	return { from, to };
}

function toDay(value: unknown, label: 'From' | 'To', timeZone: string): number {
	const day = queryDay(value, timeZone);
	if (day !== undefined) return day;
	const advice = 'Use a date, or a day as YYYYMMDD such as 20260228.';
	if (isBlank(value)) throw new ItemError(`"${label}" is empty`, advice);
	throw new ItemError(`"${label}" is not a valid day: ${describeValue(value)}`, advice);
}
