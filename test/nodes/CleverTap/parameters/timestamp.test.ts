import { eventSeconds, timestampReader, toTimestamp } from '../../../../nodes/CleverTap/parameters/timestamp';
import { fakeNode } from '../../../support/fakeNode';
import { resultOf } from '../../../support/itemFailure';

describe('Timestamp', () => {
	it('is left to CleverTap where it is empty', () => {
		expect(['', ' ', '\u200b', undefined, null].map(toTimestamp)).toEqual([{}, {}, {}, {}, {}]);
	});

	it('becomes UNIX seconds', () => {
		expect(toTimestamp('2018-03-05T00:00:00Z')).toEqual({ ts: 1_520_208_000 });
	});

	it.each<[unknown, number]>([
		['2026-02-09T10:00:00Z', 1_770_631_200],
		['2026-02-09 10:00:00 UTC', 1_770_631_200],
		['Mon, 09 Feb 2026 10:00:00 GMT', 1_770_631_200],
		['2026/02/09 10:00:00', 1_770_631_200],
		['Mon Feb 09 2026 11:00:00 GMT+0100 (Central European Standard Time)', 1_770_631_200],
		['2026-02-09T11:00:00+01:00[Europe/Berlin]', 1_770_631_200],
		['Monday, February 09, 2026 10:00:00', 1_770_631_200],
		['2026-02-9 10:0:0', 1_770_631_200],
		['\u200b2026-02-09T10:00:00Z\u00a0', 1_770_631_200],
		['1970-01-01T00:00:01Z', 1],
		[1_770_631_200, 1_770_631_200],
		['1770631200000', 1_770_631_200],
		[new Date(1_770_631_200_000), 1_770_631_200],
	])('%j is %i', (value, ts) => {
		expect(toTimestamp(value)).toEqual({ ts });
	});

	it.each<[unknown, string]>([
		[46205, 'a number such as a spreadsheet’s day number'],
		['46205.41667', 'a number such as a spreadsheet’s day number'],
		[2026, 'a year'],
		['2026', 'a year'],
		[20_260_209, 'a day without dashes'],
		['20260209100000', 'a date and a time without dashes'],
		[0, 'a number'],
		['03/04/2026', 'a date of which nobody knows which part is the day'],
		['next Tuesday', 'text'],
		['1969-12-31', 'text'],
		['<a href=//evil.example>Click</a>', 'text'],
		['ada@example.com', 'text'],
		['x'.repeat(100_000), 'text'],
		[true, 'true or false'],
		[{ a: 1 }, 'an object'],
		[new Date(NaN), 'an invalid date'],
	])('refuses %j and names its kind alone', (value, kind) => {
		expect(resultOf(() => toTimestamp(value))).toEqual({
			status: 'refused',
			reason: `"Timestamp" is not a valid date: ${kind}`,
			advice:
				'Use an ISO date such as 2026-02-09T10:00:00Z, or UNIX seconds; a smaller number may be a year or a spreadsheet’s day number, which are no times. Leave it empty for the time of arrival.',
		});
	});

	it('is read for each item', () => {
		const each = fakeNode({ parameters: { timestamp: (item: number) => 1_520_208_000 + item } });
		expect(timestampReader(each)(2)).toEqual({ ts: 1_520_208_002 });
		expect(timestampReader(fakeNode({}))(0)).toEqual({});
	});
});

describe('eventSeconds', () => {
	it.each<[string, unknown, number | undefined]>([
		['a time', '2026-02-09T10:00:00Z', 1_770_631_200],
		['a fraction of a second', '2026-02-09T10:00:00.999999Z', 1_770_631_200],
		['a day', '2026/02/09', 1_770_595_200],
		['the first second that CleverTap takes', '1970-01-01T00:00:01Z', 1],
		['the one before', '1970-01-01T00:00:00.999Z', undefined],
		['a time before 1970', '1969-12-31', undefined],
		['the first digits that are a time', 1e8, 1e8],
		['digits of 1970', 46_205, undefined],
		['a number below zero', -1_770_631_200, undefined],
	])('%s', (_what, value, seconds) => {
		expect(eventSeconds(value)).toBe(seconds);
	});
});
