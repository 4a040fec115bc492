import type { NodeExecutionHint } from 'n8n-workflow';

import { isEmail } from '../properties/email';
import type { UploadRecord } from '../result/record';
import { shownName } from '../result/shownName';

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

/** What of an item looks like an address or a number, and goes out under a name that means nothing to CleverTap. */
export interface Stray {
	readonly name: string;
	readonly looksLike: 'Email' | 'Phone';
}

/** A plus sign, the country and the number: nothing else is certainly a phone number. */
const PHONE = /^\+[1-9]\d{6,14}$/;

/**
 * What of an item's profile looks as if it belonged to Email or Phone, if the profile has neither.
 *
 *     [{type: 'profile', profileData: {'Your email': 'ada@example.com'}, …}] → {name: 'Your email', looksLike: 'Email'}
 */
export function strayContact(records: readonly UploadRecord[]): Stray | undefined {
	for (const record of records) {
		if (record.type !== 'profile') continue;
		const { profileData } = record;
		if ('Email' in profileData || 'Phone' in profileData) continue;
		for (const [name, value] of Object.entries(profileData)) {
			if (typeof value !== 'string') continue;
			if (value.includes('@') && isEmail(value)) return { name, looksLike: 'Email' };
			if (value.startsWith('+') && PHONE.test(value)) return { name, looksLike: 'Phone' };
		}
	}
	return undefined;
}

/** What the output panel shows where profiles went out that CleverTap can't write to. @param count of all items */
export function strayHints(strays: ReadonlyArray<{ item: number; stray: Stray }>, count: number): NodeExecutionHint[] {
	const [first] = strays;
	if (first === undefined) return [];
	const where = count === 1 ? '' : ` in ${strays.length} of ${count} items, the first of them item ${first.item}`;
	const { name, looksLike } = first.stray;
	const what = looksLike === 'Email' ? 'an email address' : 'a phone number';
	return [
		{
			message: `Neither Email nor Phone is set${where}, and "${shownName(name)}" holds what looks like ${what}. CleverTap writes to Email and Phone only: map it to ${looksLike}.`,
			type: 'warning',
			location: 'outputPane',
		},
	];
}
