import { adviceFor } from '../../../../nodes/CleverTap/result/advice';

const usual = adviceFor(undefined);

it('is what can be done where nothing better is known', () => {
	expect(usual).toContain('Look the text up');
	expect([adviceFor(1), adviceFor(554)]).toEqual([usual, usual]);
});

it.each([
	[509, '"Event Name"'],
	[512, '"Properties"'],
	[513, 'another "Event Name"'],
	[514, 'Gender'],
	[515, 'Email'],
	[516, 'plus sign'],
	[517, 'Employed'],
	[518, 'Education'],
	[519, 'Married'],
	[520, 'Age'],
	[522, 'fewer properties'],
	[523, '"Identifier"'],
	[524, 'operation'],
	[525, '"Timestamp"'],
	[526, 'Object ID'],
	[528, 'Restore it'],
	[555, 'Send it again'],
])('names what code %i is about', (code, words) => {
	expect(adviceFor(code)).toContain(words);
});
