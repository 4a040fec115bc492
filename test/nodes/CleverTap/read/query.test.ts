import { resultOf } from '../../../support/itemFailure';
import { loadContract, type Contract } from '../../../../sandbox/contract';
import { buildQuery, parseQuery, type QueryParts } from '../../../../nodes/CleverTap/read/query';
import type { Subject } from '../../../../nodes/CleverTap/parameters/queryFields';

const parts: QueryParts = { eventName: ' Charged ', from: '2026-02-01', to: 20260228, rows: [] };
const base = { event_name: 'Charged', from: 20260201, to: 20260228 };
const nothing: QueryParts = { eventName: '', from: '', to: undefined, rows: [] };

const amount = { of: 'event_properties', name: 'Amount', operator: 'greater_than', value: 10 };
const first = { of: 'session_properties', name: 'first_time', operator: 'equals', value: true };
const plan = { of: 'profile_fields', name: 'Plan', operator: 'exists' };
const device = { of: 'technographics', name: 'Device', operator: 'equals', value: ['Mobile', 'Tablet'] };

let contract: Contract;
beforeAll(async () => {
	contract = await loadContract('clevertap.yaml');
});

describe('the query of the fields', () => {
	it.each<[string, Subject, Partial<QueryParts>, unknown]>([
		['an event in a range of days', 'event', parts, base],
		[
			'filters, each in CleverTap’s place for it',
			'event',
			{ ...parts, rows: [amount, plan, first, device, { ...amount, name: 'Items', value: 2 }] },
			{
				...base,
				event_properties: [
					{ name: 'Amount', operator: 'greater_than', value: 10 },
					{ name: 'Items', operator: 'greater_than', value: 2 },
				],
				session_properties: [{ name: 'first_time', operator: 'equals', value: 'True' }],
				common_profile_properties: {
					profile_fields: [{ name: 'Plan', operator: 'exists' }],
					technographics: [{ name: 'Device', operator: 'equals', value: ['Mobile', 'Tablet'] }],
				},
			},
		],
		[
			'profiles by their properties alone',
			'profile',
			{ ...nothing, rows: [plan] },
			{ common_profile_properties: { profile_fields: [{ name: 'Plan', operator: 'exists' }] } },
		],
		['days in any clear spelling', 'event', { ...parts, from: '1 Feb 2026', to: '28/02/2026' }, base],
		['one-digit parts', 'event', { ...parts, from: '2026-2-1' }, base],
		[
			'a name from a number, without what nobody sees',
			'event',
			{ ...parts, eventName: 404 },
			{ ...base, event_name: '404' },
		],
		['a name without what nobody sees', 'event', { ...parts, eventName: '\u200bCharged\u00a0' }, base],
		['one day', 'profile', { ...parts, to: '2026-02-01' }, { ...base, to: 20260201 }],
	])('%s', (_name, subject, changes, query) => {
		const built = buildQuery({ ...nothing, ...changes }, subject, 'UTC');
		expect(built).toEqual(query);
		expect(contract.schema('Query')(built)).toEqual([]);
	});

	it.each<[string, Subject, Partial<QueryParts>, string, string]>([
		[
			'an event is needed',
			'event',
			nothing,
			'"Event Name" is empty',
			'Choose an event, or type its name exactly as CleverTap lists it.',
		],
		[
			'an event must be a text',
			'event',
			{ ...nothing, eventName: true },
			'"Event Name" is empty',
			'Choose an event, or type its name exactly as CleverTap lists it.',
		],
		[
			'days are needed',
			'profile',
			{ ...parts, to: null },
			'"To" is empty',
			'Use a date, or a day as YYYYMMDD such as 20260228.',
		],
		[
			'days must be days',
			'event',
			{ ...parts, from: 'soon' },
			'"From" is not a valid day: text',
			'Use a date, or a day as YYYYMMDD such as 20260228.',
		],
		[
			'what is no text is not shown',
			'event',
			{ ...parts, from: { secret: 1 } },
			'"From" is not a valid day: an object',
			'Use a date, or a day as YYYYMMDD such as 20260228.',
		],
		[
			'numbers are not shown',
			'event',
			{ ...parts, to: 12 },
			'"To" is not a valid day: a number',
			'Use a date, or a day as YYYYMMDD such as 20260228.',
		],
		[
			'long texts are not shown',
			'event',
			{ ...parts, from: 'x'.repeat(100) },
			'"From" is not a valid day: text',
			'Use a date, or a day as YYYYMMDD such as 20260228.',
		],
		['days must be in order', 'event', { ...parts, from: 20260301 }, '"From" is after "To"', 'Exchange the two dates.'],
		[
			'days need an event',
			'profile',
			{ ...nothing, from: 20260301 },
			'"From" and "To" mean nothing without an event',
			'Choose an event in "Event Name", or empty both dates.',
		],
		[
			'filters of events need one',
			'profile',
			{ ...nothing, rows: [amount] },
			'A filter on an event’s property needs an event',
			'Choose one in "Event Name", or filter by properties of the profile.',
		],
		[
			'something must be asked for',
			'profile',
			nothing,
			'Nothing says which profiles are meant',
			'Choose an event in "Event Name", or add a filter on a property of the profile.',
		],
		[
			'filters must make sense',
			'event',
			{ ...parts, rows: [{ ...plan, name: '' }] },
			'A filter has no name',
			'Name the property in "Filters".',
		],
	])('is refused: %s', (_name, subject, changes, reason, advice) => {
		expect(resultOf(() => buildQuery({ ...parts, ...changes }, subject, 'UTC'))).toEqual({
			status: 'refused',
			reason,
			advice,
		});
	});
});

describe('the query as JSON', () => {
	it.each<[string, unknown, unknown]>([
		['text', '{"event_name": "Charged", "from": 20260201, "to": 20260228}', base],
		['an object from an expression', base, base],
	])('%s is sent as it stands', (_name, value, query) => {
		expect(parseQuery(value, true)).toEqual(query);
	});

	it('needs no event where profiles are meant', () => {
		const query = { advanced_query: { did_none: [base] } };
		expect(parseQuery(query, false)).toEqual(query);
	});

	it.each<[unknown, string, string]>([
		['{', '"Query (JSON)" is not valid JSON', 'CleverTap takes no comments'],
		['', '"Query (JSON)" is not valid JSON', 'CleverTap takes no comments'],
		['{} // nothing', '"Query (JSON)" is not valid JSON', 'CleverTap takes no comments'],
		['[]', '"Query (JSON)" is not an object with something in it', '{"event_name": "Charged"'],
		['{}', '"Query (JSON)" is not an object with something in it', '{"event_name": "Charged"'],
		[null, '"Query (JSON)" is not an object with something in it', '{"event_name": "Charged"'],
		[{ event_name: 'X' }, '"Query (JSON)" lacks from, to', 'events of one name in a range of days'],
	])('%j is refused', (value, reason, advice) => {
		expect(resultOf(() => parseQuery(value, true))).toEqual({
			status: 'refused',
			reason,
			advice: expect.stringContaining(advice) as string,
		});
	});
});
