import fc from 'fast-check';
import { DateTime, FixedOffsetZone } from 'luxon';

import { eventSeconds, toTimestamp } from '../../nodes/CleverTap/parameters/timestamp';
import { dateProperty } from '../../nodes/CleverTap/properties/dateProperty';
import { queryDay } from '../../nodes/shared/moments';
import { resultOf } from '../support/itemFailure';
import { fuzz, unless } from '../support/fuzz';
import { oddJson, oddText } from './json';
import { oddities } from './wrong';

/** The last second of the year 9999: what lies behind it has no four-digit year. */
const LAST = 253_402_300_799;
/** The first second of the year 0. */
const FIRST = -62_167_219_200;

const part = (most: number) => fc.oneof(fc.nat(most), fc.nat(most + 3)).map(String);
const padded = (most: number) => part(most).map((text) => text.padStart(2, '0'));
const zone = fc.oneof(
	fc.constantFrom('', 'Z', 'z', '+05:30', '-0200', '+14', '-00:00', '+99:99', ' Z'),
	fc.tuple(fc.constantFrom('+', '-'), padded(14), fc.constantFrom('', ':'), padded(59)).map((parts) => parts.join('')),
);
const fraction = fc.oneof(
	fc.constant(''),
	fc.tuple(fc.constantFrom('.', ','), fc.stringMatching(/^\d{1,20}$/)).map((parts) => parts.join('')),
);
const year = fc
	.oneof(fc.integer({ min: 1960, max: 2100 }), fc.nat(9999))
	.map((number) => String(number).padStart(4, '0'));
const time = fc
	.tuple(
		fc.oneof(part(23), padded(23)),
		fc.oneof(part(59), padded(59)),
		fc.option(fc.oneof(part(59), padded(59)), { nil: undefined }),
		fraction,
	)
	.map(([hour, minute, second, rest]) =>
		second === undefined ? `${hour}:${minute}` : `${hour}:${minute}:${second}${rest}`,
	);
const month = fc.constantFrom('January', 'feb', 'MARCH', 'Apr', 'may', 'Sept', 'Marchember', 'Dec', '');
/** What looks like a date, or nearly so. */
const dateLike = fc.oneof(
	fc
		.tuple(
			year,
			fc.constant('-'),
			fc.oneof(part(12), padded(12)),
			fc.constant('-'),
			fc.oneof(part(31), padded(31)),
			fc.constantFrom('T', ' ', 't', '  ', ''),
			time,
			zone,
		)
		.map((parts) => parts.join('')),
	fc.tuple(year, padded(12), padded(31)).map((parts) => parts.join('-')),
	fc
		.tuple(
			fc.constantFrom('', 'Monday, ', 'friday '),
			month,
			fc.constantFrom(' ', '  '),
			part(31),
			fc.constantFrom(', ', ' '),
			year,
			fc.constantFrom('', ' '),
			time,
			zone,
		)
		.map((parts) => parts.join('')),
);
const numeric = fc.oneof(
	fc.double(),
	fc.integer(),
	fc.bigInt().map(Number),
	fc.constantFrom(0, -0, 1e8, 1e11, 1e11 - 1, LAST, LAST * 1000, LAST + 1, 8.64e15, 1e21, Infinity),
);
const anything: fc.Arbitrary<unknown> = fc.oneof(
	dateLike,
	dateLike.chain((text) =>
		fc.tuple(fc.nat(text.length), oddText).map(([at, put]) => text.slice(0, at) + put + text.slice(at + 1)),
	),
	numeric,
	numeric.map(String),
	numeric.map((number) => `$D_${number}`),
	fc.bigInt().map((number) => `$D_${number}`),
	fc.date({ noInvalidDate: false }),
	fc.double().map((milliseconds) => DateTime.fromMillis(Number.isNaN(milliseconds) ? 0 : milliseconds % 8.64e15)),
	fc.constantFrom<unknown>(
		{ toMillis: () => 'soon' },
		{ toMillis: () => NaN },
		{ toMillis: () => 1e300 },
		{ toMillis: 5 },
	),
	fc.anything(),
	oddJson,
	oddText,
);

describe('Whatever a workflow holds as a time', () => {
	fuzz(
		'is a second that CleverTap can hold, or an error that shows its kind',
		anything,
		(value) => {
			const seconds = eventSeconds(value);
			const given = resultOf(() => toTimestamp(value));
			const isKnown = seconds === undefined || (Number.isInteger(seconds) && seconds >= 1 && seconds <= LAST);
			const property = dateProperty(value);
			const ofProperty = Number(property?.slice('$D_'.length));
			return [
				...unless(isKnown, `It is ${seconds}`),
				...unless('status' in given || given.ts === seconds, `It is ${JSON.stringify(given)} as a timestamp`),
				...('status' in given
					? [...oddities(given), ...unless(given.reason.length < 120, `It says ${given.reason}`)]
					: []),
				...unless(
					property === undefined || (/^\$D_-?\d+$/.test(property) && ofProperty >= FIRST && ofProperty <= LAST),
					`It is ${property} as a property`,
				),
				...unless(
					property === undefined || seconds === undefined || ofProperty === seconds || typeof value === 'string',
					`It is ${property} as a property, and ${seconds} otherwise`,
				),
			];
		},
		1_000,
	);

	fuzz(
		'is what Luxon reads in it, where both can read it',
		dateLike,
		(text) => {
			const luxon = DateTime.fromISO(text.trim(), { zone: 'utc' });
			const seconds = eventSeconds(text);
			if (!luxon.isValid || seconds === undefined) return [];
			const expected = Math.floor(luxon.toMillis() / 1000);
			return unless(seconds === expected, `${text} is ${seconds}, Luxon reads ${expected}`);
		},
		1_000,
	);

	const FORMATS = [
		"yyyy-MM-dd'T'HH:mm:ss'Z'",
		"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
		"yyyy-MM-dd'T'HH:mm:ssZZ",
		'yyyy-MM-dd HH:mm:ss',
		'yyyy-M-d H:m:s',
		'MMMM dd, yyyy HH:mm:ss',
		'MMM d, yyyy H:m:s',
		'cccc, MMMM dd, yyyy HH:mm:ss',
	];
	fuzz(
		'comes back from every way in which it may be written',
		fc.record({
			seconds: fc.integer({ min: 1, max: LAST }),
			format: fc.constantFrom(...FORMATS),
			milliseconds: fc.nat(999),
			offset: fc.integer({ min: -14 * 60, max: 14 * 60 }),
		}),
		({ seconds, format, milliseconds, offset }) => {
			const isZoned = format.endsWith('ZZ');
			const moment = DateTime.fromMillis(seconds * 1000 + milliseconds, { zone: 'utc' });
			const shown = isZoned ? moment.setZone(FixedOffsetZone.instance(offset)) : moment;
			if (shown.year > 9999 || shown.year < 0) return [];
			const text = shown.toFormat(format, { locale: 'en' });
			const ways: unknown[] = [text, ` ${text}\n`, moment, moment.toJSDate(), moment.toISO()];
			// Smaller numbers are years, days of a sheet, counts; larger ones are milliseconds.
			if (seconds >= 1e8 && seconds < 1e11) ways.push(seconds, String(seconds));
			// Of fewer or more digits, some are a date and a time without dashes.
			if (seconds >= 1e9 && seconds < 1e10) ways.push(seconds * 1000 + milliseconds, String(seconds * 1000));
			const wrong = ways.filter((way) => eventSeconds(way) !== seconds);
			return wrong.map((way) => `${String(way)} is ${eventSeconds(way)}, not ${seconds}`);
		},
	);

	fuzz(
		'is a day of the calendar, or none',
		fc.tuple(anything, fc.constantFrom('UTC', 'America/St_Johns', 'Pacific/Kiritimati')),
		([value, timeZone]) => {
			const day = queryDay(value, timeZone);
			if (day === undefined) return [];
			const text = String(day);
			const isDay = DateTime.fromFormat(text, 'yyyyMMdd').isValid && text.length === 8;
			return unless(isDay, `The day is ${text}`);
		},
	);
});
