import { readForm } from '../../../../nodes/Tally/form/blocks';

const block = (uuid: string, type: string, payload: unknown, groupUuid = 'g1') => ({ uuid, groupUuid, type, payload });
const EMPTY = { options: [], rows: [], columns: [], fields: [] };
const groupsOf = (...blocks: unknown[]) => Object.fromEntries(readForm({ blocks }).groups);

it.each([[undefined], ['odd'], [[]], [{}], [{ blocks: 7 }]])('%j is a form of nothing', (body) => {
	expect(readForm(body)).toEqual({ name: null, groups: new Map(), options: [], positions: new Map() });
});

it('has its name without blanks', () => {
	expect(readForm({ name: ' Feedback ' }).name).toBe('Feedback');
	expect(readForm({ name: 7 }).name).toBeNull();
});

it.each([
	['MULTIPLE_CHOICE_OPTION', 'options'],
	['CHECKBOX', 'options'],
	['DROPDOWN_OPTION', 'options'],
	['MULTI_SELECT_OPTION', 'options'],
	['RANKING_OPTION', 'options'],
	['MATRIX_ROW', 'rows'],
	['MATRIX_COLUMN', 'columns'],
	['INPUT_TEXT', 'none'],
	['', 'none'],
])('a block of type %j is among the %s of its group', (type, part) => {
	const choice = { id: 'b1', text: 'Price' };
	const group = { ...EMPTY, ...(part === 'none' ? {} : { [part]: [choice] }) };
	expect(groupsOf(block('b1', type, { text: 'Price' }))).toEqual({ b1: group, g1: group });
});

it.each<[unknown, string]>([
	[{ text: 'Text', title: 'Title', html: 'HTML' }, 'Text'],
	[{ text: '', title: 'Title', html: 'HTML' }, 'Title'],
	[{ text: ' ', html: '<p></p>', safeHTMLSchema: [['Runs']] }, 'Runs'],
	[{ html: '<p><b>Bold</b> &amp; <i>plain</i></p>' }, 'Bold & plain'],
	[{ html: '<p>One</p><p>Two<br/>Three<BR>Four</p><branch>!</branch>' }, 'One\nTwo\nThree\nFour\n!'],
	[
		{ html: '&lt;b&gt; &quot;&#39;&#x1F600;&nbsp;&apos; &amp;lt; &unknown; &#9999999; &constructor; &' },
		"<b> \"'😀\u00a0' &lt; &unknown; &#9999999; &constructor; &",
	],
	[{ html: '5 < 6' }, '5 < 6'],
	[{ html: '<'.repeat(60_000) }, '<'.repeat(60_000)],
	[{ html: `${'<'.repeat(60_000)}>Price` }, 'Price'],
	[{ safeHTMLSchema: [['Speed']] }, 'Speed'],
	[{ safeHTMLSchema: [['Price', [['tag', 'span']]]] }, 'Price'],
	[{ safeHTMLSchema: [['Our '], ['price', [['font-weight', 'bold']]], '!'] }, 'Our price!'],
	[{ safeHTMLSchema: [] }, ''],
	[{ safeHTMLSchema: [[], [7], null, { text: 'odd' }, [null, null], ['', []]] }, ''],
	[{ safeHTMLSchema: [['One'], ['\n'], ['two'], ['', [['tag', 'br']]], ['three']] }, 'One\ntwo\nthree'],
	[{ safeHTMLSchema: [[['Very ', [['good'], [['tag', 'b']]]], [['tag', 'span']]], ['!']] }, 'Very good!'],
	[{ safeHTMLSchema: [['Hello '], ['@', [['mention', 'm1']]], [', how was it?', null]] }, 'Hello @, how was it?'],
	[
		{
			safeHTMLSchema: [
				[
					'our site',
					[
						['href', 'https://example.com'],
						['tag', 'a'],
					],
				],
			],
		},
		'our site',
	],
	[{ safeHTMLSchema: JSON.parse('['.repeat(100) + ']'.repeat(100)) as unknown }, ''],
	[{ text: null, title: null, html: null, safeHTMLSchema: null }, ''],
	[{ safeHTMLSchema: 'odd' }, ''],
	[{ text: 7 }, ''],
	['odd', ''],
])('the text of %j is %j', (payload, text) => {
	expect(groupsOf(block('b1', 'CHECKBOX', payload)).g1?.options).toEqual([{ id: 'b1', text }]);
});

it('has the named parts of hidden and calculated fields that have both name and ID', () => {
	const hiddenFields = [{ uuid: 'h1', name: 'utm' }, { uuid: 'h2' }, { name: 'alone' }, {}];
	const calculatedFields = [{ uuid: 'c1', name: 'score' }];
	const { positions, groups } = readForm({
		blocks: [
			block('b0', 'TEXT', {}, 'g0'),
			block('b1', 'HIDDEN_FIELDS', { hiddenFields }),
			block('b2', 'CALCULATED_FIELDS', { calculatedFields }),
		],
	});
	expect(groups.get('g1')).toEqual({
		...EMPTY,
		fields: [
			{ uuid: 'h1', name: 'utm' },
			{ uuid: 'c1', name: 'score' },
		],
	});
	expect(Object.fromEntries(positions)).toEqual({ b0: 0, g0: 0, b1: 1, g1: 1, h1: 1, b2: 2, c1: 2 });
});

it('has all options of all groups, and a block without a group is one of its own', () => {
	const { options, groups } = readForm({
		blocks: [
			block('b1', 'CHECKBOX', { text: 'A' }),
			block('b2', 'CHECKBOX', { text: 'B' }, 'g2'),
			{ uuid: 'b3', type: 'CHECKBOX' },
			{ type: 'TEXT' },
		],
	});
	expect(options).toEqual([
		{ id: 'b1', text: 'A' },
		{ id: 'b2', text: 'B' },
		{ id: 'b3', text: '' },
	]);
	expect([...groups.keys()]).toEqual(['b1', 'b2', 'b3', '', 'g1', 'g2']);
	expect(groups.get('b2')).toBe(groups.get('g2'));
});
