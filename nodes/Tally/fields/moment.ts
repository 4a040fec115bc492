import { tryToParseDateTime } from 'n8n-workflow';

import type { Input } from '../run/input';

/**
 * A point in time as ISO 8601 in UTC. A time without a zone is of the workflow's zone, as n8n's
 * date picker gives it.
 *
 * @throws NodeOperationError that names the field, if it is no date
 */
export function readMoment(input: Input, value: unknown, label: string): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	try {
		const moment = tryToParseDateTime(value, input.context.getTimezone());
		const iso = moment.toUTC().toISO();
		if (iso !== null) return iso;
	} catch {
		// The error below says it better.
	}
	throw input.wrong(`The value of "${label}" is not a date`, 'Use a date such as 2026-02-09, or 2026-02-09T10:00:00Z.');
}
