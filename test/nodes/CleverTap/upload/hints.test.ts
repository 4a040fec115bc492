import type { Properties } from '../../../../nodes/CleverTap/result/record';
import { bareHints, storedHints, strayContact, strayHints } from '../../../../nodes/CleverTap/upload/hints';

it.each<[number[], number, string[]]>([
	[[], 3, []],
	[[0], 1, ['None of the mapped properties had a value.']],
	[[1, 2], 3, ['None of the mapped properties had a value in 2 of 3 items, the first of them item 1.']],
	[[0], 2, ['None of the mapped properties had a value in 1 of 2 items, the first of them item 0.']],
])('items without any value, %j of %i, are told above the output', (bare, count, said) => {
	const advice =
		' Look at "adjusted" in the output: if a question was given another text in the form, drag it in again.';
	expect(bareHints(bare, count)).toEqual(
		said.map((what) => ({ message: `${what}${advice}`, type: 'warning', location: 'outputPane' })),
	);
});

it.each<[number, number, string | undefined]>([
	[0, 0, undefined],
	[1, 0, '1 profile'],
	[2, 0, '2 profiles'],
	[0, 1, '1 event'],
	[1, 2, '1 profile and 2 events'],
])('%i profiles and %i events that were stored are told', (profiles, events, what) => {
	const message = `This run has stored ${what} in CleverTap. To try the node without storing anything, turn on its option "Dry Run".`;
	expect(storedHints({ profiles, events })).toEqual(
		what === undefined ? [] : [{ message, type: 'info', location: 'outputPane' }],
	);
});

describe('what looks like an address or a number', () => {
	const event = { identity: 'ada', type: 'event', evtName: 'Rated', evtData: { Mail: 'ada@example.com' } } as const;
	const profile = (profileData: Properties) => ({ identity: 'ada', type: 'profile', profileData }) as const;

	it.each<[string, Properties, object | undefined]>([
		['an address', { Plan: 'Team', 'Your email': 'ada@example.com' }, { name: 'Your email', looksLike: 'Email' }],
		['a number', { Mobile: '+14155550123' }, { name: 'Mobile', looksLike: 'Phone' }],
		['an address beside Email', { Email: 'ada@example.com', Work: 'ada@work.example' }, undefined],
		['an address beside Phone', { Phone: '+14155550123', Work: 'ada@work.example' }, undefined],
		['a handle', { Twitter: '@ada' }, undefined],
		['a sum', { Change: '+5', Total: '+100 $' }, undefined],
		['a number without its country', { Mobile: '0415 555 0123' }, undefined],
		['what is no text', { Visits: 5, Tags: { $set: ['ada@example.com'] } }, undefined],
		['nothing', {}, undefined],
	])('%s', (_name, profileData, found) => {
		expect(strayContact([profile(profileData), event])).toEqual(found);
	});

	it('is nothing to say of an event', () => {
		expect(strayContact([event])).toBeUndefined();
	});

	it.each([
		[1, 1, 'Neither Email nor Phone is set, and "Your email" holds what looks like an email address.', 'Email'],
		[
			2,
			3,
			'Neither Email nor Phone is set in 2 of 3 items, the first of them item 0, and "Your email" holds what looks like an email address.',
			'Email',
		],
	])('of %i of %i items is told above the output, without the value', (many, count, said, property) => {
		const stray = { name: 'Your email', looksLike: 'Email' } as const;
		const strays = Array.from({ length: many }, (_, item) => ({ item, stray }));
		expect(strayHints(strays, count)).toEqual([
			{
				message: `${said} CleverTap writes to Email and Phone only: map it to ${property}.`,
				type: 'warning',
				location: 'outputPane',
			},
		]);
		expect(strayHints([], count)).toEqual([]);
	});

	it('is a number where it looks like one, and the name of the question is no markup', () => {
		const [hint] = strayHints([{ item: 0, stray: { name: '<b>Mobile</b>', looksLike: 'Phone' } }], 1);
		expect(hint?.message).toContain('"bMobile/b" holds what looks like a phone number.');
	});
});
