import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterReader } from '../parameters/reader';
import { toEpochSeconds } from '../properties/dates';
import { refused, type Refused } from '../upload/verdict';

/** When it happened. */
export const timestampField: INodeProperties = {
	displayName: 'Timestamp',
	name: 'timestamp',
	type: 'string',
	default: '',
	placeholder: 'e.g. 2026-02-09T10:00:00Z',
	description:
		'When it happened: an ISO date, UNIX seconds or milliseconds, or the dates of CleverTap’s Zapier app; UTC where no zone is given. CleverTap takes the time of arrival if this is empty.',
};

/** Gives UNIX seconds for any item, nothing where the field is empty. */
export function timestampReader(this: IExecuteFunctions): (item: number) => { ts?: number } | Refused {
	const value = parameterReader.call(this, 'timestamp', '');
	return (item) => toTimestamp(value(item));
}

export function toTimestamp(value: unknown): { ts?: number } | Refused {
	if (value === null || value === undefined || (typeof value === 'string' && value.trim() === '')) {
		return {};
	}
	const ts = toEpochSeconds(value);
	if (ts !== undefined) return { ts };
	return refused(
		`"Timestamp" is no date that this node can read: ${shown(value)}`,
		'Use an ISO date such as 2026-02-09T10:00:00Z, or UNIX seconds. Leave it empty for the time of arrival.',
	);
}

function shown(value: unknown): string {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value) : typeof value;
	return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
