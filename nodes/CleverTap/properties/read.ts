import { validateFieldType, type IExecuteFunctions } from 'n8n-workflow';

import { assignmentsReader, type Assignment } from '../parameters/assignments';
import { parameterReader } from '../parameters/reader';
import { refused, type Refused } from '../upload/verdict';
import { isDate } from './dates';
import { isPlainObject, type Entry } from './flatten';

/** Where properties come from: mapped one by one, the whole input item, or JSON. */
type PropertiesMode = 'fields' | 'input' | 'json';

/** Gives the properties of any item, as the node's parameters name them. */
export function propertiesReader(this: IExecuteFunctions): (item: number) => Entry[] | Refused {
	const input = this.getInputData();
	const mode = parameterReader.call(this, 'propertiesMode', 'fields');
	const json = parameterReader.call(this, 'propertiesJson', '{}');
	const fields = assignmentsReader.call(this, 'properties');
	return (item) => {
		switch (mode(item) as PropertiesMode) {
			case 'input':
				return fromInput(input[item]?.json ?? {});
			case 'json':
				return fromJson(json(item));
			default:
				return fromFields(fields(item), 'Properties');
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

/** Properties from the parameter "Properties (JSON)", which holds an object or its text. */
export function fromJson(value: unknown): Entry[] | Refused {
	let parsed = value;
	if (typeof value === 'string') {
		try {
			parsed = JSON.parse(value.trim() === '' ? '{}' : value);
		} catch {
			return refused(
				'"Properties (JSON)" is not valid JSON',
				'Check its quotes and commas; CleverTap takes no comments. An expression must give an object.',
			);
		}
	}
	if (isPlainObject(parsed)) {
		return Object.entries(parsed).map(([name, inner]): Entry =>
			isOperator(inner) ? [name, inner, 'ready'] : [name, inner],
		);
	}
	return refused('"Properties (JSON)" is not an object', 'Write it as {"Name": "Ada"}: names and values in braces.');
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
 * @param label what the user sees above them.
 */
export function fromFields(assignments: readonly Assignment[], label: string): Entry[] | Refused {
	const entries: Entry[] = [];
	for (const { name, value, type } of assignments) {
		if (typeof name !== 'string' || name.trim() === '') {
			if (isBlank(value)) continue;
			return refused('A property has a value but no name', `Give it a name in "${label}".`);
		}
		if (isBlank(value) || isDate(value)) {
			entries.push([name, value]);
			continue;
		}
		const typed = toType(name, value, type);
		if (typed === undefined) {
			return refused(
				`The value of "${name}" is no ${String(type)}`,
				'Correct the value, or choose another type for this property.',
			);
		}
		entries.push([name, typed.value]);
	}
	return entries;
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

function isBlank(value: unknown): boolean {
	return value === null || value === undefined || value === '';
}
