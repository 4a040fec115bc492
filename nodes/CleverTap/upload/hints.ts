import type { NodeExecutionHint } from 'n8n-workflow';

/**
 * What the output panel shows where items went out without any of the properties that were mapped for them.
 *
 *     [1, 2], 3 → None of the mapped properties had a value in 2 of 3 items, the first of them item 1. …
 *
 * @param bare the numbers of these items
 * @param count of all items
 */
export function bareHints(bare: readonly number[], count: number): NodeExecutionHint[] {
	const [first] = bare;
	if (first === undefined) return [];
	const where = count === 1 ? '' : ` in ${bare.length} of ${count} items, the first of them item ${first}`;
	return [
		{
			message: `None of the mapped properties had a value${where}. Look at "adjusted" in the output: if a question was given another text in the form, drag it in again.`,
			type: 'warning',
			location: 'outputPane',
		},
	];
}

/** How many profiles and events a run has stored. */
export interface Stored {
	readonly profiles: number;
	readonly events: number;
}

/**
 * What the output panel shows whoever has run the node by hand, and may have meant to try it only.
 *
 *     {profiles: 1, events: 2} → This run has stored 1 profile and 2 events in CleverTap. …
 */
export function storedHints({ profiles, events }: Stored): NodeExecutionHint[] {
	const kinds = [
		...(profiles > 0 ? [`${profiles} ${profiles === 1 ? 'profile' : 'profiles'}`] : []),
		...(events > 0 ? [`${events} ${events === 1 ? 'event' : 'events'}`] : []),
	];
	if (kinds.length === 0) return [];
	return [
		{
			message: `This run has stored ${kinds.join(' and ')} in CleverTap. To try the node without storing anything, turn on its option "Dry Run".`,
			type: 'info',
			location: 'outputPane',
		},
	];
}
