import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterReader } from '../parameters/reader';
import type { Entry } from '../properties/flatten';
import { texts } from '../properties/values';
import { refused, type Refused } from '../upload/verdict';

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

export function changesReader(this: IExecuteFunctions): (item: number) => Entry[] | Refused {
	const value = parameterReader.call(this, 'changes', {});
	return (item) => toEntries((value(item) as { change?: GivenChange[] }).change ?? []);
}

/** Changes in CleverTap's own form, such as `["Visits", {"$incr": 1}]`. */
export function toEntries(changes: readonly GivenChange[]): Entry[] | Refused {
	if (changes.length === 0) return [];
	const entries: Entry[] = [];
	const seen = new Set<string>();
	for (const { property, kind: given = 'add', value } of changes) {
		if (typeof property !== 'string' || property.trim() === '') {
			return refused(
				'A change in "List and Number Changes" has no property',
				'Name the property, or remove the change.',
			);
		}
		const kind = KINDS.find((known) => known === given);
		if (kind === undefined) {
			return refused(`The change of "${property}" is none that this node knows`, `Give one of ${KINDS.join(', ')}.`);
		}
		if (seen.has(property)) {
			return refused(
				`"${property}" is changed twice`,
				'CleverTap takes one change of a property at a time: use two nodes, or join the changes.',
			);
		}
		seen.add(property);
		const operator = toOperator(kind, value);
		if (operator === undefined) {
			return refused(
				`The value for "${property}" in "List and Number Changes" is not a number greater than 0`,
				'Correct the number, or choose another change.',
			);
		}
		if (operator !== 'nothing') entries.push([property, operator, 'ready']);
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
): { readonly entries: readonly Entry[]; readonly adjusted: readonly string[] } {
	if (changes.length === 0) return { entries: properties, adjusted: [] };
	const changed = new Set(changes.map(([name]) => name));
	const both = properties.filter(([name]) => changed.has(name));
	return {
		entries: [...properties.filter(([name]) => !changed.has(name)), ...changes],
		adjusted: both.map(([name]) => `"${name}" was changed as "List and Number Changes" says, not set`),
	};
}

function toOperator(kind: Change, value: unknown): object | 'nothing' | undefined {
	switch (kind) {
		case 'increase':
		case 'decrease': {
			const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
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
