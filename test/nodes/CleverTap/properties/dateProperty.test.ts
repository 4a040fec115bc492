import { dateProperty } from '../../../../nodes/CleverTap/properties/dateProperty';

describe('dateProperty', () => {
	it.each<[string, unknown, string | undefined]>([
		['a birthday before 1970', '1955-06-08', '$D_-459734400'],
		['one in another spelling', '8 June 1955', '$D_-459734400'],
		['UNIX seconds', 641_779_200, '$D_641779200'],
		['UNIX seconds before 1970, as a number', -459_734_400, '$D_-459734400'],
		['a year', '1990', undefined],
		['a day without dashes', 19_900_305, undefined],
		['what is one already', ' $D_-5 ', '$D_-5'],
		['one with something behind it', '$D_5x', undefined],
		['one without a number', '$D_', undefined],
		['one behind the calendar', '$D_253402300800', undefined],
		['one of very many digits', '$D_99999999999999999999', undefined],
		['the last second of the calendar', '$D_253402300799', '$D_253402300799'],
		['a JS date however early', new Date(0), '$D_0'],
		['words', 'spring', undefined],
	])('%s', (_what, value, expected) => {
		expect(dateProperty(value)).toBe(expected);
	});
});
