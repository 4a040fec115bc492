import { isId } from '../../../../nodes/Tally/transport/ids';

describe('An ID that can stand in a path', () => {
	it.each(['GxdRaQ', '3f6c0a52-0000-4000-8000-000000000000', 'a_b', '7'])('%j is one', (value) => {
		expect(isId(value)).toBe(true);
	});

	it.each([
		'',
		' ',
		'a b',
		'.',
		'..',
		'../users/me',
		'a/b',
		'a?b',
		'a#b',
		'%2e%2e',
		'a\n',
		'é',
		7,
		null,
		undefined,
		['a'],
	])('%j is none', (value) => {
		expect(isId(value)).toBe(false);
	});
});
