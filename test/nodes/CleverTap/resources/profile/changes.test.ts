import { changesReader, toEntries, withChanges } from '../../../../../nodes/CleverTap/resources/profile/changes';
import { fakeNode } from '../../../../support/fakeNode';
import { resultOf } from '../../../../support/itemFailure';

describe('List and Number Changes', () => {
	it.each<[string, Parameters<typeof toEntries>[0][number], unknown]>([
		['add a text', { property: 'Tags', kind: 'add', value: 'a, b' }, { $add: ['a, b'] }],
		['add a list', { property: 'Tags', kind: 'add', value: ['a', 'a', 2] }, { $add: ['a', '2'] }],
		['remove', { property: 'Tags', kind: 'remove', value: 'a' }, { $remove: ['a'] }],
		['replace', { property: 'Tags', kind: 'set', value: ['b'] }, { $set: ['b'] }],
		['increase', { property: 'Visits', kind: 'increase', value: '2.5' }, { $incr: 2.5 }],
		['decrease', { property: 'Visits', kind: 'decrease', value: 1 }, { $decr: 1 }],
		['delete', { property: 'Name', kind: 'delete' }, { $delete: 1 }],
	])('%s', (_name, change, operator) => {
		expect(toEntries([change])).toEqual([[change.property, operator, 'ready']]);
	});

	it('of a property that is mapped too go first, and of one property only once', () => {
		expect(
			withChanges(
				[
					['Tags', ['a']],
					['Name', 'Ada'],
				],
				[['Tags', { $add: ['b'] }, 'ready']],
			),
		).toEqual({
			entries: [
				['Name', 'Ada'],
				['Tags', { $add: ['b'] }, 'ready'],
			],
			adjusted: ['"Tags" was changed as "List and Number Changes" says, not set'],
		});
		const twice = ['a', 'b'].map((value) => ({ property: 'Tags', kind: 'add', value }));
		expect(resultOf(() => toEntries(twice))).toEqual({
			status: 'refused',
			reason: '"Tags" is changed twice',
			advice: expect.stringContaining('one change of a property at a time') as string,
		});
	});

	it('leave out a change of a list by nothing', () => {
		expect(toEntries([{ property: 'Tags', kind: 'add', value: '' }])).toEqual([]);
	});

	it.each<[string, Parameters<typeof toEntries>[0][number], string, string]>([
		[
			'a blank property',
			{ property: ' ', kind: 'add', value: 'a' },
			'A change in "List and Number Changes" has no property',
			'Name the property, or remove the change.',
		],
		[
			'no property',
			{ kind: 'add', value: 'a' },
			'A change in "List and Number Changes" has no property',
			'Name the property, or remove the change.',
		],
		[
			'another kind',
			{ property: 'Tags', kind: 'append', value: 'a' },
			'The change of "Tags" must be add, remove, set, increase, decrease or delete',
			'Choose it from the list, or let its expression give one of these.',
		],
		...['many', '', ' ', 'Infinity', '0', 0, -1, null, true, [5]].map((value): [string, object, string, string] => [
			`the number ${JSON.stringify(value)}`,
			{ property: 'Visits', kind: 'increase', value },
			'The value for "Visits" in "List and Number Changes" is not a number greater than 0',
			'Correct the number, or choose another change.',
		]),
	])('are refused with %s', (_name, change, reason, advice) => {
		expect(resultOf(() => toEntries([change]))).toEqual({ status: 'refused', reason, advice });
	});

	it('add to a list unless they say otherwise', () => {
		expect(toEntries([{ property: 'Tags', value: 'a' }])).toEqual([['Tags', { $add: ['a'] }, 'ready']]);
	});

	it('are read for each item, and are none where there are none', () => {
		const changes = (item: number) => ({ change: [{ property: 'Tags', value: `t${item}` }] });
		const read = (parameters: object, item: number) =>
			changesReader(fakeNode({ parameters: parameters as Record<string, unknown> }), { rules: 2 })(item);
		expect(read({ changes }, 1)).toEqual({
			entries: [['Tags', { $add: ['t1'] }, 'ready']],
			notes: [],
			isBare: false,
		});
		expect(read({}, 0)).toEqual({ entries: [], notes: [], isBare: false });
	});
});
