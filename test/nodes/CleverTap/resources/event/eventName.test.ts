import { eventNameReader, toEventName } from '../../../../../nodes/CleverTap/resources/event/eventName';
import { fakeNode } from '../../../../support/fakeNode';
import { resultOf } from '../../../../support/itemFailure';

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
		expect(resultOf(() => toEventName(value))).toMatchObject({ status: 'refused', reason });
	});

	it('is read for each item', () => {
		const each = fakeNode({ parameters: { eventName: (item: number) => `Event ${item}` } });
		expect(eventNameReader(each)(2)).toEqual({ name: 'Event 2', adjusted: [] });
		expect(resultOf(() => eventNameReader(fakeNode({}))(0))).toMatchObject({ reason: '"Event Name" is empty' });
		const chosen = fakeNode({ parameters: { eventName: { __rl: true, mode: 'list', value: 'Charged' } } });
		expect(eventNameReader(chosen)(0)).toEqual({ name: 'Charged', adjusted: [] });
	});
});
