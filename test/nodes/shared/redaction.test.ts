import fc from 'fast-check';

import { hiding } from '../../../nodes/shared/redaction';

const secret = 'TLY-s3same/+x';
const sent = {
	d: [
		{
			identity: 'ada@example.com',
			evtName: 'Feedback Given',
			type: 'event',
			evtData: {
				Phone: '+14155550123',
				name: 'Lovelace',
				type: 'Countess',
				Age: 4711,
				Comment: 'Der Käse war kalt',
				X: 'yes',
			},
		},
		{ identity: 'Bo Li', profileData: { deep: { deeper: ['Erika'] } } },
	],
};
const show = hiding({
	secrets: [secret, [{ name: 'X-Key', value: 'headersecret' }]],
	sent: [sent],
	names: new Set(['evtName', 'type']),
	values: new Set(['evtData', 'profileData']),
});

it.each([
	['an address', 'ada@example.com is not valid', '… is not valid'],
	['an address for the web', 'no ada%40example.com', 'no …'],
	['an address in JSON', String.raw`no ada\u0040example.com`, 'no …'],
	['an address in HTML', 'no ada&#64;example.com', 'no …'],
	['a part of an address', 'the host example is unknown', 'the host … is unknown'],
	['a phone number without its plus', 'Phone 14155550123 is not valid', 'Phone … is not valid'],
	['a number', 'Age: 4711', 'Age: …'],
	['a single word', 'Who is Erika?', 'Who is …?'],
	['a short name', 'Bo Li', '… …'],
	['another letter case', 'LOVELACE, lovelace', '… …'],
	['a property called name', 'name Lovelace', 'name …'],
	['a property called type', 'type countess', 'type …'],
	['letters with marks', 'KÄSE', '…'],
	['a secret', `key ${secret} is unknown`, 'key … is unknown'],
	['a secret glued to letters', `key${secret}is`, 'key…is'],
	['a secret for the web', `key ${encodeURIComponent(secret)}`, 'key …'],
	['a secret in base64', Buffer.from(secret).toString('base64'), '…'],
	['a secret in the midst of base64', Buffer.from(`user:${secret}:x`).toString('base64'), /…/],
	['a secret in a list', 'HEADERSECRET', '…'],
	['markup', 'see <a href=//evil.example>Click</a>', 'see a href=//evil.… Click /a'],
	['control characters', 'one\r\ntwo\u001b[31m\u2028three\u202efour', 'one two [31m three four'],
	['a long token', `token ${'x'.repeat(60)}`, 'token …'],
])('hides %s', (_what, said, shown) => {
	if (typeof shown === 'string') expect(show(said)).toBe(shown);
	else expect(show(said)).toMatch(shown);
});

it.each([
	['an event’s name', 'Invalid event : Feedback Given'],
	['the service’s own words', 'Profile data is incorrect. Email is not valid.'],
	['a word that somebody answered, which is in every sentence', 'yes, the value is not valid'],
])('shows %s', (_what, said) => {
	expect(show(said)).toBe(said);
});

it('cuts what is no sentence any more, at the end of a word', () => {
	expect(show('word '.repeat(1000)).length).toBeLessThanOrEqual(400);
	expect(show(`${'y'.repeat(399)}${secret}`)).not.toContain('TLY');
});

it('hides every value of two signs or more that is no ordinary word, in whatever case it stands', () => {
	const value = fc.stringMatching(/^[\p{L}\p{N}]{1,30}\d$/u);
	fc.assert(
		fc.property(value, fc.constantFrom('', ' ', ', ', '"', '(', '@', '/'), fc.boolean(), (text, sign, upper) => {
			const clean = hiding({ secrets: [], sent: [{ d: [text] }], names: new Set(), values: new Set() });
			const said = `No ${sign}${upper ? text.toUpperCase() : text}${sign} here`;
			const lower = text.toLowerCase();
			// One whose upper case is written otherwise (ß, ŉ) is another word.
			fc.pre(text.toUpperCase().toLowerCase() === lower);
			const shown = clean(said).toLowerCase();
			expect(shown.split(/[^\p{L}\p{N}\p{M}]+/u)).not.toContain(lower);
		}),
	);
});

it('follows a request as deep as it goes', () => {
	let deep: unknown = 'Erika';
	for (let depth = 0; depth < 100_000; depth++) deep = [deep];
	expect(hiding({ secrets: [], sent: [deep], names: new Set(), values: new Set() })('Erika')).toBe('…');
});
