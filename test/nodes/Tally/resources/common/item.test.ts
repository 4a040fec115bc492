import { TallyItem } from '../../../../../nodes/Tally/resources/common/item';
import type { RunClient } from '../../../../../nodes/Tally/transport/client';
import { fakeNode } from '../../../../support/fakeNode';
import { chosen } from '../../../../support/tallyOperation';

const itemOf = (field: unknown) => new TallyItem(fakeNode({ parameters: { field } }), 0, {} as RunClient);

it.each<[unknown, unknown]>([
	[chosen('w1'), 'w1'],
	[{ value: 'w1' }, { value: 'w1' }],
	[
		{ __rl: 'true', value: 'w1' },
		{ __rl: 'true', value: 'w1' },
	],
	['w1', 'w1'],
	[null, null],
	[undefined, undefined],
])('of the field %j the value is %j', (field, value) => {
	expect(itemOf(field).value('field')).toEqual(value);
});

it.each<[unknown, object]>([
	[undefined, {}],
	[null, {}],
	['text', {}],
	[
		{ a: undefined, b: null, c: '', d: ' ', e: 0, f: false, g: [] },
		{ d: ' ', e: 0, f: false, g: [] },
	],
	[
		{ a: chosen('w1'), b: chosen(''), c: { value: 'w1' } },
		{ a: 'w1', c: { value: 'w1' } },
	],
])('of the collection %j these are filled in: %j', (field, filled) => {
	expect(itemOf(field).collection('field')).toStrictEqual(filled);
});

it.each([undefined, null, '', ' '])('%j is no ID, and need not be one', (field) => {
	expect(itemOf(field).optionalId('field', 'Folder')).toBeUndefined();
});

it.each([false, {}, [], ['a/b']])('%j must be an ID, and is none', (field) => {
	expect(() => itemOf(field).optionalId('field', 'Folder')).toThrow('The value of "Folder" is not an ID');
});
