import { ItemError } from '../../shared/itemError';
import { visibleText } from '../../shared/text';
import { readYesNo } from '../../shared/yesNo';
import { toName } from '../parameters/text';
import { shownName } from '../result/shownName';

/** Where CleverTap keeps a property; each is a list of filters in its query language. */
const KINDS = [
	'event_properties',
	'session_properties',
	'profile_fields',
	'app_fields',
	'demographics',
	'technographics',
	'reachability',
] as const;
export type PropertyKind = (typeof KINDS)[number];

/**
 * CleverTap's operators, spelled with underscores.
 *
 * @see https://developer.clevertap.com/docs/clevertap-query-language
 */
export const OPERATORS = [
	'equals',
	'not_equals',
	'contains',
	'does_not_contain',
	'exists',
	'does_not_exist',
	'greater_than',
	'greater_than_equals',
	'less_than',
	'less_than_equals',
] as const;
export type Operator = (typeof OPERATORS)[number];

type Primitive = string | number;
export interface Filter {
	readonly of: PropertyKind;
	readonly condition: Condition;
}
/** A filter in CleverTap's query language. */
export interface Condition {
	readonly name: string;
	readonly operator: Operator;
	readonly value?: Primitive | readonly Primitive[];
}

/** One row of "Filters" as the user filled it in. */
export interface FilterRow {
	readonly of: unknown;
	readonly name: unknown;
	readonly operator: unknown;
	readonly value?: unknown;
	readonly valueType?: unknown;
}

const WITHOUT_VALUE = new Set<Operator>(['exists', 'does_not_exist']);
const NUMERIC = new Set<Operator>(['greater_than', 'greater_than_equals', 'less_than', 'less_than_equals']);

/**
 * A filter in CleverTap's form. Booleans become the texts True and False, which are all it knows.
 *
 *     {of: 'profile_fields', name: 'Plan', operator: 'equals', value: 'true', valueType: 'boolean'}
 *     → {of: 'profile_fields', condition: {name: 'Plan', operator: 'equals', value: 'True'}}
 *
 * @throws ItemError for a row that says nothing
 */
export function toFilter(row: FilterRow): Filter {
	const name = toName(row.name);
	if (name === '') throw new ItemError('A filter has no name', 'Name the property in "Filters".');
	const of = KINDS.find((known) => known === row.of);
	if (of === undefined) {
		throw new ItemError(
			`The filter of "${shownName(name)}" does not say what the property belongs to`,
			'Choose it in "Belongs To".',
		);
	}
	const operator = OPERATORS.find((known) => known === row.operator);
	if (operator === undefined) {
		throw new ItemError(
			`The filter of "${shownName(name)}" has no operator that CleverTap knows`,
			`Choose one from the list, or give one of ${OPERATORS.join(', ')}.`,
		);
	}
	if (WITHOUT_VALUE.has(operator)) return { of, condition: { name, operator } };

	const type = NUMERIC.has(operator) ? 'number' : row.valueType;
	const given: unknown[] = Array.isArray(row.value) ? row.value : [row.value];
	const values = given.map((value) => toPrimitive(value, type));
	const known = values.filter((value) => value !== undefined);
	const [first] = known;
	if (first === undefined || known.length < values.length) {
		throw new ItemError(
			`The filter of "${shownName(name)}" has no value that fits`,
			type === 'number'
				? 'Give it a number in "Value".'
				: type === 'boolean'
					? 'Give it true or false in "Value".'
					: 'Give it a text, a number, true or false in "Value", or a list of them.',
		);
	}
	return { of, condition: { name, operator, value: Array.isArray(row.value) ? known : first } };
}

function toPrimitive(value: unknown, type: unknown): Primitive | undefined {
	if (typeof value === 'boolean') return type === 'number' ? undefined : value ? 'True' : 'False';
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = visibleText(String(value));
	if (text === '') return undefined;
	if (type === 'number') return numberOf(text);
	if (type === 'boolean') {
		const isTrue = readYesNo(text);
		return isTrue === undefined ? undefined : isTrue ? 'True' : 'False';
	}
	// A number that an expression gives stays one; what was typed is text.
	return typeof value === 'number' ? value : text;
}

/** Nothing for a whole number that is too long to be exact: another one would be looked for. */
function numberOf(text: string): number | undefined {
	const number = Number(text);
	const isExact = !Number.isInteger(number) || Number.isSafeInteger(number);
	return Number.isFinite(number) && isExact ? number : undefined;
}
