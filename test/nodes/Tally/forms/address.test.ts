import { editorAddress, formIdFrom } from '../../../../nodes/Tally/forms/address';

it.each([
	'GxdRaQ',
	' GxdRaQ\n',
	'https://tally.so/forms/GxdRaQ/edit',
	'https://tally.so/forms/GxdRaQ',
	'https://tally.so/forms/GxdRaQ/submissions?page=2',
	'https://tally.so/r/GxdRaQ',
	'https://tally.so/r/GxdRaQ/',
	'http://www.tally.so/r/GxdRaQ?utm_source=a&x=/y',
	'tally.so/r/GxdRaQ#top',
	' https://tally.so/embed/GxdRaQ?alignLeft=1&hideTitle=1 ',
	'https://tally.so/popup/GxdRaQ',
	'https://forms.example.com/r/GxdRaQ',
	'https://example.com/pricing#tally-open=GxdRaQ&tally-width=400',
	'https://example.com/#a=1&tally-open=GxdRaQ',
	'http://127.0.0.1:4321/r/GxdRaQ',
	editorAddress('GxdRaQ'),
])('%j is the form GxdRaQ', (typed) => {
	expect(formIdFrom(typed)).toBe('GxdRaQ');
});

it.each([
	'',
	' ',
	'my form',
	'https://tally.so',
	'https://tally.so/forms',
	'https://tally.so/forms/',
	'https://tally.so/dashboard',
	'https://forms.example.com/contact-us',
	'/r/GxdRaQ',
	'https://tally.so/r/Gxd RaQ',
])('%j is no form', (typed) => {
	expect(formIdFrom(typed)).toBeUndefined();
});

it('is found fast in a long address', () => {
	expect(formIdFrom(`https://example.com/${'r/!'.repeat(20_000)}`)).toBeUndefined();
});
