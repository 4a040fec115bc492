import { identifierKeys, identifiersOf, isJson } from './record';
import type { Identifiers, Json } from './record';

/** A profile as it is kept. */
export interface StoredProfile extends Identifiers {
	profileData: Json;
	/** ISO 8601. */
	updatedAt: string;
}

const listLimit = 100;

/** Profiles, found by any of their identifiers. */
export class Profiles {
	private readonly stored: StoredProfile[] = [];

	/** By kind and value of an identifier. */
	private readonly index = new Map<string, StoredProfile>();

	all(): readonly StoredProfile[] {
		return this.stored;
	}

	find(identifiers: Identifiers): StoredProfile | undefined {
		return entriesOf(identifiers)
			.map((entry) => this.index.get(entry))
			.find((profile) => profile !== undefined);
	}

	findByEmail(email: string): StoredProfile | undefined {
		return this.stored.find(
			({ profileData: { Email } }) => typeof Email === 'string' && Email.toLowerCase() === email.toLowerCase(),
		);
	}

	/**
	 * The profile that these identifiers name, made if there is none: an unknown identity makes a
	 * new profile.
	 */
	ensure(identifiers: Identifiers): StoredProfile {
		let profile = this.find(identifiers);
		if (!profile) {
			profile = { profileData: {}, updatedAt: new Date().toISOString() };
			this.stored.push(profile);
		}
		for (const entry of entriesOf(identifiers)) this.index.set(entry, profile);
		return Object.assign(profile, identifiers);
	}

	/** Erases a profile; whoever it was is unknown from now on. */
	remove(profile: StoredProfile): void {
		this.stored.splice(this.stored.indexOf(profile), 1);
		for (const [entry, indexed] of this.index) {
			if (indexed === profile) this.index.delete(entry);
		}
	}

	/** Takes an identity from the profile that has it; the profile stays under its other identifiers. */
	forget(identity: string): void {
		const profile = this.find({ identity });
		if (profile === undefined) return;
		this.index.delete(`identity ${identity}`);
		if (profile.identity === identity) delete profile.identity;
	}

	/** Creates or updates a profile: what a record does not name stays as it is. */
	upsert(identifiers: Identifiers, profileData: Json): StoredProfile {
		const profile = this.ensure(identifiers);
		profile.profileData = merge(profile.profileData, profileData);
		profile.updatedAt = new Date().toISOString();
		// `identity` inside profileData adds a further identity to the profile.
		const further = identifiersOf({ identity: profileData.identity });
		for (const entry of entriesOf(further)) this.index.set(entry, profile);
		return profile;
	}
}

function entriesOf(identifiers: Identifiers): string[] {
	return identifierKeys.flatMap((key) => {
		const value = identifiers[key];
		return value === undefined ? [] : [`${key} ${value}`];
	});
}

/** A profile's properties after one record, with the operators of the upload API. */
export function merge(before: Json, changes: Json): Json {
	const after = new Map(Object.entries(before));
	for (const [name, change] of Object.entries(changes)) {
		const value = isJson(change) ? operate(after.get(name), change) : change;
		if (value === undefined) after.delete(name);
		else after.set(name, value);
	}
	return Object.fromEntries(after);
}

/**
 * The value after one operator; undefined removes the property. An object without an operator is
 * kept as it is.
 */
function operate(before: unknown, change: Json): unknown {
	const { $add, $remove, $set, $incr, $decr, $delete } = change;
	if ($delete !== undefined) return undefined;
	if ($incr !== undefined) return numberOf(before) + numberOf($incr);
	if ($decr !== undefined) return numberOf(before) - numberOf($decr);
	if ($set !== undefined) return unique(listOf($set));
	if ($add !== undefined) return unique([...listOf(before), ...listOf($add)]);
	if ($remove !== undefined) {
		const gone = new Set(listOf($remove));
		const left = listOf(before).filter((entry) => !gone.has(entry));
		return left.length === 0 ? undefined : left;
	}
	return change;
}

function numberOf(value: unknown): number {
	return typeof value === 'number' ? value : 0;
}

/** A scalar becomes a list of one; the entries of a multi-value are text. */
function listOf(value: unknown): string[] {
	if (value === undefined || value === null) return [];
	return (Array.isArray(value) ? value : [value]).map(String);
}

/** Entries are unique, and the oldest give way to the newest. */
function unique(list: string[]): string[] {
	return [...new Set(list)].slice(-listLimit);
}
