import { failureOf, isFailed, refused, skipped, unknown, verdictOf } from '../../../../nodes/CleverTap/result/verdict';
import { ItemError } from '../../../../nodes/shared/itemError';

it.each([
	[
		'refused',
		new ItemError('No.', 'Mend it.', 515),
		{ status: 'refused', code: 515, reason: 'No.', advice: 'Mend it.' },
		'515: No.',
	],
	['refused', new ItemError('No.', 'Mend it.'), { status: 'refused', reason: 'No.', advice: 'Mend it.' }, 'No.'],
	[
		'unknown',
		new ItemError('No answer', 'Look.', 500, true),
		{ status: 'unknown', code: 500, reason: 'No answer', advice: 'Look.' },
		'500: No answer',
	],
])('what is thrown for an item says that it is %s', (_status, error, verdict, said) => {
	expect(verdictOf(error)).toStrictEqual(verdict);
	expect(failureOf(error)).toStrictEqual({ error: said, details: verdict });
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
