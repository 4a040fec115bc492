import fc from 'fast-check';
import { DateTime } from 'luxon';

import { isDate, isDigits, toDateProperty, toEpochSeconds } from '../../../../nodes/CleverTap/properties/dates';

const AFTERNOON = 1_520_263_015; // 2018-03-05T15:16:55Z

describe('toEpochSeconds', () => {
	it.each<[string, unknown, number]>([
		['UNIX seconds', AFTERNOON, AFTERNOON],
		['UNIX seconds as text', '1520263015', AFTERNOON],
		['UNIX seconds with a fraction', 1_520_263_015.9, AFTERNOON],
		['UNIX milliseconds', 1_520_263_015_123, AFTERNOON],
		['UNIX milliseconds as text', ' 1520263015123 ', AFTERNOON],
		['ISO 8601 in UTC', '2018-03-05T15:16:55Z', AFTERNOON],
		['ISO 8601 with milliseconds', '2018-03-05T15:16:55.999Z', AFTERNOON],
		['ISO 8601 with an offset', '2018-03-05T20:46:55+05:30', AFTERNOON],
		['ISO 8601 with a short offset', '2018-03-05T13:16:55-0200', AFTERNOON],
		['ISO 8601 without a zone is UTC', '2018-03-05T15:16:55', AFTERNOON],
		['ISO 8601 without seconds', '2018-03-05T15:16Z', AFTERNOON - 55],
		['a date alone is midnight UTC', '2018-03-05', 1_520_208_000],
		['ISO with one-digit seconds, as CleverTap prints it', '2018-03-05T15:16:0Z', AFTERNOON - 55],
		['the short date, as CleverTap prints it', '2018-03-5 15:16:0', AFTERNOON - 55],
		['the short date in full', '2018-03-05 15:16:55', AFTERNOON],
		['the long date, as CleverTap prints it', 'March 05, 2018 15:16:0', AFTERNOON - 55],
		['the long date with its weekday', 'Monday, March 05, 2018 15:16:55', AFTERNOON],
		['the long date with a short month and no time', 'Mar 5, 2018', 1_520_208_000],
		['a JS date', new Date(AFTERNOON * 1000), AFTERNOON],
		['a Luxon date in another zone', DateTime.fromSeconds(AFTERNOON, { zone: 'Asia/Kolkata' }), AFTERNOON],
		['ISO 8601 in lower case, blanks around it', ' 2018-03-05t15:16:55z ', AFTERNOON],
		['an offset of hours alone', '2018-03-05T17:16:55+02', AFTERNOON],
		['the last minute of a day in the last zone', '2018-03-06T23:59:59+23:59', 1_520_294_459],
		['the first number that is milliseconds', 1e11, 1e8],
		['the last number that is seconds', 1e11 - 1, 1e11 - 1],
		['the last month', 'December 31, 2018', 1_546_214_400],
		['the first month', 'january 1 2018', 1_514_764_800],
		['a leap day', '2024-02-29', 1_709_164_800],
		['a fraction that rounds up', '2018-03-05T15:16:55.99999999999999999999Z', AFTERNOON],
		['the first second that CleverTap takes', 1, 1],
		['the first second that CleverTap takes, as text', '1970-01-01T00:00:01Z', 1],
		['the last second of all', '9999-12-31T23:59:59Z', 253_402_300_799],
	])('%s', (_name, value, seconds) => {
		expect(toEpochSeconds(value)).toBe(seconds);
	});

	it.each<[string, unknown]>([
		['zero, which CleverTap refuses', 0],
		['a time before 1970', '1969-12-31'],
		['a negative number', -5],
		['a day that the month does not have', '2023-02-29'],
		['a month that does not exist', '2023-13-01'],
		['no month', '2023-00-10'],
		['no day', '2023-03-00'],
		['the 31st of a short month', '2023-04-31'],
		['a minute that does not exist', '2023-01-01T10:60'],
		['a second that does not exist', '2023-01-01T10:10:60Z'],
		['an offset by minutes that do not exist', '2023-01-01T10:00:00+05:60'],
		['an offset by hours that do not exist', '2023-01-01T10:00:00+24:00'],
		['a number with two fractions', '1520263015.1.2'],
		['a number with letters', '1520263015.x'],
		['an hour that does not exist', '2023-01-01T24:00:00Z'],
		['an offset that does not exist', '2023-01-01T10:00:00+99:00'],
		['a word for a month that is none', 'Marchember 05, 2018'],
		['day before month, which can mean two days', '05/03/2018'],
		['words', 'next Tuesday'],
		['a time behind the year 9999', 253_402_300_800_000],
		['a JS date behind the year 9999', new Date(8.64e15)],
		['a number that no clock shows', 1e300],
		['an object that only looks like a date', { toMillis: () => 'soon' }],
		['nothing', ''],
		['null', null],
		['a boolean', true],
		['an object', { year: 2018 }],
		['an invalid JS date', new Date(NaN)],
		['an invalid Luxon date', DateTime.invalid('test')],
		['not a number', NaN],
		['a date with words behind it', '2018-03-05 at noon'],
	])('is nothing for %s', (_name, value) => {
		expect(toEpochSeconds(value)).toBeUndefined();
	});

	it('gives the same second for every way of writing it', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 4_102_444_800 }), (seconds) => {
				const date = DateTime.fromSeconds(seconds, { zone: 'utc' });
				const ways = [
					seconds,
					String(seconds),
					date.toISO(),
					date.setZone('America/St_Johns').toISO(),
					date.toFormat('yyyy-M-d H:m:s'),
					date.toFormat('MMMM dd, yyyy HH:mm:ss', { locale: 'en' }),
					date.toFormat('cccc, MMMM d, yyyy H:m:s', { locale: 'en' }),
					date,
					date.toJSDate(),
				];
				expect(ways.map(toEpochSeconds)).toEqual(ways.map(() => seconds));
			}),
		);
	});

	it('takes milliseconds for what they are from 1973 on', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1e11, max: 4_102_444_800_000 }), (milliseconds) => {
				expect(toEpochSeconds(milliseconds)).toBe(Math.floor(milliseconds / 1000));
			}),
		);
	});
});

describe('toDateProperty', () => {
	it.each<[string, unknown, string | undefined]>([
		['a birthday before 1970', '1955-06-08', '$D_-459734400'],
		['a date', '2018-03-05', '$D_1520208000'],
		['no date', 'spring', undefined],
		['a year alone', '1990', undefined],
		['a day without dashes', 19_900_305, undefined],
		['UNIX seconds', 641_779_200, '$D_641779200'],
		['what is one already', ' $D_-5 ', '$D_-5'],
		['one with something behind it', '$D_5x', undefined],
		['one with a fraction', '$D_5.5', undefined],
		['one with an exponent', '$D_1e3', undefined],
		['one without a number', '$D_', undefined],
		['one before the calendar', '$D_-62167219201', undefined],
		['a JS date before the calendar', new Date(-8.64e15), undefined],
		['the first second of the calendar', '$D_-62167219200', '$D_-62167219200'],
		['the last second of the calendar', '$D_253402300799', '$D_253402300799'],
		['one behind the calendar', '$D_253402300800', undefined],
		['one with something before it', 'x$D_5', undefined],
		['the first number that is a time', 1e8, '$D_100000000'],
		['the last number that is none', 99_999_999, undefined],
		['a number below zero that is none', -1990, undefined],
		['a year with blanks around it', ' 1990 ', undefined],
		['a JS date however early', new Date(0), '$D_0'],
		['one that no clock shows', '$D_99999999999999999999', undefined],
		['a number that no clock shows', 1e300, undefined],
		['the beginning of the calendar', '0000-01-01', '$D_-62167219200'],
	])('%s', (_name, value, expected) => {
		expect(toDateProperty(value)).toBe(expected);
	});
});

it.each<[unknown, boolean]>([
	[new Date(0), true],
	[DateTime.fromSeconds(0), true],
	[{ toMillis: 5 }, false],
	[{}, false],
	[null, false],
	['2018-03-05', false],
])('knows a date by what it can do: %j', (value, expected) => {
	expect(isDate(value)).toBe(expected);
});

it.each([
	['1990', true],
	[' 1990 ', true],
	['1990.25', true],
	['1990.', false],
	['-1990', false],
	['', false],
])('knows digits: %j', (text, expected) => {
	expect(isDigits(text)).toBe(expected);
});
