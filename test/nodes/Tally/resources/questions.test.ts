import type { IDataObject } from 'n8n-workflow';

import { chosen, outcomeOf, type Sent } from '../../../support/tallyOperation';

const form = { formId: chosen('GxdRaQ') };
const FORM = '/forms/GxdRaQ';
const blocks = [
	{ uuid: 'b1', type: 'INPUT_TEXT' },
	{ uuid: 'b2', type: 'CHECKBOX' },
];
const metrics = { visits: 3, completionRate: 50 };

type Case = [string, [string, string], object, unknown[], Sent[], IDataObject[]];

it.each<Case>([
	['blocks', ['block', 'getAll'], form, [{ id: 'GxdRaQ', blocks: [...blocks, 7] }], [[`GET ${FORM}/blocks`]], blocks],
	['blocks in a bare list', ['block', 'getAll'], form, [blocks], [[`GET ${FORM}/blocks`]], blocks],
	['no blocks', ['block', 'getAll'], form, [{ blocks: [] }], [[`GET ${FORM}/blocks`]], []],
	[
		'blocks of which Tally says nothing',
		['block', 'update'],
		{ ...form, blocks: JSON.stringify(blocks) },
		[],
		[[`PATCH ${FORM}/blocks`, { blocks }]],
		[{ updated: true, formId: 'GxdRaQ' }],
	],
	[
		'blocks with what Tally says',
		['block', 'update'],
		{ ...form, blocks },
		[{ id: 'GxdRaQ', name: 'F' }],
		[[`PATCH ${FORM}/blocks`, { blocks }]],
		[{ updated: true, formId: 'GxdRaQ', id: 'GxdRaQ', name: 'F' }],
	],

	...['metrics', 'dimensions', 'drop-off'].map((figures): Case => [
		figures,
		['formAnalytics', figures === 'drop-off' ? 'dropOff' : figures],
		form,
		[metrics],
		[[`GET ${FORM}/analytics/${figures}?period=30d`]],
		[metrics],
	]),
	[
		'drop-off that is none yet',
		['formAnalytics', 'dropOff'],
		form,
		[null],
		[[`GET ${FORM}/analytics/drop-off?period=30d`]],
		[{ stats: null, dataAvailableSince: null, data: [] }],
	],
	...['visits', 'submissions'].map((figures): Case => [
		`${figures} over time`,
		['formAnalytics', figures],
		{ ...form, period: '7d' },
		[{ data: { '2026-02-09': { total: 1 }, '2026-02-10': 7 } }],
		[[`GET ${FORM}/analytics/${figures}?period=7d`]],
		[{ time: '2026-02-09', total: 1 }, { time: '2026-02-10' }],
	]),
	...[{ data: {} }, { data: null }].map((none): Case => [
		`visits of ${JSON.stringify(none)}`,
		['formAnalytics', 'visits'],
		form,
		[none],
		[[`GET ${FORM}/analytics/visits?period=30d`]],
		[],
	]),
	...['today', 'yesterday', '24h', '7d', '30d', '3m', '6m', '12m', 'all'].map((period): Case => [
		`metrics of ${period}`,
		['formAnalytics', 'metrics'],
		{ ...form, period: ` ${period} ` },
		[metrics],
		[[`GET ${FORM}/analytics/metrics?period=${period}`]],
		[metrics],
	]),

	[
		'a question by its ID',
		['question', 'update'],
		{ ...form, questionId: 'EKOE2N', title: ' Name ' },
		[{ id: 'EKOE2N', title: 'Name' }],
		[[`PATCH ${FORM}/questions/EKOE2N`, { title: 'Name' }]],
		[{ id: 'EKOE2N', title: 'Name' }],
	],
	[
		'a question by its key',
		['question', 'update'],
		{ ...form, questionId: 'question_EKOE2N', title: 'N' },
		[{ id: 'EKOE2N' }],
		[[`PATCH ${FORM}/questions/EKOE2N`, { title: 'N' }]],
		[{ id: 'EKOE2N' }],
	],
	[
		'a question whose ID holds the word',
		['question', 'update'],
		{ ...form, questionId: 'Xquestion_N', title: 'N' },
		[{ id: 'Xquestion_N' }],
		[[`PATCH ${FORM}/questions/Xquestion_N`, { title: 'N' }]],
		[{ id: 'Xquestion_N' }],
	],
])('%s: %s', async (_what, operation, given, replies, sent, items) => {
	expect(await outcomeOf(operation, { ...given }, replies)).toStrictEqual({ sent, items });
});

describe('questions', () => {
	const text = {
		id: 'q1',
		type: 'INPUT_TEXT',
		title: ' Name ',
		numberOfResponses: 3,
		fields: [{ uuid: 'b1', blockGroupUuid: 'g1' }],
	};
	const matrix = {
		id: 'q2',
		type: 'MATRIX',
		title: null,
		numberOfResponses: '3',
		isDeleted: false,
		fields: [{ uuid: 'r1', blockGroupUuid: 'g2' }],
	};
	const picks = { id: 'q3', type: 'CHECKBOXES', title: 'Topics', fields: [{ uuid: 'o1', blockGroupUuid: 'g3' }] };
	const hidden = {
		id: 'q4',
		type: 'HIDDEN_FIELDS',
		title: null,
		fields: [{ uuid: 'h1', blockGroupUuid: 'g4', title: 'utm' }],
	};
	const gone = { id: 'q5', type: 'INPUT_TEXT', title: 'Old', isDeleted: true, fields: [] };
	const shape = {
		name: 'Feedback',
		blocks: [
			{ uuid: 'b1', groupUuid: 'g1', type: 'INPUT_TEXT' },
			{ uuid: 'r1', groupUuid: 'g2', type: 'MATRIX_ROW', payload: { html: '<b>Speed</b>' } },
			{ uuid: 'c1', groupUuid: 'g2', type: 'MATRIX_COLUMN', payload: { text: 'Good' } },
			{ uuid: 'o1', groupUuid: 'g3', type: 'CHECKBOX', payload: { text: 'Price' } },
		],
	};
	const simple = (id: string, type: string, title: string | null, more: object = {}) => ({
		id,
		key: `question_${id}`,
		type,
		title,
		formId: 'GxdRaQ',
		isDeleted: false,
		numberOfResponses: null,
		...more,
	});
	const simpleText = simple('q1', 'INPUT_TEXT', 'Name', { numberOfResponses: 3 });
	const simpleGone = simple('q5', 'INPUT_TEXT', 'Old', { isDeleted: true });
	const all = { questions: [gone, text, 7], hasResponses: true };
	const asked: Sent[] = [[`GET ${FORM}/questions`], [`GET ${FORM}`]];

	it.each<[string, object, unknown[], Sent[], IDataObject[]]>([
		[
			'with options, rows, columns and named fields',
			{},
			[{ questions: [text, matrix, picks, hidden] }, shape],
			asked,
			[
				simpleText,
				simple('q2', 'MATRIX', null, { rows: [{ id: 'r1', text: 'Speed' }], columns: [{ id: 'c1', text: 'Good' }] }),
				simple('q3', 'CHECKBOXES', 'Topics', { options: [{ id: 'o1', text: 'Price' }] }),
				simple('q4', 'HIDDEN_FIELDS', null, { fields: [{ uuid: 'h1', name: 'utm' }] }),
			],
		],
		['without those that were removed', {}, [all, shape], asked, [simpleText]],
		[
			'with those that were removed',
			{ filters: { includeDeleted: true } },
			[all, shape],
			asked,
			[simpleText, simpleGone],
		],
		['up to a limit', { filters: { includeDeleted: true }, limit: 1 }, [all, shape], asked, [simpleText]],
		['of a bare list', {}, [[text], shape], asked, [simpleText]],
		['as Tally has them', { simplify: false }, [all], asked.slice(0, 1), [text]],
		[
			'as Tally has them, with those that were removed',
			{ simplify: false, filters: { includeDeleted: true } },
			[all],
			asked.slice(0, 1),
			[gone, text],
		],
		[
			'as Tally has them, up to a limit',
			{ simplify: false, filters: { includeDeleted: true }, limit: 1 },
			[all],
			asked.slice(0, 1),
			[gone],
		],
	])('%s', async (_what, given, replies, sent, items) => {
		expect(await outcomeOf(['question', 'getAll'], { ...form, ...given }, replies)).toStrictEqual({ sent, items });
	});

	it('have no key of what is not there', async () => {
		const { items } = await outcomeOf(['question', 'getAll'], form, [all, shape]);
		expect(Object.keys(items?.[0] ?? {})).toEqual(Object.keys(simpleText));
	});
});
