import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isBlank } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { describeValue, readMoment } from '../../shared/moments';
import { parameterReader } from '../../shared/parameters/reader';
import { visibleText } from '../../shared/text';

/** When it happened. */
export const timestampField: INodeProperties = {
	displayName: 'Timestamp',
	name: 'timestamp',
	type: 'string',
	default: '',
	placeholder: 'e.g. 2026-02-09T10:00:00Z',
	description:
		'When it happened: an ISO date, UNIX seconds or milliseconds, or any date whose order is clear, such as Feb 9, 2026 10:00; UTC where no zone is given. CleverTap takes the time of arrival if this is empty.',
};

/** Gives UNIX seconds for any item, nothing where the field is empty. */
export function timestampReader(context: IExecuteFunctions): (item: number) => { ts?: number } {
	const value = parameterReader(context, 'timestamp', '');
	return (item) => toTimestamp(value(item));
}

/** `'2018-03-05T00:00:00Z'` → `{ts: 1520208000}`, nothing → `{}`. @throws ItemError if it is not a valid date */
export function toTimestamp(value: unknown): { ts?: number } {
	if (isBlank(value) || (typeof value === 'string' && value.length < 100 && visibleText(value) === '')) return {};
	const ts = eventSeconds(value);
	if (ts !== undefined) return { ts };
	throw new ItemError(`"Timestamp" is not a valid date: ${describeValue(value)}`, ADVICE);
}

const ADVICE =
	'Use an ISO date such as 2026-02-09T10:00:00Z, or UNIX seconds; a smaller number may be a year or a spreadsheet’s day number, which are no times. Leave it empty for the time of arrival.';

/**
 * When an event happened, in UNIX seconds; UTC where no zone is written.
 *
 * @returns `undefined` for what is no time, and before 1970-01-01T00:00:01Z, which CleverTap refuses (code 525).
 */
export function eventSeconds(value: unknown): number | undefined {
	const moment = readMoment(value);
	return moment !== undefined && moment.epochMs >= 1000 ? Math.floor(moment.epochMs / 1000) : undefined;
}
