import { validateFieldType, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { isBlank } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { parameterReader } from '../../shared/parameters/reader';
import { isDate } from '../../shared/moments';
import { isPlainObject, type Entry } from '../properties/flatten';
import type { Target } from '../properties/names';
import { shownName } from '../result/shownName';
import { assignmentsReader, type Assignment } from './assignments';
import { parsedJson } from './json';

/** The three ways to say which properties go out. */
export function propertiesFields(target: Target): INodeProperties[] {
	return [
		{
			displayName: 'Properties From',
			name: 'propertiesMode',
			type: 'options',
			default: 'fields',
			description: `Where the properties of the ${target === 'profile' ? 'user' : 'event'} come from`,
			options: [
				{
					name: 'Every Field of the Input Item',
					value: 'input',
					description: 'All fields of the item; of a Tally submission its answers, hidden and calculated fields',
				},
				{
					name: 'Fields Below',
					value: 'fields',
					description: 'Choose them one by one; drag them in from the input',
				},
				{
					name: 'JSON',
					value: 'json',
					description: 'One JSON object, for those who write CleverTap’s own format',
				},
			],
		},
		{
			displayName: 'Properties',
			name: 'properties',
			type: 'assignmentCollection',
			default: {},
			description:
				target === 'profile'
					? 'CleverTap knows Name, Email, Phone, Gender, DOB, Age, Employed, Married, Education, Photo and Customer Type; every other name becomes a property of your own. A field that you drag in is called after its question until you write another name over it.'
					: 'What is known of the event, such as the answers of a form. A field that you drag in is called after its question until you write another name over it.',
			displayOptions: { show: { propertiesMode: ['fields'] } },
		},
		{
			displayName: 'Properties (JSON)',
			name: 'propertiesJson',
			type: 'json',
			default: '{}',
			description:
				target === 'profile'
					? 'An object of names and values; CleverTap’s operators such as {"Tags": {"$add": ["vip"]}} work here'
					: 'An object of names and values; the event Charged may hold "Items", a list of objects',
			displayOptions: { show: { propertiesMode: ['json'] } },
		},
	];
}

/** Where properties come from: mapped one by one, the whole input item, or JSON. */
type PropertiesMode = 'fields' | 'input' | 'json';

/**
 * Gives the properties of any item, as the node's parameters name them.
 *
 * @param nameOf the names that they get; with it, two rows of one name are refused
 */
export function propertiesReader(
	context: IExecuteFunctions,
	nameOf?: (name: string) => string,
): (item: number) => Entry[] {
	const input = context.getInputData();
	const mode = parameterReader(context, 'propertiesMode', 'fields');
	const json = parameterReader(context, 'propertiesJson', '{}');
	const fields = assignmentsReader(context, 'properties');
	return (item) => {
		switch (mode(item) as PropertiesMode) {
			case 'input':
				return fromInput(input[item]?.json ?? {});
			case 'json':
				return fromJson(json(item));
			default:
				return fromFields(fields(item), 'Properties', nameOf);
		}
	};
}

/**
 * Every field of an item; of a Tally submission its answers, hidden and calculated fields, so that
 * ids and times of the form do not become properties of a person.
 */
export function fromInput(json: Readonly<Record<string, unknown>>): Entry[] {
	const { submissionId, answers, hidden, calculated } = json;
	if (typeof submissionId === 'string' && isPlainObject(answers)) {
		return [answers, hidden, calculated].flatMap((part) => (isPlainObject(part) ? Object.entries(part) : []));
	}
	return Object.entries(json);
}

/**
 * Properties from the parameter "Properties (JSON)", which holds an object or its text:
 * `'{"Visits": {"$incr": 1}}'` → `[['Visits', {$incr: 1}, 'ready']]`.
 *
 * @throws ItemError if it holds none
 */
export function fromJson(value: unknown): Entry[] {
	const parsed = isBlank(value) ? {} : parsedJson(value);
	if (parsed === undefined) {
		throw new ItemError(
			'"Properties (JSON)" is not valid JSON',
			'Check its quotes and commas; CleverTap takes no comments. An expression must give an object.',
		);
	}
	if (isPlainObject(parsed)) {
		return Object.entries(parsed).map(([name, inner]): Entry =>
			isOperator(inner) ? [name, inner, 'ready'] : [name, inner],
		);
	}
	throw new ItemError(
		'"Properties (JSON)" is not an object',
		'Write it as {"Name": "Ada"}: names and values in braces.',
	);
}

const OPERATORS = new Set(['$set', '$add', '$remove', '$incr', '$decr', '$delete']);

/** CleverTap's own syntax for a change of a property; only JSON is read as such. */
function isOperator(value: unknown): boolean {
	if (!isPlainObject(value)) return false;
	const keys = Object.keys(value);
	return keys.length === 1 && OPERATORS.has(keys[0] ?? '');
}

/**
 * Properties mapped one by one, each value brought to the type that its field says.
 *
 * @param label what the user sees above them
 * @param nameOf the names that they get; with it, two rows of one name are refused
 * @throws ItemError for a value without a name, or of another type
 */
export function fromFields(
	assignments: readonly Assignment[],
	label: string,
	nameOf?: (name: string) => string,
): Entry[] {
	const entries: Entry[] = [];
	for (const { name, value, type } of assignments) {
		if (typeof name !== 'string' || name.trim() === '') {
			if (isBlank(value)) continue;
			throw new ItemError('A property has a value but no name', `Give it a name in "${label}".`);
		}
		if (isBlank(value) || isDate(value)) {
			entries.push([name, value]);
			continue;
		}
		const typed = toType(name, value, type);
		if (typed === undefined) {
			throw new ItemError(
				`The value of "${shownName(name)}" is not of the type ${String(type)}`,
				'Correct the value, or choose another type for this property.',
			);
		}
		entries.push([name, typed.value]);
	}
	if (nameOf !== undefined) refuseTwins(entries, label, nameOf);
	return entries;
}

function refuseTwins(entries: readonly Entry[], label: string, nameOf: (name: string) => string): void {
	const names = new Set<string>();
	for (const [given] of entries) {
		const name = nameOf(given);
		if (names.has(name)) {
			throw new ItemError(
				`"${label}" has two rows for "${shownName(name)}"`,
				'Remove one of them, or give it another name.',
			);
		}
		names.add(name);
	}
}

function toType(name: string, value: unknown, type: unknown): { value: unknown } | undefined {
	if (type === undefined || type === '' || type === 'string') {
		// A list or an object dragged into a text field stays what it is: it would become "[object Object]".
		return { value: typeof value === 'number' || typeof value === 'boolean' ? String(value) : value };
	}
	if (type !== 'number' && type !== 'boolean' && type !== 'array' && type !== 'object') return { value };
	const result = validateFieldType(name, value, type);
	return result.valid ? { value: result.newValue } : undefined;
}
