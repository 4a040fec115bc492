import { bareHints, storedHints } from '../../../../nodes/CleverTap/upload/hints';

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
