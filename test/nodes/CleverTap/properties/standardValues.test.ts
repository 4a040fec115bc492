import fc from 'fast-check';
import { DateTime } from 'luxon';

import { standardValue } from '../../../../nodes/CleverTap/properties/standardValues';

describe('what is certain is brought to CleverTap’s value', () => {
	it.each<[string, unknown, unknown]>([
		['Gender', 'Female', 'F'],
		['Gender', 'MALE', 'M'],
		['Gender', 'f', 'F'],
		['Gender', ' male\u200b', 'M'],
		['Gender', 'Man', 'M'],
		['Gender', 'Woman', 'F'],
		['Gender', 'Mr.', 'M'],
		['Gender', 'weiblich', 'F'],
		['Gender', 'Männlich', 'M'],
		['Gender', 'ma\u0308nnlich', 'M'],
		['Gender', 'Frau', 'F'],
		['Gender', 'Femme', 'F'],
		['Gender', 'Homme', 'M'],
		['Gender', 'Mujer', 'F'],
		['Gender', 'Hombre', 'M'],
		['Gender', 'Donna', 'F'],
		['Gender', 'Uomo', 'M'],
		['Gender', 'Feminino', 'F'],
		['Gender', 'Masculino', 'M'],
		['Gender', 'Vrouw', 'F'],
		['Gender', 'Mężczyzna', 'M'],
		['Gender', '女性', 'F'],
		['Employed', 'Yes', 'Y'],
		['Employed', 'no', 'N'],
		['Employed', true, 'Y'],
		['Employed', 0, 'N'],
		['Employed', 'Ja', 'Y'],
		['Employed', 'Sí', 'Y'],
		['Employed', 'Não', 'N'],
		['Employed', 'Employed', 'Y'],
		['Employed', 'full-time', 'Y'],
		['Employed', 'Unemployed', 'N'],
		['Married', 'y', 'Y'],
		['Married', 'Married', 'Y'],
		['Married', 'Single', 'N'],
		['Married', 'verheiratet', 'Y'],
		['Married', 'célibataire', 'N'],
		['Married', false, 'N'],
		['Education', 'school', 'School'],
		['Education', 'High School', 'School'],
		['Education', 'COLLEGE', 'College'],
		['Education', "Bachelor's degree", 'Graduate'],
		['Education', 'Ph.D.', 'Graduate'],
		['MSG-email', 'FALSE', false],
		['MSG-email', 'True', true],
		['MSG-sms', 'no', false],
		['MSG-push', 1, true],
		['MSG-push', 0, false],
		['MSG-whatsapp', 'Nein', false],
		['MSG-email', 'unsubscribed', false],
		['MSG-dndPhone', 'yes', true],
		['Age', '34.0', '34'],
		['Age', ' 34 ', '34'],
		['Age', '３４', '34'],
		['Phone', '+44 (0)20 7946 0958', '+442079460958'],
		['Gender', '♀️', 'F'],
		['MSG-email', 'ЛОЖЬ', false],
		['MSG-email', 'YANLIŞ', false],
		['MSG-email', 'FALSKT', false],
		['MSG-email', 'HAMIS', false],
		['MSG-email', 'ＦＡＬＳＥ', false],
		['MSG-email', 'f', false],
		['MSG-push', 'ИСТИНА', true],
		['DOB', '5. marca 1990', '$D_636595200'],
		['DOB', '1990年3月5日', '$D_636595200'],
		['DOB', '1990-03-05', '$D_636595200'],
		['DOB', '8 June 1955', '$D_-459734400'],
		['DOB', 'June 8, 1955', '$D_-459734400'],
		['DOB', '1955/06/08', '$D_-459734400'],
		['DOB', '25.12.1990', '$D_662083200'],
		['DOB', DateTime.fromISO('1990-03-05', { zone: 'utc' }), '$D_636595200'],
		['DOB', new Date('1990-03-05'), '$D_636595200'],
		['DOB', 636_595_200, '$D_636595200'],
	])('%s %p is %p', (name, value, expected) => {
		expect(standardValue(name, value)).toEqual({ value: expected, isChanged: true });
	});
});

describe('what is CleverTap’s already, or not certain, stays', () => {
	it.each<[string, unknown]>([
		['Gender', 'F'],
		['Gender', 'M'],
		['Gender', 'Other'],
		['Gender', 'diverse'],
		['Gender', 'h'],
		['Gender', 'prefer not to say'],
		['Gender', 1],
		['Gender', true],
		['Gender', ['Female']],
		['Gender', 'x'.repeat(100_000)],
		['Employed', 'Y'],
		['Employed', 'student'],
		['Employed', 'maybe'],
		['Married', 'N'],
		['Married', 'separated'],
		['Married', 'in a relationship'],
		['Education', 'School'],
		['Education', 'Graduate'],
		['Education', 'University'],
		['Education', 'toString'],
		['Age', '34'],
		['Age', 34],
		['Age', '34.5'],
		['Age', 'young'],
		['Phone', '020 7946 0958'],
		['Phone', 442079460958],
		['MSG-email', true],
		['MSG-email', false],
		['MSG-email', 'perhaps'],
		['MSG-email', null],
		['MSG-dndEmail', 'subscribed'],
		['MSG-dndEmail', 'opted out'],
		['DOB', '$D_636595200'],
		['Name', 'Yes'],
		['Customer Type', 'Female'],
		['Tz', 'no'],
		['Plan', '+44 (0)20 7946 0958'],
	])('%s %p', (name, value) => {
		expect(standardValue(name, value)).toEqual({ value, isChanged: false });
	});
});

it.each<[unknown]>([
	['03/05/1990'],
	['05.03.1990'],
	['1990'],
	[1990],
	[32_937],
	['19900305'],
	['5/3/90'],
	['March 1990'],
	['1990-02-30'],
	['1899-12-30'],
	['1900-01-01'],
	['0001-01-01T00:00:00Z'],
	['1369-12-14'],
	['$D_-2209161600'],
	['secret'],
	[true],
	[['1990-03-05']],
])('a birthday such as %p is never sent as text', (value) => {
	expect(standardValue('DOB', value)).toEqual({ advice: 'Write it as 1990-03-05.' });
});

it('brings nothing to a value twice', () => {
	const names = fc.constantFrom('Gender', 'Married', 'Employed', 'Education', 'Age', 'Phone', 'DOB', 'MSG-email');
	const words = fc.constantFrom(
		'yes',
		'NO',
		'Female',
		'mann',
		'single',
		'Schule',
		'34,0',
		'1990-03-05',
		'+44 (0)20 79460958',
	);
	fc.assert(
		fc.property(names, fc.oneof(words, fc.string(), fc.boolean(), fc.integer()), (name, given) => {
			const first = standardValue(name, given);
			if ('advice' in first) return;
			expect(standardValue(name, first.value)).toEqual({ value: first.value, isChanged: false });
		}),
	);
});
