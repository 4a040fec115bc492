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
		expect(toEntries([change], 1)).toEqual([[change.property, operator, 'ready']]);
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
		expect(resultOf(() => toEntries(twice, 1))).toEqual({
			status: 'refused',
			reason: '"Tags" is changed twice',
			advice: expect.stringContaining('one change of a property at a time') as string,
		});
	});

	it('leave out a change of a list by nothing', () => {
		expect(toEntries([{ property: 'Tags', kind: 'add', value: '' }], 1)).toEqual([]);
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
		expect(resultOf(() => toEntries([change], 1))).toEqual({ status: 'refused', reason, advice });
	});

	it('add to a list unless they say otherwise', () => {
		expect(toEntries([{ property: 'Tags', value: 'a' }], 1)).toEqual([['Tags', { $add: ['a'] }, 'ready']]);
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

describe('Changes by the rules of version 2', () => {
	type Row = readonly [kind: string, value: unknown];
	const rows = (all: readonly Row[]) =>
		all.map(([kind, given]) => ({
			property: 'P',
			kind,
			...(kind === 'increase' || kind === 'decrease' ? { value: given } : { values: given }),
		}));

	it.each<[string, Row[], object]>([
		['several values', [['add', ['a', 'b', 'a', '']]], { $add: ['a', 'b'] }],
		['a list by an expression, beside others', [['add', [['a', 'b'], 'c']]], { $add: ['a', 'b', 'c'] }],
		['a text alone, as in JSON', [['remove', 'a, b']], { $remove: ['a, b'] }],
		[
			'two additions',
			[
				['add', ['a']],
				['add', ['b', 'a']],
			],
			{ $add: ['a', 'b'] },
		],
		[
			'two removals',
			[
				['remove', ['a']],
				['remove', ['b']],
			],
			{ $remove: ['a', 'b'] },
		],
		[
			'a replacement of what was added',
			[
				['add', ['a']],
				['set', ['b']],
			],
			{ $set: ['b'] },
		],
		[
			'an addition to a replacement',
			[
				['set', ['a']],
				['add', ['b']],
			],
			{ $set: ['a', 'b'] },
		],
		[
			'a removal from a replacement',
			[
				['set', ['a', 'b']],
				['remove', ['b']],
			],
			{ $set: ['a'] },
		],
		[
			'a removal of all of it',
			[
				['set', ['a']],
				['remove', ['a']],
			],
			{ $delete: 1 },
		],
		[
			'steps up and down',
			[
				['increase', 5],
				['decrease', '2'],
			],
			{ $incr: 3 },
		],
		[
			'steps down and up',
			[
				['decrease', 5],
				['increase', 2],
			],
			{ $decr: 3 },
		],
		[
			'a removal of the property at last',
			[
				['increase', 5],
				['delete', undefined],
			],
			{ $delete: 1 },
		],
		[
			'a list that begins anew',
			[
				['delete', undefined],
				['add', ['a']],
			],
			{ $set: ['a'] },
		],
		[
			'one without a value beside others',
			[
				['add', ['']],
				['remove', ['a']],
				['remove', []],
			],
			{ $remove: ['a'] },
		],
	])('are joined: %s', (_what, all, operator) => {
		const notes: string[] = [];
		expect(toEntries(rows(all), 2, undefined, notes)).toEqual([['P', operator, 'ready']]);
		expect(notes).toEqual([]);
	});

	it.each<[string, Row[]]>([
		[
			'without a value',
			[
				['add', []],
				['add', ['']],
			],
		],
		[
			'that add up to nothing',
			[
				['increase', 2],
				['decrease', 2],
			],
		],
	])('are left out, which is said: %s', (_what, all) => {
		const notes: string[] = [];
		expect(toEntries(rows(all), 2, undefined, notes)).toEqual([]);
		expect(notes).toEqual(['"P" was not changed: the change has no value']);
	});

	it.each<[string, Row[]]>([
		[
			'into and out of a list',
			[
				['add', ['a']],
				['remove', ['b']],
			],
		],
		[
			'out of and into a list',
			[
				['remove', ['a']],
				['add', ['b']],
			],
		],
		[
			'of a list and a number',
			[
				['add', ['a']],
				['increase', 1],
			],
		],
		[
			'of a number and a list',
			[
				['increase', 1],
				['add', ['a']],
			],
		],
		[
			'that count what was removed',
			[
				['delete', undefined],
				['increase', 1],
			],
		],
	])('are refused where CleverTap has no way for both: %s', (_what, all) => {
		expect(resultOf(() => toEntries(rows(all), 2))).toEqual({
			status: 'refused',
			reason: 'The changes of "P" can’t be made in one step',
			advice: expect.stringContaining('a second CleverTap node') as string,
		});
	});

	it('of names that become one are of one property', () => {
		const changes = [
			{ property: 'tags', kind: 'add', values: ['a'] },
			{ property: ' Tags', kind: 'add', values: ['b'] },
		];
		expect(toEntries(changes, 2, (name) => name.trim().toLowerCase())).toEqual([
			['tags', { $add: ['a', 'b'] }, 'ready'],
		]);
	});
});
