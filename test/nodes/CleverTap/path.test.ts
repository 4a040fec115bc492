import { follow, pathIn, UNCLEAR } from '../../../nodes/CleverTap/parameters/path';

describe('pathIn', () => {
	it.each<[string, string[]]>([
		['={{ $json.email }}', ['email']],
		['={{$json.answers.Email}}', ['answers', 'Email']],
		['={{ $json["Your name"] }}', ['Your name']],
		['={{ $json.answers["What\'s your name?"] }}', ['answers', "What's your name?"]],
		["={{ $json.answers['Rate \"us\"'] }}", ['answers', 'Rate "us"']],
		['={{ $json.Topics[0] }}', ['Topics', '0']],
		['={{ $json.a[007] }}', ['a', '7']],
	])('reads %s as a path', (expression, path) => {
		expect(pathIn(expression)).toEqual(path);
	});

	it.each([
		'$json.email',
		'={{ $json }}',
		'={{ $json.email }} ',
		'=Dear {{ $json.name }}',
		'={{ $json.email.toLowerCase() }}',
		'={{ $json.a + $json.b }}',
		'={{ $json["a\\"b"] }}',
		'={{ $json[key] }}',
		'={{ $json.constructor }}',
		'={{ $json.a.constructor }}',
		'={{ $json["__proto__"] }}',
		'={{ $("Tally Trigger").item.json.email }}',
		'={{ $json.a ?? "x" }}',
		'={{ $json?.a }}',
		'={{ $json.a }}{{ $json.b }}',
	])('leaves %s to the engine', (expression) => {
		expect(pathIn(expression)).toBeUndefined();
	});
});

describe('follow', () => {
	it.each<[string, unknown, string[], unknown]>([
		['a member', { a: 1 }, ['a'], 1],
		['a list', { a: ['x'] }, ['a'], ['x']],
		['an element', { a: ['x'] }, ['a', '0'], 'x'],
		['a later element', { a: Array.from('abcdefghijkl') }, ['a', '10'], 'k'],
		['an empty list', { a: [] }, ['a'], []],
		['true', { a: true }, ['a'], true],
		['what is inside an object without a prototype', { a: Object.assign(Object.create(null) as object, { b: 1 }) }, ['a', 'b'], 1],
		['null', { a: null }, ['a'], null],
		['zero', { a: 0 }, ['a'], 0],
	])('finds %s', (_name, json, path, value) => {
		expect(follow(json, path)).toEqual(value);
	});

	it.each<[string, unknown, string[]]>([
		['what is missing', { a: 1 }, ['b']],
		['what is inside null', { a: null }, ['a', 'b']],
		['the length of a text', { a: 'xy' }, ['a', 'length']],
		['the length of a list', { a: [1] }, ['a', 'length']],
		['what is inherited', { a: {} }, ['a', 'toString']],
		['a date', { a: new Date(0) }, ['a']],
		['a list that holds one', { a: [1, new Date(0)] }, ['a']],
		['NaN', { a: NaN }, ['a']],
		['an object of a class', { a: new Map() }, ['a']],
		['undefined', { a: undefined }, ['a']],
	])('leaves %s to the engine', (_name, json, path) => {
		expect(follow(json, path)).toBe(UNCLEAR);
	});
});
