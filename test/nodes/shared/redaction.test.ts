import fc from 'fast-check';

import { hiding, withoutSecretsIn } from '../../../nodes/shared/redaction';

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
	['a long number that nobody sent', 'near 4155550123', 'near …'],
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

it('keeps how a long sentence begins and how it ends, cut at blanks', () => {
	const shown = show(`Not good: ${'word '.repeat(1000)} was not found`);
	expect(shown.length).toBeLessThanOrEqual(300);
	expect(shown).toMatch(/^Not good: word .* word was not found$/);
	expect(show('x'.repeat(5000))).toBe('…');
});

it.each([150, 190, 199, 220, 280, 299, 1190, 1200, 4000])(
	'finds a secret of two words where a long sentence is cut, behind %i signs',
	(before) => {
		const clean = hiding({ secrets: ['open sesame'], sent: [], names: new Set(), values: new Set() });
		const filler = 'ab '.repeat(before / 3);
		expect(clean(`${filler}open sesame ${'ab '.repeat(600)}`)).not.toMatch(/open|sesame/);
		expect(clean(`${'ab '.repeat(600)}open sesame ${filler}`)).not.toMatch(/open|sesame/);
	},
);

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

/** Every sign of a text as an address may write it. */
const everySign = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');

describe('An answer that is data', () => {
	const key = 'tly-s3same/+x9';
	const clean = (answer: unknown) => withoutSecretsIn(answer, [key, 'short', undefined]);

	it.each<[string, unknown, unknown]>([
		['as it stands', { name: `for Bearer ${key}` }, { name: 'for Bearer …' }],
		['deep inside', [{ a: [{ b: `x${key}x` }] }], [{ a: [{ b: 'x…x' }] }]],
		['as a name', { [`x ${key}`]: 1 }, { 'x …': 1 }],
		['in another case', { name: key.toUpperCase() }, { name: '…' }],
		['encoded for the web', { url: `/a%20b?k=${encodeURIComponent(key)}` }, { url: '/a%20b?k=…' }],
		['with every sign encoded', { url: everySign(key) }, { url: '…' }],
		[
			'in base64',
			{ auth: Buffer.from(`u:${key}:p`).toString('base64') },
			{ auth: expect.stringContaining('…') as string },
		],
		['as the whole', key, '…'],
	])('loses a secret %s', (_what, answer, left) => {
		expect(clean(answer)).toEqual(left);
	});

	it.each<[string, unknown]>([
		['what is encoded', { url: '/a%20b&amp;c\\u0040', text: 'İ is 100 % İstanbul' }],
		['a secret so short that it may be data', { name: 'in short' }],
		['what is no text', [1, null, true, {}]],
		['a prototype’s name', JSON.parse('{"__proto__": {"a": "b"}, "constructor": "c"}')],
		['nothing', undefined],
	])('keeps %s', (_what, answer) => {
		expect(clean(structuredClone(answer))).toEqual(answer);
	});

	it('is followed as deep as it goes', () => {
		let deep: unknown = { key };
		for (let depth = 0; depth < 100_000; depth++) deep = [deep];
		let left = clean(deep);
		while (Array.isArray(left)) [left] = left as unknown[];
		expect(left).toEqual({ key: '…' });
	});
});
