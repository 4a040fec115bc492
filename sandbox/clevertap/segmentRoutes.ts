import { isJson, textOf } from './record';
import type { Json } from './record';
import { fail, success, type AddRoute, type Answered } from './route';
import type { Segment } from './segments';
import type { State } from './state';

const firstId = 1_800_000_001;
/** Profiles, and segments, in one request (update segment). */
const limit = 100;

/** api/createSegment and api/updateSegment. What the answers look like was never seen: they are written as short as can be. */
export function addSegments(add: AddRoute, state: State): void {
	add('POST', '/api/createSegment', ({ json }) => {
		const wanted = (Array.isArray(json) ? json : []).filter(isJson);
		const ids = wanted.map(({ customer_segment_id: id }) => id).filter((id) => id !== undefined);
		const taken = new Set(state.segments.map(({ customerId }) => customerId));
		if (ids.some((id, index) => taken.has(textOf(id)) || ids.indexOf(id) !== index)) {
			return refused('customer_segment_id is not unique');
		}
		const made = wanted.map(({ segment_name: name, customer_segment_id: customerId }) => {
			const segment: Segment = {
				id: firstId + state.segments.length,
				name: String(name),
				...(customerId === undefined ? {} : { customerId: textOf(customerId) }),
				members: new Set(),
			};
			state.segments.push(segment);
			return { segment_name: segment.name, ct_segment_id: segment.id, customer_segment_id: segment.customerId };
		});
		state.changed();
		return success({ segments: made });
	});

	add('POST', '/api/updateSegment', ({ body: { bulk_profiles: bulk } }) => {
		const changes = (Array.isArray(bulk) ? bulk : []).filter(isJson);
		if (changes.flatMap(usersIn).length > limit) return refused(`More than ${limit} profiles`);
		for (const change of changes) {
			for (const wanted of segmentsIn(change)) {
				const segment = find(state, wanted);
				if (segment === undefined) return refused('Segment does not exist');
				for (const { identity, guid } of usersIn(change)) {
					// A user that it does not know becomes a profile.
					const key = identity === undefined ? { objectId: textOf(guid) } : { identity: textOf(identity) };
					const profile = state.profiles.ensure(key);
					if (wanted.action === 'REMOVE') segment.members.delete(profile);
					else segment.members.add(profile);
				}
			}
		}
		state.changed();
		return success();
	});
}

function find(state: State, { ct_segment_id: id, customer_segment_id: customerId }: Json): Segment | undefined {
	return state.segments.find((segment) =>
		id === undefined ? segment.customerId === customerId : String(segment.id) === textOf(id),
	);
}

function usersIn({ user_profiles: users }: Json): Json[] {
	return (Array.isArray(users) ? users : []).filter(isJson);
}

function segmentsIn({ segments }: Json): Json[] {
	return (Array.isArray(segments) ? segments : []).filter(isJson);
}

function refused(error: string): Answered {
	return { ...fail(error, 400), status: 400 };
}
