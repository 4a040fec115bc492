import fc from 'fast-check';

import { fileNameThatFits } from '../../../../nodes/Tally/trigger/fileName';

it.each([
	['desk.txt', 'desk.txt'],
	['a'.repeat(255), 'a'.repeat(255)],
	['a'.repeat(256), 'a'.repeat(255)],
	[`${'a'.repeat(300)}.pdf`, `${'a'.repeat(251)}.pdf`],
	[`${'履'.repeat(100)}.pdf`, `${'履'.repeat(83)}.pdf`],
	[`${'a'.repeat(300)}.${'b'.repeat(17)}`, 'a'.repeat(255)],
	[`.${'a'.repeat(300)}`, `.${'a'.repeat(254)}`],
	['../../etc/passwd', 'passwd'],
	['C:\\temp\\a.txt', 'a.txt'],
	['..', '_'],
	['a/..', '_'],
	['a/', '_'],
	['.', '_'],
	['a\r\nX-Header: 1\u0000\u2028.pdf', 'a__X-Header: 1__.pdf'],
	['bill\u202efdp.exe', 'bill_fdp.exe'],
	[`${'😀'.repeat(80)}.png`, `${'😀'.repeat(62)}.png`],
])('%j is stored as %j', (name, stored) => {
	expect(fileNameThatFits(name)).toBe(stored);
});

it('is never too long, keeps its beginning and cuts no letter', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 400, size: 'max' }), (text) => {
			// The sign for what is no letter stands for itself alone.
			const name = text.replaceAll('\ufffd', '').replaceAll(/[^\p{L}\p{M}\p{N}\p{So}]/gu, '') || 'a';
			const stored = fileNameThatFits(name);
			expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(255);
			expect(stored).not.toContain('\ufffd');
			expect(name.startsWith(stored.slice(0, 100))).toBe(true);
		}),
	);
});
