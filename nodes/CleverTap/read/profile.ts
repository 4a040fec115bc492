import type { IDataObject } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../shared/guards';
import type { Json } from '../transport/ask';

/**
 * What most people want of a profile, under names that do not change with the account: who it is,
 * its properties, and how often and when it did what. Devices come as their Object IDs alone; push
 * tokens never come.
 */
export function simplifyProfile(record: Json): IDataObject {
	const { identity, name, email, phone, profileData, events, platformInfo } = record;
	return {
		...texts({ identity, name, email, phone }),
		objectIds: objectIdsOf(platformInfo),
		profileData: isRecord(profileData) ? profileData : {},
		events: isRecord(events) ? Object.entries(events).map(summaryOf) : [],
	};
}

/** The members that are there, as text; CleverTap gives some phones as numbers. */
export function texts(members: Json): IDataObject {
	const found: IDataObject = {};
	for (const [name, value] of Object.entries(members)) {
		if ((typeof value === 'string' && value !== '') || typeof value === 'number') {
			found[name] = String(value);
		}
	}
	return found;
}

function objectIdsOf(platforms: unknown): string[] {
	return recordsIn(platforms).flatMap(({ objectId }) => (typeof objectId === 'string' ? [objectId] : []));
}

function summaryOf([name, event]: readonly [string, unknown]): IDataObject {
	const { count, first_seen, last_seen } = isRecord(event) ? event : {};
	return {
		name,
		...(typeof count === 'number' ? { count } : {}),
		...time('firstSeen', first_seen),
		...time('lastSeen', last_seen),
	};
}

/** UNIX seconds as ISO 8601 in UTC. */
function time(name: string, seconds: unknown): IDataObject {
	if (typeof seconds !== 'number') return {};
	const date = new Date(seconds * 1000);
	return Number.isNaN(date.getTime()) ? {} : { [name]: date.toISOString() };
}
