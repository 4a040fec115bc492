import fc from 'fast-check';

import { shownName } from '../../../../nodes/CleverTap/result/shownName';

it.each([
	['Plan', 'Plan'],
	['Größe – ça va ?', 'Größe – ça va ?'],
	["What's 5 > 4?", "What's 5  4?"],
	['<a href=//evil.example>Click</a>', 'a href=//evil.exampleClick/a'],
	['a\u001b[31m\r\nb\u2028c\u202ed', 'a[31mbcd'],
	['n'.repeat(80), 'n'.repeat(80)],
	['n'.repeat(81), `${'n'.repeat(79)}…`],
	['<'.repeat(1_000_000), '…'],
	[`${'n'.repeat(78)}😀😀`, `${'n'.repeat(78)}…`],
])('%j is shown as %j', (name, shown) => {
	expect(shownName(name)).toBe(shown);
});

it('no name shows markup, control characters or more than 80 characters', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
			const shown = shownName(name);
			expect(shown.length).toBeLessThanOrEqual(80);
			expect(shown).not.toMatch(/[<>\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
		}),
	);
});
