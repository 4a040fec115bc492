import { isFailed, isRefused, refused, skipped, unknown } from '../../../nodes/CleverTap/upload/verdict';

it.each<[string, object, boolean]>([
	['a refusal', refused('No.', 'Mend it.'), true],
	['an unknown outcome', unknown('No answer', 'Look first.'), false],
	['an item that was skipped', skipped('Uploaded before'), false],
	['a query that has a status', { status: 'refused' }, false],
	['properties that have a reason', { reason: 'too dear' }, false],
	['both, of another kind', { status: 'sold', reason: 'too dear' }, false],
	['a list', [], false],
])('tells a refusal from what a function gives when all is well: %s', (_what, result, expected) => {
	expect(isRefused(result)).toBe(expected);
});

it('fails the items that were refused and those of which nothing is known', () => {
	expect([refused('a', 'b'), unknown('a', 'b'), skipped('a'), { status: 'accepted' as const }].map(isFailed)).toEqual([
		true,
		true,
		false,
		false,
	]);
});

it('has a code only where CleverTap gave one', () => {
	expect(refused('a', 'b')).toStrictEqual({ status: 'refused', reason: 'a', advice: 'b' });
	expect(refused('a', 'b', 515)).toStrictEqual({ status: 'refused', code: 515, reason: 'a', advice: 'b' });
	expect(unknown('a', 'b')).toStrictEqual({ status: 'unknown', reason: 'a', advice: 'b' });
	expect(unknown('a', 'b', 500)).toStrictEqual({ status: 'unknown', code: 500, reason: 'a', advice: 'b' });
});
