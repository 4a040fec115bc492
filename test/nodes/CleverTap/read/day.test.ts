import { DateTime } from 'luxon';

import { toDay } from '../../../../nodes/CleverTap/read/day';

describe('a day as CleverTap’s queries take it', () => {
	it.each<[string, unknown, number]>([
		['the date picker', '2026-02-09T00:00:00', 20260209],
		['a date alone', '2026-02-09', 20260209],
		['a date with a blank before the time', '2026-02-09 23:59', 20260209],
		['the day as written, whatever its zone', '2026-02-09T23:30:00-11:00', 20260209],
		['UTC', '2026-02-09T00:30:00.000Z', 20260209],
		['CleverTap’s own form', '20260209', 20260209],
		['CleverTap’s own form as a number', 20260209, 20260209],
		['blanks at its ends', ' 2026-02-09 ', 20260209],
		['a leap day', '2028-02-29', 20280229],
		['a Luxon date by its own zone', DateTime.fromISO('2026-02-09T23:30:00', { zone: 'America/New_York' }), 20260209],
		['an object that tells nothing but its time', { toMillis: () => Date.UTC(2026, 1, 9, 23, 30) }, 20260210],
		['the first day of all', '1970-01-01', 19700101],
		['the last day of all', '9999-12-31', 99991231],
		['a JS date by the workflow’s zone', new Date('2026-02-09T23:30:00Z'), 20260210],
	])('%s', (_name, value, day) => {
		expect(toDay(value, 'Asia/Kolkata')).toBe(day);
	});

	it.each<[unknown]>([
		['2026-02-30'],
		['2027-02-29'],
		['2026-13-01'],
		['2026-2-9'],
		['20260230'],
		['2026020'],
		['12026-02-09'],
		['120260209'],
		['202602091'],
		['19691231'],
		['yesterday'],
		['2026-02-09x'],
		['2026-00-10'],
		['2026-03-00'],
		['2026-04-31'],
		[['2026-02-09']],
		[{ toString: 1, valueOf: 1 }],
		[1_770_631_200],
		[''],
		[null],
		[undefined],
		[true],
		[{}],
		[new Date(NaN)],
		[DateTime.invalid('no reason')],
		[new Date(8.64e15)],
		[{ toMillis: () => 'soon' }],
	])('%p is none', (value) => {
		expect(toDay(value, 'UTC')).toBeUndefined();
	});
});
