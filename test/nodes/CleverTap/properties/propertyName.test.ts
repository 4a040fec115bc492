import fc from 'fast-check';

import { propertyName, remembering, textOfName } from '../../../../nodes/CleverTap/properties/propertyName';
import { visibleText } from '../../../../nodes/shared/text';

const FORBIDDEN = { profile: /[%><!|&.:;$'"\\#\p{Cc}]/u, event: /[%><!|&.:;$'"\\\p{Cc}]/u };
const LONG_JAPANESE = 'ご利用いただいたサービスについて、満足した点と改善してほしい点を';
const bytes = (text: string): number => Buffer.byteLength(text);

describe('the name of a property', () => {
	it.each([
		["What's your name?", 'What’s your name?'],
		['Budget ($)', 'Budget (﹩)'],
		['Budget (%)', 'Budget (﹪)'],
		['Terms & conditions', 'Terms ﹠ conditions'],
		['No. of kids: boys; girls', 'No․ of kids꞉ boys﹔ girls'],
		['"Pro" plan!', 'ʺProʺ planǃ'],
		['a|b\\c', 'aǀb∖c'],
		['<script>', '˂script˃'],
		['Order #', 'Order ﹟'],
		['Your name?\nAs in your passport\tplease', 'Your name?↵As in your passport⇥please'],
		['one\r\ntwo', 'one↵two'],
		['!!!', 'ǃǃǃ'],
		['!', 'ǃ'],
		['', 'ˋUnnamed'],
		[' \u200b ', 'ˋUnnamed'],
		['\u0000', 'ˋUnnamed'],
		[' Email\u200b ', 'Email'],
		['What’s your name?', 'What’s your name?'],
		['Budget (﹩)', 'Budget (ˋ﹩)'],
		['ˋ', 'ˋˋ'],
		['half \ud83d', 'half ˋD83D'],
	])('%j is sent as %j', (text, name) => {
		expect(propertyName(text, 'profile')).toBe(name);
	});

	it.each([
		'Name',
		'Name (2)',
		'Property',
		'Unnamed',
		'Größe – ça va ?',
		'Ça va\u00a0?',
		'two  blanks',
		'お名前（必須）：',
		'予算（％）',
		'Qual è l’età?',
		'first-name_2 @home [x] {y} = 1/2 + *3* ^ ~ `q` “x” €£¥',
		'می\u200cخواهم',
		'👩🏽\u200d⚕\ufe0f',
		'__proto__',
		'x'.repeat(120),
		'あ'.repeat(40),
	])('%s needs no change', (text) => {
		expect(propertyName(text, 'profile')).toBe(text);
		expect(propertyName(text, 'event')).toBe(text);
	});

	it('keeps # in an event', () => {
		expect(propertyName('Order # 5', 'event')).toBe('Order # 5');
		expect(propertyName('Order ﹟ 5', 'event')).toBe('Order ﹟ 5');
	});

	it.each([
		['the same beginning', `${'x'.repeat(120)}a`, `${'x'.repeat(120)}b`],
		['the same 126 bytes in Japanese', `${LONG_JAPANESE.padEnd(42, 'を')}A`, `${LONG_JAPANESE.padEnd(42, 'を')}B`],
		['a sign at the end', `${'x'.repeat(119)}$`, `${'x'.repeat(119)}%`],
		['the whole and its beginning', 'x'.repeat(121), 'x'.repeat(120)],
		['something long', `${'x'.repeat(100_000)}a`, `${'x'.repeat(100_000)}b`],
		['one character of very many bytes', `e${'\u0301'.repeat(200)}a`, `e${'\u0301'.repeat(200)}b`],
		['halves of a character', `${'x'.repeat(120)}\ud83d`, `${'x'.repeat(120)}\ud83e`],
	])('is another for two texts that share %s', (_what, one, other) => {
		expect(propertyName(one, 'profile')).not.toBe(propertyName(other, 'profile'));
	});

	it('is cut between characters, before a mark of five characters', () => {
		const name = propertyName(`${LONG_JAPANESE}教えてください。どうぞよろしくお願いします`, 'event');
		expect(name).toMatch(/^ご利用.*[^·]·[0-9A-Za-z]{4}$/u);
		expect(bytes(name)).toBeLessThanOrEqual(120);
		const flags = propertyName('🇩🇪🇫🇷'.repeat(20), 'event');
		expect(flags.slice(0, -5)).toMatch(/^(?:🇩🇪|🇫🇷)+$/u);
	});

	it('has no blank before the mark', () => {
		expect(propertyName(`${'x'.repeat(100)}${' '.repeat(30)}y`, 'event')).toMatch(/^x{100}·[0-9A-Za-z]{4}$/);
	});

	it('tells a thousand long names apart', () => {
		const names = Array.from({ length: 1000 }, (_, row) =>
			propertyName(`${'How was it? '.repeat(20)} Row ${row}`, 'event'),
		);
		expect(new Set(names).size).toBe(1000);
	});

	it('is the same again when many others were asked for', () => {
		const texts = Array.from({ length: 2500 }, (_, number) => `Question ${number}!`);
		for (const text of [...texts, ...texts]) {
			expect(propertyName(text, 'event')).toBe(text.replace('!', 'ǃ'));
		}
	});

	const signs = [...'%><!|&.:;$\'"\\#﹪˃˂ǃǀ﹠․꞉﹔﹩ʺ∖﹟↵⇥␍␋␌␤ˋD8ab \n\r\t\u0085\u0000', '\ud800', '\udfff'];
	const text = fc.oneof(
		fc.array(fc.constantFrom(...signs)).map((parts) => parts.join('')),
		fc.string({ unit: 'binary' }),
		fc.string({ unit: 'grapheme', minLength: 20, maxLength: 200 }),
		fc.tuple(fc.constant('x'.repeat(116)), fc.string({ unit: 'binary', maxLength: 8 })).map((parts) => parts.join('')),
	);
	const target = fc.constantFrom('profile' as const, 'event' as const);
	/** What makes two texts one name. */
	const meaning = (given: string): string => visibleText(given).replace(/\r\n/g, '\n').replaceAll('’', "'");

	it('is one that CleverTap takes', () => {
		fc.assert(
			fc.property(text, target, (given, kind) => {
				const name = propertyName(given, kind);
				expect(bytes(name)).toBeLessThanOrEqual(120);
				expect(name).not.toMatch(FORBIDDEN[kind]);
				expect(name).not.toBe('');
				expect(name).not.toMatch(/[\ud800-\udfff]/u);
				expect(propertyName(` ${given}\u200b`, kind)).toBe(name);
			}),
			{ numRuns: 1000 },
		);
	});

	it('is never the same for two texts', () => {
		fc.assert(
			fc.property(text, text, target, (one, other, kind) => {
				const isSame = propertyName(one, kind) === propertyName(other, kind);
				expect(isSame).toBe(meaning(one) === meaning(other));
			}),
			{ numRuns: 2000 },
		);
	});

	it('is another for every sign in the same place', () => {
		const names = new Map<string, string>();
		for (let code = 0; code <= 0xffff; code++) {
			const given = `a${String.fromCharCode(code)}b`;
			const name = propertyName(given, 'profile');
			const before = names.get(name);
			if (before !== undefined) expect(meaning(given)).toBe(meaning(before));
			else names.set(name, given);
		}
	});
});

describe('what is remembered', () => {
	const counted = () => {
		let made = 0;
		const name = remembering((text) => {
			made++;
			return text;
		});
		return { name, made: () => made };
	};

	it.each([
		['a', 1],
		['n'.repeat(1000), 1],
		['n'.repeat(1001), 2],
	])('is no long name: one of %#', (text, times) => {
		const { name, made } = counted();
		expect([name(text), name(text), made()]).toEqual([text, text, times]);
	});

	it('is no more than a thousand names', () => {
		const { name, made } = counted();
		for (let number = 0; number <= 1000; number++) name(String(number));
		name('0');
		expect(made()).toBe(1002);
	});
});

it('of a very long text all counts, though not all is looked at', () => {
	const names = ['a', 'b'].map((end) => propertyName('n'.repeat(1_000_000) + end, 'event'));
	expect(new Set(names).size).toBe(2);
	for (const name of names) expect(name).toMatch(/^n{114}·\w{4}$/);
	expect(propertyName('\u200b'.repeat(1_000_000), 'event')).toMatch(/^ˋUnnamed·\w{4}$/);
});

describe('the text of a name that a property has in CleverTap', () => {
	it.each([
		['Plan', 'Plan'],
		['What’s your name?', 'What’s your name?'],
		['Budget (﹩)', 'Budget ($)'],
		['Budget (ˋ﹩)', 'Budget (﹩)'],
		['ʺProʺ planǃ', '"Pro" plan!'],
		['Order ﹟', 'Order #'],
		['one↵two', 'one\ntwo'],
		['ˋˋ', 'ˋ'],
	])('of %j is %j', (name, text) => {
		expect(textOfName(name, 'profile')).toBe(text);
	});

	it('of an event may have a # of either kind', () => {
		expect(['Order # 5', 'Order ﹟ 5'].map((name) => textOfName(name, 'event'))).toEqual(['Order # 5', 'Order ﹟ 5']);
	});

	it('leads back to the name, whatever the text was', () => {
		const signs = fc.constantFrom(...'%><!|&.:;$\'"\\#\n\tˋ﹪˃˂ǃǀ﹠․꞉﹔﹩’ʺ∖﹟↵⇥ aÄ');
		const texts = fc.oneof(fc.string({ unit: signs }), fc.string({ unit: 'grapheme' }));
		fc.assert(
			fc.property(texts, fc.constantFrom('profile' as const, 'event' as const), (text, target) => {
				const name = propertyName(text, target);
				// What shows nothing has a name that no text leads to.
				fc.pre(name !== propertyName('', target));
				expect(propertyName(textOfName(name, target), target)).toBe(name);
			}),
		);
	});
});
