import fc from 'fast-check';

import {
	cutAtTemplates,
	embedCode,
	type Embed,
	type EmbedKind,
} from '../../../../../nodes/Tally/resources/form/embedCode';

const KINDS: EmbedKind[] = ['link', 'standard', 'fullPage', 'popup'];
const WHO = "{{ Profile.Identity | default: '' }}";
type Given = Partial<Omit<Embed, 'hidden'>> & { hidden?: Array<readonly [name: string, value: string]> };

/** What holds a template is one, unless told otherwise. */
const embed = ({ hidden = [], ...more }: Given = {}, isTemplate = true): Embed => ({
	formId: 'GxdRaQ',
	title: 'Feedback',
	kind: 'link',
	hidden: hidden.map(([name, value]) => ({ name, value, isTemplate })),
	...more,
});

const all = {
	isAlignedLeft: true,
	hasNoTitle: true,
	isTransparent: true,
	isAsHighAsForm: true,
	isForIos: true,
};

it.each<[string, Given, string]>([
	['a link', {}, 'https://tally.so/r/GxdRaQ'],
	['a frame', { kind: 'standard' }, 'https://tally.so/embed/GxdRaQ'],
	['a page', { kind: 'fullPage' }, 'https://tally.so/embed/GxdRaQ'],
	['a pop-up', { kind: 'popup' }, '#tally-open=GxdRaQ'],
	[
		'looks',
		{ kind: 'standard', ...all, hidden: [['ref', '1']] },
		'https://tally.so/embed/GxdRaQ?alignLeft=1&hideTitle=1&transparentBackground=1&dynamicHeight=1&playsinline=1&ref=1',
	],
	[
		'looks of a pop-up',
		{ kind: 'popup', isAlignedLeft: true, hasNoTitle: true, hidden: [['ref', '1']] },
		'#tally-open=GxdRaQ&tally-align-left=1&tally-hide-title=1&ref=1',
	],
	['a template', { hidden: [['ct_identity', WHO]] }, `https://tally.so/r/GxdRaQ?ct_identity=${WHO}`],
	[
		'text around templates',
		{ hidden: [['who', 'a&b-{{ x }}{% if y %}c d{% endif %}+']] },
		'https://tally.so/r/GxdRaQ?who=a%26b-{{ x }}{% if y %}c%20d{% endif %}%2B',
	],
	['a template that is not closed', { hidden: [['who', '{{ x }']] }, 'https://tally.so/r/GxdRaQ?who=%7B%7B%20x%20%7D'],
	['a template as a name', { hidden: [['{{ x }}', '1']] }, 'https://tally.so/r/GxdRaQ?%7B%7B%20x%20%7D%7D=1'],
	[
		'signs of addresses',
		{ hidden: [['e mail', 'a+b@x.com?#&=%']] },
		'https://tally.so/r/GxdRaQ?e%20mail=a%2Bb%40x.com%3F%23%26%3D%25',
	],
	['half a character', { hidden: [['a', 'x\ud800y']] }, 'https://tally.so/r/GxdRaQ?a=x%EF%BF%BDy'],
])('the address has %s', (_what, more, url) => {
	expect(embedCode(embed(more)).url).toBe(url);
});

const SCRIPT = 'https://tally.so/widgets/embed.js';

it.each<[string, Given, string]>([
	['a link', {}, '<a href="https://tally.so/r/GxdRaQ">Feedback</a>'],
	[
		'what stands in HTML for itself',
		{ title: '<A> & "{{ b }}"', hidden: [['a', "'"]], isAlignedLeft: true },
		'<a href="https://tally.so/r/GxdRaQ?alignLeft=1&#38;a=&#39;">&#60;A&#62; &#38; &#34;&#123;&#123; b &#125;&#125;&#34;</a>',
	],
	[
		'a template with single quotes',
		{ hidden: [['a', WHO]] },
		`<a href="https://tally.so/r/GxdRaQ?a=${WHO}">Feedback</a>`,
	],
	[
		'a template with double quotes',
		{ hidden: [['a', '{{ b | default: "" }}']] },
		`<a href='https://tally.so/r/GxdRaQ?a={{ b | default: "" }}'>Feedback</a>`,
	],
	[
		'templates with both',
		{ hidden: [['a', `{{ b | default: "" }}{{ c | default: '' }}`]] },
		`<a href="https://tally.so/r/GxdRaQ?a={{ b | default: "" }}{{ c | default: '' }}">Feedback</a>`,
	],
	['a pop-up', { kind: 'popup' }, `<a href="#tally-open=GxdRaQ">Feedback</a>\n<script async src="${SCRIPT}"></script>`],
	[
		'a frame',
		{ kind: 'standard' },
		'<iframe src="https://tally.so/embed/GxdRaQ" title="Feedback" loading="lazy" width="100%" height="500" style="border: 0"></iframe>',
	],
])('the HTML has %s', (_what, more, html) => {
	expect(embedCode(embed(more)).html).toBe(html);
});

it('a frame that grows loads with the script, and without it where that is blocked', () => {
	const { html } = embedCode(embed({ kind: 'standard', isAsHighAsForm: true }));
	expect(html).toContain('<iframe data-tally-src="https://tally.so/embed/GxdRaQ?dynamicHeight=1"');
	expect(html).toContain(`<script async src="${SCRIPT}" onload="Tally.loadEmbeds()" onerror="`);
});

it('a page has what in-app messages need: a plain head, a frame that loads without a script', () => {
	const { html } = embedCode(embed({ kind: 'fullPage', isForIos: true }));
	expect(html).toMatch(/^<!DOCTYPE html>\n<html>\n<head>\n[^]*<\/html>$/);
	expect(html).toContain('<iframe src="https://tally.so/embed/GxdRaQ?playsinline=1" title="Feedback"></iframe>');
	expect(html).not.toContain('<script');
});

/** What a browser would make of an attribute. */
const unescaped = (text: string): string =>
	text.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)));

const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

const texts = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: fc.constantFrom('{', '}', '%', '&', '#', '+', '"', "'", '<', '=', ' ', 'é', '\ud800', '\n') }),
);

const hiddenFields = fc.uniqueArray(fc.tuple(texts, texts), { selector: ([name]) => wellFormed(name) });
/** Beside templates. */
const values = texts.filter((text) => cutAtTemplates(text).length === 1);
const templates = fc.constantFrom(WHO, '{{x}}', '{% if a %}', '{{ a | b: "c&d#e" }}', '{{}}', '{{ < }}');

/** What a form reads in an address. */
function readBy(url: string): Array<[string, string]> {
	const query = url.startsWith('#') ? url.slice(1) : (url.split('?')[1] ?? '');
	return [...new URLSearchParams(query)].filter(([name, value]) => name !== 'tally-open' || value !== 'GxdRaQ');
}

it.each(KINDS)('whatever goes in comes out of the address, and of the HTML (%s)', (kind) => {
	fc.assert(
		fc.property(hiddenFields, texts, (hidden, title) => {
			const { url, html } = embedCode(embed({ kind, hidden, title }, false));
			const expected = hidden.map(([name, value]) => [wellFormed(name), wellFormed(value)]);
			expect(readBy(url)).toEqual(expected);
			const address = /(?:src|href)="([^"]*)"/.exec(html)?.[1] ?? '';
			expect(unescaped(address)).toBe(url);
			// Nothing of what was typed opens a tag or a template.
			expect(html.match(/<\w+/g)).toEqual(embedCode(embed({ kind })).html.match(/<\w+/g));
			expect(html).not.toContain('{{');
		}),
	);
});

it.each(KINDS)('templates go out untouched, and what is filled in for them arrives (%s)', (kind) => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(values, templates)),
			values,
			fc.string({ unit: 'grapheme' }),
			(pairs, end, filling) => {
				const value = [...pairs.flat(), end].join('');
				// Neighbours may make another template together.
				fc.pre(cutAtTemplates(value).join('') === value && cutAtTemplates(value).length === 2 * pairs.length + 1);
				const { url, html } = embedCode(embed({ kind, hidden: [['who', value]] }));
				for (const [, template] of pairs) {
					expect(url).toContain(template);
					expect(html).toContain(template);
				}
				const parts = cutAtTemplates(url);
				const filled = parts
					.map((part, index) => (index % 2 === 0 ? part : encodeURIComponent(wellFormed(filling))))
					.join('');
				const told = cutAtTemplates(value).map((part, index) =>
					index % 2 === 0 ? wellFormed(part) : wellFormed(filling),
				);
				expect(readBy(filled)).toEqual([['who', told.join('')]]);
			},
		),
	);
});

it.each([
	['', ['']],
	['a', ['a']],
	['{{a}}', ['', '{{a}}', '']],
	['{{}}', ['', '{{}}', '']],
	['{{}', ['{{}']],
	['}}{{', ['}}{{']],
	['{{{a}}}', ['', '{{{a}}', '}']],
	['{{ a %} }}', ['', '{{ a %} }}', '']],
	['{% a }} %}b', ['', '{% a }} %}', 'b']],
	['{{ a {% b %}', ['{{ a ', '{% b %}', '']],
	['{a}{{b}}{', ['{a}', '{{b}}', '{']],
])('cuts %j at its templates', (text, parts) => {
	expect(cutAtTemplates(text)).toEqual(parts);
});

it('cuts long texts in as many steps as they are long', () => {
	for (const text of [
		'{{'.repeat(200_000),
		'{%'.repeat(200_000),
		`${'{{'.repeat(200_000)}}}`,
		'{{a}}{%'.repeat(50_000),
	]) {
		expect(cutAtTemplates(text).join('')).toBe(text);
	}
});
