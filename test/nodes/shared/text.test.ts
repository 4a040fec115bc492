import fc from 'fast-check';

import { visibleText } from '../../../nodes/shared/text';

describe('visibleText', () => {
	it.each([
		['plain text', 'ada@example.com', 'ada@example.com'],
		['blanks at the ends', ' \t\r\nada@example.com ', 'ada@example.com'],
		['no-break and ideographic blanks at the ends', '\u00a0\u3000Ada\u202f\u2009', 'Ada'],
		['a zero-width blank', '\u200bada@example.com', 'ada@example.com'],
		['one inside', 'ada\u200b@example.com', 'ada@example.com'],
		['a byte order mark before a sheet’s first heading', '\ufeffEmail', 'Email'],
		['marks of direction, as an address book copies them', '\u202a+1 415 555 0123\u202c', '+1 415 555 0123'],
		['isolates and marks', '\u2066\u200e+49\u200f\u2069\u061c', '+49'],
		['soft hyphens and word joiners', 'Donau\u00addampf\u2060schiff', 'Donaudampfschiff'],
		['control characters', 'A\u0000d\u0007a\u007f\u0090', 'Ada'],
		['a placeholder of a pasted object', '\ufffcAda', 'Ada'],
		['an invisible blank that counts as a letter', '\u3164Ada\u2800\uffa0', 'Ada'],
		['a next-line character at the end', 'Ada\u0085', 'Ada'],
		['a blank behind something invisible', '\u200b Ada \u200b ', 'Ada'],
		['nothing but invisible characters', '\u200b\u200d \ufe0f\ufeff', ''],
		['nothing', '', ''],
		['joiners between Latin letters', 'A\u200dd\u200ca', 'Ada'],
		['a variation selector behind a letter', 'Ada\ufe0f', 'Ada'],
		['one behind a digit of no keycap', '5\ufe0f5', '55'],
		['tags behind no flag', 'Ada\u{e0061}\u{e0062}', 'Ada'],
		['a tag that spells nothing', 'é\u{e0001}', 'é'],
		['a joiner at the end of a Persian word', 'می\u200c', 'می'],
		['two joiners between Persian letters', 'می\u200c\u200cخواهم', 'می\u200cخواهم'],
		['something invisible beside a joiner', 'می\u200c\u200bخواهم', 'می\u200cخواهم'],
	])('%s', (_what, text, expected) => {
		expect(visibleText(text)).toBe(expected);
	});

	it.each([
		['blanks inside', 'Ada  Lovelace'],
		['a no-break blank inside', 'Ça va\u00a0?'],
		['a line break inside', 'one\ntwo\tthree'],
		['Persian', 'می\u200cخواهم'],
		['Hindi', 'क्\u200dष'],
		['a family', '👨\u200d👩\u200d👧'],
		['a profession with a skin tone', '👩🏽\u200d⚕\ufe0f'],
		['the flag of Scotland', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
		['a pirate’s flag', '🏴\u200d☠\ufe0f'],
		['a heart', '❤\ufe0f'],
		['a keycap', '1\ufe0f\u20e3'],
		['a variant of an ideograph', '葛\u{e0100}'],
		['Arabic, Hebrew, Thai, Japanese', 'عربى עברית ไทย お名前'],
	])('leaves %s alone', (_what, text) => {
		expect(visibleText(text)).toBe(text);
	});

	const messy = fc
		.array(
			fc.oneof(
				fc.constantFrom(
					...['a', '5', ' ', '\n', '\u200b', '\u200c', '\u200d', '\ufe0f', '\u00ad', '\u202a', '\u3164', 'ی', 'م'],
					...['👩', '🏴', '\u{e0062}', '\u{e007f}', '\u20e3', '⚕', '\u00a0', '\u180e', '\ud83d', '\ude00'],
				),
				fc.string({ unit: 'binary', maxLength: 3 }),
			),
		)
		.map((parts) => parts.join(''));

	it('gives what needs no second look', () => {
		fc.assert(fc.property(messy, (text) => expect(visibleText(visibleText(text))).toBe(visibleText(text))));
	});

	it('only takes away', () => {
		fc.assert(
			fc.property(messy, (text) => {
				let from = 0;
				for (const unit of visibleText(text).split('')) {
					const at = text.indexOf(unit, from);
					expect(at).toBeGreaterThanOrEqual(from);
					from = at + 1;
				}
			}),
		);
	});
});
