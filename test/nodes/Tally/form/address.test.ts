import { checkSync } from 'recheck';
import { formParameter } from '../../../../nodes/Tally/form/parameter';
import { editorAddress, FORM_ADDRESS, formIdFrom } from '../../../../nodes/Tally/form/address';

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

it.each([
	['https://tally.so/r/GxdRaQ#tally-open=OtherF', 'GxdRaQ'],
	['https://example.com/#tally-open=GxdRaQ&from=/r/OtherF', 'GxdRaQ'],
	['https://example.com/#/r/GxdRaQ', 'GxdRaQ'],
])('the first form in %j counts', (typed, formId) => {
	expect(formIdFrom(typed)).toBe(formId);
});

it('takes the whole of what was typed, as the editor asks of it', () => {
	expect(new RegExp(`^${FORM_ADDRESS}$`).exec(' https://tally.so/r/GxdRaQ?a=b ')?.[1]).toBe('GxdRaQ');
});

// The lint's own checker sees expressions that are written as such only.
it.each([FORM_ADDRESS, `^${FORM_ADDRESS}$`])('no text makes %s slow', (pattern) => {
	expect(checkSync(pattern, '').status).toBe('safe');
});

it.each(['r/!', '#', '#&', '&tally-open=', '#tally-open=!', 'r/a!', '/', 'a'])(
	'a text that goes on with %j is refused before anybody gives up',
	(part) => {
		for (const end of ['', '!', ' x', `${' '.repeat(60_000)}x`]) {
			expect(new RegExp(FORM_ADDRESS).test(`https://example.com/${part.repeat(60_000)}${end}`)).toBe(false);
		}
	},
);

it('is not looked for in what is longer than any address', () => {
	const typed = (length: number) => 'https://tally.so/r/GxdRaQ?x='.padEnd(length, 'x');
	expect(formIdFrom(typed(2000))).toBe('GxdRaQ');
	expect(formIdFrom(typed(2001))).toBeUndefined();
});

it('leaves n8n nothing to check before each run, which a busy n8n can fail at', () => {
	expect(formParameter.modes?.filter(({ validation }) => validation !== undefined)).toEqual([]);
});
