import type { StoredEvent } from './events';
import type { StoredProfile } from './profiles';
import { identifiersOf, isJson } from './record';
import type { Json } from './record';
import type { State } from './state';

/** What a query matches, or CleverTap's refusal of it. */
export type Matches = { events: StoredEvent[]; profiles: StoredProfile[] } | { error: string; code: number };

const DATES = 4002;

/** The time zone of the sandbox's project is UTC. */
const dayOf = (seconds: number): number =>
	Number(new Date(seconds * 1000).toISOString().slice(0, 10).replaceAll('-', ''));

/**
 * The events and the profiles that a query in CleverTap's query language means; `advanced_query`
 * aside.
 */
export function matches(state: State, query: Json): Matches {
	const { event_name: name, from, to, event_properties, common_profile_properties } = query;
	const first = typeof from === 'number' ? from : 0;
	const last = typeof to === 'number' ? to : 99991231;
	if (first > last) return { error: 'From date is after to date', code: DATES };
	if (to !== undefined && last > dayOf(Date.now() / 1000)) {
		return { error: 'To date is in the future', code: DATES };
	}
	if (name !== undefined && !state.events.some(({ evtName }) => evtName === name)) {
		return { error: JSON.stringify([`Invalid event : ${asText(name)}`]), code: 400 };
	}

	const groups = isJson(common_profile_properties) ? Object.values(common_profile_properties) : [];
	const suits = (profile: StoredProfile | undefined): profile is StoredProfile =>
		profile !== undefined && groups.every((filters) => holdsAll(profile.profileData, filters));
	const identifiers = identifiersOf(query);
	const only = Object.keys(identifiers).length > 0 ? state.profiles.find(identifiers) : undefined;

	const events =
		name === undefined
			? []
			: state.events.filter((event) => {
					const profile = state.profiles.find(event);
					const day = dayOf(event.ts);
					return (
						event.evtName === name &&
						day >= first &&
						day <= last &&
						holdsAll(event.evtData, event_properties) &&
						suits(profile) &&
						(Object.keys(identifiers).length === 0 || profile === only)
					);
				});
	const profiles =
		name === undefined
			? state.profiles.all().filter(suits)
			: [...new Set(events.flatMap((event) => state.profiles.find(event) ?? []))];
	return { events, profiles };
}

function holdsAll(properties: Json, filters: unknown): boolean {
	return !Array.isArray(filters) || filters.filter(isJson).every((filter) => holds(properties, filter));
}

function holds(properties: Json, { name, operator = 'equals', value }: Json): boolean {
	const held = properties[String(name)];
	const given: unknown[] = Array.isArray(value) ? value : [value];
	const equal = given.some((one) => asText(held) === asText(one));
	const text = asText(held).toLowerCase();
	const contained = given.some((one) => text.includes(asText(one).toLowerCase()));
	switch (operator) {
		case 'exists':
			return held !== undefined;
		case 'does_not_exist':
			return held === undefined;
		case 'not_equals':
			return !equal;
		case 'contains':
			return held !== undefined && contained;
		case 'does_not_contain':
			return !contained;
		case 'greater_than':
			return Number(held) > Number(value);
		case 'greater_than_equals':
			return Number(held) >= Number(value);
		case 'less_than':
			return Number(held) < Number(value);
		case 'less_than_equals':
			return Number(held) <= Number(value);
		default:
			return held !== undefined && equal;
	}
}

/** Queries know true and false as the texts True and False. */
function asText(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	return typeof value === 'string' || typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? '');
}
