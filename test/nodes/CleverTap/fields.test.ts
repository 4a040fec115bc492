import { toEntries, withChanges } from '../../../nodes/CleverTap/fields/changes';
import { toEventName } from '../../../nodes/CleverTap/fields/eventName';
import { toIdentifier } from '../../../nodes/CleverTap/fields/identifier';
import { toTimestamp } from '../../../nodes/CleverTap/fields/timestamp';

describe('Identifier', () => {
	it.each<[unknown, string]>([
		[' ada@example.com ', 'ada@example.com'],
		[42, '42'],
		['0042', '0042'],
	])('%j is sent as %j', (value, expected) => {
		expect(toIdentifier('identity', value)).toEqual({ kind: 'identity', value: expected });
	});

	it.each<[unknown, string]>([
		['', '"Identifier" is empty'],
		['  ', '"Identifier" is empty'],
		[null, '"Identifier" is empty'],
		[undefined, '"Identifier" is empty'],
		[{}, '"Identifier" is neither text nor a number'],
		[true, '"Identifier" is neither text nor a number'],
		[NaN, '"Identifier" is neither text nor a number'],
	])('%j is refused', (value, reason) => {
		expect(toIdentifier('identity', value)).toMatchObject({ status: 'refused', reason });
	});
});

it.each(['Identity', 'email', undefined])('"Identify User By" does not know %j', (by) => {
	expect(toIdentifier(by, 'ada')).toMatchObject({ status: 'refused' });
});

describe('Event Name', () => {
	it('is sent as it stands, without blanks at its ends', () => {
		expect(toEventName(' Feedback Given ')).toEqual({ name: 'Feedback Given', adjusted: [] });
		expect(toEventName('Charged')).toEqual({ name: 'Charged', adjusted: [] });
	});

	it('loses the characters that CleverTap would drop the event for, and says so', () => {
		expect(toEventName('Paid: 5 $')).toEqual({ name: 'Paid 5', adjusted: ['The event was sent as "Paid 5"'] });
	});

	it.each<[unknown, string]>([
		['', '"Event Name" is empty'],
		[undefined, '"Event Name" is empty'],
		['!!!', '"Event Name" has no character that CleverTap takes in a name'],
		['App Launched', '"App Launched" is an event of CleverTap’s own'],
		['Notification: Sent', '"Notification Sent" is an event of CleverTap’s own'],
	])('%j is refused', (value, reason) => {
		expect(toEventName(value)).toMatchObject({ status: 'refused', reason });
	});
});

describe('Timestamp', () => {
	it('is left to CleverTap where it is empty', () => {
		expect([toTimestamp(''), toTimestamp(undefined), toTimestamp(null)]).toEqual([{}, {}, {}]);
	});

	it('names a value that is no date, but not a long one whole', () => {
		expect(toTimestamp('x'.repeat(100))).toMatchObject({
			reason: `"Timestamp" is no date that this node can read: ${'x'.repeat(39)}…`,
		});
		expect(toTimestamp({ a: 1 })).toMatchObject({
			reason: '"Timestamp" is no date that this node can read: object',
		});
	});
});

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
		expect(withChanges([['Tags', ['a']], ['Name', 'Ada']], [['Tags', { $add: ['b'] }, 'ready']])).toEqual({
			entries: [
				['Name', 'Ada'],
				['Tags', { $add: ['b'] }, 'ready'],
			],
			adjusted: ['"Tags" was changed as "List and Number Changes" says, not set'],
		});
		const twice = ['a', 'b'].map((value) => ({ property: 'Tags', kind: 'add', value }));
		expect(toEntries(twice)).toMatchObject({ reason: '"Tags" is changed twice' });
		expect(toEntries([{ property: 'Tags', kind: 'foo', value: 'a' }])).toMatchObject({ status: 'refused' });
	});

	it('leave out a change of a list by nothing', () => {
		expect(toEntries([{ property: 'Tags', kind: 'add', value: '' }])).toEqual([]);
	});

	it.each<[string, Parameters<typeof toEntries>[0][number]]>([
		['no property', { property: ' ', kind: 'add', value: 'a' }],
		['no number', { property: 'Visits', kind: 'increase', value: 'many' }],
		['an empty number', { property: 'Visits', kind: 'increase', value: '' }],
		['a negative number', { property: 'Visits', kind: 'decrease', value: -1 }],
	])('are refused with %s', (_name, change) => {
		expect(toEntries([change])).toMatchObject({ status: 'refused' });
	});
});
