import fc from 'fast-check';

import { cleanName, isStandard, standardName, uniqueName } from '../../../../nodes/CleverTap/properties/names';
import { byteLength, shorten } from '../../../../nodes/CleverTap/properties/shorten';

describe('cleanName', () => {
	it.each([
		["What's your name?", 'Whats your name?'],
		['Price: 5 % & more!', 'Price 5 more'],
		['a.b|c;d"e\\f$g<h>i', 'abcdefghi'],
		['line\nbreak\tand  blanks ', 'line break and blanks'],
		['!!!', 'Property'],
		['Größe – ça va ?', 'Größe – ça va ?'],
	])('%j becomes %j', (name, clean) => {
		expect(cleanName(name, 'event')).toBe(clean);
	});

	it('calls a name of which nothing is left a property', () => {
		expect(cleanName('!#!', 'profile')).toBe('Property');
		expect(cleanName('!!', 'event')).toBe('Property');
	});

	it('takes # out of a profile’s name only', () => {
		expect(cleanName('Order #', 'profile')).toBe('Order');
		expect(cleanName('Order #', 'event')).toBe('Order #');
	});

	it('cleans every name of many, and the same again', () => {
		const names = Array.from({ length: 2_500 }, (_, number) => `Question ${number}!`);
		for (const name of [...names, ...names]) expect(cleanName(name, 'event')).toBe(name.slice(0, -1));
	});
});

describe('standardName', () => {
	it.each([
		['email', 'Email'],
		[' PHONE ', 'Phone'],
		['customer type', 'Customer Type'],
		['msg-SMS', 'MSG-sms'],
		['dob', 'DOB'],
		['Your email', undefined],
		['identity', undefined],
	])('%j is %j', (name, standard) => {
		expect(standardName(name)).toBe(standard);
	});

	it.each([
		'Name',
		'Email',
		'Phone',
		'Gender',
		'DOB',
		'Age',
		'Employed',
		'Married',
		'Education',
		'Photo',
		'Customer Type',
		'Tz',
		'MSG-email',
		'MSG-push',
		'MSG-sms',
		'MSG-whatsapp',
		'MSG-dndPhone',
		'MSG-dndEmail',
		'MSG-dndSMS',
		'MSG-dndWhatsApp',
		'category-unsubscribe',
		'category-resubscribe',
	])('%s is one of CleverTap’s own', (name) => {
		expect(standardName(name.toUpperCase())).toBe(name);
		expect(isStandard(name)).toBe(true);
		expect(isStandard(` ${name}`)).toBe(false);
	});
});

describe('shorten', () => {
	it.each([
		['short', 10, 'short'],
		['exactly', 7, 'exactly'],
		['ééé', 6, 'ééé'],
		['abcdef', 3, 'abc'],
		['aé', 2, 'a'],
		['ae\u0301', 2, 'a'],
		['🇧🇪🇫🇷', 12, '🇧🇪'],
		// One character of 18 bytes: only whole code points are left to choose from.
		['👨‍👩‍👧', 17, '👨‍👩‍'],
	])('%j in %i bytes is %j', (text, limit, expected) => {
		expect(shorten(text, limit)).toBe(expected);
	});

	it('stays within the limit, begins like the text, and never breaks a surrogate pair', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 40 }), (text, limit) => {
				const short = shorten(text, limit);
				expect(byteLength(short)).toBeLessThanOrEqual(limit);
				expect(text.startsWith(short)).toBe(true);
				// A lone half of a pair would become U+FFFD on its way through UTF-8.
				expect(Buffer.from(short).toString()).toBe(short);
				if (byteLength(text) > limit) expect(short).not.toBe('');
			}),
		);
	});
});

describe('uniqueName', () => {
	it('counts on, within the limit', () => {
		const long = 'é'.repeat(80);
		const taken = new Set(['A', 'A (2)', 'é'.repeat(60)]);
		const isTaken = (name: string) => taken.has(name);
		expect(uniqueName('A', isTaken)).toBe('A (3)');
		expect(uniqueName(long, isTaken)).toBe(`${'é'.repeat(58)} (2)`);
	});

	it('ends in no blank where it is cut between two words', () => {
		expect(uniqueName(`${'n'.repeat(119)} more`, () => false)).toBe('n'.repeat(119));
		const twice = `${'n'.repeat(115)} and more`;
		expect(uniqueName(twice, (name) => !name.endsWith(')'))).toBe(`${'n'.repeat(115)} (2)`);
	});
});
