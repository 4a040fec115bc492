import { readForm } from '../../../../nodes/Tally/form/blocks';
import { readQuestions } from '../../../../nodes/Tally/form/questions';

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
