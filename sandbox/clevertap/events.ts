import type { Identifiers, Json } from './record';

/** An event as it is kept; the same one sent twice is kept twice. */
export interface StoredEvent extends Identifiers {
	evtName: string;
	evtData: Json;
	/** UNIX seconds: the record's own, or its arrival. */
	ts: number;
	/** ISO 8601. */
	receivedAt: string;
}

/** `events` of a profile as profile.json shows it; times are UNIX seconds. */
export type EventCounts = Record<string, { count: number; first_seen: number; last_seen: number }>;

export function countEvents(events: readonly StoredEvent[]): EventCounts {
	const counts = new Map<string, EventCounts[string]>();
	for (const { evtName, ts } of events) {
		const known = counts.get(evtName);
		counts.set(evtName, {
			count: (known?.count ?? 0) + 1,
			first_seen: Math.min(known?.first_seen ?? ts, ts),
			last_seen: Math.max(known?.last_seen ?? ts, ts),
		});
	}
	return Object.fromEntries(counts);
}
