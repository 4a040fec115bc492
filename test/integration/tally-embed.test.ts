import { randomUUID } from 'node:crypto';

import { buildForm } from '../../sandbox/tally/sampleForm';
import { startTally, type LocalTally } from '../../sandbox/tally/tally';
import { byId, describedKeys, itemsOf, runTally } from '../support/tallyRun';

let tally: LocalTally;

beforeEach(async () => {
	tally = await startTally();
	const fields = ['ct_identity', 'source'].map((name) => ({ uuid: randomUUID(), name }));
	tally.addForm(buildForm('camPaY', 'Campaign', [{ type: 'HIDDEN_FIELDS', title: '', fields }]));
});
afterEach(async () => {
	expect(tally.violations()).toEqual([]);
	await tally.close();
});

const TEMPLATE = "{{ Profile.Identity | default: '' }}";

const embed = (value: string, more: object = {}) => ({
	resource: 'form',
	operation: 'getEmbedCode',
	formId: byId('camPaY'),
	embedAs: 'link',
	hiddenFields: { field: [{ name: { __rl: true, mode: 'list', value: 'ct_identity' }, valueIs: 'text', value }] },
	...more,
});
const items = [{ json: { id: 'a&b' } }, { json: { id: 'c' } }];

const asTemplate = (template: string) =>
	embed('', {
		hiddenFields: {
			field: [{ name: { __rl: true, mode: 'list', value: 'ct_identity' }, valueIs: 'template', template }],
		},
	});

it.each([
	['as CleverTap has it', TEMPLATE, TEMPLATE],
	['of Liquid’s tags', '{% if Profile.Identity %}{{ Profile.Identity }}{% endif %}', undefined],
	['with text of this workflow around it', 'id-{{ x }} b', 'id-{{ x }}%20b'],
])('a template %s goes out as it is', async (_how, template, expected = template) => {
	const output = await itemsOf(tally, asTemplate(template), items);
	const url = `https://tally.so/r/camPaY?ct_identity=${expected}`;
	const html = `<a href="${url}">Campaign</a>`;
	expect(output).toEqual([
		{ url, html, unknownFields: [] },
		{ url, html, unknownFields: [] },
	]);
});

it('what a person has answered is no template', async () => {
	const output = await itemsOf(tally, embed('={{ $json.id }}'), [{ json: { id: TEMPLATE } }]);
	expect(output.map(({ url }) => new URL(String(url)).search)).toEqual([
		`?ct_identity=${encodeURIComponent(TEMPLATE).replace(/'/g, '%27')}`,
	]);
	expect(JSON.stringify(output)).not.toContain('{{');
});

it('what n8n fills in for each item is encoded', async () => {
	const output = await itemsOf(tally, embed('={{ $json.id }}'), items);
	expect(output.map(({ url }) => new URL(String(url)).searchParams.get('ct_identity'))).toEqual(['a&b', 'c']);
});

it.each([
	["{{ Profile.Identity | default: '' }}", 'n8n can’t fill in "Hidden Fields": '],
	['{{ Profile.Identity }}', 'Row 1 of "Hidden Fields" has no value'],
	['{{ $json.nothing }}', 'Row 1 of "Hidden Fields" has no value'],
])('%s as an expression is refused, and what to do is said', async (template, message) => {
	const { error } = await runTally(tally, embed(`=${template}`), items);
	expect(error?.message).toContain(message);
	expect(error?.description).toContain('goes into "Template", which is there once "Value Is" is set to Template');
	expect(tally.requests()).toEqual([]);
});

it('gives what the editor is told of', async () => {
	const [output] = await itemsOf(tally, embed('a', { embedAs: 'fullPage', options: { worksInIos: true } }));
	expect(Object.keys(output ?? {})).toEqual(describedKeys('form', 'getEmbedCode', '1.1.0'));
	expect(output).toMatchObject({ url: 'https://tally.so/embed/camPaY?playsinline=1&ct_identity=a', unknownFields: [] });
});

it.each(['CT_IDENTITY', 'ct_identity2', 'Profile'])('says that %s is no hidden field there', async (name) => {
	const output = await itemsOf(
		tally,
		embed('a', { hiddenFields: { field: [{ name: { __rl: true, mode: 'name', value: name }, value: 'a' }] } }),
	);
	expect(output).toMatchObject([{ unknownFields: [name] }]);
});

it('names a form that is not there', async () => {
	const { error } = await runTally(tally, embed('a', { formId: byId('nGone1') }));
	expect(error?.message).toContain('Tally has no form nGone1');
});
