import { withoutTokens } from '../../../../../nodes/Tally/resources/common/answers';

it.each<[unknown, unknown]>([
	[
		{ id: 'u1', authorizationToken: 'ey', hasPasswordSet: true },
		{ id: 'u1', hasPasswordSet: true },
	],
	[[{ a: { SECRET: 's', b: [{ password: null, c: 1 }] } }], [{ a: { b: [{ c: 1 }] } }]],
	[null, null],
	['text', 'text'],
	[JSON.parse('{"__proto__": {"token": "t", "a": 1}}'), JSON.parse('{"__proto__": {"a": 1}}')],
])('%j is shown as %j', (value, shown) => {
	expect(withoutTokens(value)).toEqual(shown);
	expect(JSON.stringify(withoutTokens(value))).toBe(JSON.stringify(shown));
});

it('takes an answer of any depth', () => {
	const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
	expect(JSON.stringify(withoutTokens(deep))).toHaveLength(2 * 51 + 'null'.length);
});
