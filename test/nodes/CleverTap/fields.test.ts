import { changesReader, toEntries, withChanges } from '../../../nodes/CleverTap/fields/changes';
import { eventNameReader, toEventName } from '../../../nodes/CleverTap/fields/eventName';
import { identifierReader, toIdentifier } from '../../../nodes/CleverTap/fields/identifier';
import { readText, toText } from '../../../nodes/CleverTap/fields/text';
import { timestampReader, toTimestamp } from '../../../nodes/CleverTap/fields/timestamp';
import { alsoUpdateReader } from '../../../nodes/CleverTap/fields/alsoUpdate';
import { fakeNode } from '../../support/fakeNode';

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
		const advice = 'Map a field that every item fills in, or filter out the items that lack it before this node.';
		expect(toIdentifier('identity', value)).toEqual({ status: 'refused', reason, advice });
		expect(toText(value, 'Identifier')).toEqual({ status: 'refused', reason, advice });
	});

	it('is read for each item, an Identity unless told otherwise', () => {
		const node = fakeNode({ parameters: { identifier: (item: number) => `user-${item}` } });
		expect(identifierReader.call(node)(2)).toEqual({ kind: 'identity', value: 'user-2' });
		const objects = fakeNode({ parameters: { identifyBy: 'objectId', identifier: 'o-1' } });
		expect(identifierReader.call(objects)(0)).toEqual({ kind: 'objectId', value: 'o-1' });
		expect(identifierReader.call(fakeNode({}))(0)).toMatchObject({ reason: '"Identifier" is empty' });
	});
});

it.each(['Identity', 'email', undefined])('"Identify User By" does not know %j', (by) => {
	expect(toIdentifier(by, 'ada')).toEqual({
		status: 'refused',
		reason: '"Identify User By" is none that CleverTap knows',
		advice: 'Give one of identity, objectId, FBID, GPID.',
	});
});

it('a text is read for its item, without blanks at its ends', () => {
	const node = fakeNode({ parameters: { phone: (item: number) => ` +3247${item} ` } });
	expect(readText.call(node, 'phone', 'Phone', 5)).toBe('+32475');
	expect(readText.call(fakeNode({}), 'phone', 'Phone', 0)).toMatchObject({ reason: '"Phone" is empty' });
});

const RESERVED = [
	'App Uninstalled',
	'App Version Changed',
	'Experiment Rendered',
	'Identity Error',
	'Identity Reset',
	'Identity Set',
	'Notification Clicked',
	'Notification Delivered',
	'Notification Replied',
	'Notification Viewed',
	'Reachable By',
	'Reply Sent',
	'Stayed',
	'UTM Visited',
];

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
		[' ', '"Event Name" is empty'],
		[7, '"Event Name" is empty'],
		[undefined, '"Event Name" is empty'],
		['!!!', '"Event Name" has no character that CleverTap takes in a name'],
		['App Launched', '"App Launched" is an event of CleverTap’s own'],
		['Notification: Sent', '"Notification Sent" is an event of CleverTap’s own'],
		...RESERVED.map((name): [string, string] => [name, `"${name}" is an event of CleverTap’s own`]),
	])('%j is refused', (value, reason) => {
		expect(toEventName(value)).toMatchObject({ status: 'refused', reason });
	});
});

describe('Event Name and Timestamp', () => {
	it('are read for each item', () => {
		const parameters = {
			eventName: (item: number) => `Event ${item}`,
			timestamp: (item: number) => 1_520_208_000 + item,
		};
		expect(eventNameReader.call(fakeNode({ parameters }))(2)).toEqual({ name: 'Event 2', adjusted: [] });
		expect(timestampReader.call(fakeNode({ parameters }))(2)).toEqual({ ts: 1_520_208_002 });
		expect(eventNameReader.call(fakeNode({}))(0)).toMatchObject({ reason: '"Event Name" is empty' });
		const chosen = fakeNode({ parameters: { eventName: { __rl: true, mode: 'list', value: 'Charged' } } });
		expect(eventNameReader.call(chosen)(0)).toEqual({ name: 'Charged', adjusted: [] });
		expect(timestampReader.call(fakeNode({}))(0)).toEqual({});
	});
});

describe('Timestamp', () => {
	it('is left to CleverTap where it is empty', () => {
		expect(['', ' ', undefined, null].map(toTimestamp)).toEqual([{}, {}, {}, {}]);
	});

	it('becomes UNIX seconds', () => {
		expect(toTimestamp('2018-03-05T00:00:00Z')).toEqual({ ts: 1_520_208_000 });
	});

	it.each<[unknown, string]>([
		[0, '0'],
		['x'.repeat(40), 'x'.repeat(40)],
		[true, 'boolean'],
	])('names %j', (value, named) => {
		expect(toTimestamp(value)).toEqual({
			status: 'refused',
			reason: `"Timestamp" is no date that this node can read: ${named}`,
			advice: expect.stringContaining('Leave it empty for the time of arrival') as string,
		});
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
		expect(toEntries(twice)).toEqual({
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
			'The change of "Tags" is none that this node knows',
			'Give one of add, remove, set, increase, decrease, delete.',
		],
		...['many', '', ' ', 'Infinity', '0', 0, -1, null, true, [5]].map((value): [string, object, string, string] => [
			`the number ${JSON.stringify(value)}`,
			{ property: 'Visits', kind: 'increase', value },
			'The value for "Visits" in "List and Number Changes" is not a number greater than 0',
			'Correct the number, or choose another change.',
		]),
	])('are refused with %s', (_name, change, reason, advice) => {
		expect(toEntries([change])).toEqual({ status: 'refused', reason, advice });
	});

	it('add to a list unless they say otherwise', () => {
		expect(toEntries([{ property: 'Tags', value: 'a' }])).toEqual([['Tags', { $add: ['a'] }, 'ready']]);
	});

	it('are read for each item, and are none where there are none', () => {
		const changes = (item: number) => ({ change: [{ property: 'Tags', value: `t${item}` }] });
		expect(changesReader.call(fakeNode({ parameters: { changes } }))(1)).toEqual([['Tags', { $add: ['t1'] }, 'ready']]);
		expect(changesReader.call(fakeNode({}))(0)).toEqual([]);
	});
});

describe('Also Update Profile', () => {
	const fields = {
		profileProperties: { assignments: [{}] },
		'profileProperties.assignments[0].name': 'Name',
		'profileProperties.assignments[0].value': (item: number) => `user ${item}`,
	};

	it('reads the profile’s properties of each item that wants it', () => {
		const parameters = { ...fields, updateProfile: (item: number) => item === 1 };
		const read = alsoUpdateReader.call(fakeNode({ parameters }));
		expect([read(0), read(1)]).toEqual([undefined, [['Name', 'user 1']]]);
	});

	it('is off unless it is on', () => {
		expect(alsoUpdateReader.call(fakeNode({ parameters: fields }))(0)).toBeUndefined();
		expect(alsoUpdateReader.call(fakeNode({ parameters: { ...fields, updateProfile: 'true' } }))(0)).toBeUndefined();
	});
});
