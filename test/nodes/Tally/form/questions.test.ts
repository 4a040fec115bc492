import { readForm } from '../../../../nodes/Tally/form/blocks';
import { readQuestions } from '../../../../nodes/Tally/form/questions';
import { titledAsDelivered } from '../../../../nodes/Tally/form/untitled';

const form = readForm({
	blocks: [
		{ uuid: 'b1', groupUuid: 'g1', type: 'CHECKBOX', payload: { text: 'A' } },
		{ uuid: 'b2', groupUuid: 'g2', type: 'MATRIX_ROW', payload: { text: 'R' } },
		{ uuid: 'b3', groupUuid: 'g2', type: 'MATRIX_COLUMN', payload: { text: 'C' } },
		{ uuid: 'b4', groupUuid: 'g4', type: 'HIDDEN_FIELDS', payload: { hiddenFields: [{ uuid: 'h1', name: 'utm' }] } },
	],
});
const question = (id: string, blocks: string[] = [], more: object = {}) => ({
	id,
	type: 'INPUT_TEXT',
	title: id,
	fields: blocks.map((blockGroupUuid) => ({ blockGroupUuid })),
	...more,
});
const idsOf = (...list: unknown[]) => readQuestions(list, form).map(({ id }) => id);
const partsOf = (raw: object) => readQuestions([{ id: 'q', ...raw }], form)[0];

it('are in the order of the form, the removed ones last', () => {
	expect(
		idsOf(
			question('hidden', ['g4']),
			question('gone', ['g1'], { isDeleted: true }),
			question('matrix', ['g2']),
			question('choice', ['g1']),
		),
	).toEqual(['choice', 'matrix', 'hidden', 'gone']);
});

it('keep to what they were listed behind where the form does not tell, and begin where nothing was before', () => {
	expect(idsOf(question('first'), question('late', ['g4']), question('behind'), question('early', ['g1']))).toEqual([
		'first',
		'early',
		'late',
		'behind',
	]);
	expect(
		idsOf(question('choice', ['g1']), question('behind', ['gone'], { fields: undefined }), question('matrix', ['g2'])),
	).toEqual(['choice', 'behind', 'matrix']);
});

it('are found by the first of their blocks that the form has', () => {
	const fields = [{ uuid: 7, blockGroupUuid: 'unknown' }, { uuid: 'b2' }];
	expect(idsOf(question('matrix', [], { fields }), question('choice', ['g1']))).toEqual(['choice', 'matrix']);
	expect(partsOf({ fields: [{ uuid: 'b9' }, { blockGroupUuid: 'g2' }] })).toMatchObject({
		rows: [{ text: 'R' }],
		columns: [{ text: 'C' }],
		options: [],
	});
});

it.each([[undefined], ['odd'], [[{}, { id: '' }, { id: 7 }, 'odd']]])('are none in %j', (list) => {
	expect(readQuestions(list, form)).toEqual([]);
});

it('have nothing of what is not there', () => {
	expect(partsOf({})).toEqual({
		id: 'q',
		type: '',
		title: '',
		isDeleted: false,
		options: [],
		rows: [],
		columns: [],
		fields: [],
		raw: { id: 'q' },
	});
	expect(partsOf({ type: 'X', title: ' T ', isDeleted: true })).toMatchObject({
		type: 'X',
		title: 'T',
		isDeleted: true,
	});
	expect(partsOf({ title: 7, isDeleted: 'true' })).toMatchObject({ title: '', isDeleted: false });
});

it.each<[string, object, object[]]>([
	[
		'of the list',
		{ type: 'HIDDEN_FIELDS', fields: [{ uuid: 'f1', title: 'source' }, { title: 'alone' }, { uuid: 'f2' }] },
		[
			{ uuid: 'f1', name: 'source' },
			{ uuid: 'alone', name: 'alone' },
		],
	],
	[
		'of the form, where the list has none',
		{ type: 'HIDDEN_FIELDS', fields: [{ blockGroupUuid: 'g4' }] },
		[{ uuid: 'h1', name: 'utm' }],
	],
	[
		'of calculated fields',
		{ type: 'CALCULATED_FIELDS', fields: [{ uuid: 'f1', title: 'score' }] },
		[{ uuid: 'f1', name: 'score' }],
	],
	['of which nobody knows', { type: 'HIDDEN_FIELDS' }, []],
	['of no other question', { type: 'INPUT_TEXT', fields: [{ uuid: 'f1', title: 'source' }] }, []],
])('have named parts: those %s', (_which, raw, fields) => {
	expect(partsOf(raw)?.fields).toEqual(fields);
});

describe('the rows of a matrix', () => {
	const rated = (fields: object[], title: string | null = 'Rate us') => ({ type: 'MATRIX', title, fields });
	const rowsOf = (blocks: object[], raw: object) => readQuestions([{ id: 'm', ...raw }], readForm({ blocks }))[0]?.rows;
	const row = (uuid: string, payload: object) => ({ uuid, groupUuid: 'g', type: 'MATRIX_ROW', payload });

	it.each<[string, object[], object, object[]]>([
		[
			'are those of the blocks, whatever the fields say',
			[row('r1', { safeHTMLSchema: [['Speed']] })],
			rated([{ blockGroupUuid: 'r1', title: 'Rate us [Other]' }]),
			[{ id: 'r1', text: 'Speed' }],
		],
		[
			'have the texts of the fields where the blocks have none',
			[row('r1', {}), row('r2', { text: 'Price' })],
			rated([
				{ blockGroupUuid: 'r2', title: 'Rate us [Other]' },
				{ blockGroupUuid: 'r1', title: 'Rate us [Speed]' },
			]),
			[
				{ id: 'r1', text: 'Speed' },
				{ id: 'r2', text: 'Price' },
			],
		],
		[
			'are those of the fields where nothing is known of the blocks',
			[],
			rated([
				{ uuid: 'f1', blockGroupUuid: 'r1', title: ' Rate us [Speed] ' },
				{ uuid: 'f2', blockGroupUuid: 'r2', title: 'Rate us [Price [net]]' },
			]),
			[
				{ id: 'r1', text: 'Speed' },
				{ id: 'r2', text: 'Price [net]' },
			],
		],
		[
			'have the fields’ own IDs where these share a group',
			[],
			rated([
				{ uuid: 'f1', blockGroupUuid: 'g', title: 'Rate us [Speed]' },
				{ uuid: 'f2', blockGroupUuid: 'g', title: 'Rate us [Price]' },
			]),
			[
				{ id: 'f1', text: 'Speed' },
				{ id: 'f2', text: 'Price' },
			],
		],
		[
			'are told from a title that Tally made up, or that was changed',
			[],
			rated([{ blockGroupUuid: 'r1', title: 'Untitled matrix field [Speed]' }], null),
			[{ id: 'r1', text: 'Speed' }],
		],
		[
			'are told from a title with brackets of its own',
			[],
			rated(
				[
					{ blockGroupUuid: 'r1', title: 'Rate us [beta] [Speed]' },
					{ blockGroupUuid: 'r2', title: 'Rate us [beta] [a] b]' },
				],
				'Rate us [beta]',
			),
			[
				{ id: 'r1', text: 'Speed' },
				{ id: 'r2', text: 'a] b' },
			],
		],
		[
			'are told from the last brackets where the title is another',
			[],
			rated([
				{ blockGroupUuid: 'r1', title: 'Rate them [beta] [Speed]' },
				{ blockGroupUuid: 'r2', title: 'Rate them  [Price [net]]' },
				{ blockGroupUuid: 'r3', title: 'Rate them [odd' },
				{ blockGroupUuid: 'r4', title: 'Rate them[odd]' },
				{ blockGroupUuid: 'r5', title: 'odd]' },
			]),
			[
				{ id: 'r1', text: 'Speed' },
				{ id: 'r2', text: 'Price [net]' },
			],
		],
		[
			'with the same text stay apart by their IDs',
			[row('r1', {}), row('r2', {})],
			rated([
				{ blockGroupUuid: 'r1', title: 'Rate us [Speed]' },
				{ blockGroupUuid: 'r2', title: 'Rate us [Speed]' },
			]),
			[
				{ id: 'r1', text: 'Speed' },
				{ id: 'r2', text: 'Speed' },
			],
		],
		[
			'are in the order of the fields where these name none of them',
			[row('r1', {}), row('r2', {})],
			rated([
				{ uuid: 'f1', blockGroupUuid: 'g', title: 'Rate us [Speed]' },
				{ uuid: 'f2', blockGroupUuid: 'g', title: 'Rate us [Price]' },
			]),
			[
				{ id: 'r1', text: 'Speed' },
				{ id: 'r2', text: 'Price' },
			],
		],
		[
			'is the only one of a matrix, too',
			[row('r1', {})],
			rated([{ uuid: 'f1', blockGroupUuid: 'g', title: 'Rate us [Speed]' }]),
			[{ id: 'r1', text: 'Speed' }],
		],
		[
			'are not told from a field without brackets',
			[],
			rated([{ blockGroupUuid: 'r1', title: 'Rate us' }, { title: 'Rate us [Speed]' }, { uuid: 'f', title: 7 }]),
			[],
		],
	])('%s', (_what, blocks, raw, rows) => {
		expect(rowsOf(blocks, raw)).toEqual(rows);
	});

	it('are found by a field that names the block of its row', () => {
		const blocks = [row('r1', { text: 'Speed' }), { ...row('c1', { text: 'Poor' }), type: 'MATRIX_COLUMN' }];
		const [question] = readQuestions(
			[{ id: 'm', ...rated([{ blockGroupUuid: 'r1', title: 'Rate us [Speed]' }]) }],
			readForm({ blocks }),
		);
		expect(question).toMatchObject({ rows: [{ text: 'Speed' }], columns: [{ text: 'Poor' }] });
	});
});

it.each([
	['CHECKBOXES', '', 'Untitled checkboxes field'],
	['INPUT_TEXT', '', 'Untitled short answer field'],
	['MATRIX', '', 'Untitled matrix field'],
	['CHECKBOXES', 'Terms', 'Terms'],
	['HIDDEN_FIELDS', '', ''],
	['constructor', '', ''],
])('a question of type %s with the title %j is called %j in a delivery', (type, title, delivered) => {
	const [question] = readQuestions([{ id: 'q', type, title }], form);
	expect(question && titledAsDelivered(question).title).toBe(delivered);
});
