import { tryToParseDateTime } from 'n8n-workflow';

import { asciiDigits, visibleText } from './text';

/** A date, or a date and a time, as it is written. */
export interface Moment {
	/** Milliseconds since 1970; of a text without a zone, as if it were UTC. */
	readonly epochMs: number;
	readonly hasZone: boolean;
	readonly hasTime: boolean;
	/** The day as it is written, whatever the zone; of a JS date and of bare digits, the day in UTC. */
	readonly year: number;
	/** 1 to 12. */
	readonly month: number;
	readonly day: number;
}

/** A JS date or a Luxon one, known by what it can do: n8n's own copy of Luxon makes them. */
export type DateObject = Date | { toMillis(): number };

/** Below it, digits are years, a sheet's day numbers, counts or calendar days, but no UNIX seconds: 1973-03-03. */
const MIN_DIGITS = 1e8;
/** From here on digits can't be seconds any more: as such they would lie beyond the year 5000. */
const MIN_MILLISECONDS = 1e11;
/** The years 0 to 9999: nobody means a time beyond. */
const MIN_MS = -62_167_219_200_000;
const MAX_MS = 253_402_300_799_999;
/** No date is written longer, not even with the name of its zone. */
const MAX_LENGTH = 100;
/** Nor with what is invisible around it. */
const MAX_TYPED = 1000;

/** `20260209100000` or `202602091000`: a date and a time without marks, or milliseconds? Nobody knows. */
const COMPACT = /^(?:19|20|21)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?$/;

/** Months in the languages of forms; no word means two of them (`listopad` is October in Croatia, November in Poland). */
const MONTHS = new Map(
	[
		'january jan januar jänner janvier janv enero gennaio janeiro januari styczeń stycznia ocak января янв',
		'february feb februar feber février fevrier févr febrero febbraio fevereiro februari luty lutego şubat февраля фев',
		'march mar märz maerz mär mrz mars marzo março maart mrt marzec marca marts mart марта мар',
		'april apr avril avr abril aprile kwiecień kwietnia nisan апреля апр',
		'may mai mayo maggio maio mei maj maja mayıs мая',
		'june jun juni juin junio giugno junho czerwiec czerwca haziran июня июн',
		'july jul juli juillet juil julio luglio julho lipiec lipca temmuz июля июл',
		'august aug août aout agosto augustus sierpień sierpnia augusti ağustos августа авг',
		'september sep sept septembre septiembre setiembre settembre setembro wrzesień września eylül сентября сент',
		'october oct oktober okt octobre octubre ottobre outubro październik października ekim октября окт',
		'november nov novembre noviembre novembro kasım ноября нояб',
		'december dec dezember dez décembre decembre déc diciembre dicembre dezembro grudzień grudnia desember aralık декабря дек',
	].flatMap((words, index) => words.split(' ').map((word): [string, number] => [word, index + 1])),
);

/** `2026-02-09`, `2026/2/9`, `2026. 2. 9.`, `2026年2月9日(月)`, with the day of the week behind it. */
const YEAR_FIRST =
	/^(\d{4})\s?([-/.年년])\s?(\d{1,2})\s?(?:\2|[月월])\s?(\d{1,2})(?!\d)[.日일]?(?:\s?(?:\([日月火水木金土일월화수목금토一二三四五六]\)|[日月火水木金土]曜日|[일월화수목금토]요일|星期[日一二三四五六天]))?/;
/** `2026-Feb-09`, `2026 February 9`. */
const YEAR_WORD = /^(\d{4})[-/\s]\s*(\p{L}+)\.?[-/\s]\s*(\d{1,2})(?!\d)/u;
/** `9 Feb 2026`, `09-Feb-2026`, `9th of February, 2026`, `9. Februar 2026`, `9 de febrero de 2026`. */
const DAY_WORD =
	/^(\d{1,2})(?:st|nd|rd|th|er|\.?[ºª°]|\.)?[-/\s]\s*(?:(?:of|de)\s+)?(\p{L}+)\.?(?:,?\s+|[-/])(?:del?\s+)?(\d{4})(?!\d)(?:\s?г\.?)?/iu;
/** `Feb 9, 2026`, `February 9th 2026`. */
const WORD_DAY = /^(\p{L}+)\.?[-/\s]\s*(\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|[-/\s]\s*)(\d{4})(?!\d)/iu;
/** `Feb  9 10:00:00 2026`, `Feb 9 10:00:00 UTC 2026`: how C and UNIX write dates. */
const YEAR_LAST = /^(\p{L}+\s+\d{1,2})(\s+\d{1,2}:\d\d:\d\d(?:\s+(?:UTC|GMT))?)\s+(\d{4})$/iu;
/** `25/12/2026`: clear where one part can't be a month. */
const YEAR_BEHIND = /^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})(?!\d)/;
/** `20260209T100000Z`: ISO 8601 without marks. */
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(?!\d)/i;
const WEEKDAY = /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]*\s+|\p{L}+day,?\s+|[-\p{L}]+\.?,\s+)(?:den\s+)?/iu;
/** Days of the week that stand before a date without a comma. */
const WEEKDAYS = new Set(
	(
		'montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche ' +
		'lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica ' +
		'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag poniedziałek wtorek środa czwartek piątek sobota niedziela'
	).split(' '),
);
/** ` 10:00:00.5 PM`, `T10:00`, ` um 10.00 Uhr`, ` à 10h00`, ` at 10 AM`. */
const CLOCK =
	/^(?:t|(?:\s*,\s*|\s+)(?:(?:at|um|om|à|às|a las|alle|alle ore|kl\.?|o)\s+)?)(\d{1,2})(?:(?=:|[.h]\d\d(?!\d))([:.h])(\d{1,2})(?:(?::|\2)(\d{1,2})(?:[.,](\d+))?)?)?(?:\s?([ap])\.?\s?m(?:\.|\b))?(?:\s?uhr$)?\s*/i;
const ZONE =
	/^(?:(?:(?:utc|gmt|ut)\s?)?([+-])(\d\d)(?::?(\d\d))?(?:\s[a-z]{2,5})?|(?:utc|gmt|ut)\s?([+-])(\d)(?::(\d\d))?|z|utc|gmt|ut)\s*(?:\[[^\]]*\]|\([^)]*\))?$/i;
/** A zone in brackets of its own: ` (UTC+01:00)`. */
const BRACKETED_ZONE = /^\(((?:utc|gmt)[^)]{0,10})\)$/i;
/** Half of the day before the time, as sheets in East Asia write it: `上午 10:00`. */
const HALF_BEFORE = /\s?(?:(午前|上午|오전)|(?:午後|下午|오후))\s?([\d:]+)$/;
/** `10時00分`, `10시 0분 5초`. */
const CLOCK_WORDS = /\s?(\d{1,2})\s?[時时点點시]\s?(\d{1,2})\s?[分분](?:\s?(\d{1,2})\s?[秒초])?/;
/** How .NET writes milliseconds in JSON. */
const DOT_NET = /^\/Date\((\d{12,13})\)\/$/;

/**
 * Reads a time of whatever a workflow holds, in every spelling whose order and zone are clear: UNIX seconds and
 * milliseconds from 1973 on, ISO 8601, the dates of e-mails and of HTTP, a JS date's own text, the short and the
 * long date of Zapier's apps, year first with any marks, months as words, Luxon and JS dates.
 *
 * `"Mon, 09 Feb 2026 10:00:00 GMT"` → `{ epochMs: 1770631200000, hasZone: true, hasTime: true, year: 2026, … }`
 *
 * @returns `undefined` for anything else, such as `03/04/2026` (nobody knows which is the day), 30 February,
 * `46205`, `2026`, `19900305`, and for times outside of the years 0 to 9999.
 */
export function readMoment(value: unknown): Moment | undefined {
	if (typeof value === 'string') {
		if (value.length > MAX_TYPED) return undefined;
		const visible = visibleText(value);
		if (visible.length > MAX_LENGTH) return undefined;
		const text = plain(visible);
		// Nobody writes a time with a zero before it, but a phone number.
		if (isDigits(text)) return text.startsWith('0') ? undefined : ofNumber(Number(text));
		return ofText(text);
	}
	if (typeof value === 'number') return ofNumber(value);
	return isDate(value) ? ofObject(value) : undefined;
}

/**
 * A day as a whole number: `2026-02-09` → `20260209`; from 1970 on.
 *
 * A text keeps the day that is written in it, whatever its time and zone. A JS date has no day of its own and gets the one of `timeZone`. Digits are a day only as YYYYMMDD.
 */
export function queryDay(value: unknown, timeZone: string): number | undefined {
	if (isDate(value)) {
		const moment = ofObject(value);
		if (moment === undefined) return undefined;
		return 'year' in value ? compactDay(moment) : compactDay(dayInZone(moment.epochMs, timeZone));
	}
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = asciiDigits(visibleText(String(value)));
	const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? /^(\d{4})-(\d\d)-(\d\d)[T\s]/.exec(text);
	if (parts !== null) return compactDay(calendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3])));
	return isDigits(text) ? undefined : compactDay(readMoment(text));
}

/**
 * A point in time as ISO 8601 in UTC. What has no zone is of `timeZone`, as n8n's date picker gives it:
 * `2026-02-09T10:00:00`, `Europe/Berlin` → `2026-02-09T09:00:00.000Z`.
 */
export function isoMoment(value: unknown, timeZone: string): string | undefined {
	const moment = readMoment(value);
	if (moment === undefined) return undefined;
	const iso = new Date(moment.epochMs).toISOString();
	return moment.hasZone ? iso : (tryToParseDateTime(iso.slice(0, -1), timeZone).toUTC().toISO() ?? undefined);
}

export function isDate(value: unknown): value is DateObject {
	return (
		value instanceof Date ||
		(typeof value === 'object' && value !== null && 'toMillis' in value && typeof value.toMillis === 'function')
	);
}

/** What kind of a value it is that could not be read as a time, for an error: never the value itself. */
export function describeValue(value: unknown): string {
	if (value === null || value === undefined) return 'empty';
	if (Array.isArray(value)) return 'a list';
	if (isDate(value)) return 'an invalid date';
	if (typeof value === 'boolean') return 'true or false';
	if (typeof value === 'number') return describeNumber(value, String(value));
	if (typeof value !== 'string') return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
	if (value.length > MAX_TYPED) return 'text';
	const text = visibleText(value);
	if (text === '') return 'empty';
	if (isDigits(text)) return describeNumber(Number(text), text);
	if (YEAR_BEHIND.test(text)) return 'a date of which nobody knows which part is the day';
	return 'text';
}

function describeNumber(value: number, digits: string): string {
	if (Number.isInteger(value) && value >= 1900 && value <= 2100) return 'a year';
	// From 1927 to 2119, with or without a time of the day.
	if (value >= 10_000 && value < 80_000) return 'a number such as a spreadsheet’s day number';
	if (/^\d{8}$/.test(digits) && queryDay(digits, 'UTC') !== undefined) return 'a day without dashes';
	return COMPACT.test(digits) ? 'a date and a time without dashes' : 'a number';
}

function isDigits(text: string): boolean {
	return /^\d+(?:\.\d+)?$/.test(text);
}

/** Whether a time lies within the years 0 to 9999. */
export function isInRange(epochMs: number): boolean {
	return epochMs >= MIN_MS && epochMs <= MAX_MS;
}

/** UNIX seconds or milliseconds. A number may be one before 1970: what else would be as far below zero? */
function ofNumber(value: number): Moment | undefined {
	const size = Math.abs(value);
	if (!(size >= MIN_DIGITS)) return undefined;
	if (size < MIN_MILLISECONDS) return ofInstant(Math.floor(value * 1000));
	// Today's milliseconds have 13 digits.
	const isCompact = (size < 1e12 || size >= 1e13) && COMPACT.test(String(value));
	return isCompact ? undefined : ofInstant(Math.floor(value));
}

function ofInstant(epochMs: number): Moment | undefined {
	if (!isInRange(epochMs)) return undefined;
	const date = new Date(epochMs);
	const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
	return { epochMs, hasZone: true, hasTime: true, year, month, day };
}

function ofObject(given: DateObject): Moment | undefined {
	const epochMs: unknown = given instanceof Date ? given.getTime() : given.toMillis();
	const moment = typeof epochMs === 'number' ? ofInstant(Math.floor(epochMs)) : undefined;
	const { year, month, day } = given as Readonly<Record<string, unknown>>;
	const hasOwnDay = typeof year === 'number' && typeof month === 'number' && typeof day === 'number';
	return moment !== undefined && hasOwnDay ? { ...moment, year, month, day } : moment;
}

/** Digits, dashes and marks in ASCII, times in one spelling, no quotes around it: `"２０２６/２/９ 上午10:00"` → `2026/2/9 10:00 AM`. */
function plain(text: string): string {
	const quoted = /^["'/]/.test(text) ? unwrapped(text) : text;
	if (/^[ -~]*$/.test(quoted)) return quoted;
	return asciiDigits(quoted)
		.replace(/[‐-―−]/g, '-')
		.replace(CLOCK_WORDS, (_all, hour: string, minute: string, second = '0') => ` ${hour}:${minute}:${second}`)
		.replace(HALF_BEFORE, (_all, morning: string | undefined, time: string) => ` ${time} ${morning ? 'AM' : 'PM'}`);
}

function unwrapped(text: string): string {
	const milliseconds = DOT_NET.exec(text)?.[1];
	// A sheet's apostrophe before a text, the quotes of JSON.
	return milliseconds ?? /^(["'])(.*)\1$/.exec(text)?.[2] ?? text.replace(/^'(?=\d)/, '');
}

function ofText(text: string): Moment | undefined {
	const date = dateIn(text);
	const moment = date === undefined ? undefined : calendarDay(date.year, date.month, date.day);
	if (date === undefined || moment === undefined) return undefined;
	if (date.rest === '') return moment;

	const clock = CLOCK.exec(date.rest);
	if (clock === null) return undefined;
	const [all, hourText, , minuteText, secondText, fraction = '', half] = clock;
	const zone = date.rest.slice(all.length).replace(BRACKETED_ZONE, '$1');
	// `10 AM` is a time, `10` is not.
	if (minuteText === undefined && half === undefined) return undefined;
	const minute = Number(minuteText ?? 0);
	const second = Number(secondText ?? 0);
	const hour = hourOfDay(Number(hourText), half);
	const offset = zone === '' ? 0 : offsetMinutes(zone);
	if (hour === undefined || minute > 59 || second > 59 || offset === undefined) return undefined;
	const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
	const epochMs = moment.epochMs + ((hour * 60 + minute - offset) * 60 + second) * 1000 + milliseconds;
	return isInRange(epochMs) ? { ...moment, epochMs, hasZone: zone !== '', hasTime: true } : undefined;
}

interface WrittenDate {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	/** What stands behind the date. */
	readonly rest: string;
}

function dateIn(text: string): WrittenDate | undefined {
	const numeric = YEAR_FIRST.exec(text);
	if (numeric !== null) return written(text, numeric, numeric[1], Number(numeric[3]), numeric[4]);
	const basic = BASIC.exec(text);
	if (basic !== null) {
		const [all, year, month, day, hour, minute, second = '00'] = basic;
		return dateIn(`${year}-${month}-${day}T${hour}:${minute}:${second}${text.slice(all.length)}`);
	}
	const behind = YEAR_BEHIND.exec(text);
	if (behind !== null) return dayOrMonthFirst(text, behind);

	const [weekday = ''] = text.split(' ', 1);
	const bare = WEEKDAYS.has(weekday.toLowerCase()) ? text.slice(weekday.length + 1) : text.replace(WEEKDAY, '');
	const [, start, time = '', end] = YEAR_LAST.exec(bare) ?? [];
	const worded = start === undefined ? bare : `${start} ${end}${time}`;
	const dayFirst = DAY_WORD.exec(worded);
	if (dayFirst !== null) return written(worded, dayFirst, dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]);
	const monthFirst = WORD_DAY.exec(worded);
	if (monthFirst !== null) return written(worded, monthFirst, monthFirst[3], monthOf(monthFirst[1]), monthFirst[2]);
	const yearFirst = YEAR_WORD.exec(worded);
	return yearFirst === null ? undefined : written(worded, yearFirst, yearFirst[1], monthOf(yearFirst[2]), yearFirst[3]);
}

function written(
	text: string,
	match: RegExpExecArray,
	year: string | undefined,
	month: number,
	day: string | undefined,
): WrittenDate {
	return { year: Number(year), month, day: Number(day), rest: text.slice(match[0].length) };
}

function dayOrMonthFirst(text: string, match: RegExpExecArray): WrittenDate | undefined {
	const first = Number(match[1]);
	const second = Number(match[3]);
	if (first <= 12 && second <= 12 && first !== second) return undefined;
	return written(text, match, match[4], Math.min(first, second), String(Math.max(first, second)));
}

function monthOf(word = ''): number {
	return MONTHS.get(word.toLowerCase()) ?? 0;
}

/** Midnight in UTC; nothing for a day that the month does not have. */
function calendarDay(year: number, month: number, day: number): Moment | undefined {
	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	// 30 February would become 2 March.
	const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return exists ? { epochMs: date.getTime(), hasZone: false, hasTime: false, year, month, day } : undefined;
}

function hourOfDay(hour: number, half: string | undefined): number | undefined {
	if (half === undefined) return hour <= 23 ? hour : undefined;
	if (hour < 1 || hour > 12) return undefined;
	return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** Minutes from UTC. */
function offsetMinutes(zone: string): number | undefined {
	const match = ZONE.exec(zone);
	if (match === null) return undefined;
	const [, sign = match[4] ?? '+', hourText = match[5] ?? '0', minuteText = match[6] ?? '0'] = match;
	const hours = Number(hourText);
	const minutes = Number(minuteText);
	if (hours > 23 || minutes > 59) return undefined;
	return (sign === '+' ? 1 : -1) * (hours * 60 + minutes);
}

function dayInZone(epochMs: number, timeZone: string): Moment | undefined {
	const parts = new Intl.DateTimeFormat('en', {
		timeZone,
		calendar: 'gregory',
		numberingSystem: 'latn',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
	}).formatToParts(epochMs);
	const part = (type: string): number => Number(parts.find((found) => found.type === type)?.value);
	return calendarDay(part('year'), part('month'), part('day'));
}

function compactDay(day: Moment | undefined): number | undefined {
	if (day === undefined || day.year < 1970 || day.year > 9999) return undefined;
	return day.year * 10_000 + day.month * 100 + day.day;
}
