import fc from 'fast-check';

/** One change somewhere in a JSON value; small to print, whatever it leads to. */
export interface Edit {
	/** Which of all places in the value. */
	readonly at: number;
	readonly how: 'put' | 'drop' | 'rename' | 'copy' | 'swap' | 'repeat' | 'nest' | 'add';
	/** What is put there. */
	readonly value: unknown;
	/** A name for a member. */
	readonly name: string;
	/** Another place, or how often. */
	readonly other: number;
}

/** Names that mean something to JavaScript, to n8n or to one of the services. */
const names = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'valueOf',
	'toJSON',
	'then',
	'length',
	'hasOwnProperty',
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
	'ключ',
];

/** Characters of all kinds, halves of them included. */
export const anyCharacters: fc.Arbitrary<string> = fc
	.array(fc.nat(0xffff), { maxLength: 12 })
	.map((codes) => String.fromCharCode(...codes));

/** Texts that are hard to hold: halves of characters, joined ones, those that change direction, long ones. */
const texts = fc.oneof(
	fc.constantFrom(
		...names,
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
	texts,
	numbers,
	takenNames,
	fc.constantFrom<unknown>(null, true, false, [], {}),
	fc.jsonValue({ maxDepth: 2 }),
);

export const oddText: fc.Arbitrary<string> = texts;

export const edits: fc.Arbitrary<Edit[]> = fc.array(
	fc.record({
		at: fc.nat(),
		how: fc.constantFrom<Edit['how']>('put', 'put', 'put', 'drop', 'rename', 'copy', 'swap', 'repeat', 'nest', 'add'),
		value: oddJson,
		name: texts,
		other: fc.nat(),
	}),
	{ minLength: 1, maxLength: 6 },
);

type Container = Record<string, unknown> | unknown[];

interface Place {
	readonly holder: Container;
	readonly name: string;
}

/**
 * A copy of a JSON value, changed in these places.
 *
 * @param text the value as JSON, so that no run sees what another one did
 */
export function edited(text: string, changes: readonly Edit[]): unknown {
	const root: { value: unknown } = { value: JSON.parse(text) };
	const places = placesIn(root);
	for (const change of changes) {
		const place = places[change.at % places.length];
		const other = places[change.other % places.length];
		if (place !== undefined && other !== undefined) apply(change, place, other);
	}
	return root.value ?? null;
}

/** Every member of every list and object, the value itself first; nothing is walked twice. */
function placesIn(root: Container): Place[] {
	const places: Place[] = [];
	const left: unknown[] = [root];
	for (let value = left.pop(); value !== undefined; value = left.pop()) {
		if (typeof value !== 'object' || value === null) continue;
		for (const [name, member] of Object.entries(value)) {
			places.push({ holder: value as Container, name });
			left.push(member ?? null);
		}
	}
	return places;
}

function apply({ how, value, name, other: count }: Edit, place: Place, other: Place): void {
	const held = get(place);
	switch (how) {
		case 'put':
			return set(place, copyOf(value));
		case 'drop':
			return remove(place);
		case 'rename':
			remove(place);
			return set({ holder: place.holder, name }, held);
		case 'copy':
			return set(place, copyOf(get(other)));
		case 'swap': {
			const [mine, theirs] = [copyOf(held), copyOf(get(other))];
			set(place, theirs);
			return set(other, mine);
		}
		case 'repeat':
			if (Array.isArray(held)) {
				const times = count % 40;
				for (const entry of held.slice(0, 3)) for (let time = 0; time < times; time++) held.push(copyOf(entry));
			}
			return;
		case 'nest': {
			let nested = held;
			for (let depth = count % 300; depth > 0; depth--) nested = depth % 2 === 0 ? [nested] : { [name]: nested };
			return set(place, nested);
		}
		case 'add':
			if (typeof held === 'object' && held !== null) set({ holder: held as Container, name }, copyOf(value));
	}
}

function get({ holder, name }: Place): unknown {
	return Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;
}

function set({ holder, name }: Place, value: unknown): void {
	if (Array.isArray(holder)) {
		holder.splice(Number(name) || 0, 1, value);
		return;
	}
	// An assignment to `__proto__` would not make a member.
	Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

function remove({ holder, name }: Place): void {
	if (Array.isArray(holder)) holder.splice(Number(name), 1);
	else delete holder[name];
}

/** A member that holds itself would be no JSON, and no run may change what another one gets. */
function copyOf(value: unknown): unknown {
	if (typeof value === 'object' && value !== null) return JSON.parse(JSON.stringify(value));
	return value ?? null;
}
