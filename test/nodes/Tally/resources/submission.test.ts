import type { IDataObject } from 'n8n-workflow';

import { chosen, outcomeOf, type Sent } from '../../../support/tallyOperation';

const form = { formId: chosen('GxdRaQ') };
const one = { ...form, submissionId: 's1' };
const SUBMISSIONS = '/forms/GxdRaQ/submissions';

const questions = [
	{ id: 'q1', type: 'INPUT_TEXT', title: 'Name', fields: [{ uuid: 'b1' }] },
	{ id: 'q2', type: 'INPUT_TEXT', title: 'City', fields: [{ uuid: 'b2' }] },
];
const shape = { name: 'Feedback', blocks: [{ uuid: 'b1' }, { uuid: 'b2' }] };
const links = { previewUrl: 'https://tally.so/s', pdfUrl: 'https://tally.so/p' };
const raw = {
	id: 's1',
	formId: 'GxdRaQ',
	respondentId: 'r1',
	isCompleted: true,
	submittedAt: '2026-02-09T10:00:00.000Z',
	responses: [{ questionId: 'q1', answer: 'Ada' }],
};
const found = (id: string) => ({ ...raw, ...links, id });
const simple = (submissionId: string, more: object = {}) => ({
	answers: { Name: 'Ada' },
	hidden: {},
	calculated: {},
	submissionId,
	respondentId: 'r1',
	formId: 'GxdRaQ',
	formName: 'Feedback',
	submittedAt: '2026-02-09T10:00:00.000Z',
	isCompleted: true,
	...more,
});

const answer = { submission: found('s1'), questions };
const asked: Sent[] = [[`GET ${SUBMISSIONS}/s1`], ['GET /forms/GxdRaQ']];

it.each<[string, string, object, unknown[], Sent[], IDataObject[]]>([
	['one', 'delete', one, [], [[`DELETE ${SUBMISSIONS}/s1`]], [{ deleted: true, submissionId: 's1', formId: 'GxdRaQ' }]],
	['one by its ID', 'get', { ...one, submissionId: ' s1 ' }, [answer, shape], asked, [simple('s1')]],
	['with links', 'get', { ...one, options: { includeLinks: true } }, [answer, shape], asked, [simple('s1', links)]],
	[
		'by keys',
		'get',
		{ ...one, options: { answerKeys: 'key' } },
		[answer, shape],
		asked,
		[simple('s1', { answers: { question_q1: 'Ada' } })],
	],
	[
		'with what is not answered',
		'get',
		{ ...one, options: { includeUnanswered: true } },
		[answer, shape],
		asked,
		[simple('s1', { answers: { Name: 'Ada', City: null } })],
	],
	[
		'where an expression gives what is no choice',
		'get',
		{ ...one, options: { answerKeys: 'odd' } },
		[answer, shape],
		asked,
		[simple('s1')],
	],
	[
		'where an expression gives a choice as text or number',
		'get',
		{ ...one, simplify: 'yes', options: { includeLinks: 'false', includeUnanswered: 1 } },
		[answer, shape],
		asked,
		[simple('s1', { answers: { Name: 'Ada', City: null } })],
	],
	['as Tally has it, without links', 'get', { ...one, simplify: false }, [answer], asked.slice(0, 1), [raw]],
	[
		'as Tally has it, with links',
		'get',
		{ ...one, simplify: false, options: { includeLinks: true } },
		[answer],
		asked.slice(0, 1),
		[found('s1')],
	],
])('%s: %s', async (_what, operation, parameters, replies, sent, items) => {
	expect(await outcomeOf(['submission', operation], { ...parameters }, replies)).toStrictEqual({ sent, items });
});

it.each(['', { questions }, { submission: [] }, [found('s1')]])(
	'an answer such as %j is no submission',
	async (reply) => {
		expect(await outcomeOf(['submission', 'get'], one, [reply])).toEqual({
			sent: [[`GET ${SUBMISSIONS}/s1`]],
			error: {
				message: expect.stringMatching(
					/^(?:Tally answered without a submission|What answers at api\.tally\.so is not Tally's API)$/,
				) as string,
				description: expect.stringContaining('Check the base URL in the Tally credential') as string,
			},
		});
	},
);

describe('getAll', () => {
	const page = (ids: string[], hasMore = false, asks: unknown = questions) => ({
		questions: asks,
		submissions: ids.map((id) => found(id)),
		hasMore,
	});
	const list = (more = '', number = 1, limit = 50): Sent => [
		`GET ${SUBMISSIONS}?filter=completed${more}&page=${number}&limit=${limit}`,
	];
	const read: Sent = ['GET /forms/GxdRaQ'];
	const day = (name: string, at: string) => `&${name}=${encodeURIComponent(at)}`;
	const noon = '2026-02-09T12:00:00Z';

	it.each<[string, object, unknown[], Sent[], IDataObject[]]>([
		['completed ones', {}, [page(['s1', 's2']), shape], [list(), read], [simple('s1'), simple('s2')]],
		['none, without a look at the form', {}, [page([])], [list()], []],
		['of a bare list', {}, [[found('s1')], shape], [list(), read], [simple('s1', { answers: { question_q1: 'Ada' } })]],
		['as Tally has them', { simplify: false }, [page(['s1'])], [list()], [raw]],
		[
			'as Tally has them, with links',
			{ simplify: false, options: { includeLinks: true } },
			[page(['s1'])],
			[list()],
			[found('s1')],
		],
		[
			'named by keys',
			{ options: { answerKeys: 'key' } },
			[page(['s1']), shape],
			[list(), read],
			[simple('s1', { answers: { question_q1: 'Ada' } })],
		],
		['up to a limit', { limit: 1 }, [page(['s1', 's2'], true), shape], [list('', 1, 1), read], [simple('s1')]],
		[
			'all of them, with what later pages know of questions',
			{ returnAll: true },
			[
				page(['s1'], true, [{ id: 'q1', type: 'INPUT_TEXT', title: 'Old' }]),
				page(['s2'], false, [questions[0]]),
				shape,
			],
			[list('', 1, 500), list('', 2, 500), read],
			[simple('s1'), simple('s2')],
		],
		[
			'whatever their state',
			{ filters: { status: 'all' } },
			[page([])],
			[[`GET ${SUBMISSIONS}?filter=all&page=1&limit=50`]],
			[],
		],
		[
			'partial ones',
			{ filters: { status: 'partial' } },
			[page([])],
			[[`GET ${SUBMISSIONS}?filter=partial&page=1&limit=50`]],
			[],
		],
		['where an expression gives what is no state', { filters: { status: 'odd' } }, [page([])], [list()], []],
		['from a time', { filters: { from: noon } }, [page([])], [list(day('startDate', '2026-02-09T12:00:00.000Z'))], []],
		['to a day', { filters: { to: '2026-02-09' } }, [page([])], [list(day('endDate', '2026-02-09T00:00:00.000Z'))], []],
		[
			'of one moment',
			{ filters: { from: noon, to: '2026-02-09T13:00:00+01:00' } },
			[page([])],
			[list(day('startDate', '2026-02-09T12:00:00.000Z') + day('endDate', '2026-02-09T12:00:00.000Z'))],
			[],
		],
		['without dates', { filters: { from: '', to: null } }, [page([])], [list()], []],
		[
			'after one that Tally gives again',
			{ filters: { afterId: ' s1 ' } },
			[page(['s2', 's1']), shape],
			[list('&afterId=s1', 1, 500), read],
			[simple('s2')],
		],
	])('%s', async (_what, given, replies, sent, items) => {
		expect(await outcomeOf(['submission', 'getAll'], { ...form, ...given }, replies)).toStrictEqual({ sent, items });
	});
});
