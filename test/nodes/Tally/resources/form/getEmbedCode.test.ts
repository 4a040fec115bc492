import { Tally } from '../../../../../nodes/Tally/Tally.node';
import { chosen, nodeAsking, outcomeOf, type Sent } from '../../../../support/tallyOperation';

const form = { formId: chosen('GxdRaQ') };
const FORM = '/forms/GxdRaQ';
const shape = { id: 'GxdRaQ', name: 'Feedback', blocks: [] };
const listed = { id: 'q1', type: 'HIDDEN_FIELDS', title: null, fields: [{ uuid: 'h1', title: 'ct_identity' }] };
const questions = { questions: [listed] };
const hidden = (...rows: Array<[name: unknown, value: unknown]>) => ({
	hiddenFields: { field: rows.map(([name, value]) => ({ name, value, valueIs: 'text' })) },
});
const template = (name: unknown, value: unknown) => ({
	hiddenFields: { field: [{ name, template: value, valueIs: 'template' }] },
});
const WHO = "{{ Profile.Identity | default: '' }}";
const asked: Sent[] = [[`GET ${FORM}`], [`GET ${FORM}/questions`]];
const LINK = 'https://tally.so/r/GxdRaQ';

const embed = async (given: object, replies: unknown[] = [shape, questions]) =>
	await outcomeOf(['form', 'getEmbedCode'], { ...form, ...given }, replies);

it('is a link to the form, where nothing else is said', async () => {
	expect(await embed({})).toStrictEqual({
		sent: asked.slice(0, 1),
		items: [{ url: LINK, html: `<a href="${LINK}">Feedback</a>`, unknownFields: [] }],
	});
});

it.each<[string, object, unknown[], string, string[]]>([
	['that the form has', template(chosen('ct_identity'), WHO), [shape, questions], `ct_identity=${WHO}`, []],
	[
		'with text that looks like a template',
		hidden([chosen('ct_identity'), '{{ x }}']),
		[shape, questions],
		'ct_identity=%7B%7B%20x%20%7D%7D',
		[],
	],
	[
		'with text around a template',
		template('ct_identity', 'a b{{ x }}'),
		[shape, questions],
		'ct_identity=a%20b{{ x }}',
		[],
	],
	['by name', hidden([chosen(' ct_identity ', 'name'), 'a b']), [shape, questions], 'ct_identity=a%20b', []],
	['as typed', hidden(['ct_identity', 7]), [shape, questions], 'ct_identity=7', []],
	['of a yes or no', hidden(['ct_identity', false]), [shape, questions], 'ct_identity=false', []],
	['in another case', hidden(['CT_Identity', 'a']), [shape, questions], 'CT_Identity=a', ['CT_Identity']],
	[
		'that it has and that it has not',
		hidden(['ct_identity', 'a'], ['ref', 'b'], ['x', 'c']),
		[shape, questions],
		'ct_identity=a&ref=b&x=c',
		['ref', 'x'],
	],
	[
		'of a question that was removed',
		hidden(['ct_identity', 'a']),
		[shape, { questions: [{ ...listed, isDeleted: true }] }],
		'ct_identity=a',
		['ct_identity'],
	],
	[
		'that only the blocks tell',
		hidden(['ref', 'a']),
		[
			{
				...shape,
				blocks: [
					{
						uuid: 'b1',
						groupUuid: 'g1',
						type: 'HIDDEN_FIELDS',
						payload: { hiddenFields: [{ uuid: 'h', name: 'ref' }] },
					},
				],
			},
			{ questions: [{ ...listed, fields: [{ uuid: 'h', blockGroupUuid: 'g1' }] }] },
		],
		'ref=a',
		[],
	],
	[
		'that is a calculated one',
		hidden(['score', '1']),
		[shape, { questions: [{ ...listed, type: 'CALCULATED_FIELDS', fields: [{ uuid: 'h', title: 'score' }] }] }],
		'score=1',
		['score'],
	],
	['where the form has none', hidden(['ref', 'a']), [shape, { questions: [] }], 'ref=a', ['ref']],
	[
		'in a row that is empty',
		hidden(['', ''], [chosen(''), ''], ['ct_identity', 'a']),
		[shape, questions],
		'ct_identity=a',
		[],
	],
])('hidden fields: one %s', async (_what, given, replies, query, unknownFields) => {
	const { sent, items } = await embed(given, replies);
	expect(sent).toEqual(asked);
	expect(items).toMatchObject([{ url: `${LINK}?${query}`, unknownFields }]);
});

it.each<[string, object, string]>([
	[
		'a link',
		{ alignLeft: true, hideTitle: 'yes', transparentBackground: true },
		'alignLeft=1&hideTitle=1&transparentBackground=1',
	],
	['a link that is to be higher', { dynamicHeight: true, worksInIos: true }, ''],
	['fullPage', { worksInIos: true, hideTitle: true }, 'hideTitle=1&playsinline=1'],
	['standard', { dynamicHeight: true }, 'dynamicHeight=1'],
	['popup', { alignLeft: true, hideTitle: true, worksInIos: true }, 'tally-align-left=1&tally-hide-title=1'],
	['fullPage', { worksInIos: false, hideTitle: 'no' }, ''],
])('%s with the options %j', async (what, options, query) => {
	const embedAs = what.startsWith('a link') ? 'link' : what;
	const { items } = await embed({ embedAs, options });
	const [, told = ''] = (items?.[0]?.url as string).split(/\?|GxdRaQ&/);
	expect(told).toBe(query);
});

it('is called as the form is', async () => {
	const of = async (name: unknown) => (await embed({}, [{ ...shape, name }])).items?.[0]?.html;
	expect(await of('A < B')).toBe(`<a href="${LINK}">A &#60; B</a>`);
	expect(await of(null)).toBe(`<a href="${LINK}">Form</a>`);
});

it('asks Tally once for all items, and says in one hint what is no hidden field', async () => {
	const rows = (item: number) =>
		hidden(['ct_identity', `id-${item}`], ['ref', 'a'], [`f${item % 2}`, 'b']).hiddenFields;
	const items = Array.from({ length: 5 }, () => ({}));
	const parameters = { resource: 'form', operation: 'getEmbedCode', ...form, embedAs: 'link', hiddenFields: rows };
	const { context, sent } = nodeAsking({ parameters, items }, [shape, questions]);
	const hints: unknown[] = [];
	const [output = []] = await new Tally().execute.call({
		...context,
		addExecutionHints: (...given: unknown[]) => hints.push(...given),
	});
	expect(sent).toEqual(asked);
	expect(
		output.map(({ json, pairedItem }) => [
			(json.url as string).includes(`=id-${JSON.stringify(pairedItem).replace(/\D/g, '')}&`),
			json.unknownFields,
		]),
	).toEqual(items.map((_, item) => [true, ['ref', `f${item % 2}`]]));
	expect(hints).toEqual([
		expect.objectContaining({
			type: 'warning',
			message: expect.stringContaining('Not a hidden field of the form: "ref", "f0", "f1".') as string,
		}),
	]);
});

const EMPTY = /^Row 1 of "Hidden Fields" has no value.*"Value Is" is set to Template/s;

it.each<[string, object, RegExp]>([
	['no form', { formId: chosen('') }, /^No form is chosen/],
	['another kind', { embedAs: 'poster' }, /^The value of "Embed As" is not in its list/],
	[
		'an option that is neither',
		{ options: { hideTitle: 'maybe' } },
		/^The value of "Hide Title" is neither yes nor no/,
	],
	['no name', hidden(['', 'a']), /^"Name" is empty/],
	['a name that is no text', hidden([['a'], 'a']), /^"Name" is empty/],
	['no value', hidden(['a', '']), EMPTY],
	['an expression that gave nothing', hidden(['a', null]), EMPTY],
	['a blank value', hidden(['a', ' ']), EMPTY],
	['no template', template('a', ''), EMPTY],
	['a value that is no text', hidden(['a', { b: 1 }]), /^The value in row 1 of "Hidden Fields" is not a text/],
	['one name twice', hidden(['a', 'b'], ['a', 'c']), /^"Hidden Fields" has two rows of one name/],
	['a name that says how the form looks', hidden(['hideTitle', '1']), /^"hideTitle" can’t be a hidden field here/],
	['one that does in a pop-up', { embedAs: 'popup', ...hidden(['tally-width', '1']) }, /^"tally-width" can’t be/],
	[
		'height by script for iOS',
		{ embedAs: 'standard', options: { dynamicHeight: true, worksInIos: true } },
		/can’t both be on/,
	],
])('%s is refused before anything is asked', async (_what, given, said) => {
	const { sent, error } = await embed(given);
	expect(sent).toEqual([]);
	expect(`${error?.message} ${error?.description}`).toMatch(said);
});

it('what only a pop-up has no room for is a hidden field elsewhere', async () => {
	expect((await embed(hidden(['tally-width', '1']))).items).toMatchObject([{ url: `${LINK}?tally-width=1` }]);
});
