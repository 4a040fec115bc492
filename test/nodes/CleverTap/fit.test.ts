import fc from 'fast-check';
import { DateTime } from 'luxon';

import { fitProperties, type FitOptions, type Fitted } from '../../../nodes/CleverTap/properties/fit';
import type { Entry } from '../../../nodes/CleverTap/properties/flatten';
import { byteLength } from '../../../nodes/CleverTap/properties/shorten';
import { isRefused } from '../../../nodes/CleverTap/upload/verdict';

const profile: FitOptions = {
	target: 'profile',
	listSeparator: ', ',
	matchStandardProperties: true,
	onTooLong: 'shorten',
};
const event: FitOptions = { ...profile, target: 'event' };

function fit(entries: readonly Entry[], options: FitOptions): Fitted {
	const result = fitProperties(entries, options);
	if (isRefused(result)) throw new Error(result.reason);
	return result;
}

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
		const { properties } = fit(
			[['Rate us', { Speed: 'Good', Price: { Now: 1, Later: ['x', 'y'] } }]],
			event,
		);
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
	])('the phone number %j goes out as %j', (typed, sent, notes) => {
		const { properties, adjusted } = fit([['Phone', typed]], profile);
		expect(properties).toEqual({ Phone: sent });
		expect(adjusted).toHaveLength(notes as number);
	});

	it('makes a date of DOB only where it is one', () => {
		expect(fit([['dob', '1955-06-08']], profile).properties).toEqual({ DOB: '$D_-459734400' });
		for (const odd of ['in June', '1990', '19900305', '05/03/1990', 19_900_305]) {
			const { properties, adjusted } = fit([['DOB', odd]], profile);
			expect(properties).toEqual({ DOB: odd });
			expect(adjusted).toEqual(['"DOB" is no date that this node can read; it was not sent as one']);
		}
		expect(fit([['DOB', '$D_641779200']], profile)).toEqual({ properties: { DOB: '$D_641779200' }, adjusted: [] });
		expect(fit([['Due', '1955-06-08']], profile).properties).toEqual({ Due: '1955-06-08' });
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
		expect(fitProperties(entries('soon'), { ...event, dates })).toMatchObject({
			reason: 'The value of "Due" is no date that this node can read',
		});
	});

	it('joins a list for a standard property, which takes no multi-values', () => {
		expect(fit([['email', ['a@b.example']]], profile).properties).toEqual({ Email: 'a@b.example' });
	});

	it.each<[string, unknown]>([
		['a number that JSON has no word for', Infinity],
		['a list of nothing but such', [Infinity, NaN]],
		['a file without a link', { ...file, url: '' }],
		['a time that no clock shows', new Date(8.64e15)],
	])('says that it left out %s', (_name, value) => {
		expect(fit([['K', value]], profile)).toEqual({
			properties: {},
			adjusted: ['"K" was left out: CleverTap can’t hold its value'],
		});
	});

	it('says how much of a list it left out', () => {
		const { properties, adjusted } = fit([['K', ['a', NaN, null, Symbol('x'), '', 2n]]], profile);
		expect(properties).toEqual({ K: { $set: ['a', '2'] } });
		expect(adjusted).toContain('"K" was sent without 2 of its values: CleverTap can’t hold them');
	});

	it('takes apart what is nested as deep as anybody nests, and leaves out what is deeper', () => {
		const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
		expect(Object.values(fit([['K', nested(100)]], event).properties)).toEqual([1]);
		const { properties, adjusted } = fit([['K', nested(50_000)], ['L', 2]], event);
		expect(properties).toEqual({ L: 2 });
		expect(adjusted).toContainEqual(expect.stringContaining('was left out'));
	});

	it('leaves a list out that is nested deeper than JSON can be written', () => {
		const nested = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
		expect(fit([['K', nested], ['L', ['a', nested]]], event).properties).toEqual({ L: 'a' });
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
		['true', { $delete: true }, { $delete: 1 }],
	])('takes %s behind an operator', (_name, value, sent) => {
		expect(fit([['K', value, 'ready']], profile).properties).toEqual({ K: sent });
	});

	it.each<[object, string]>([
		[{ $set: null }, '"$set" of "K" is not a list of texts'],
		[{ $remove: [null, ''] }, '"$remove" of "K" is not a list of texts'],
		[{ $incr: 'many' }, '"$incr" of "K" is not a number'],
		[{ $decr: { by: 1 } }, '"$decr" of "K" is not a number'],
		[{ $delete: false }, '"$delete" of "K" is not 1'],
	])('refuses %j', (value, reason) => {
		expect(fitProperties([['K', value, 'ready']], profile)).toMatchObject({ status: 'refused', reason });
	});

	it('takes groups apart that are no lists of texts', () => {
		const { properties } = fit([['category-unsubscribe', { email: [{ a: 1 }], sms: 'x' }]], profile);
		expect(properties).toEqual({
			'category-unsubscribe - email': { $set: ['{"a":1}'] },
			'category-unsubscribe - sms': 'x',
		});
	});

	it('keeps the objects that a profile may hold', () => {
		const entry: Entry = ['category-unsubscribe', { email: ['news'] }];
		expect(fit([entry], profile).properties).toEqual({ 'category-unsubscribe': { email: ['news'] } });
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
		expect(fitProperties([['Items', items]], { ...charged, dates: new Set(['Day']) })).toMatchObject({
			reason: 'In "Items": The value of "Day" is no date that this node can read',
		});
		expect(fitProperties([['Items', items]], { ...charged, onTooLong: 'refuse' })).toMatchObject({ status: 'refused' });
	});

	it('holds the texts of an operator to the same limits', () => {
		const long: Entry = ['Tags', { $add: ['é'.repeat(300), { a: 1 }] }, 'ready'];
		expect(fit([long], profile).properties).toEqual({ Tags: { $add: ['é'.repeat(256), '{"a":1}'] } });
		expect(fitProperties([long], { ...profile, onTooLong: 'refuse' })).toMatchObject({ status: 'refused' });
		expect(fit([['Visits', { $incr: 2 }, 'ready']], profile).properties).toEqual({ Visits: { $incr: 2 } });
	});

	it.each<[string, Entry, FitOptions, string]>([
		['an object', ['Rate us', { Speed: 'Good' }], event, '"Rate us" was taken apart: one property for each of its fields'],
		['a list', ['Topics', ['a', 'b']], event, '"Topics" was joined into one text'],
		['files', ['CV', [file]], profile, '"CV" was sent as its links'],
		['a file', ['CV', file], profile, '"CV" was sent as its link'],
		['objects in a list', ['L', [{ a: 1 }]], profile, '"L" holds objects, which were written as JSON'],
	])('says what it did with %s', (_name, entry, options, note) => {
		expect(fit([entry], options).adjusted).toContain(note);
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
		const { properties } = fit([['__proto__', 'x'], ['constructor', 'y']], event);
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
		['an item of a list', ['Tags', [long]], '"Tags" takes 600 bytes; CleverTap holds 512'],
		['a list', ['Tags', Array.from({ length: 101 }, (_, index) => index)], '"Tags" has 101 values; CleverTap holds 100'],
	])('is refused if the user wants so: %s', (_name, entry, reason) => {
		expect(fitProperties([entry], { ...profile, onTooLong: 'refuse' })).toMatchObject({ status: 'refused', reason });
	});

	it('counts for names too', () => {
		const name = 'n'.repeat(130);
		expect(Object.keys(fit([[name, 1]], event).properties)).toEqual(['n'.repeat(120)]);
		expect(fitProperties([[name, 1]], { ...event, onTooLong: 'refuse' })).toMatchObject({ status: 'refused' });
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
	const entries = fc.array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom('email', 'Email', '__proto__', 'A!', 'A')), value));

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
