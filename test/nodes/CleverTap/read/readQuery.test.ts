import { readQuery } from '../../../../nodes/CleverTap/read/readQuery';
import { fakeNode } from '../../../support/fakeNode';
import { resultOf } from '../../../support/itemFailure';

const days = { from: '2026-02-01', to: '2026-02-28' };
const read = (parameters: Record<string, unknown>, subject: 'event' | 'profile' = 'event', item = 0) =>
	resultOf(() => readQuery(fakeNode({ parameters, timeZone: 'Asia/Kolkata' }), item, subject));

it('is made of the fields of the item', () => {
	const parameters = { eventName: (item: number) => `Event ${item}`, ...days };
	expect(read(parameters, 'event', 4)).toEqual({ event_name: 'Event 4', from: 20260201, to: 20260228 });
});

it('takes of an event that was chosen its name', () => {
	const eventName = { __rl: true, mode: 'list', value: 'Charged' };
	expect(read({ eventName, ...days })).toMatchObject({ event_name: 'Charged' });
});

it('counts days by the clock of the workflow', () => {
	const evening = new Date('2026-02-09T20:00:00Z');
	expect(read({ eventName: 'X', from: evening, to: evening })).toEqual({
		event_name: 'X',
		from: 20260210,
		to: 20260210,
	});
});

it('reads every row of the filters, of a profile’s property the name that was picked', () => {
	const row = { operator: 'equals', value: '1', valueType: 'number' };
	const filter = [
		{ ...row, of: 'event_properties', name: 'Amount', property: { value: 'not this' } },
		{ ...row, of: 'profile_fields', name: 'not this', property: { __rl: true, mode: 'list', value: 'Plan' } },
		{ ...row, of: 'profile_fields', property: 'Age' },
		null,
	];
	expect(read({ eventName: 'X', ...days, filters: { filter } })).toMatchObject({
		event_properties: [{ name: 'Amount', operator: 'equals', value: 1 }],
		common_profile_properties: {
			profile_fields: [
				{ name: 'Plan', operator: 'equals', value: 1 },
				{ name: 'Age', operator: 'equals', value: 1 },
			],
		},
	});
});

it.each([[undefined], [''], [{}], [{ filter: 'none' }]])('has no filters in %j', (filters) => {
	expect(read({ eventName: 'X', ...days, filters })).toEqual({ event_name: 'X', from: 20260201, to: 20260228 });
});

it('says what is missing where nothing is filled in', () => {
	expect(read({})).toMatchObject({ reason: '"Event Name" is empty' });
	expect(read({ eventName: 'X', to: days.to })).toMatchObject({ reason: '"From" is empty' });
	expect(read({ eventName: 'X', from: days.from })).toMatchObject({ reason: '"To" is empty' });
	expect(read({}, 'profile')).toMatchObject({ reason: 'Nothing says which profiles are meant' });
});

it('may be JSON instead', () => {
	const json = { queryMode: 'json', queryJson: '{"event_name": "X"}', eventName: 'not this', ...days };
	expect(read(json, 'profile')).toEqual({ event_name: 'X' });
	expect(read(json, 'event')).toMatchObject({ reason: '"Query (JSON)" lacks from, to' });
	expect(read({ queryMode: 'json' })).toMatchObject({ reason: '"Query (JSON)" is not valid JSON' });
});
