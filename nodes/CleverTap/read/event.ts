import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../shared/guards';
import type { Json } from '../transport/ask';
import { texts } from './profile';

/**
 * What most people want of an event: what, who, when, and its properties. CleverTap does not repeat
 * the event's name in its records, so it comes from the query.
 */
export function simplifyEvent(record: Json, eventName: string): IDataObject {
	const { profile, ts, event_props, session_props } = record;
	const { identity, objectId, name, email, phone, platform } = isRecord(profile) ? profile : {};
	const localTime = toLocalTime(ts);
	return {
		eventName,
		...texts({ identity, objectId, name, email, phone, platform }),
		...(typeof ts === 'number' || typeof ts === 'string' ? { ts } : {}),
		...(localTime === undefined ? {} : { localTime }),
		properties: isRecord(event_props) ? event_props : {},
		session: isRecord(session_props) ? session_props : {},
	};
}

/**
 * CleverTap's `yyyyMMddHHmmss` as an ISO 8601 time without a zone: it is the clock of the CleverTap
 * project, whose zone the API does not tell.
 */
export function toLocalTime(ts: unknown): string | undefined {
	const digits = typeof ts === 'number' || typeof ts === 'string' ? String(ts) : '';
	const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
	if (parts === null) return undefined;
	const [, year, month, day, hour, minute, second] = parts;
	return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}
