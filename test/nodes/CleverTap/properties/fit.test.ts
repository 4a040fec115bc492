import fc from 'fast-check';
import { DateTime } from 'luxon';

import { fitProperties, type Fitted } from '../../../../nodes/CleverTap/properties/fit';
import type { FitOptions } from '../../../../nodes/CleverTap/properties/fitOptions';
import type { Entry } from '../../../../nodes/CleverTap/properties/flatten';
import { byteLength } from '../../../../nodes/CleverTap/properties/shorten';
import { resultOf } from '../../../support/itemFailure';

const profile: FitOptions = {
	target: 'profile',
	rules: 1,
	listSeparator: ', ',
	matchStandardProperties: true,
	onTooLong: 'shorten',
	onBadStandardProperty: 'refuse',
};
const event: FitOptions = { ...profile, target: 'event' };

const fit: (entries: readonly Entry[], options: FitOptions) => Fitted = fitProperties;

/** Properties that are just what was given. */
const asGiven = (entries: readonly Entry[]) =>
	Object.fromEntries(entries.map(([name, value]) => [name, value] as const));

const file = { name: 'a b.pdf', url: 'https://storage.example/a', mimeType: 'application/pdf', size: 1 };

describe('values', () => {
	it.each<[string, unknown, unknown, unknown]>([
		['text', 'as typed ', 'as typed ', 'as typed '],
		['a number', 4.5, 4.5, 4.5],
		['zero', 0, 0, 0],
		['a numeric text stays text', '007', '007', '007'],
		['false', false, false, false],
		['null', null, undefined, undefined],
		['an empty text', '  ', undefined, undefined],
		['an empty list', [], undefined, undefined],
		['an empty object', {}, undefined, undefined],
		['a list', ['Fit, and finish', 'Price'], { $set: ['Fit, and finish', 'Price'] }, 'Fit, and finish, Price'],
		['a list with doubles', ['a', 'a', 1, null], { $set: ['a', '1'] }, 'a, a, 1'],
		['a list of objects', [{ a: 1 }], { $set: ['{"a":1}'] }, '{"a":1}'],
		['files', [file], { $set: [file.url] }, file.url],
		['one file', file, file.url, file.url],
		['a JS date', new Date(1_520_208_000_000), '$D_1520208000', '$D_1520208000'],
		['a Luxon date', DateTime.fromSeconds(1_520_208_000), '$D_1520208000', '$D_1520208000'],
		['a date in a list', [new Date(0)], { $set: ['1970-01-01T00:00:00.000Z'] }, '1970-01-01T00:00:00.000Z'],
		['NaN', NaN, undefined, undefined],
		['a list of numbers that are none', [NaN, Infinity], undefined, undefined],
		['a file without a link', { ...file, url: ' ' }, undefined, undefined],
		['a big integer', 12n, '12', '12'],
	])('%s', (_name, value, inProfile, inEvent) => {
		const held = (options: FitOptions) => fit([['K', value]], options).properties.K;
		expect(held(profile)).toEqual(inProfile);
		expect(held(event)).toEqual(inEvent);
	});

	it('flattens objects of any depth', () => {
		const { properties } = fit([['Rate us', { Speed: 'Good', Price: { Now: 1, Later: ['x', 'y'] } }]], event);
		expect(properties).toEqual({
			'Rate us - Speed': 'Good',
			'Rate us - Price - Now': 1,
			'Rate us - Price - Later': 'x, y',
		});
	});

	it.each<[string, unknown, unknown]>([
		['+32 477 47-47.47', '+32477474747', 1],
		['+1 (415) 555 1234', '+14155551234', 1],
		['0477 47 47 47', '0477 47 47 47', 0],
		['+32 call me', '+32 call me', 0],
		['0 (+32) 477', '0 (+32) 477', 0],
		['+32477474747', '+32477474747', 0],
	])('the phone number %j goes out as %j', (typed, sent, notes) => {
		const { properties, adjusted } = fit([['Phone', typed]], profile);
		expect(properties).toEqual({ Phone: sent });
		expect(adjusted).toHaveLength(notes as number);
	});

	it('makes a date of DOB only where it is one', () => {
		expect(fit([['dob', '1955-06-08']], profile).properties).toEqual({ DOB: '$D_-459734400' });
		for (const odd of ['in June', '1990', '19900305', '05/03/1990', 19_900_305, 641_779_200, '641779200', true]) {
			const { properties, adjusted } = fit([['DOB', odd]], profile);
			expect(properties).toEqual({ DOB: odd });
			expect(adjusted).toEqual(['"DOB" is not a valid date; it was not sent as one']);
		}
		expect(fit([['DOB', '$D_641779200']], profile)).toEqual({ properties: { DOB: '$D_641779200' }, adjusted: [] });
		expect(fit([['Due', '1955-06-08']], profile).properties).toEqual({ Due: '1955-06-08' });
		expect(fit([['DOB', 'x'.repeat(513)]], profile).properties).toEqual({ DOB: 'x'.repeat(512) });
	});

	it('makes a date of every property that is said to be one, and refuses what is none', () => {
		const dates = new Set(['Due']);
		const entries = (value: string): Entry[] => [
			['Due', value],
			['Other', value],
		];
		expect(fit(entries('2018-03-05'), { ...event, dates }).properties).toEqual({
			Due: '$D_1520208000',
			Other: '2018-03-05',
		});
		expect(resultOf(() => fitProperties(entries('soon'), { ...event, dates }))).toEqual({
			status: 'refused',
			reason: 'The value of "Due" is not a valid date: text',
			advice: 'Use an ISO date such as 2026-02-09, or take the name out of "Date Properties".',
		});
	});

	it.each(['Due: day', 'Due day'])('takes %j for a date, by the name it has and by the one it gets', (name) => {
		const options = { ...event, dates: new Set([name]) };
		expect(fit([['Due: day', '2018-03-05']], options).properties).toEqual({ 'Due day': '$D_1520208000' });
	});

	it('leaves the Phone and the DOB of an event as they are, and other numbers of a profile', () => {
		const entries: Entry[] = [
			['Phone', '+32 477 47'],
			['DOB', '1955-06-08'],
		];
		expect(fit(entries, event)).toEqual({ properties: asGiven(entries), adjusted: [] });
		expect(fit([['Fax', '+32 477 47']], profile)).toEqual({ properties: { Fax: '+32 477 47' }, adjusted: [] });
	});

	it('joins a list for a standard property, which takes no multi-values', () => {
		expect(fit([['email', ['a@b.example']]], profile).properties).toEqual({ Email: 'a@b.example' });
	});

	it.each<[string, unknown]>([
		['a number that JSON has no word for', Infinity],
		['a list of nothing but such', [Infinity, NaN]],
		['a file without a link', { ...file, url: '' }],
		['a file with a blank link', { ...file, url: ' ' }],
		['a time that no clock shows', new Date(8.64e15)],
	])('says that it left out %s', (_name, value) => {
		expect(fit([['K', value]], profile)).toEqual({
			properties: {},
			adjusted: ['"K" was left out: CleverTap can’t hold its value'],
		});
	});

	it('says how much of a list it left out', () => {
		const list = ['a', NaN, null, Symbol('x'), '', 2n, new Date(NaN), DateTime.invalid('test')];
		const { properties, adjusted } = fit([['K', list]], profile);
		expect(properties).toEqual({ K: { $set: ['a', '2'] } });
		expect(adjusted).toContain('"K" was sent without 4 of its values: CleverTap can’t hold them');
	});

	it('takes for a file only what has an address in text', () => {
		expect(fit([['K', { url: 5, mimeType: 'x' }]], profile).properties).toEqual({ 'K - url': 5, 'K - mimeType': 'x' });
		expect(fit([['K', { url: 'https://a.example' }]], profile).properties).toEqual({ 'K - url': 'https://a.example' });
	});

	it('takes apart what is nested as deep as anybody nests, and leaves out what is deeper', () => {
		const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
		expect(Object.values(fit([['K', nested(100)]], event).properties)).toEqual([1]);
		const { properties, adjusted } = fit(
			[
				['K', nested(50_000)],
				['L', 2],
			],
			event,
		);
		expect(properties).toEqual({ L: 2 });
		expect(adjusted).toContainEqual(expect.stringContaining('was left out'));
	});

	it('leaves a list out that is nested deeper than JSON can be written', () => {
		const nested = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
		expect(
			fit(
				[
					['K', nested],
					['L', ['a', nested]],
				],
				event,
			).properties,
		).toEqual({ L: 'a' });
	});

	it('says what it left out', () => {
		expect(fit([['K', Symbol('x')]], profile)).toEqual({
			properties: {},
			adjusted: ['"K" was left out: CleverTap can’t hold its value'],
		});
	});
});

describe('CleverTap’s own syntax', () => {
	it('lets operators through only where they are meant as such', () => {
		const add = { $add: ['vip'] };
		expect(fit([['Tags', add, 'ready']], profile).properties).toEqual({ Tags: add });
		expect(fit([['Tags', add]], profile).properties).toEqual({ 'Tags - add': { $set: ['vip'] } });
	});

	it.each<[string, unknown, unknown]>([
		['one text for a list', { $add: 'vip' }, { $add: ['vip'] }],
		['a number for a list', { $set: 5 }, { $set: ['5'] }],
		['an empty list', { $set: [] }, { $set: [] }],
		['digits for a number', { $incr: '2.5' }, { $incr: 2.5 }],
		['a number', { $decr: 0.5 }, { $decr: 0.5 }],
		['true', { $delete: true }, { $delete: 1 }],
		['1', { $delete: 1 }, { $delete: 1 }],
		['doubles', { $add: ['vip', 'vip'] }, { $add: ['vip'] }],
	])('takes %s behind an operator', (_name, value, sent) => {
		expect(fit([['K', value, 'ready']], profile).properties).toEqual({ K: sent });
	});

	it.each<[object, string]>([
		[{ $set: null }, '"$set" of "K" is not a list of texts'],
		[{ $remove: [null, ''] }, '"$remove" of "K" is not a list of texts'],
		[{ $incr: 'many' }, '"$incr" of "K" is not a number'],
		[{ $decr: { by: 1 } }, '"$decr" of "K" is not a number'],
		[{ $incr: null }, '"$incr" of "K" is not a number'],
		[{ $incr: '' }, '"$incr" of "K" is not a number'],
		[{ $incr: true }, '"$incr" of "K" is not a number'],
		[{ $incr: [5] }, '"$incr" of "K" is not a number'],
		[{ $incr: Infinity }, '"$incr" of "K" is not a number'],
		[{ $delete: false }, '"$delete" of "K" is not 1'],
		[{ $delete: '1' }, '"$delete" of "K" is not 1'],
	])('refuses %j', (value, reason) => {
		const advice = 'Correct it in "Properties (JSON)", or leave the property out.';
		expect(resultOf(() => fitProperties([['K', value, 'ready']], profile))).toEqual({
			status: 'refused',
			reason,
			advice,
		});
	});

	it('says how much of an operator’s list it left out', () => {
		expect(fit([['K', { $add: ['a', NaN, null] }, 'ready']], profile)).toEqual({
			properties: { K: { $add: ['a'] } },
			adjusted: ['"K" was sent without 1 of its values: CleverTap can’t hold them'],
		});
	});

	it('takes groups apart that are no lists of texts', () => {
		const { properties } = fit([['category-unsubscribe', { email: [{ a: 1 }], sms: 'x' }]], profile);
		expect(properties).toEqual({
			'category-unsubscribe - email': { $set: ['{"a":1}'] },
			'category-unsubscribe - sms': 'x',
		});
	});

	it.each(['category-unsubscribe', 'category-resubscribe'])('keeps the groups of %s', (name) => {
		const groups = { email: ['news', 'é'.repeat(256)], sms: ['offers'] };
		expect(fit([[name, groups]], profile)).toEqual({ properties: { [name]: groups }, adjusted: [] });
	});

	it.each<[string, string, unknown]>([
		['a group that is no text', 'category-unsubscribe', ['news', 5]],
		['a group without a name', 'category-unsubscribe', ['news', ' ']],
		['a group whose name is too long', 'category-unsubscribe', ['news', `${'é'.repeat(256)}x`]],
		['another property', 'Topics', ['news']],
	])('takes %s apart', (_what, name, email) => {
		const { properties } = fit([[name, { email, sms: ['offers'] }]], profile);
		expect(Object.keys(properties)).toEqual([`${name} - email`, `${name} - sms`]);
	});

	it('keeps the items of Charged, fifty at most, and flattens each', () => {
		const items = Array.from({ length: 51 }, (_, index) => ({ 'Book: name': `b${index}`, tags: ['x'] }));
		const { properties, adjusted } = fit([['Items', items]], { ...event, chargedItems: true });
		expect(adjusted).toContain('In "Items": "Book: name" was sent as "Book name"');
		expect(properties.Items).toHaveLength(50);
		expect((properties.Items as unknown[])[0]).toEqual({ 'Book name': 'b0', tags: 'x' });
		expect(adjusted).toContain('"Items" was cut from 51 to 50');
		expect(fit([['Items', [{ a: 1 }]]], event).properties).toEqual({ Items: '{"a":1}' });
	});

	it('refuses what is wrong in an item of Charged, and never drops it', () => {
		const charged = { ...event, chargedItems: true };
		const items = [{ Day: 'no date', Note: 'é'.repeat(300) }];
		expect(resultOf(() => fitProperties([['Items', items]], { ...charged, dates: new Set(['Day']) }))).toMatchObject({
			reason: 'In "Items": The value of "Day" is not a valid date: text',
		});
		expect(resultOf(() => fitProperties([['Items', items]], { ...charged, onTooLong: 'refuse' }))).toMatchObject({
			status: 'refused',
		});
	});

	it('holds the texts of an operator to the same limits', () => {
		const long: Entry = ['Tags', { $add: ['é'.repeat(300), { a: 1 }] }, 'ready'];
		expect(fit([long], profile).properties).toEqual({ Tags: { $add: ['é'.repeat(256), '{"a":1}'] } });
		expect(resultOf(() => fitProperties([long], { ...profile, onTooLong: 'refuse' }))).toMatchObject({
			status: 'refused',
		});
		expect(fit([['Visits', { $incr: 2 }, 'ready']], profile).properties).toEqual({ Visits: { $incr: 2 } });
	});

	it.each<[string, Entry, FitOptions, string]>([
		[
			'an object',
			['Rate us', { Speed: 'Good' }],
			event,
			'"Rate us" was taken apart: one property for each of its fields',
		],
		['a list', ['Topics', ['a', 'b']], event, '"Topics" was joined into one text'],
		['files', ['CV', [file]], profile, '"CV" was sent as its links'],
		['a file', ['CV', file], profile, '"CV" was sent as its link'],
		['objects in a list', ['L', [{ a: 1 }]], profile, '"L" holds objects, which were written as JSON'],
		['a file among texts', ['CV', ['none', file]], profile, '"CV" was sent as its links'],
		['an object among texts', ['L', ['a', { a: 1 }]], profile, '"L" holds objects, which were written as JSON'],
		['a list in a list', ['L', [['a', 'b']]], profile, '"L" holds objects, which were written as JSON'],
		['a phone number', ['Phone', '+32 477'], profile, '"Phone" was sent without blanks and marks'],
		['a name', ['Paid: €', 5], event, '"Paid: €" was sent as "Paid €"'],
	])('says what it did with %s, and nothing else', (_name, entry, options, note) => {
		expect(fit([entry], options).adjusted).toEqual([note]);
	});

	it.each<[string, unknown]>([
		['a text', 'a'],
		['a list of texts and numbers', ['a', 1]],
		['a list of one', ['a']],
		['a list with empty places', ['a', null, '', undefined]],
		['nothing', null],
		['what is not there', undefined],
		['an empty text', ''],
		['blanks', ' \n'],
		['an empty list', []],
		['a list of nothing', [null, ' ', undefined]],
		['an empty object', {}],
	])('says nothing of %s, which goes out as it is or is empty', (_name, value) => {
		expect(fit([['K', value]], profile).adjusted).toEqual([]);
	});

	it('says nothing of a list of one, which an event holds as that text', () => {
		expect(fit([['K', ['a']]], event)).toEqual({ properties: { K: 'a' }, adjusted: [] });
	});

	it.each([
		['n'.repeat(80), 'n'.repeat(80)],
		['n'.repeat(81), `${'n'.repeat(79)}…`],
	])('names the property, a long name not whole: %s', (name, named) => {
		expect(fit([[name, NaN]], event).adjusted).toEqual([`"${named}" was left out: CleverTap can’t hold its value`]);
	});
});

describe('the items of Charged', () => {
	const charged: FitOptions = { ...event, chargedItems: true };

	it.each<[string, Entry, unknown]>([
		['stay, if they are objects', ['Items', [{ a: 1 }, { a: 2 }]], { Items: [{ a: 1 }, { a: 2 }] }],
		['hold no list of objects themselves', ['Items', [{ Items: [{ a: 1 }] }]], { Items: [{ Items: '{"a":1}' }] }],
		['are left out where there are none', ['Items', []], {}],
		['are one text where one of them is a text', ['Items', ['book', { a: 1 }]], { Items: 'book, {"a":1}' }],
		['may be a text', ['Items', 'two books'], { Items: 'two books' }],
		['are taken apart where they are one object', ['Items', { a: 1 }], { 'Items - a': 1 }],
		['have that name alone', ['Coupons', [{ a: 1 }]], { Coupons: '{"a":1}' }],
	])('%s', (_what, entry, properties) => {
		expect(fit([entry], charged).properties).toEqual(properties);
	});

	it('are fifty at most; more are cut or refused as the user wants', () => {
		const items = (count: number): Entry[] => [['Items', Array.from({ length: count }, (_, a) => ({ a }))]];
		for (const onTooLong of ['shorten', 'refuse'] as const) {
			const [[, fifty] = []] = items(50);
			expect(fit(items(50), { ...charged, onTooLong })).toEqual({ properties: { Items: fifty }, adjusted: [] });
		}
		const cut = fit(items(51), charged);
		expect(cut).toEqual({ properties: asGiven(items(50)), adjusted: ['"Items" was cut from 51 to 50'] });
		expect(resultOf(() => fitProperties(items(51), { ...charged, onTooLong: 'refuse' }))).toEqual({
			status: 'refused',
			reason: '"Items" has 51 values; CleverTap holds 50',
			advice: 'Send fewer, or let "When Too Long" shorten them.',
		});
	});
});

describe('names', () => {
	it('matches standard properties whatever their case, unless told not to', () => {
		const entries: Entry[] = [
			['email', 'a@b.example'],
			['customer type', 'Gold'],
		];
		expect(fit(entries, profile).properties).toEqual({ Email: 'a@b.example', 'Customer Type': 'Gold' });
		expect(fit(entries, { ...profile, matchStandardProperties: false }).properties).toEqual({
			email: 'a@b.example',
			'customer type': 'Gold',
		});
		expect(fit(entries, event).properties).toEqual({ email: 'a@b.example', 'customer type': 'Gold' });
	});

	it('never lets two names become one, and the one that needs no change keeps its name', () => {
		const { properties } = fit(
			[
				['A!', 1],
				['A', 2],
				['A?', 3],
				['A;', 4],
			],
			event,
		);
		expect(properties).toEqual({ 'A (2)': 1, A: 2, 'A?': 3, 'A (3)': 4 });
	});

	it('lets nobody keep a name who has nothing to say', () => {
		const entries: Entry[] = [
			['A!', 1],
			['A', ''],
			['email', 'ada@example.com'],
			['Email', null],
		];
		expect(fit(entries, profile).properties).toEqual({ A: 1, Email: 'ada@example.com' });
	});

	it('gives thousands of names that would become one a number each', () => {
		const entries = Array.from({ length: 10_000 }, (_, index): Entry => [
			`${'!'.repeat(index % 100)}A${'!'.repeat(index / 100)}`,
			index,
		]);
		const { properties } = fit(entries, event);
		expect(Object.keys(properties)).toHaveLength(10_000);
		expect(properties['A (10000)']).toBe(9_999);
	});

	it('gives Email to the entry that spells it so', () => {
		const { properties } = fit(
			[
				['EMAIL', 'first'],
				['Email', 'second'],
				['email', 'third'],
			],
			profile,
		);
		expect(properties).toEqual({ EMAIL: 'first', Email: 'second', email: 'third' });
	});

	it('keeps a name such as __proto__ as an ordinary one', () => {
		const { properties } = fit(
			[
				['__proto__', 'x'],
				['constructor', 'y'],
			],
			event,
		);
		expect(JSON.parse(JSON.stringify(properties))).toEqual(JSON.parse('{"__proto__":"x","constructor":"y"}'));
		expect(Object.keys(properties)).toEqual(['__proto__', 'constructor']);
	});
});

describe('what is too long', () => {
	const long = 'é'.repeat(300);

	it('is shortened at the end of a character, and said', () => {
		const { properties, adjusted } = fit([['Comment', long]], event);
		expect(properties.Comment).toBe('é'.repeat(256));
		expect(adjusted).toEqual(['"Comment" was shortened from 600 to 512 bytes']);
	});

	it.each<[string, Entry, string]>([
		['a value', ['Comment', long], '"Comment" takes 600 bytes; CleverTap holds 512'],
		['a value by one byte', ['Comment', 'x'.repeat(513)], '"Comment" takes 513 bytes; CleverTap holds 512'],
		['an item of a list', ['Tags', [long]], '"Tags" takes 600 bytes; CleverTap holds 512'],
		['an item behind an operator', ['Tags', { $add: [long] }, 'ready'], '"Tags" takes 600 bytes; CleverTap holds 512'],
		['a birthday', ['DOB', long], '"DOB" takes 600 bytes; CleverTap holds 512'],
		['a name', ['n'.repeat(121), 1], `The name of "${'n'.repeat(79)}…" takes 121 bytes; CleverTap holds 120`],
	])('is refused if the user wants so: %s', (_name, entry, reason) => {
		const advice = 'Shorten it, or let "When Too Long" do so.';
		expect(resultOf(() => fitProperties([entry], { ...profile, onTooLong: 'refuse' }))).toEqual({
			status: 'refused',
			reason,
			advice,
		});
	});

	it.each<[string, Entry]>([
		['512 bytes of letters', ['K', 'x'.repeat(512)]],
		['512 bytes of other letters', ['K', 'é'.repeat(256)]],
		['a name of 120 bytes', ['n'.repeat(120), 'x']],
	])('does not change what is just short enough: %s', (_name, entry) => {
		for (const onTooLong of ['shorten', 'refuse'] as const) {
			expect(fit([entry], { ...event, onTooLong })).toEqual({ properties: asGiven([entry]), adjusted: [] });
		}
	});

	it('counts for names too', () => {
		const name = 'n'.repeat(130);
		expect(Object.keys(fit([[name, 1]], event).properties)).toEqual(['n'.repeat(120)]);
	});

	it('is a list of more than a hundred different values', () => {
		const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));
		const hundred = { properties: { K: { $set: numbers(100) } }, adjusted: [] };
		for (const onTooLong of ['shorten', 'refuse'] as const) {
			expect(fit([['K', [...numbers(100), '0', '99']]], { ...profile, onTooLong })).toEqual(hundred);
		}
		expect(fit([['K', numbers(101)]], profile)).toEqual({
			...hundred,
			adjusted: ['"K" was cut from 101 to 100 values'],
		});
		expect(resultOf(() => fitProperties([['K', numbers(101)]], { ...profile, onTooLong: 'refuse' }))).toEqual({
			status: 'refused',
			reason: '"K" has 101 values; CleverTap holds 100',
			advice: 'Send fewer, or let "When Too Long" shorten them.',
		});
	});
});

describe('for any properties at all', () => {
	const leaf = fc.oneof(
		fc.string(),
		fc.string({ unit: 'grapheme', minLength: 300, maxLength: 400 }),
		fc.double(),
		fc.boolean(),
		fc.constant(null),
		fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 5 }),
	);
	const value = fc.oneof(leaf, fc.dictionary(fc.string(), leaf, { maxKeys: 3 }));
	const entries = fc.array(
		fc.tuple(fc.oneof(fc.string(), fc.constantFrom('email', 'Email', '__proto__', 'A!', 'A')), value),
	);

	it.each([
		['profile', profile],
		['event', event],
	] as const)('a %s holds only what CleverTap can hold, and every value that says something', (_name, options) => {
		fc.assert(
			fc.property(entries, (given) => {
				const before = JSON.stringify(given);
				const { properties } = fit(given, options);

				expect(JSON.stringify(given)).toBe(before);
				for (const [name, held] of Object.entries(properties)) {
					expect(byteLength(name)).toBeLessThanOrEqual(120);
					expect(name).not.toMatch(/[%><!|&.:;$'"\\]/);
					const single = typeof held === 'object' ? Object.values(held).flat() : [held];
					for (const part of single) {
						expect(['string', 'number', 'boolean']).toContain(typeof part);
						if (typeof part === 'string') expect(byteLength(part)).toBeLessThanOrEqual(512);
						expect(JSON.stringify(part)).not.toContain('[object Object]');
					}
				}
				const says = (inner: unknown): number => {
					if (inner === null || inner === undefined) return 0;
					if (typeof inner === 'string') return inner.trim() === '' ? 0 : 1;
					if (typeof inner === 'number') return Number.isFinite(inner) ? 1 : 0;
					if (Array.isArray(inner)) return inner.some((item) => says(item) > 0) ? 1 : 0;
					if (typeof inner === 'object') return Object.values(inner).reduce((sum: number, part) => sum + says(part), 0);
					return 1;
				};
				expect(Object.keys(properties)).toHaveLength(given.reduce((sum, [, inner]) => sum + says(inner), 0));
			}),
		);
	});
});
