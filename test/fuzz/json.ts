import fc from 'fast-check';

/** Names that mean something to n8n or to one of the services; those that mean something to JavaScript come by themselves. */
const names = [
	'id',
	'key',
	'type',
	'value',
	'label',
	'url',
	'status',
	'code',
	'error',
	'',
	' ',
	'0',
	'-1',
	'a.b',
	'$set',
];

/** Characters of all kinds, halves of them included. */
export const anyCharacters: fc.Arbitrary<string> = fc.string({
	unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)),
	maxLength: 12,
});

/** Texts that are hard to hold: halves of characters, joined ones, those that change direction, long ones. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
	fc.constantFrom(
		...names,
		'__proto__',
		'constructor',
		'then',
		'ключ',
		'\ud800',
		'a\udfff',
		'\u0000',
		'\u202egnp.exe',
		'👩‍👩‍👧‍👦',
		'e\u0301'.repeat(40),
		'\u2028',
		'../../users/me',
		'..',
		'%2e%2e%2f',
		'a/b?c=d#e',
		'\\..\\',
		'https://evil.example/',
		'x'.repeat(5_000),
		'1e999',
		'2026-02-09T10:00:00.000Z',
		'question_a_b',
		'Topics (Price)',
		'DELETED',
		'FAILED',
		'true',
	),
	anyCharacters,
	fc.string({ maxLength: 12 }),
);

const numbers = fc.oneof(
	fc.constantFrom(0, -0, -1, 0.5, 1e21, -1e300, 2 ** 53, Infinity, -Infinity, 200, 401, 500),
	fc.integer(),
	fc.double({ noNaN: true }),
);

/** Objects in which JavaScript's own names are taken: turning them into text or a number fails. */
const takenNames = fc
	.constantFrom(
		'{"toString":1,"valueOf":1}',
		'{"__proto__":{"polluted":1}}',
		'{"constructor":{"prototype":{"polluted":1}}}',
		'{"toJSON":1}',
		'{"then":1}',
		'{"length":-1}',
		'{"hasOwnProperty":0}',
		'[{"__proto__":[]}]',
		'[[[[[]]]]]',
	)
	.map((text): unknown => JSON.parse(text));

/** Any JSON, the hard cases often. */
export const oddJson: fc.Arbitrary<unknown> = fc.oneof(
	oddText,
	numbers,
	takenNames,
	fc.constantFrom<unknown>(null, true, false, [], {}),
	fc.jsonValue({ maxDepth: 2 }),
);

/** Every value in a JSON value, itself first. */
function partsOf(value: unknown): unknown[] {
	return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(partsOf)] : [value];
}

const known = new Map<string, fc.Arbitrary<unknown>>();

/**
 * JSON that is nearly this one: here and there stands something odd, or what stands elsewhere in it; members
 * and entries are missing, renamed, added or repeated. A failure shrinks towards what was given.
 *
 * @param text the value as JSON
 */
export function like(text: string): fc.Arbitrary<unknown> {
	const arbitrary = known.get(text) ?? nearly(JSON.parse(text));
	known.set(text, arbitrary);
	return arbitrary;
}

function nearly(whole: unknown): fc.Arbitrary<unknown> {
	const parts = partsOf(whole);
	/** A few of all places are not as usual, however many there are. */
	const mostly = (usual: fc.Arbitrary<unknown>, ...rare: ReadonlyArray<fc.WeightedArbitrary<unknown>>) =>
		fc.oneof({ withCrossShrink: true }, { weight: parts.length, arbitrary: usual }, ...rare);
	const elsewhere = fc.constantFrom(...parts);
	const nested = fc.tuple(elsewhere, fc.nat(300), oddText).map(([part, depth, name]) => {
		let value = part;
		for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : pairs([[name, value]]);
		return value;
	});
	const odd = { weight: 3, arbitrary: fc.oneof(oddJson, elsewhere, nested) };
	const build = (part: unknown): fc.Arbitrary<unknown> => {
		if (typeof part !== 'object' || part === null) return mostly(fc.constant(part), odd);
		return Array.isArray(part) ? list(part) : object(part);
	};
	const list = (entries: readonly unknown[]) => {
		const usual = fc.tuple(...entries.map(build));
		if (entries.length === 0) return mostly(usual, odd);
		const fewer = { weight: 1, arbitrary: fc.subarray([...entries]) };
		const more = { weight: 1, arbitrary: fc.array(fc.constantFrom(...entries), { maxLength: 80 }) };
		return mostly(usual, odd, fewer, more);
	};
	const object = (members: object) => {
		const names = Object.keys(members);
		const values = fc.tuple(...Object.values(members).map(build));
		const usual = values.map((all) => pairs(all.map((value, index) => [names[index] ?? '', value])));
		const added = fc.tuple(usual, oddText, oddJson);
		const more = {
			weight: 1,
			arbitrary: added.map(([held, name, value]) => pairs([...Object.entries(held), [name, value]])),
		};
		if (names.length === 0) return mostly(usual, odd, more);
		const chosen = fc.tuple(usual, fc.constantFrom(...names), fc.option(oddText));
		const changed = chosen.map(([held, chosenName, newName]) =>
			pairs(
				Object.entries(held).flatMap(([name, value]): Array<[string, unknown]> =>
					name !== chosenName ? [[name, value]] : newName === null ? [] : [[newName, value]],
				),
			),
		);
		return mostly(usual, odd, more, { weight: 2 * names.length, arbitrary: changed });
	};
	return build(whole);
}

/** An object of these members; `__proto__` is one like any other. */
function pairs(members: ReadonlyArray<readonly [name: string, value: unknown]>): Record<string, unknown> {
	return Object.fromEntries(members);
}
