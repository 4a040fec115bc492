import { readMoment } from '../../../../../nodes/Tally/resources/common/span';

it.each([undefined, null, '', ' '])('%j is no moment', (value) => {
	expect(readMoment(value, 'From', 'UTC')).toBeUndefined();
});

it.each([
	['2026-02-09T10:00:00Z', 'America/New_York', '2026-02-09T10:00:00.000Z'],
	['2026-02-09T10:00:00', 'America/New_York', '2026-02-09T15:00:00.000Z'],
	['2026-02-09', 'Asia/Tokyo', '2026-02-08T15:00:00.000Z'],
	['2026-02-09T10:00:00.5+02:00', 'UTC', '2026-02-09T08:00:00.500Z'],
	['2026-02-09 10:00:00 UTC', 'America/New_York', '2026-02-09T10:00:00.000Z'],
	['Mon, 09 Feb 2026 10:00:00 GMT', 'Asia/Tokyo', '2026-02-09T10:00:00.000Z'],
	['2026/02/09 10:00:00', 'America/New_York', '2026-02-09T15:00:00.000Z'],
	[new Date('2026-02-09T10:00:00Z'), 'Asia/Tokyo', '2026-02-09T10:00:00.000Z'],
	[1_770_631_200, 'Asia/Tokyo', '2026-02-09T10:00:00.000Z'],
])('%j in %s is %s', (value, timeZone, iso) => {
	expect(readMoment(value, 'From', timeZone)).toBe(iso);
});

it.each<[unknown, string]>([
	['01.12.2026', 'a date of which nobody knows which part is the day'],
	['ada@example.com', 'text'],
	['<a href=//evil.example>Click</a>', 'text'],
	[46205, 'a number such as a spreadsheet’s day number'],
	[2026, 'a year'],
	['20260209', 'a day without dashes'],
	[true, 'true or false'],
	[['2026-02-09'], 'a list'],
	[{ date: '2026-02-09' }, 'an object'],
])('%j is refused by its kind, not by its value', (value, kind) => {
	expect(() => readMoment(value, 'From', 'UTC')).toThrow(
		expect.objectContaining({
			message: 'The value of "From" is not a valid date',
			advice: `It is ${kind}. Use a date such as 2026-02-09, or 2026-02-09T10:00:00Z.`,
		}) as Error,
	);
});
