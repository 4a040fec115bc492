import fc from 'fast-check';

import { fitProperties } from '../../../../nodes/CleverTap/properties/fit';
import type { FitOptions } from '../../../../nodes/CleverTap/properties/fitOptions';
import type { Entry } from '../../../../nodes/CleverTap/properties/flatten';
import { byteLength } from '../../../../nodes/CleverTap/properties/shorten';
import { resultOf } from '../../../support/itemFailure';

const profile: FitOptions = {
	target: 'profile',
	rules: 2,
	listSeparator: ', ',
	matchStandardProperties: true,
	onTooLong: 'shorten',
	onBadStandardProperty: 'refuse',
};
const event: FitOptions = { ...profile, target: 'event' };
const leaveOut: FitOptions = { ...profile, onBadStandardProperty: 'leaveOut' };
const fit = (given: Readonly<Record<string, unknown>>, options: FitOptions) =>
	fitProperties(Object.entries(given), options);

describe('a name depends on the question’s text alone', () => {
	it.each([profile, event])('whatever else is in the record: $target', (options) => {
		const together = fit({ 'Budget ($)': '100', 'Budget (%)': '20' }, options).properties;
		expect(together).toEqual({ 'Budget (﹩)': '100', 'Budget (﹪)': '20' });
		expect(fit({ 'Budget (%)': '20' }, options).properties).toEqual({ 'Budget (﹪)': '20' });
		expect(fit({ 'Budget (%)': '20', 'Budget ($)': null }, options).properties).toEqual({ 'Budget (﹪)': '20' });
	});

	it('also where it is cut', () => {
		const start = 'ご'.repeat(42);
		const names = (given: object) => Object.keys(fit({ ...given }, event).properties);
		const [first, second] = names({ [`${start}一`]: 1, [`${start}二`]: 2 });
		expect(first).not.toBe(second);
		expect(names({ [`${start}二`]: 2 })).toEqual([second]);
		const { adjusted } = fit({ [`${start}二`]: 2 }, event);
		expect(adjusted).toEqual([expect.stringMatching(new RegExp(`was sent as "${String(second)}"$`))]);
	});

	it.each<[string, string, FitOptions]>([
		["What's your name?", 'What’s your name?', event],
		['Größe – ça va ?', 'Größe – ça va ?', event],
		['Order #', 'Order ﹟', profile],
		['Order #', 'Order #', event],
		['\u200bPlan ', 'Plan', profile],
		[' email\u200b', 'Email', profile],
		['email', 'email', event],
		['email', 'email', { ...profile, matchStandardProperties: false }],
		['Email ', 'Email', { ...profile, matchStandardProperties: false }],
	])('%j is %j', (given, name, options) => {
		expect(Object.keys(fit({ [given]: 'a@b.example' }, options).properties)).toEqual([name]);
	});

	it('sends one of several that mean the same, the one that is spelled so, and says which it left out', () => {
		expect(fit({ EMAIL: 'a@a.example', Email: 'b@b.example', 'e-mail': 'x' }, profile)).toEqual({
			properties: { Email: 'b@b.example', 'e-mail': 'x' },
			adjusted: ['"EMAIL" was left out: another property is sent as "Email"'],
		});
		const twice: Entry[] = [
			['Plan', 'a'],
			['Plan', 'b'],
		];
		expect(fitProperties(twice, event)).toEqual({
			properties: { Plan: 'a' },
			adjusted: ['"Plan" was left out: another property is sent as "Plan"'],
		});
		expect(fit({ email: 'a@a.example', Email: '' }, profile).properties).toEqual({ Email: 'a@a.example' });
	});

	it('can be refused where it is too long, and only there', () => {
		const refuse = { ...event, onTooLong: 'refuse' } as const;
		expect(resultOf(() => fit({ ['n'.repeat(121)]: 1 }, refuse))).toMatchObject({
			reason: `The name of "${'n'.repeat(79)}…" takes 121 bytes; CleverTap holds 120`,
		});
		expect(fit({ ['n'.repeat(120)]: 1, 'a!': 2 }, refuse).properties).toEqual({ ['n'.repeat(120)]: 1, aǃ: 2 });
		expect(fit({ email: 'a@a.example' }, { ...refuse, target: 'profile' }).properties).toEqual({
			Email: 'a@a.example',
		});
	});

	it('keeps names such as __proto__', () => {
		const { properties } = fit(JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, unknown>, event);
		expect(JSON.stringify(properties)).toBe('{"__proto__":"x","constructor":"y"}');
	});
});

describe('CleverTap’s own properties', () => {
	const written = (name: string) => `"${name}" was written the way CleverTap takes it`;

	it.each<[string, unknown, unknown]>([
		['Phone', '+44 (0)20 7946 0958', '+442079460958'],
		['Phone', '\u202a+1 415 555 0123\u202c', '+14155550123'],
		['Phone', '0049 89 1234567', '+49891234567'],
		['Phone', '+39 (0)6 1234567', '+39061234567'],
		['Phone', ['+1 415 555 0123'], '+14155550123'],
		['Gender', 'Female', 'F'],
		['Employed', 'Yes', 'Y'],
		['Married', false, 'N'],
		['Education', 'High School', 'School'],
		['MSG-email', 'FALSE', false],
		['Age', '34.0', '34'],
	])('%s %j is sent as %j, and said', (name, value, sent) => {
		expect(fit({ [name]: value }, profile)).toEqual({ properties: { [name]: sent }, adjusted: [written(name)] });
	});

	it.each<[string, unknown]>([
		['Phone', '0477 47 47 47'],
		['Phone', '+14155550123'],
		['Phone', 4930123],
		['Gender', 'M'],
		['Gender', 'divers'],
		['Age', 34],
		['MSG-sms', true],
		['Customer Type', ' Gold '],
	])('%s %j goes out as it is', (name, value) => {
		expect(fit({ [name]: value }, profile)).toEqual({ properties: { [name]: value }, adjusted: [] });
	});

	it('are an event’s like any others', () => {
		const given = { Phone: '+32 477 47', Gender: 'Female', Email: ' a ' };
		expect(fit(given, event)).toEqual({ properties: given, adjusted: [] });
	});

	it.each(['1955-06-08', '8 June 1955', '08.06.1955 00:00', '$D_-459734400'])('DOB %j is a date', (value) => {
		const { properties, adjusted } = fit({ dob: value }, profile);
		expect([properties.DOB ?? 'left out', adjusted.length > 0]).toEqual(
			value.startsWith('08.06') ? ['left out', true] : ['$D_-459734400', true],
		);
	});

	it.each<unknown>(['in June', '05/03/1990', '1990', 'x'.repeat(600), true, ['05/03/1990']])(
		'DOB is left out rather than sent as text: %j',
		(value) => {
			expect(fit({ DOB: value, Plan: 'a' }, profile)).toEqual({
				properties: { Plan: 'a' },
				adjusted: ['"DOB" was left out: it is not a valid date. Write it as 1990-03-05.'],
			});
		},
	);

	it.each([1, 2] as const)('Email has no blanks and nothing invisible, by the rules of version %i', (rules) => {
		expect(fit({ Email: ' \u200bada@example.com\u00a0' }, { ...profile, rules })).toEqual({
			properties: { Email: 'ada@example.com' },
			adjusted: ['"Email" was sent without blanks and invisible characters'],
		});
	});

	it('Email that shows nothing is left out', () => {
		expect(fit({ Email: '\u200b', Plan: 'a' }, profile)).toEqual({
			properties: { Plan: 'a' },
			adjusted: ['"Email" was left out: it holds nothing that can be seen'],
		});
	});

	it.each<[string, unknown, string]>([
		['Email', 'nobody', 'Check the Email of this item: it is not an address.'],
		['Email', 'a@b', 'Check the Email of this item: it is not an address.'],
		['Email', 'a@b@c.example', 'Check the Email of this item: it is not an address.'],
		['Email', '@b.example', 'Check the Email of this item: it is not an address.'],
		['Email', 'a b@c.example', 'Check the Email of this item: it is not an address.'],
		['Email', 'a@b.', 'Check the Email of this item: it is not an address.'],
		['Email', 5, 'Check the Email of this item: it is not an address.'],
		['Phone', '0477 47 47 47', 'Phone needs a plus sign, the country code and the number, such as +14155551234.'],
		['Phone', 4930123, 'Phone needs a plus sign, the country code and the number, such as +14155551234.'],
		['Gender', 'divers', 'Gender must be M or F.'],
		['Employed', 'sometimes', 'Employed must be Y or N.'],
		['Education', 'life', 'Education must be School, College or Graduate.'],
		['Married', 'soon', 'Married must be Y or N.'],
		['Age', 'aa', 'Age must be a whole number.'],
		['Age', 34.5, 'Age must be a whole number.'],
	])('%s %j is left out only if the user wants so', (name, value, advice) => {
		expect(fit({ [name]: value, Plan: 'a' }, leaveOut)).toEqual({
			properties: { Plan: 'a' },
			adjusted: [`"${name}" was left out: it is not valid. ${advice}`],
		});
		expect(fit({ [name]: value }, profile).properties).toEqual({ [name]: value });
	});

	it('stay where they are valid', () => {
		const given = { Email: 'ada@mail.example.com', Phone: '+14155550123', Gender: 'F', Employed: 'Y', Age: '18' };
		expect(fit({ ...given, Married: 'N', Education: 'College' }, leaveOut)).toEqual({
			properties: { ...given, Married: 'N', Education: 'College' },
			adjusted: [],
		});
	});
});

describe('links', () => {
	const link = (sign: string, length = 301) => `https://a.example/${sign.repeat(length - 18)}`;
	const file = (url: string) => ({ name: 'a.pdf', url, mimeType: 'application/pdf', size: 1 });

	it('are whole or not there, and what had no room is counted', () => {
		expect(fit({ Receipts: [file(link('a')), file(link('b'))] }, event)).toEqual({
			properties: { Receipts: link('a') },
			adjusted: [
				'"Receipts" was sent as its links',
				'"Receipts" was joined into one text',
				'"Receipts" was sent without 1 of its 2 values: there was no room',
			],
		});
	});

	it('are whole in a text that is cut', () => {
		const { properties, adjusted } = fit({ Note: `${'x'.repeat(500)} ${link('a')} ${link('b')}` }, event);
		expect(properties).toEqual({ Note: 'x'.repeat(500) });
		expect(adjusted).toEqual(['"Note" was shortened from 1104 to 500 bytes, without 2 of its links']);
	});

	it.each<[string, unknown, FitOptions]>([
		['one', link('a', 600), event],
		['one in a list', [link('a', 600), link('b', 600)], event],
		['a file’s', file(link('a', 600)), profile],
	])('are left out where they are too long by themselves: %s', (_what, value, options) => {
		const { properties, adjusted } = fit({ K: value }, options);
		expect(properties).toEqual({});
		expect(adjusted.at(-1)).toMatch(/^"K" was left out: .* takes more than 512 bytes$/);
	});

	it('of a list are whole, too', () => {
		const { properties, adjusted } = fit({ K: [link('a', 600), link('b')] }, profile);
		expect(properties).toEqual({ K: { $set: [link('b')] } });
		expect(adjusted).toEqual(['"K" was sent without 1 of its links, which take more than 512 bytes']);
	});

	it('are never cut', () => {
		const url = fc.webUrl({ validSchemes: ['https'], withQueryParameters: true });
		const words = fc.array(fc.oneof(url, fc.lorem({ maxCount: 8 })), { minLength: 1, maxLength: 40 });
		fc.assert(
			fc.property(words, fc.boolean(), fc.constantFrom(profile, event), (given, isList, options) => {
				const { properties } = fit({ K: isList ? given : given.join(' ') }, options);
				const held = properties.K as string | { $set: string[] } | undefined;
				const text = typeof held === 'object' ? held.$set.join(' ') : (held ?? '');
				for (const [sent] of text.matchAll(/https:\/\/[^\s<>"]+/g)) {
					expect(given.some((part) => part.startsWith('https://') && [part, `${part},`].includes(sent))).toBe(true);
				}
				if (typeof held === 'string') expect(byteLength(held)).toBeLessThanOrEqual(512);
			}),
		);
	});
});

describe('what is hostile', () => {
	it.each([1, 2] as const)('a list of 100,000 long texts stops at what CleverTap takes (version %i)', (rules) => {
		const list = Array.from({ length: 100_000 }, (_, index) => `${index} ${'x'.repeat(600)}`);
		const { properties, adjusted } = fit({ K: list }, { ...profile, rules });
		expect((properties.K as { $set: string[] }).$set).toHaveLength(100);
		expect(adjusted).toEqual([
			'"K": 100 of its values were shortened to 512 bytes',
			'"K" was cut from 100000 to 100 values',
		]);
		expect(byteLength(fit({ K: list }, { ...event, rules }).properties.K as string)).toBe(512);
	});

	it.each([1, 2] as const)('notes of an item are a hundred at most (version %i)', (rules) => {
		const given = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`${index}!`, index]));
		const { properties, adjusted } = fit(given, { ...event, rules });
		expect(Object.keys(properties)).toHaveLength(20_000);
		expect(adjusted).toHaveLength(101);
		expect(adjusted.at(-1)).toBe('… and 19900 more changes');
	});

	it.each([1, 2] as const)('a long name with many members costs as much as one (version %i)', (rules) => {
		const members = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`m${index}`, index]));
		const { properties } = fit({ ['n'.repeat(1_000_000)]: members }, { ...event, rules });
		expect(Object.values(properties)).toEqual(Object.values(members));
	});

	it('no note shows markup or control characters of a name', () => {
		const { adjusted } = fit({ '<a href=//evil.example>\u001bClick</a>': [1, 2], '\u202eMail!': NaN }, event);
		expect(adjusted.join()).not.toMatch(/[<>\p{Cc}\p{Cf}]/u);
	});
});

it('no two names become one, unless they mean the same', () => {
	const piece = fc.oneof(
		fc.constantFrom(
			'Email',
			'email',
			'A',
			"'",
			'’',
			'$',
			'﹩',
			'ˋ',
			'·',
			' ',
			'.',
			'\u200b',
			'n'.repeat(119),
			'ご'.repeat(40),
		),
		fc.string({ unit: 'binary', maxLength: 4 }),
	);
	const name = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
	fc.assert(
		fc.property(
			fc.uniqueArray(name, { minLength: 2, maxLength: 6 }),
			fc.constantFrom(profile, event),
			(names, options) => {
				const entries = names.map((text, index): Entry => [text, `v${index}@a.example`]);
				const alone = new Set(entries.map((entry) => Object.keys(fitProperties([entry], options).properties)[0]));
				const { properties } = fitProperties(entries, options);
				expect(new Set(Object.keys(properties))).toEqual(alone);
			},
		),
	);
});

describe('a list of links that are all too long', () => {
	const links = Array.from({ length: 100_000 }, (_, index) => `https://a.example/${index}${'x'.repeat(600)}`);

	it('is left out, and empties nothing', () => {
		const note = '"K" was left out: each of its links takes more than 512 bytes';
		expect(fit({ K: links }, profile)).toEqual({ properties: {}, adjusted: [note] });
		expect(fit({ K: links }, event).properties).toEqual({});
		const set: Entry = ['K', { $set: links }, 'ready'];
		expect(fitProperties([set], profile)).toEqual({ properties: {}, adjusted: [note] });
		expect(fitProperties([['K', { $set: [] }, 'ready']], profile).properties).toEqual({ K: { $set: [] } });
	});
});

it.each([1, 2] as const)('thousands of long texts with one beginning end soon (version %i)', (rules) => {
	const list = Array.from({ length: 100_000 }, (_, index) => `${'é'.repeat(300)}${index}`);
	const { properties, adjusted } = fit({ K: list }, { ...profile, rules });
	expect(properties).toEqual({ K: { $set: ['é'.repeat(256)] } });
	expect(adjusted).toContain('"K" was cut from 100000 to 1 values');
});

describe('what was taken apart', () => {
	it('is told by the names that came out of it', () => {
		const given = { 'Rate us': { Speed: 'Good', 'Price ($)': 'Bad', Staff: null }, Name: 'Ada' };
		expect(fit(given, profile)).toEqual({
			properties: { 'Rate us - Speed': 'Good', 'Rate us - Price (﹩)': 'Bad', Name: 'Ada' },
			adjusted: [
				'"Rate us" was taken apart into "Rate us - Speed", "Rate us - Price (﹩)"',
				'"Rate us - Price ($)" was sent as "Rate us - Price (﹩)"',
			],
		});
	});

	it('tells of many the first ones', () => {
		const many = Object.fromEntries(Array.from({ length: 12 }, (_, row) => [`r${row}`, row]));
		expect(fit({ A: { x: 1 }, B: many }, event).adjusted).toEqual([
			'"A" was taken apart into "A - x"',
			expect.stringMatching(/^"B" was taken apart into "B - r0", .*"B - r9", 2 more$/),
		]);
	});

	it('is not told where nothing of it went out', () => {
		expect(fit({ A: { x: null, y: [''] }, B: {} }, event)).toEqual({ properties: {}, adjusted: [] });
	});
});

describe('files whose links must not go out', () => {
	const file = { name: 'cv.pdf', url: 'https://files.example/cv.pdf?token=1', mimeType: 'application/pdf', size: 1 };
	const fitWithout = (value: unknown, options = profile, name = 'CV') =>
		fitProperties([[name, value, 'withoutFiles']], options);
	const note = (name: string) =>
		`"${name}" was left out: links to files go out with every field only if "Include File Links" is on`;

	it.each<[string, unknown]>([
		['a file', file],
		['a list of them', [file, 'none']],
		['objects that hold them', [{ Page: file }]],
	])('are left out: %s', (_, value) => {
		expect(fitWithout(value)).toEqual({ properties: {}, adjusted: [note('CV')] });
	});

	it('are left out of an object, whose other fields go out', () => {
		expect(fitWithout({ Text: 'Hello', Page: [file] })).toEqual({
			properties: { 'CV - Text': 'Hello' },
			adjusted: ['"CV" was taken apart into "CV - Text"', note('CV - Page')],
		});
	});

	it('are left out of what was charged', () => {
		const items = [{ SKU: 'a', Page: file }];
		expect(fitWithout(items, { ...event, chargedItems: true }, 'Items')).toEqual({
			properties: { Items: [{ SKU: 'a' }] },
			adjusted: [`In "Items": ${note('Page')}`],
		});
	});
});
