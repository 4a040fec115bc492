import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isBlank, numberIn } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import { parameterReader } from '../../../shared/parameters/reader';
import type { Given, Reading } from '../../parameters/properties';
import type { Entry } from '../../properties/flatten';
import { texts } from '../../properties/values';
import { shownName } from '../../result/shownName';

/** What can be done to a property besides setting it (CleverTap's operators for profiles). */
const KINDS = ['add', 'remove', 'set', 'increase', 'decrease', 'delete'] as const;
type Change = (typeof KINDS)[number];

/** Changes of lists and numbers, for those who don't write CleverTap's syntax. */
export const changesField: INodeProperties = {
	displayName: 'List and Number Changes',
	name: 'changes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Change',
	default: {},
	description:
		'Changes of what the profile holds already: texts added to a list, a number counted up, a property removed',
	options: [
		{
			displayName: 'Change',
			name: 'change',
			values: [
				{
					displayName: 'Property',
					name: 'property',
					type: 'string',
					default: '',
					placeholder: 'e.g. Interests',
					description: 'Name of the property in CleverTap',
				},
				{
					displayName: 'Change',
					name: 'kind',
					type: 'options',
					default: 'add',
					description: 'What to do to the property',
					options: [
						{ name: 'Add to List', value: 'add', description: 'Add texts to a list; those it has stay once' },
						{ name: 'Decrease', value: 'decrease', description: 'Count a number down' },
						{ name: 'Delete', value: 'delete', description: 'Remove the property from the profile' },
						{ name: 'Increase', value: 'increase', description: 'Count a number up' },
						{ name: 'Remove From List', value: 'remove', description: 'Take texts out of a list' },
						{ name: 'Replace List', value: 'set', description: 'Put these texts in place of the list' },
					],
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. vip',
					description: 'A text or a list for a list, a number greater than 0 to count by',
					displayOptions: { hide: { kind: ['delete'] } },
				},
			],
		},
	],
};

interface GivenChange {
	readonly property?: unknown;
	readonly kind?: unknown;
	readonly value?: unknown;
}

const NO_CHANGES: Given = { entries: [], notes: [], isBare: false };

/** Gives the changes of any item. */
export function changesReader(context: IExecuteFunctions, { rules, nameOf }: Reading): (item: number) => Given {
	const value = parameterReader(context, 'changes', {});
	return (item) => {
		const changes = (value(item) as { change?: GivenChange[] }).change ?? [];
		if (changes.length === 0) return NO_CHANGES;
		const notes: string[] = [];
		const entries = toEntries(changes, nameOf, notes);
		if (rules === 1) return { entries, notes: [], isBare: false };
		return { entries, notes, isBare: entries.length === 0 };
	};
}

/**
 * Changes in CleverTap's own form:
 * `[{property: 'Visits', kind: 'increase', value: '1'}]` → `[['Visits', {$incr: 1}, 'ready']]`.
 *
 * @param nameOf the names that they get
 * @param notes gets a sentence for each that would change nothing, which is left out
 * @throws ItemError for a change that can't be made
 */
export function toEntries(changes: readonly GivenChange[], nameOf = asGiven, notes: string[] = []): Entry[] {
	const entries: Entry[] = [];
	const seen = new Set<string>();
	for (const { property, kind: given = 'add', value } of changes) {
		if (typeof property !== 'string' || isBlank(property)) {
			throw new ItemError(
				'A change in "List and Number Changes" has no property',
				'Name the property, or remove the change.',
			);
		}
		const kind = KINDS.find((known) => known === given);
		if (kind === undefined) {
			throw new ItemError(
				`The change of "${shownName(property)}" must be add, remove, set, increase, decrease or delete`,
				'Choose it from the list, or let its expression give one of these.',
			);
		}
		if (seen.has(nameOf(property))) {
			throw new ItemError(
				`"${shownName(property)}" is changed twice`,
				'CleverTap takes one change of a property at a time: use two nodes, or join the changes.',
			);
		}
		seen.add(nameOf(property));
		const operator = toOperator(kind, value);
		if (operator === undefined) {
			throw new ItemError(
				`The value for "${shownName(property)}" in "List and Number Changes" is not a number greater than 0`,
				'Correct the number, or choose another change.',
			);
		}
		if (operator === 'nothing') notes.push(`"${shownName(property)}" was not changed: the change has no value`);
		else entries.push([property, operator, 'ready']);
	}
	return entries;
}

/**
 * The properties of an item and their changes. A change of a property that is mapped too goes first:
 * CleverTap takes either, not both.
 */
export function withChanges(
	properties: readonly Entry[],
	changes: readonly Entry[],
	nameOf = asGiven,
): { readonly entries: readonly Entry[]; readonly adjusted: readonly string[] } {
	if (changes.length === 0) return { entries: properties, adjusted: [] };
	const changed = new Set(changes.map(([name]) => nameOf(name)));
	const both = properties.filter(([name]) => changed.has(nameOf(name)));
	return {
		entries: [...properties.filter(([name]) => !changed.has(nameOf(name))), ...changes],
		adjusted: both.map(([name]) => `"${shownName(name)}" was changed as "List and Number Changes" says, not set`),
	};
}

/** By the rules of version 1, names that differ in anything are names of several properties. */
function asGiven(name: string): string {
	return name;
}

function toOperator(kind: Change, value: unknown): object | 'nothing' | undefined {
	switch (kind) {
		case 'increase':
		case 'decrease': {
			const number = numberIn(value);
			if (!Number.isFinite(number) || number <= 0) return undefined;
			return kind === 'increase' ? { $incr: number } : { $decr: number };
		}
		case 'delete':
			// Documented as 1 and seen as true; whether it works beyond Name and Gender is doubtful.
			return { $delete: 1 };
		default: {
			const list = [...new Set(texts(Array.isArray(value) ? value : [value]))];
			return list.length === 0 ? 'nothing' : { [`$${kind}`]: list };
		}
	}
}
