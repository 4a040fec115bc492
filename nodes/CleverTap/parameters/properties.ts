import { validateFieldType, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { isBlank } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { parameterReader } from '../../shared/parameters/reader';
import { isDate } from '../../shared/moments';
import { bounded } from '../properties/fit';
import { holdsFile, holdsNothing, isPlainObject, type Entry } from '../properties/flatten';
import type { Target } from '../properties/names';
import type { Rules } from '../properties/rules';
import { isOutcome, withoutOwnOutcome } from '../result/ownOutcome';
import { shownName } from '../result/shownName';
import { assignmentsReader, type Assignment } from './assignments';
import { parsedJson } from './json';
import { mappingReader, propertiesMapFields } from './propertiesMap';
import { fieldsOf, isSubmission, MissingAnswers } from './submission';

const LABEL = 'Properties';

const ways = {
	input: {
		name: 'Every Field of the Input Item',
		value: 'input',
		description: 'All fields of the item; of a form’s submission its answers, hidden and calculated fields',
	},
	fields: {
		name: 'Fields Below',
		value: 'fields',
		description: 'Choose them one by one, with names of your own; drag them in from the input',
	},
	json: {
		name: 'JSON',
		value: 'json',
		description: 'One JSON object, for those who write CleverTap’s own format',
	},
	map: {
		name: 'Map Each Property',
		value: 'map',
		description: 'CleverTap’s properties by name; drag a field of the input onto each, or let them match by name',
	},
} as const;

/** The ways to say which properties go out. CleverTap does not tell the properties of events: they have no names to offer. */
export function propertiesFields(target: Target): INodeProperties[] {
	const from: INodeProperties = {
		displayName: 'Properties From',
		name: 'propertiesMode',
		type: 'options',
		default: 'fields',
		description: `Where the properties of the ${target === 'profile' ? 'user' : 'event'} come from`,
		options: [ways.input, ways.fields, ways.json],
	};
	return [
		...(target === 'profile'
			? [
					{ ...from, displayOptions: { show: { '@version': [1] } } },
					{
						...from,
						default: DEFAULT_OF_PROFILES,
						options: [ways.input, ways.fields, ways.json, ways.map],
						displayOptions: { show: { '@version': [2] } },
					},
					...propertiesMapFields,
				]
			: [from]),
		{ ...draggedNotice(target), displayOptions: { show: { propertiesMode: ['fields'] } } },
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

/** Under which name a field that is dragged in goes out; n8n does not let it be seen. */
export function draggedNotice(target: Target): INodeProperties {
	return {
		displayName:
			target === 'profile'
				? 'A field that you drag in goes out under its question, such as "Your email", until you write another name over it. CleverTap writes to Email and Phone only: give them these names.'
				: 'A field that you drag in goes out under its question, such as "Your email", until you write another name over it',
		name: 'draggedNotice',
		type: 'notice',
		default: '',
	};
}

/** What a new node starts with; one of version 1 has the fields, and does not store it. */
const DEFAULT_OF_PROFILES = 'map';

type Fields = Readonly<Record<string, unknown>>;

/** Where properties come from: named one by one, the whole input item, JSON, or mapped to CleverTap's names. */
type PropertiesMode = 'fields' | 'input' | 'json' | 'map';

/** What one item's properties are before they are fitted, and what is to be said of them. */
export interface Given {
	readonly entries: readonly Entry[];
	/** One sentence for each that was mapped and has no value. */
	readonly notes: readonly string[];
	/** Whether some were mapped and none of them has a value. */
	readonly isBare: boolean;
}

/** Most items have nothing to say. */
const NONE: readonly string[] = [];

/** Whether something was mapped for an item, and none of it has a value. */
export function areBare(parts: readonly Given[]): boolean {
	return parts.some(({ isBare }) => isBare) && parts.every(({ isBare, entries }) => isBare || entries.length === 0);
}

/** How properties are read: by which version's rules, and under which names. */
export interface Reading {
	readonly rules: Rules;
	/** The names that they get; with it, two rows of one name are refused. */
	readonly nameOf?: ((name: string) => string) | undefined;
	/** Whether every field of an item includes links to files. */
	readonly includeFileLinks?: boolean;
}

/** Gives the properties of any item, as the node's parameters name them. */
export function propertiesReader(context: IExecuteFunctions, reading: Reading): (item: number) => Given {
	const input = context.getInputData();
	const mode = parameterReader(context, 'propertiesMode', 'fields');
	const json = parameterReader(context, 'propertiesJson', '{}');
	const rows = rowsReader(context, 'properties');
	const mapping = mappingReader(context);
	const toGiven = rowsToGiven(context, LABEL, reading);
	return (item) => {
		switch (mode(item) as PropertiesMode) {
			case 'input':
				return everyField(input[item]?.json ?? {}, reading);
			case 'json':
				return given(fromJson(json(item)), reading, () => undefined);
			case 'map': {
				const mapped = mapping(item);
				const named = rows(item);
				if ('rows' in mapped) {
					return toGiven(item, named.length === 0 ? mapped.rows : [...mapped.rows, ...named]);
				}
				// What somebody has named goes first where a field has the same name.
				return both(toGiven(item, named), matchingFields(input[item]?.json ?? {}, mapped.names, reading));
			}
			default:
				return toGiven(item, rows(item));
		}
	};
}

function both(one: Given, other: Given): Given {
	return {
		entries: [...one.entries, ...other.entries],
		notes: [...one.notes, ...other.notes],
		isBare: areBare([one, other]),
	};
}

/** Gives the properties that are mapped one by one for any item. @param label what the user sees above them */
export function fieldsReader(
	context: IExecuteFunctions,
	name: string,
	label: string,
	reading: Reading,
): (item: number) => Given {
	const rows = rowsReader(context, name);
	const toGiven = rowsToGiven(context, label, reading);
	return (item) => toGiven(item, rows(item));
}

/** Gives the rows that are filled in. */
function rowsReader(context: IExecuteFunctions, name: string): (item: number) => Assignment[] {
	const fields = assignmentsReader(context, name);
	return (item) => {
		const all = fields(item);
		return all.every(isNamed) ? all : all.filter(isNamed);
	};
}

function rowsToGiven(
	context: IExecuteFunctions,
	label: string,
	reading: Reading,
): (item: number, rows: readonly Assignment[]) => Given {
	const missing = new MissingAnswers(context.getInputData());
	return (item, rows) => {
		const entries = fromFields(rows, label, reading.nameOf);
		return given(entries, reading, (index) => missing.why(item, rows[index]?.path ?? []));
	};
}

/** A row that was added and not filled in is none. */
function isNamed({ name, value }: Assignment): boolean {
	return hasName(name) || !isBlank(value);
}

/** Says of each entry without a value that it has none, and why, if that is known. */
function given(entries: readonly Entry[], reading: Reading, why: (index: number) => string | undefined): Given {
	if (reading.rules === 1 || !entries.some(holdsNothing)) return { entries, notes: NONE, isBare: false };
	const notes = entries.flatMap((entry, index) => {
		if (!holdsNothing(entry)) return [];
		const reason = why(index);
		return [`"${shownName(entry[0])}" has no value${reason === undefined ? '' : `: ${reason}`}`];
	});
	return { entries, notes: bounded(notes), isBare: notes.length === entries.length };
}

/** Every field of an item that says something of somebody. Who sends them all has not mapped those without a value. */
function everyField(json: Fields, { rules, includeFileLinks }: Reading): Given {
	if (rules === 1) return { entries: fromInput(json), notes: [], isBare: false };
	if (isOutcome(json)) return { entries: [], notes: [OWN_NOTE], isBare: true };
	const entries = isSubmission(json) ? fieldsOf(json) : Object.entries(withoutOwnOutcome(json)).filter(isNoRowNumber);
	return {
		entries: includeFileLinks === true ? entries : entries.map(withoutFiles),
		notes: [],
		isBare: entries.length > 0 && entries.every(holdsNothing),
	};
}

/** Of every field those that are called as a property is. */
function matchingFields(json: Fields, names: ReadonlySet<string>, reading: Reading): Given {
	const { entries: all, ...every } = everyField(json, reading);
	const { nameOf = (name: string) => name } = reading;
	if (all.length === 0) return { ...every, entries: all };
	const entries = all.filter(([name]) => names.has(nameOf(name)));
	return { entries, notes: entries.length === 0 ? [NO_MATCH] : NONE, isBare: entries.every(holdsNothing) };
}

const NO_MATCH = 'No field was sent: none is called as a property of CleverTap is';

const OWN_NOTE = 'No field was sent: the item is nothing but what an earlier CleverTap node said of it';

/** n8n's sheets say in each item which row it is. */
function isNoRowNumber([name, value]: Entry): boolean {
	return name !== 'row_number' || typeof value !== 'number';
}

function withoutFiles(entry: Entry): Entry {
	const [name, value] = entry;
	return holdsFile(value) ? [name, value, 'withoutFiles'] : entry;
}

/**
 * Every field of an item; of a Tally submission its answers, hidden and calculated fields, so that
 * ids and times of the form do not become properties of a person.
 */
export function fromInput(json: Fields): Entry[] {
	return isSubmission(json) ? fieldsOf(json) : Object.entries(json);
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
		if (!hasName(name)) {
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

function hasName(name: unknown): name is string {
	return typeof name === 'string' && name.trim() !== '';
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
