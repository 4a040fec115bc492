import { readYesNo, requiredYesNo } from '../../../nodes/shared/yesNo';

it.each<[unknown, boolean]>([
	[true, true],
	[1, true],
	['1', true],
	['true', true],
	['TRUE', true],
	['Yes', true],
	[' on\n', true],
	['\u200btrue', true],
	[false, false],
	[0, false],
	[-0, false],
	['0', false],
	['false', false],
	['False', false],
	['NO', false],
	['off', false],
	['\u00a0False\u00a0', false],
	['', false],
	['  ', false],
	[null, false],
	[undefined, false],
])('%j is %j', (value, expected) => {
	expect(readYesNo(value)).toBe(expected);
});

it.each<[unknown]>([
	['maybe'],
	['truefalse'],
	['y'],
	['01'],
	[2],
	[-1],
	[0.5],
	[NaN],
	[[]],
	[[true]],
	[{}],
	['{{ x }}'],
])('%j is neither', (value) => {
	expect(readYesNo(value)).toBeUndefined();
});

it('of an item, is refused by the option’s name, not by its value', () => {
	expect(requiredYesNo('Yes', 'Simplify')).toBe(true);
	expect(requiredYesNo(undefined, 'Simplify')).toBe(false);
	expect(() => requiredYesNo('ada@example.com', 'Simplify')).toThrow(
		expect.objectContaining({
			message: 'The value of "Simplify" is neither yes nor no',
			advice: expect.not.stringContaining('ada') as string,
		}) as Error,
	);
});
