import fc from 'fast-check';
import { DateTime } from 'luxon';

import { describeValue, isDate, isoMoment, queryDay, readMoment } from '../../../nodes/shared/moments';

const TEN = '2026-02-09T10:00:00.000Z';

describe('readMoment', () => {
	it.each<[value: unknown, iso?: string]>([
		['2026-02-09T10:00:00Z'],
		['2026-02-09T10:00:00.000Z'],
		['2026-02-09t10:00z'],
		['2026-02-09T11:00:00+01:00'],
		['2026-02-09T11:00:00+0100'],
		['2026-02-09T11:00:00+01'],
		['2026-02-09T09:00:00−01:00'],
		['2026-02-09T11:00:00+01:00[Europe/Berlin]'],
		['2026-02-09T10:00:00Z[UTC]'],
		['2026-02-09 10:00:00 UTC'],
		['2026-02-09 10:00:00 utc'],
		['2026-02-09 10:00:00 GMT'],
		['2026-02-09 10:00:00UTC'],
		['2026-02-09 11:00:00 UTC+1'],
		['2026-02-09 11:00:00 UTC+01:00'],
		['2026-02-09 05:00:00 GMT-5'],
		['2026-02-09 10:00:00 +0000 UTC'],
		['2026-02-09 11:00:00 +0100 CET'],
		['20260209T100000Z'],
		['20260209T110000+0100'],
		['Mon, 09 Feb 2026 10:00:00 GMT'],
		['Mon, 9 Feb 2026 11:00:00 +0100'],
		['Mon, 9 Feb 2026 11:00:00 +0100 (CET)'],
		['09 Feb 2026 10:00 UT'],
		['Mon Feb 09 2026 11:00:00 GMT+0100 (Central European Standard Time)'],
		['Mon Feb 09 2026 10:00:00 GMT+0000 (Coordinated Universal Time)'],
		['Mon Feb  9 10:00:00 UTC 2026'],
		['Monday, February 9, 2026 at 10:00:00 AM UTC'],
		['2026-02-09 15:30:00 GMT+5:30'],
		['2026-02-09 15:30:00 UTC+05:30'],
		['2026-02-09 11:00:00 (UTC+01:00)'],
		['2026-02-09 10:00 (UTC)'],
		['"2026-02-09T10:00:00.000Z"'],
		['２０２６-０２-０９T１０:００:００Z'],
		['٢٠٢٦-٠٢-٠٩T١٠:٠٠:٠٠Z'],
		['/Date(1770631200000)/'],
		['2/13/2026 10:00 UTC', '2026-02-13T10:00:00.000Z'],
		[' \u200e2026-02-09T10:00:00Z\u00a0'],
		[1_770_631_200],
		['1770631200'],
		[1_770_631_200_000],
		['1770631200000'],
		[1_770_631_200.9, '2026-02-09T10:00:00.900Z'],
		[new Date(TEN)],
		[DateTime.fromISO(TEN, { zone: 'Asia/Kolkata' })],
	])('%p is a time with a zone', (value, iso = TEN) => {
		const moment = readMoment(value);
		expect(moment).toMatchObject({ hasZone: true, hasTime: true, year: 2026, month: 2 });
		expect(new Date(moment?.epochMs ?? NaN).toISOString()).toBe(iso);
	});

	it.each([
		'2026-02-09T10:00:00',
		'2026-02-09 10:00',
		'2026-2-9 10:0:0',
		'2026/02/09 10:00:00',
		'2026/2/9, 10:00',
		'2026.02.09 10:00:00',
		'2026. 2. 9. 10:00',
		'2026年2月9日 10:00',
		'2026년 2월 9일 10:00',
		'Monday, February 09, 2026 10:00:00',
		'February 9, 2026, 10:00 AM',
		'Feb 9 2026 10:00 a.m.',
		'February 9th, 2026 10:00am',
		'9 Feb 2026 10:00',
		'9. Februar 2026 10:00 Uhr',
		'Montag, 9. Februar 2026 um 10:00:00',
		'Montag 9. Februar 2026 um 10.00 Uhr',
		'lundi 9 février 2026 à 10h00',
		'9 de fevereiro de 2026 às 10:00',
		'segunda-feira, 9 de fevereiro de 2026 10:00',
		'lunedì 9 febbraio 2026 alle 10.00',
		'9 lutego 2026 10:00',
		'9.º de fevereiro de 2026 10:00',
		'Montag, den 9. Februar 2026 10:00',
		'9 февраля 2026 г. 10:00',
		'9 Şubat 2026 10:00',
		'9 Feb 2026 10 AM',
		'Feb 9, 2026 at 10am',
		'2026-02-09 10:00 a. m.',
		'2026-02-09 10.00.00',
		'2026‑02‑09 10:00',
		'２０２６／０２／０９　１０：００',
		'۲۰۲۶/۰۲/۰۹ ۱۰:۰۰',
		'2026年2月9日10時00分',
		'2026年2月9日(月) 10:00',
		'2026年2月9日 月曜日 10:00',
		'2026/2/9 上午 10:00:00',
		'2026. 2. 9. 오전 10:00:00',
		"'2026-02-09 10:00",
		'9th of February, 2026 10:00',
		'09-Feb-2026 10:00:00',
		'2026-Feb-09 10:00:00',
		'Mon Feb  9 10:00:00 2026',
		'9. Februar 2026 10:00',
		'lundi, 9 février 2026 10:00',
		'9 de febrero de 2026 10:00',
		'9 febbraio 2026 10:00',
		'9 de fevereiro de 2026 10:00',
		'9 februari 2026 10:00',
		'20260209T1000',
	])('%p is a time of no zone', (text) => {
		const moment = readMoment(text);
		expect(moment).toMatchObject({ hasZone: false, hasTime: true, year: 2026, month: 2, day: 9 });
		expect(new Date(moment?.epochMs ?? NaN).toISOString()).toBe(TEN);
	});

	it.each([
		['2026-02-09', 2026, 2, 9],
		['2026-2-9', 2026, 2, 9],
		['2026/12/01', 2026, 12, 1],
		['9 Feb 2026', 2026, 2, 9],
		['Feb 9, 2026', 2026, 2, 9],
		['Sept. 9, 2026', 2026, 9, 9],
		['1er mars 2026', 2026, 3, 1],
		['31. Dezember 1999', 1999, 12, 31],
		['25/12/2026', 2026, 12, 25],
		['12/25/2026', 2026, 12, 25],
		['25.12.2026', 2026, 12, 25],
		['13-1-2026', 2026, 1, 13],
		['05/05/2026', 2026, 5, 5],
		['2024-02-29', 2024, 2, 29],
		['0001-01-01', 1, 1, 1],
	])('%p is a day', (text, year, month, day) => {
		const moment = readMoment(text);
		expect(moment).toMatchObject({ hasZone: false, hasTime: false, year, month, day });
		expect(new Date(moment?.epochMs ?? NaN).toISOString()).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/);
	});

	it.each([
		['noon', '12:00 PM', 12],
		['midnight', '12:30 am', 0],
		['the afternoon', '1:00 pm', 13],
	])('reads the clock of twelve hours at %s', (_when, clock, hour) => {
		expect(new Date(readMoment(`2026-02-09 ${clock}`)?.epochMs ?? NaN).getUTCHours()).toBe(hour);
	});

	it.each<[string, unknown]>([
		['a sheet’s day number', 46_205],
		['one as text', '46205'],
		['one with a time', 46_205.5],
		['a year', 2026],
		['a year as text', ' 2026 '],
		['a day without dashes', 19_900_305],
		['zero', 0],
		['one', 1],
		['the last number that is none', 99_999_999],
		['a date and a time without marks', '20260209100000'],
		['one without seconds', 202_602_091_000],
		['digits with a zero before them', '0049891234567'],
		['microseconds', 1_770_631_200_000_000],
		['day and month that could be either', '03/04/2026'],
		['those with dots', '01.12.2026'],
		['those with dashes', '1-12-2026'],
		['those with a time', '01.12.2026 10:00'],
		['a year of two digits', '25/12/26'],
		['one in a worded date', '09-Feb-26'],
		['30 February', '2026-02-30'],
		['the 31st of a short month', '31/04/2026'],
		['29 February of another year', 'Feb 29, 2026'],
		['month 13', '2026-13-01'],
		['month 0', '2026-00-01'],
		['day 0', '2026-01-00'],
		['day 25 of a month first', '2026-25-12'],
		['two great numbers', '25/13/2026'],
		['different marks', '2026-02/09'],
		['an hour too many', '2026-02-09T24:00:00Z'],
		['a minute too many', '2026-02-09T10:60'],
		['a leap second', '2026-12-31T23:59:60Z'],
		['hour 13 of twelve', '2026-02-09 13:00 PM'],
		['hour 0 of twelve', '2026-02-09 0:00 AM'],
		['an offset too great', '2026-02-09T10:00:00+24:00'],
		['an offset with too many minutes', '2026-02-09T10:00:00+05:60'],
		['a zone that means several', '2026-02-09 10:00:00 CST'],
		['a zone by its place alone', '2026-02-09T10:00:00[Europe/Berlin]'],
		['a zone in words alone', '2026-02-09 10:00:00 (CET)'],
		['no blank before the time', '2026-02-0910:00'],
		['a month alone', '2026-02'],
		['a week', '2026-W07'],
		['a word that is no month', '9 Foo 2026'],
		['words behind a date', '2026-02-09 at noon'],
		['words', 'next Tuesday'],
		['a time alone', '10:00'],
		['nothing', ''],
		['a range', '2026-02-09/2026-02-10'],
		['a duration', 'P1D'],
		['a long text', `2026-02-09${' '.repeat(1000)}x`],
		['null', null],
		['undefined', undefined],
		['true', true],
		['a list', ['2026-02-09']],
		['an object', { year: 2026 }],
		['an invalid JS date', new Date(NaN)],
		['an invalid Luxon date', DateTime.invalid('test')],
		['what only looks like a date', { toMillis: () => 'soon' }],
		['a JS date behind the calendar', new Date(8.64e15)],
		['no number', NaN],
		['no end', Infinity],
		['a number that no clock shows', 1e300],
		['day or month first, with half of the day', '2/9/2026 10:00 AM'],
		['an hour without its minutes', '9 Feb 2026 10'],
		['a fraction of an hour', '2026-02-09 10.5'],
		['a month of two languages', '9 listopad 2026'],
		['a zone that is of several places', '2026-02-09 10:00 CST'],
		['a plus that a link has made a blank', '2026-02-09T10:00:00 01:00'],
		['two dates', '2026-02-09 – 2026-02-10'],
		['a year of two digits', '25/12/26'],
		['a day of nowhere', '0000-00-00 00:00:00'],
		['a sheet’s day before its first', '1900-01-00'],
	])('is nothing for %s', (_what, value) => {
		expect(readMoment(value)).toBeUndefined();
	});

	it('reads one instant in every way in which it can be written', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1e8, max: 4_102_444_800 }),
				fc.constantFrom('utc', 'America/St_Johns', 'Asia/Kolkata', 'UTC-7', 'Pacific/Auckland'),
				(seconds, zone) => {
					const utc = DateTime.fromSeconds(seconds, { zone: 'utc', locale: 'en' });
					const there = utc.setZone(zone);
					const offset = there.toFormat('ZZ');
					const ways: unknown[] = [
						seconds,
						String(seconds),
						seconds * 1000,
						utc.toISO(),
						there.toISO(),
						`${there.toISO()}[${zone}]`,
						there.toISO({ format: 'basic' }),
						there.toRFC2822(),
						utc.toHTTP(),
						there.toSQL(),
						utc.toSQL({ includeOffset: false }),
						there.toFormat('yyyy/MM/dd HH:mm:ss ZZZ'),
						there.toFormat('yyyy.M.d H:m:s ZZ'),
						there.toFormat('yyyy年M月d日 HH:mm:ss ZZ'),
						there.toFormat("ccc MMM dd yyyy HH:mm:ss 'GMT'ZZZ", { locale: 'en' }) + ' (Some Standard Time)',
						there.toFormat('d MMMM yyyy HH:mm:ss ZZ', { locale: 'en' }),
						there.toFormat('d. MMMM yyyy HH:mm:ss ZZ', { locale: 'de' }),
						there.toFormat("d 'de' MMMM 'de' yyyy HH:mm:ss ZZ", { locale: 'es' }),
						there.toFormat('d MMMM yyyy HH:mm:ss ZZ', { locale: 'fr' }),
						there.toFormat('cccc, MMMM d, yyyy h:mm:ss a', { locale: 'en' }) + ` UTC${offset}`,
						utc.toFormat("ccc MMM d HH:mm:ss 'UTC' yyyy"),
						utc.toJSDate().toString(),
						utc.toJSDate().toUTCString(),
						there,
						utc.toJSDate(),
					];
					expect(ways.map((way) => [way, readMoment(way)?.epochMs])).toEqual(ways.map((way) => [way, seconds * 1000]));
				},
			),
		);
	});

	it('reads a day in numbers only where it can be read one way', () => {
		fc.assert(
			fc.property(
				fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true }),
				fc.constantFrom('/', '.', '-'),
				(date, mark) => {
					const [year, month, day] = date.toISOString().slice(0, 10).split('-');
					const midnight = Date.parse(`${year}-${month}-${day}`);
					const isClear = Number(day) > 12 || day === month;
					for (const text of [[day, month, year].join(mark), [month, day, year].join(mark)]) {
						expect(readMoment(text)?.epochMs).toBe(isClear ? midnight : undefined);
					}
				},
			),
		);
	});

	it('gives a time or nothing for any text', () => {
		const parts = [
			'2026',
			'02',
			'9',
			'31',
			'Feb',
			'Mon',
			',',
			' ',
			'-',
			'/',
			'.',
			':',
			'T',
			'Z',
			'+01',
			'UTC',
			'(',
			']',
			'年',
		];
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 20 }), (pieces) => {
				const moment = readMoment(pieces.join(''));
				if (moment === undefined) return;
				expect(Number.isInteger(moment.epochMs)).toBe(true);
				const midnight = Date.UTC(moment.year, moment.month - 1, moment.day);
				if (!moment.hasTime) expect(moment.epochMs).toBe(midnight);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('queryDay', () => {
	it.each<[string, unknown, number | undefined]>([
		['the date picker', '2026-02-09T00:00:00', 20260209],
		['the day as written, whatever its zone', '2026-02-09T23:30:00-11:00', 20260209],
		['a blank before the time', '2026-02-09 23:59', 20260209],
		['without dashes', ' 20260209 ', 20260209],
		['without dashes, as a number', 20260209, 20260209],
		['year first', '2026/2/9', 20260209],
		['a word', 'Feb 9, 2026', 20260209],
		['a Luxon date by its own zone', DateTime.fromISO('2026-02-09T23:30', { zone: 'America/New_York' }), 20260209],
		['a JS date by the zone given', new Date('2026-02-09T23:30:00Z'), 20260210],
		['what tells nothing but its time', { toMillis: () => Date.UTC(2026, 1, 9, 23, 30) }, 20260210],
		['the first day', '1970-01-01', 19700101],
		['the last day', '9999-12-31', 99991231],
		['before the first day', '19691231', undefined],
		['30 February', '20260230', undefined],
		['UNIX seconds', 1_770_631_200, undefined],
		['day and month that could be either', '01.12.2026', undefined],
		['too many digits', '202602091', undefined],
		['words behind', '2026-02-09x', undefined],
		['a list', ['2026-02-09'], undefined],
		['nothing', null, undefined],
		['an invalid date', new Date(NaN), undefined],
		['an object without a text', { toString: 1, valueOf: 1 }, undefined],
	])('%s', (_what, value, day) => {
		expect(queryDay(value, 'Asia/Kolkata')).toBe(day);
	});
});

describe('isoMoment', () => {
	it.each<[string, unknown, string | undefined]>([
		['a time of the workflow’s zone', '2026-02-09T10:00:00', '2026-02-09T09:00:00.000Z'],
		['a day of the workflow’s zone', '2026-02-09', '2026-02-08T23:00:00.000Z'],
		['one in summer', '2026/07/09 10:00', '2026-07-09T08:00:00.000Z'],
		['a time with a zone of its own', '2026-02-09T10:00:00.123Z', '2026-02-09T10:00:00.123Z'],
		['the date of an e-mail', 'Mon, 09 Feb 2026 10:00:00 GMT', TEN],
		['a JS date', new Date(TEN), TEN],
		['UNIX seconds', '1770631200', TEN],
		['day and month that could be either', '01.12.2026', undefined],
		['a year', 2026, undefined],
		['words', 'soon', undefined],
		['nothing', '', undefined],
	])('%s', (_what, value, iso) => {
		expect(isoMoment(value, 'Europe/Berlin')).toBe(iso);
	});

	it('reads n8n’s own picker as n8n does', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1e9, max: 4e9 }), (seconds) => {
				const there = DateTime.fromSeconds(seconds, { zone: 'Europe/Berlin' });
				const local = there.toFormat("yyyy-MM-dd'T'HH:mm:ss");
				expect(isoMoment(local, 'Europe/Berlin')).toBe(
					DateTime.fromISO(local, { zone: 'Europe/Berlin' }).toUTC().toISO(),
				);
			}),
		);
	});
});

it.each<[unknown, string]>([
	[46_205, 'a number such as a spreadsheet’s day number'],
	['46205.75', 'a number such as a spreadsheet’s day number'],
	[2026, 'a year'],
	[' 1990 ', 'a year'],
	[19_900_305, 'a day without dashes'],
	['20260209100000', 'a date and a time without dashes'],
	[5, 'a number'],
	['123456789012345678', 'a number'],
	['03/04/2026', 'a date of which nobody knows which part is the day'],
	['secret', 'text'],
	['', 'empty'],
	[null, 'empty'],
	[undefined, 'empty'],
	[true, 'true or false'],
	[['secret'], 'a list'],
	[{ secret: 1 }, 'an object'],
	[new Date(NaN), 'an invalid date'],
	[5n, 'a bigint'],
])('%p is described as %s', (value, expected) => {
	expect(describeValue(value)).toBe(expected);
});

it.each<[unknown, boolean]>([
	[new Date(0), true],
	[DateTime.fromSeconds(0), true],
	[{ toMillis: 5 }, false],
	[null, false],
	['2018-03-05', false],
])('knows a date by what it can do: %p', (value, expected) => {
	expect(isDate(value)).toBe(expected);
});
