import { eventNameReader, toEventName as toName } from '../../../../../nodes/CleverTap/resources/event/eventName';
import { fakeNode } from '../../../../support/fakeNode';
import { resultOf } from '../../../../support/itemFailure';

const before = { rules: 1, onTooLong: 'shorten' } as const;
const now = { ...before, rules: 2 } as const;
const toEventName = (value: unknown) => toName(value, before);

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
		['\u200b\u00a0', '"Event Name" is empty'],
		[NaN, '"Event Name" is empty'],
		[true, '"Event Name" is empty'],
		[{}, '"Event Name" is empty'],
		[undefined, '"Event Name" is empty'],
		['!!!', '"Event Name" has no character that CleverTap takes in a name'],
		['App Launched', '"App Launched" is an event of CleverTap’s own'],
		['Notification: Sent', '"Notification Sent" is an event of CleverTap’s own'],
		...RESERVED.map((name): [string, string] => [name, `"${name}" is an event of CleverTap’s own`]),
	])('%j is refused', (value, reason) => {
		expect(resultOf(() => toEventName(value))).toMatchObject({ status: 'refused', reason });
	});

	it.each<[unknown, string]>([
		[404, '404'],
		[0, '0'],
		['\u200bFeedback Given\u00a0', 'Feedback Given'],
	])('%j is %j, in either version', (value, name) => {
		expect(toEventName(value).name).toBe(name);
		expect(toName(value, now).name).toBe(name);
	});

	it.each([
		['Feedback Given', 'Feedback Given'],
		['Paid: 5 $', 'Paid꞉ 5 ﹩'],
		["What's up?", 'What’s up?'],
		['Order #5', 'Order #5'],
		['!!!', 'ǃǃǃ'],
		['charged', 'Charged'],
		[' CHARGED ', 'Charged'],
		['Charged twice', 'Charged twice'],
	])('%j is sent as %j from version 2 on', (given, name) => {
		const adjusted = given.trim() === name ? [] : [`The event was sent as "${name}"`];
		expect(toName(given, now)).toEqual({ name, adjusted });
	});

	it('is another one for another text, however long, and may be refused then', () => {
		const names = ['a', 'b'].map((end) => toName('n'.repeat(130) + end, now).name);
		expect(new Set(names).size).toBe(2);
		expect(resultOf(() => toName('n'.repeat(130), { ...now, onTooLong: 'refuse' }))).toMatchObject({
			reason: '"Event Name" takes 130 bytes; CleverTap holds 120',
		});
	});

	it('is read for each item', () => {
		const each = fakeNode({ parameters: { eventName: (item: number) => `Event ${item}` } });
		expect(eventNameReader(each, before)(2)).toEqual({ name: 'Event 2', adjusted: [] });
		expect(resultOf(() => eventNameReader(fakeNode({}), before)(0))).toMatchObject({ reason: '"Event Name" is empty' });
		const chosen = fakeNode({ parameters: { eventName: { __rl: true, mode: 'list', value: 'Charged' } } });
		expect(eventNameReader(chosen, before)(0)).toEqual({ name: 'Charged', adjusted: [] });
	});

	it.each(['Paid꞉ 5 ﹩', 'What’s up?', 'Order # 5', 'Order ﹟ 5', 'Charged'])(
		'%j that was chosen from the list is that event',
		(value) => {
			const chosen = fakeNode({ parameters: { eventName: { __rl: true, mode: 'list', value } } });
			for (const options of [before, now])
				expect(eventNameReader(chosen, options)(0)).toEqual({ name: value, adjusted: [] });
			const typed = fakeNode({ parameters: { eventName: { __rl: true, mode: 'name', value: 'Paid꞉ 5' } } });
			expect(eventNameReader(typed, now)(0).name).toBe('Paidˋ꞉ 5');
		},
	);
});
