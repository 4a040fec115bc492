import fc from 'fast-check';

import { readPhone } from '../../../../nodes/CleverTap/properties/phone';

describe('a phone number', () => {
	it.each([
		// Zeros that are dialled at home only.
		['+44 (0)20 7946 0958', '+442079460958'],
		['+44(0)20 7946 0958', '+442079460958'],
		['(+49) 151 23456789', '+4915123456789'],
		['00 44 20 7946 0958', '+442079460958'],
		['+43 (0) 664 / 123 45 67', '+436641234567'],
		['+36 (0)1 234 5678', '+3612345678'],
		['tel:+1-415-555-0123', '+14155550123'],
		['+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨', '+442079460958'],
		['+44-(0)-20-7946-0958', '+442079460958'],
		['+44 [0] 20 7946 0958', '+442079460958'],
		['+(44) (0)20 7946 0958', '+442079460958'],
		['(+44) (0) 20 7946 0958', '+442079460958'],
		['0044 (0)20 7946 0958', '+442079460958'],
		['+44 (020) 7946 0958', '+442079460958'],
		['+44 020 7946 0958', '+442079460958'],
		['+49 (0)89/1234567', '+49891234567'],
		['+353 (0)1 234 5678', '+35312345678'],
		['+7 (0)495 123-45-67', '+74951234567'],
		// Zeros that belong to the number.
		['+39 (0)6 1234567', '+39061234567'],
		['+39 06 1234567', '+39061234567'],
		['0039 06 1234567', '+39061234567'],
		['+378 (0)549 123456', '+3780549123456'],
		['+379 (0)6 69812345', '+3790669812345'],
		['+225 07 01 02 03 04', '+2250701020304'],
		// Marks of direction, blanks, digits of other scripts.
		['\u202a+1 415 555 0123\u202c', '+14155550123'],
		['\u2066+1 415 555 0123\u2069', '+14155550123'],
		['\u200e+1\u00a0415\u202f555\u20090123\u200f', '+14155550123'],
		['\ufeff+14155550123', '+14155550123'],
		[' +14155550123\n', '+14155550123'],
		['＋４４　２０　７９４６　０９５８', '+442079460958'],
		['+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨', '+442079460958'],
		['+۹۸ ۲۱ ۱۲۳۴ ۵۶۷۸', '+982112345678'],
		['+81-３ー１２３４ー５６７８', '+81312345678'],
		// Separators.
		['+1 (415) 555-0123', '+14155550123'],
		['+1.415.555.0123', '+14155550123'],
		['+1 415‑555–0123', '+14155550123'],
		['+1—415−555－0123', '+14155550123'],
		['+ 1 415 555 0123', '+14155550123'],
		['(+1) 415 555 0123', '+14155550123'],
		['+1_415_555_0123', '+14155550123'],
		['+49 89/1234567', '+49891234567'],
		['+49 89 1234567-0', '+498912345670'],
		// Double zeros.
		['0049 89 1234567', '+49891234567'],
		['00 49 89 1234567', '+49891234567'],
		['(0049) 89 1234567', '+49891234567'],
		['+0049 89 1234567', '+49891234567'],
		['0014155550123', '+14155550123'],
		['++49 89 1234567', '+49891234567'],
		// What stands around it.
		['tel:+14155550123', '+14155550123'],
		['TEL:+1-415-555-0123', '+14155550123'],
		['Tel.: +49 89 1234567', '+49891234567'],
		['Phone: +1 415 555 0123', '+14155550123'],
		["'+14155550123", '+14155550123'],
		['="+14155550123"', '+14155550123'],
		['+1 415 555 0123,', '+14155550123'],
	])('%j is %s', (text, value) => {
		expect(readPhone(text)).toEqual({ value, isChanged: true });
	});

	it.each([
		['one that is ready', '+14155550123'],
		['one that is ready though its country would not have it', '+4402079460958'],
		['a national number', '020 7946 0958'],
		['the 0 of Hungary’s 06 in brackets', '+36 (0)6 30 123 4567'],
		['an extension', '+1 (415) 555-0123 ext. 5'],
		['the way out of North America', '011 44 20 7946 0958'],
		['a link of WhatsApp', 'https://wa.me/14155550123'],
		['an address of WhatsApp', '14155550123@s.whatsapp.net'],
		['two numbers with a comma', '+49 151 23456789, +49 151 00000000'],
		['a national number in brackets', '(0)20 7946 0958'],
		['a number without its plus', '44 20 7946 0958'],
		['one of those with blanks around it', ' 442079460958 '],
		['an extension', '+1 415 555 0123 ext. 5'],
		['a short extension', '+1 415 555 0123 x5'],
		['an extension behind a mark', '+1 415 555 0123 #5'],
		['a pause', '+1 415 555 0123,,5'],
		['an extension of a link', 'tel:+1-415-555-0123;ext=5'],
		['an extension in German', '+49 89 1234567 Durchwahl 5'],
		['two numbers', '+1 415 555 0123 / +1 415 555 0124'],
		['two numbers of which one has a plus', '+1 415 555 0123 / 415 555 0124'],
		['two numbers in two lines', '+49 89 12345\n89 12346'],
		['two endings', '+49 89 1234567/68'],
		['two endings behind a dash where the length is known', '+1 415 555 0123-24'],
		['a plus in the middle', '4420+79460958'],
		['two plus signs, as CleverTap refuses them', '+44+441234'],
		['letters for digits', '+1 800 FLOWERS'],
		['a number that a sheet has shortened', '+4.42079E+11'],
		['too few digits', '+1 23'],
		['too many digits', '+49 89 1234 5678 9012 345'],
		['the carrier’s prefix of another country', '011 44 20 7946 0958'],
		['a prefix that is 001 elsewhere', '001 44 20 7946 0958'],
		['one zero behind the plus', '+0 89 1234567'],
		['three zeros', '000 89 1234567'],
		['zeros alone', '0000000000'],
		['two zeros at home', '+44 (0)020 7946 0958'],
		['a zero in brackets further on', '+34 91 (0) 1234567 ext'],
		['a zero where numbers begin with one or not', '+225 (0)7 01 02 03 04'],
		['a zero where none is dialled', '+34 091 234 567'],
		['superscript digits', '+44 20 7946 095⁸'],
		['nothing', ''],
		['a plus', '+'],
		['a long text', `+14155550123${' '.repeat(100)}4`],
		['words', 'none of your business'],
	])('stays as typed: %s', (_what, text) => {
		expect(readPhone(text)).toEqual({ value: text, isChanged: false });
	});

	const pieces = ['+', '00', '0', '(0)', '44', '49', '39', '1', '7', '225', '(', ')', ' ', '-', '/', '.', '\u202a'];
	const typed = fc
		.array(fc.oneof(fc.constantFrom(...pieces, 'x', ',', '\n', 'tel:'), fc.stringMatching(/^\d{1,6}$/)), {
			maxLength: 12,
		})
		.map((parts) => parts.join(''));

	it('is never made of digits that were not in it, nor in another order', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					typed,
					typed.map((text) => `+${text}`),
					typed.map((text) => `00${text}`),
				),
				(text) => {
					const { value, isChanged } = readPhone(text);
					if (!isChanged) {
						expect(value).toBe(text);
						return;
					}
					expect(value).toMatch(/^\+[1-9]\d{6,14}$/);
					let from = 0;
					for (const digit of value.slice(1)) {
						const at = text.indexOf(digit, from);
						expect(at).toBeGreaterThanOrEqual(from);
						from = at + 1;
					}
					// Only zeros are left out: those for the plus and the one that is dialled at home.
					const left = text.replace(/\D/g, '').length - (value.length - 1);
					expect([0, 1, 2, 3]).toContain(left);
					expect(readPhone(value)).toEqual({ value, isChanged: false });
				},
			),
			{ numRuns: 2000 },
		);
	});

	it('is the same however its digits are set apart', () => {
		const separators = fc.array(fc.constantFrom('', ' ', '-', '.', '\u00a0', '–', '\u200e'), {
			minLength: 15,
			maxLength: 15,
		});
		fc.assert(
			fc.property(fc.stringMatching(/^(?:49|33|351|91)[1-9]\d{8}$/), separators, (digits, between) => {
				const text = `+${[...digits].map((digit, index) => `${between[index] ?? ''}${digit}`).join('')}`;
				expect(readPhone(text).value).toBe(`+${digits}`);
			}),
		);
	});
});
