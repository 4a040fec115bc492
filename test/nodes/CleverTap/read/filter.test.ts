import { resultOf } from '../../../support/itemFailure';
import { OPERATORS, toFilter, type FilterRow } from '../../../../nodes/CleverTap/read/filter';

const row: FilterRow = { of: 'profile_fields', name: 'Plan', operator: 'equals', value: 'gold', valueType: 'string' };

describe('a filter', () => {
	it.each<[string, Partial<FilterRow>, unknown]>([
		['text stays text', { value: '0042' }, { name: 'Plan', operator: 'equals', value: '0042' }],
		['text loses the blanks at its ends', { value: ' gold ' }, { name: 'Plan', operator: 'equals', value: 'gold' }],
		[
			'text becomes a number if it is one',
			{ value: ' 100 ', valueType: 'number' },
			{ name: 'Plan', operator: 'equals', value: 100 },
		],
		['a name from a number', { name: 404 }, { name: '404', operator: 'equals', value: 'gold' }],
		[
			'a yes of an expression',
			{ value: 'ON', valueType: 'boolean' },
			{ name: 'Plan', operator: 'equals', value: 'True' },
		],
		['text without what nobody sees', { value: '\u200bgold' }, { name: 'Plan', operator: 'equals', value: 'gold' }],
		['a number from an expression stays one', { value: 100 }, { name: 'Plan', operator: 'equals', value: 100 }],
		[
			'more and less always compare numbers',
			{ operator: 'less_than', value: '4.5' },
			{ name: 'Plan', operator: 'less_than', value: 4.5 },
		],
		...(['greater_than', 'greater_than_equals', 'less_than_equals'] as const).map(
			(operator): [string, Partial<FilterRow>, unknown] => [
				`${operator} compares numbers`,
				{ operator, value: '4.5' },
				{ name: 'Plan', operator, value: 4.5 },
			],
		),
		['true is the text True', { value: true }, { name: 'Plan', operator: 'equals', value: 'True' }],
		['false is the text False', { value: false }, { name: 'Plan', operator: 'equals', value: 'False' }],
		['yes means True', { value: 'yes', valueType: 'boolean' }, { name: 'Plan', operator: 'equals', value: 'True' }],
		['0 means False', { value: 0, valueType: 'boolean' }, { name: 'Plan', operator: 'equals', value: 'False' }],
		['a list stays one', { value: ['a', 2, true] }, { name: 'Plan', operator: 'equals', value: ['a', 2, 'True'] }],
		['a list of one stays a list', { value: ['a'] }, { name: 'Plan', operator: 'equals', value: ['a'] }],
		['existence takes no value', { operator: 'exists', value: 'left over' }, { name: 'Plan', operator: 'exists' }],
		['absence takes no value', { operator: 'does_not_exist' }, { name: 'Plan', operator: 'does_not_exist' }],
		[
			'blanks at the ends of a name are nobody’s',
			{ name: ' Plan ' },
			{ name: 'Plan', operator: 'equals', value: 'gold' },
		],
	])('%s', (_name, changes, condition) => {
		expect(toFilter({ ...row, ...changes })).toEqual({ of: 'profile_fields', condition });
	});

	it.each<[string, Partial<FilterRow>, string, string]>([
		['no name', { name: '' }, 'A filter has no name', 'Name the property in "Filters".'],
		[
			'a number too long to be exact',
			{ value: '9007199254740993', valueType: 'number' },
			'The filter of "Plan" has no value that fits',
			'Give it a number in "Value".',
		],
		['a name that is no text', { name: undefined }, 'A filter has no name', 'Name the property in "Filters".'],
		[
			'no value',
			{ value: '' },
			'The filter of "Plan" has no value that fits',
			'Give it a text, a number, true or false in "Value", or a list of them.',
		],
		[
			'an empty list',
			{ value: [] },
			'The filter of "Plan" has no value that fits',
			'Give it a text, a number, true or false in "Value", or a list of them.',
		],
		[
			'a list with a hole',
			{ value: ['a', null] },
			'The filter of "Plan" has no value that fits',
			'Give it a text, a number, true or false in "Value", or a list of them.',
		],
		[
			'an object',
			{ value: {} },
			'The filter of "Plan" has no value that fits',
			'Give it a text, a number, true or false in "Value", or a list of them.',
		],
		[
			'text where a number is meant',
			{ operator: 'greater_than', value: 'many' },
			'The filter of "Plan" has no value that fits',
			'Give it a number in "Value".',
		],
		[
			'true where a number is meant',
			{ operator: 'greater_than', value: true },
			'The filter of "Plan" has no value that fits',
			'Give it a number in "Value".',
		],
		[
			'text where a number is meant, to be equal',
			{ valueType: 'number', value: 'many' },
			'The filter of "Plan" has no value that fits',
			'Give it a number in "Value".',
		],
		[
			'text where true or false is meant',
			{ valueType: 'boolean', value: 'maybe' },
			'The filter of "Plan" has no value that fits',
			'Give it true or false in "Value".',
		],
		...['yesterday', 'say yes', 'nothing', 'piano'].map((value): [string, Partial<FilterRow>, string, string] => [
			`${value} where true or false is meant`,
			{ valueType: 'boolean', value },
			'The filter of "Plan" has no value that fits',
			'Give it true or false in "Value".',
		]),
		[
			'an operator of another spelling',
			{ operator: 'notEquals' },
			'The filter of "Plan" has no operator that CleverTap knows',
			`Choose one from the list, or give one of ${OPERATORS.join(', ')}.`,
		],
		[
			'a place that there is not',
			{ of: 'constructor' },
			'The filter of "Plan" does not say what the property belongs to',
			'Choose it in "Belongs To".',
		],
	])('%s is refused', (_name, changes, reason, advice) => {
		expect(resultOf(() => toFilter({ ...row, ...changes }))).toEqual({ status: 'refused', reason, advice });
	});

	it('knows only operators with underscores', () => {
		expect(OPERATORS.filter((operator) => !/^[a-z]+(_[a-z]+)*$/.test(operator))).toEqual([]);
	});
});
