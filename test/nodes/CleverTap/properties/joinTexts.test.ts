import fc from 'fast-check';

import { hasLink, joinWithin, shortenOutsideLinks } from '../../../../nodes/CleverTap/properties/joinTexts';

const link = (name: string, length: number): string => `https://storage.tally.so/${name}/`.padEnd(length, 'x');

describe('joinWithin', () => {
	it.each<[string, readonly string[], string, number, string, number]>([
		['two links of 301 bytes', [link('a', 301), link('b', 301)], ', ', 512, link('a', 301), 1],
		[
			'a long link between short ones',
			[link('a', 40), link('b', 500), link('c', 40)],
			', ',
			100,
			`${link('a', 40)}, ${link('c', 40)}`,
			1,
		],
		['what fits to the byte', ['ab', 'cd'], ', ', 6, 'ab, cd', 0],
		['one byte too few', ['ab', 'cd'], ', ', 5, 'ab', 1],
		['a link with no room at all', [link('a', 513)], ', ', 512, '', 1],
		['bytes, not characters', ['äöü', 'é'], ',', 8, 'äöü', 1],
		['a separator of several bytes', ['a', 'b'], '→', 4, 'a', 1],
		['no separator', ['a', 'b'], '', 2, 'ab', 0],
		['nothing', [], ', ', 512, '', 0],
	])('%s', (_what, texts, separator, limit, text, leftOut) => {
		expect(joinWithin(texts, separator, limit)).toEqual({ text, leftOut });
	});

	it('keeps texts whole and in order, within the limit', () => {
		const texts = fc.array(
			fc.string({ unit: 'grapheme' }).map((part) => part.replaceAll('\n', ' ')),
			{ maxLength: 8 },
		);
		fc.assert(
			fc.property(texts, fc.integer({ min: 0, max: 60 }), (given, limit) => {
				const { text, leftOut } = joinWithin(given, '\n', limit);
				expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
				const kept = text === '' && leftOut === given.length ? [] : text.split('\n').slice(0, given.length);
				expect(kept).toHaveLength(given.length - leftOut);
				let from = 0;
				for (const part of kept) {
					const at = given.indexOf(part, from);
					expect(at).toBeGreaterThanOrEqual(from);
					from = at + 1;
				}
			}),
		);
	});
});

it.each([
	['https://example.com', true],
	['see http://a.b', true],
	['www.example.com', true],
	['ftp://a', true],
	['a // b', false],
	['example.com', false],
	['', false],
])('%j has a link: %j', (text, expected) => {
	expect(hasLink(text)).toBe(expected);
});

describe('shortenOutsideLinks', () => {
	it.each([
		['a text without a link', 'abcdef', 4, 'abcd'],
		['a link that fits', 'https://a.b', 11, 'https://a.b'],
		['a link that does not', 'https://a.bc', 11, ''],
		['a text before a link', 'see https://a.bc', 15, 'see'],
		['a limit inside the scheme', 'see https://a.bc', 6, 'see'],
		['a text behind a link', 'https://a.b and more', 15, 'https://a.b and'],
		['a limit right behind a link', 'https://a.b and more', 11, 'https://a.b'],
		['the second of two links', 'https://a.b https://c.d', 20, 'https://a.b'],
		['two links with a comma', 'https://a.b,https://c.d', 20, 'https://a.b'],
		['two links with a semicolon', 'https://a.b;https://c.d', 20, 'https://a.b'],
		['a comma inside a link', 'see https://a.b/c,d', 17, 'see'],
		['a link without a scheme', 'see www.example.com', 10, 'see'],
		['a link in brackets', 'see <https://a.b> or not', 20, 'see <https://a.b> or'],
		['a link behind a letter', '見るhttps://a.b', 10, '見る'],
	])('%s', (_what, text, limit, expected) => {
		expect(shortenOutsideLinks(text, limit)).toBe(expected);
	});

	it('cuts no link, whatever stands around it', () => {
		const word = fc.constantFrom('a', 'ä', '👩', 'https://a.example/b?c=d', 'www.e.f/g', 'http://h');
		fc.assert(
			fc.property(fc.array(word), fc.integer({ min: 0, max: 80 }), (words, limit) => {
				const text = words.join(' ');
				const short = shortenOutsideLinks(text, limit);
				expect(Buffer.byteLength(short)).toBeLessThanOrEqual(limit);
				expect(text.startsWith(short)).toBe(true);
				const kept = short.split(' ').filter((part) => part !== '');
				expect(kept).toEqual(words.slice(0, kept.length));
			}),
		);
	});
});
