import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isBlank, numberIn } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import { parameterReader } from '../../../shared/parameters/reader';
import type { Given, Reading } from '../../parameters/properties';
import type { Entry } from '../../properties/flatten';
import type { Rules } from '../../properties/rules';
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
			// By name, as n8n wants it.
			values: [
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
					displayName: 'Number',
					name: 'value',
					type: 'string',
					default: '1',
					placeholder: 'e.g. 1',
					description: 'What to count by, greater than 0',
					displayOptions: { show: { '@version': [2], kind: ['increase', 'decrease'] } },
				},
				{
					displayName: 'Property',
					name: 'property',
					type: 'string',
					default: '',
					placeholder: 'e.g. Interests',
					description: 'Name of the property in CleverTap',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. vip',
					description: 'A text or a list for a list, a number greater than 0 to count by',
					displayOptions: { show: { '@version': [1] }, hide: { kind: ['delete'] } },
				},
				{
					displayName: 'Values',
					name: 'values',
					type: 'string',
					typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Value' },
					default: [],
					placeholder: 'e.g. vip',
					description: 'The texts, each in a field of its own; an expression may give a whole list',
					displayOptions: { show: { '@version': [2], kind: ['add', 'remove', 'set'] } },
				},
			],
		},
	],
};

interface GivenChange {
	readonly property?: unknown;
	readonly kind?: unknown;
	readonly value?: unknown;
	/** Of a list, from version 2 on. */
	readonly values?: unknown;
}

/** One of CleverTap's operators with its operand: a list of texts, or a number. */
type Operator =
	{ readonly list: 'add' | 'remove' | 'set'; readonly texts: readonly string[] } | { readonly by: number } | 'delete';

const NO_CHANGES: Given = { entries: [], notes: [], isBare: false };

/** Gives the changes of any item. */
export function changesReader(context: IExecuteFunctions, { rules, nameOf }: Reading): (item: number) => Given {
	const value = parameterReader(context, 'changes', {});
	return (item) => {
		const changes = (value(item) as { change?: GivenChange[] }).change ?? [];
		if (changes.length === 0) return NO_CHANGES;
		const notes: string[] = [];
		const entries = toEntries(changes, rules, nameOf, notes);
		if (rules === 1) return { entries, notes: [], isBare: false };
		return { entries, notes, isBare: entries.length === 0 };
	};
}

/**
 * Changes in CleverTap's own form:
 * `[{property: 'Visits', kind: 'increase', value: '1'}]` → `[['Visits', {$incr: 1}, 'ready']]`.
 *
 * CleverTap takes one change of a property in a record. By the rules of version 2, several are joined where one says the
 * same; version 1 refuses them.
 *
 * @param nameOf the names that they get
 * @param notes gets a sentence for each property that would not change, which is left out
 * @throws ItemError for a change that can't be made
 */
export function toEntries(
	changes: readonly GivenChange[],
	rules: Rules,
	nameOf = asGiven,
	notes: string[] = [],
): Entry[] {
	const found = new Map<string, { readonly property: string; operator: Operator | 'nothing' }>();
	for (const { property, kind: given = 'add', value, values } of changes) {
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
		const before = found.get(nameOf(property));
		if (before !== undefined && rules === 1) {
			throw new ItemError(
				`"${shownName(property)}" is changed twice`,
				'CleverTap takes one change of a property at a time: use two nodes, or join the changes.',
			);
		}
		const operator = toOperator(kind, given === 'increase' || given === 'decrease' ? value : (values ?? value));
		if (operator === undefined) {
			throw new ItemError(
				`The value for "${shownName(property)}" in "List and Number Changes" is not a number greater than 0`,
				'Correct the number, or choose another change.',
			);
		}
		const both = before === undefined ? operator : joined(before.operator, operator);
		if (both === undefined) {
			throw new ItemError(
				`The changes of "${shownName(property)}" can’t be made in one step`,
				'CleverTap takes texts out of a list or adds them, and counts or removes: use a second CleverTap node after this one for the other change.',
			);
		}
		found.set(nameOf(property), { property: before?.property ?? property, operator: both });
	}
	const entries: Entry[] = [];
	for (const { property, operator } of found.values()) {
		if (operator === 'nothing') notes.push(`"${shownName(property)}" was not changed: the change has no value`);
		else entries.push([property, inCleverTapsForm(operator), 'ready']);
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

function toOperator(kind: Change, value: unknown): Operator | 'nothing' | undefined {
	switch (kind) {
		case 'increase':
		case 'decrease': {
			const number = numberIn(value);
			if (!Number.isFinite(number) || number <= 0) return undefined;
			return { by: kind === 'increase' ? number : -number };
		}
		case 'delete':
			return 'delete';
		default: {
			const list = [...new Set(texts([value].flat(2)))];
			return list.length === 0 ? 'nothing' : { list: kind, texts: list };
		}
	}
}

/**
 * One change that does what two in a row do; `undefined` where none does.
 *
 *     add a, add b → add a and b    increase by 5, decrease by 2 → increase by 3    replace by a, add b → replace by a and b
 */
function joined(first: Operator | 'nothing', second: Operator | 'nothing'): Operator | 'nothing' | undefined {
	if (first === 'nothing') return second;
	if (second === 'nothing') return first;
	// What was before does not matter.
	if (second === 'delete' || ('list' in second && second.list === 'set')) return second;
	if (first === 'delete') return 'list' in second && second.list === 'add' ? { ...second, list: 'set' } : undefined;
	if ('by' in first || 'by' in second) {
		if (!('by' in first && 'by' in second)) return undefined;
		return first.by + second.by === 0 ? 'nothing' : { by: first.by + second.by };
	}
	if (first.list === second.list || (first.list === 'set' && second.list === 'add')) {
		return { list: first.list, texts: [...new Set([...first.texts, ...second.texts])] };
	}
	if (first.list === 'set') {
		const left = first.texts.filter((text) => !second.texts.includes(text));
		return left.length === 0 ? 'delete' : { list: 'set', texts: left };
	}
	return undefined;
}

function inCleverTapsForm(operator: Operator): object {
	// Documented as 1 and seen as true; whether it works beyond Name and Gender is doubtful.
	if (operator === 'delete') return { $delete: 1 };
	if ('list' in operator) return { [`$${operator.list}`]: operator.texts };
	return operator.by > 0 ? { $incr: operator.by } : { $decr: -operator.by };
}
