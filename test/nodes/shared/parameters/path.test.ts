import fc from 'fast-check';

import { follow, pathIn, UNCLEAR } from '../../../../nodes/shared/parameters/path';

describe('pathIn', () => {
	it.each<[string, string[]]>([
		['={{ $json.email }}', ['email']],
		['={{$json.answers.Email}}', ['answers', 'Email']],
		['={{ $json["Your name"] }}', ['Your name']],
		['={{ $json.answers["What\'s your name?"] }}', ['answers', "What's your name?"]],
		['={{ $json.answers[\'Rate "us"\'] }}', ['answers', 'Rate "us"']],
		['={{ $json.Topics[0] }}', ['Topics', '0']],
		['={{ $json.a[007] }}', ['a', '7']],
	])('reads %s as a path', (expression, path) => {
		expect(pathIn(expression)).toEqual(path);
	});

	it.each([
		'$json.email',
		'={{ $json }}',
		'x={{ $json.email }}',
		'={{ $json.email }} ',
		'=Dear {{ $json.name }}',
		'={{ $json.email.toLowerCase() }}',
		'={{ $json.a + $json.b }}',
		'={{ $json["a\\"b"] }}',
		'={{ $json["a\u2028b"] }}',
		"={{ $json['a\u2029b'] }}",
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
		[
			'what is inside an object without a prototype',
			{ a: Object.assign(Object.create(null) as object, { b: 1 }) },
			['a', 'b'],
			1,
		],
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
		[
			'what is nested deeper than anybody nests',
			{ a: JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown },
			['a'],
		],
	])('leaves %s to the engine', (_name, json, path) => {
		expect(follow(json, path)).toBe(UNCLEAR);
	});
});

describe('whatever people name their questions', () => {
	/** Names that lead to what every object inherits. */
	const inherited = [
		...Object.getOwnPropertyNames(Object.prototype),
		'prototype',
		'length',
		'at',
		'caller',
		'arguments',
	];
	const name = fc.oneof(fc.constantFrom(...inherited), fc.string());
	const json = fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 3 },
			fc.jsonValue({ maxDepth: 0 }),
			fc.array(tie('value'), { maxLength: 3 }),
			fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
		),
	})).value;

	/** The value at the end of a path through nothing but JSON's own members. */
	function inJson(value: unknown, path: readonly string[]): unknown {
		return path.reduce(
			(inner, step) => Object.entries(inner as object).find(([key]) => key === step)?.[1] as unknown,
			value,
		);
	}

	it('a path leads to the item’s own values only, or to n8n’s engine', () => {
		fc.assert(
			fc.property(json, fc.array(name, { minLength: 1, maxLength: 4 }), (value, path) => {
				const found = follow(value, path);
				if (found !== UNCLEAR) expect(found).toEqual(inJson(value, path));
				expect(typeof found).not.toBe('function');
			}),
			{ numRuns: 2000 },
		);
	});

	it('no expression is read as a path to what objects inherit', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('__proto__', 'prototype', 'constructor', 'getPrototypeOf'),
				fc.array(name),
				(step, others) => {
					const steps = [...others, step].map((one) => `[${JSON.stringify(one)}]`).join('');
					expect(pathIn(`={{ $json${steps} }}`)).toBeUndefined();
				},
			),
		);
	});
});
