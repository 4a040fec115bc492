import type { IDataObject } from 'n8n-workflow';

import { chosen, outcomeOf, type Sent } from '../../../support/tallyOperation';

const form = { formId: chosen('GxdRaQ') };
const FORM = '/forms/GxdRaQ';
const feedback = { id: 'GxdRaQ', name: 'Feedback', status: 'PUBLISHED' };

const uuid = expect.stringMatching(/^[\da-f-]{36}$/) as unknown;
const title = (text: string, html = text) => ({
	uuid,
	type: 'FORM_TITLE',
	groupUuid: uuid,
	groupType: 'TEXT',
	payload: { title: text, html },
});
const question = { uuid: 'b1', type: 'INPUT_TEXT', groupUuid: 'g1', groupType: 'INPUT_TEXT', payload: {} };
const given = { uuid: 'b0', type: 'FORM_TITLE', groupUuid: 'g0', groupType: 'TEXT', payload: { html: 'Own' } };

const ids = { folderId: 'f1', templateId: ' t1 ', workspaceId: 'w1' };

it.each<[string, string, object, unknown[], Sent[], IDataObject[]]>([
	[
		'a draft of its title',
		'create',
		{ name: ' Feedback ' },
		[feedback],
		[['POST /forms', { status: 'DRAFT', blocks: [title('Feedback')] }]],
		[feedback],
	],
	[
		'where the title holds signs of HTML',
		'create',
		{ name: 'A & B <1> & <2>' },
		[feedback],
		[['POST /forms', { status: 'DRAFT', blocks: [title('A & B <1> & <2>', 'A &amp; B &lt;1&gt; &amp; &lt;2&gt;')] }]],
		[feedback],
	],
	[
		'with all else',
		'create',
		{
			name: 'F',
			additionalFields: {
				...ids,
				blocks: JSON.stringify([question]),
				settings: '{"isClosed":true}',
				status: 'PUBLISHED',
			},
		},
		[feedback],
		[
			[
				'POST /forms',
				{
					status: 'PUBLISHED',
					settings: { isClosed: true },
					blocks: [title('F'), question],
					folderId: 'f1',
					templateId: 't1',
					workspaceId: 'w1',
				},
			],
		],
		[feedback],
	],
	[
		'of blocks that have a title',
		'create',
		{ name: 'F', additionalFields: { blocks: [question, given] } },
		[feedback],
		[['POST /forms', { status: 'DRAFT', blocks: [question, given] }]],
		[feedback],
	],
	[
		'where all else is empty',
		'create',
		{ name: 'F', additionalFields: { blocks: '', folderId: '', settings: '', workspaceId: '' } },
		[feedback],
		[['POST /forms', { status: 'DRAFT', blocks: [title('F')] }]],
		[feedback],
	],
	['to the trash', 'delete', form, [], [[`DELETE ${FORM}`]], [{ deleted: true, formId: 'GxdRaQ' }]],
	['by its choice in the list', 'get', form, [feedback], [[`GET ${FORM}`]], [feedback]],
	['by its ID', 'get', { formId: chosen(' GxdRaQ ', 'id') }, [feedback], [[`GET ${FORM}`]], [feedback]],
	[
		'by its address',
		'get',
		{ formId: chosen('https://tally.so/r/GxdRaQ?a=b', 'url') },
		[feedback],
		[[`GET ${FORM}`]],
		[feedback],
	],
	[
		'by another name',
		'update',
		{ ...form, updateFields: { name: 'New', status: '' } },
		[feedback],
		[[`PATCH ${FORM}`, { name: 'New' }]],
		[feedback],
	],
	[
		'in its status',
		'update',
		{ ...form, updateFields: { status: 'DRAFT' } },
		[feedback],
		[[`PATCH ${FORM}`, { status: 'DRAFT' }]],
		[feedback],
	],
	[
		'in its settings and blocks',
		'update',
		{ ...form, updateFields: { settings: { isClosed: false }, blocks: `[${JSON.stringify(question)}]` } },
		[feedback],
		[[`PATCH ${FORM}`, { settings: { isClosed: false }, blocks: [question] }]],
		[feedback],
	],
])('%s: %s', async (_what, operation, parameters, replies, sent, items) => {
	expect(await outcomeOf(['form', operation], { ...parameters }, replies)).toStrictEqual({ sent, items });
});

it('gives the blocks of a title IDs of their own', async () => {
	const { sent } = await outcomeOf(['form', 'create'], { name: 'F' });
	const { blocks } = sent[0]?.[1] as { blocks: Array<{ uuid: string; groupUuid: string }> };
	expect(blocks[0]?.uuid).not.toBe(blocks[0]?.groupUuid);
});

describe('getAll', () => {
	const trashed = { id: 'Trash1', status: 'DELETED' };
	const other = { id: 'Other1', status: 'DRAFT' };
	const page = (items: object[], hasMore = false) => ({ items, hasMore });

	it.each<[string, object, unknown[], string[], IDataObject[]]>([
		[
			'leaves out what is in the trash',
			{},
			[page([feedback, trashed, other])],
			['/forms?page=1&limit=500'],
			[feedback, other],
		],
		[
			'also those in the trash',
			{ filters: { includeTrash: true } },
			[page([feedback, trashed])],
			['/forms?page=1&limit=50'],
			[feedback, trashed],
		],
		[
			'reads on until there are enough',
			{ limit: 2 },
			[page([trashed, feedback], true), page([other, { id: 'Third1' }], true)],
			['/forms?page=1&limit=500', '/forms?page=2&limit=500'],
			[feedback, other],
		],
		[
			'reads all of them',
			{ returnAll: true, filters: { includeTrash: true } },
			[page([feedback], true), page([feedback, other])],
			['/forms?page=1&limit=500', '/forms?page=2&limit=500'],
			[feedback, other],
		],
		[
			'of one workspace',
			{ filters: { workspaceIds: ' w1 ' } },
			[page([])],
			['/forms?workspaceIds=w1&page=1&limit=500'],
			[],
		],
		[
			'of several',
			{ filters: { workspaceIds: 'w1, w2;w3,', includeTrash: false } },
			[page([])],
			['/forms?workspaceIds=w1&workspaceIds=w2&workspaceIds=w3&page=1&limit=500'],
			[],
		],
		[
			'of several in a list',
			{ filters: { workspaceIds: ['w1', ' w2', 7, {}] } },
			[page([])],
			['/forms?workspaceIds=w1&workspaceIds=w2&workspaceIds=7&page=1&limit=500'],
			[],
		],
		['of none in particular', { filters: { workspaceIds: '' } }, [page([])], ['/forms?page=1&limit=500'], []],
	])('%s', async (_what, parameters, replies, paths, items) => {
		const sent = paths.map((path) => [`GET ${path}`]);
		expect(await outcomeOf(['form', 'getAll'], { ...parameters }, replies)).toStrictEqual({ sent, items });
	});
});
