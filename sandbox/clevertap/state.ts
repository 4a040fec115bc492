import { Campaigns } from './campaigns';
import { countEvents } from './events';
import type { StoredEvent } from './events';
import { Profiles } from './profiles';
import type { StoredProfile } from './profiles';
import { identifiersOf } from './record';
import type { Identifiers, Json } from './record';
import type { Segment } from './segments';

/** What one CleverTap account holds. */
export class State {
	readonly profiles = new Profiles();

	readonly events: StoredEvent[] = [];

	readonly campaigns = new Campaigns();

	readonly segments: Segment[] = [];

	private readonly watchers = new Set<() => void>();

	/** Stores a record that passed every check; `data` is what is left of its properties. */
	store(record: Json, data: Json): void {
		const identifiers = identifiersOf(record);
		if (record.type === 'profile') {
			this.profiles.upsert(identifiers, data);
			return;
		}
		this.profiles.ensure(identifiers);
		const now = new Date();
		this.events.push({
			...identifiers,
			evtName: String(record.evtName),
			evtData: data,
			ts: typeof record.ts === 'number' ? record.ts : Math.floor(now.getTime() / 1000),
			receivedAt: now.toISOString(),
		});
	}

	/** Erases a user's profile and events. */
	erase(identifiers: Identifiers): void {
		const profile = this.profiles.find(identifiers);
		if (profile === undefined) return;
		const kept = this.events.filter((event) => this.profiles.find(event) !== profile);
		this.events.length = 0;
		for (const event of kept) this.events.push(event);
		this.profiles.remove(profile);
	}

	eventsOf(profile: StoredProfile): StoredEvent[] {
		return this.events.filter((event) => this.profiles.find(event) === profile);
	}

	/** A profile as `GET /1/profile.json` shows it. */
	profileJson(profile: StoredProfile): Json {
		const { Email, Name, Phone } = profile.profileData;
		return {
			...(profile.identity === undefined ? {} : { identity: profile.identity }),
			...(Email === undefined ? {} : { email: Email }),
			...(Name === undefined ? {} : { name: Name }),
			...(Phone === undefined ? {} : { phone: Phone }),
			profileData: profile.profileData,
			events: countEvents(this.eventsOf(profile)),
			platformInfo: profile.objectId === undefined ? [] : [{ platform: 'Web', objectId: profile.objectId }],
		};
	}

	/** Calls back after every upload that stored something, until the returned function is called. */
	watch(onChange: () => void): () => void {
		this.watchers.add(onChange);
		return () => this.watchers.delete(onChange);
	}

	changed(): void {
		for (const onChange of [...this.watchers]) onChange();
	}
}
