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
