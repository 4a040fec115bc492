import { numberIn } from '../../../nodes/shared/guards';

describe('The number in', () => {
	it.each<[unknown, number]>([
		[7, 7],
		['7.5', 7.5],
		['seven', NaN],
		[null, NaN],
		[{ toString: 1, valueOf: 1 }, NaN],
	])('%j', (value, number) => {
		expect(numberIn(value)).toBe(number);
	});
});
