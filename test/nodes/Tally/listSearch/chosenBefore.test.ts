import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchHiddenFields, searchQuestions, searchSubmissions } from '../../../../nodes/Tally/listSearch/inForm';
import { searchFolders } from '../../../../nodes/Tally/listSearch/inWorkspace';
import { getWorkspaces } from '../../../../nodes/Tally/listSearch/listSearch';
import { searchInvites, searchUsers } from '../../../../nodes/Tally/listSearch/people';
import { chosen, nodeAsking, Refusal } from '../../../support/tallyOperation';

type Search = (this: ILoadOptionsFunctions, filter?: string, token?: string) => Promise<INodeListSearchResult>;

/** What the editor finds where the node's other fields hold this, and what it has asked for. */
async function find(
	search: Search,
	fields: Readonly<Record<string, unknown>>,
	replies: unknown[],
	filter?: string,
	token?: string,
) {
	const { context, sent } = editor(fields, replies);
	return { found: await search.call(context, filter, token), sent: sent.map(([request]) => request) };
}

function editor(fields: Readonly<Record<string, unknown>>, replies: unknown[] = []) {
	const { context, sent } = nodeAsking({ timeZone: 'Europe/Berlin' }, replies);
	return {
		context: {
			...context,
			getCurrentNodeParameter: (name: string) => fields[name],
		} as unknown as ILoadOptionsFunctions,
		sent,
	};
}

const form = { formId: chosen('GxdRaQ') };

describe('hidden fields', () => {
	const field = (title: string) => ({ uuid: title, title });
	const questions = [
		{ id: 'q1', type: 'HIDDEN_FIELDS', title: null, fields: [field('ct_identity'), field('=1+1'), {}] },
		{ id: 'q2', type: 'INPUT_EMAIL', title: 'Your email', fields: [field('Your email')] },
		{ id: 'q3', type: 'CALCULATED_FIELDS', title: null, fields: [field('score')] },
		{ id: 'q4', type: 'HIDDEN_FIELDS', title: null, isDeleted: true, fields: [field('old')] },
		{ id: 'q5', type: 'HIDDEN_FIELDS', title: null, fields: [field('utm_source')] },
	];
	const choice = (name: string) => ({ name, value: name });

	it.each([
		[undefined, [choice('ct_identity'), choice('utm_source')]],
		[' UTM', [choice('utm_source')]],
		['old', []],
	])('are those of the form, found by %j', async (filter, results) => {
		expect(await find(searchHiddenFields, form, [{ questions }], filter)).toEqual({
			found: { results },
			sent: ['GET /forms/GxdRaQ/questions'],
		});
	});

	it('are asked for once a form is chosen', async () => {
		await expect(find(searchHiddenFields, { formId: chosen('') }, [])).rejects.toThrow('No form is chosen');
	});
});

describe('questions', () => {
	const questions = [
		{ id: 'q1', title: ' Your email ' },
		{ id: 'q2', title: null },
		{ id: 'q3', title: '=1+1' },
		{ id: 'q4', title: 'Old', isDeleted: true },
		{ title: 'without an ID' },
	];

	it.each([
		['from the list', chosen('GxdRaQ')],
		['by its address', chosen('https://tally.so/forms/GxdRaQ/edit', 'url')],
		['as typed in 1.0.0', 'GxdRaQ'],
	])('are those of the form that is chosen %s', async (_how, formId) => {
		expect(await find(searchQuestions, { formId }, [{ questions }])).toEqual({
			found: {
				results: [
					{ name: 'Your email', value: 'q1' },
					{ name: 'Untitled (q2)', value: 'q2' },
					{ name: '“=1+1”', value: 'q3' },
				],
			},
			sent: ['GET /forms/GxdRaQ/questions'],
		});
	});

	it('are found by their text', async () => {
		expect((await find(searchQuestions, form, [{ questions }], 'EMAIL')).found.results).toHaveLength(1);
	});
});

describe('submissions', () => {
	const submissions = [
		{ id: 'Z9Z97Go', submittedAt: '2026-02-09T23:30:00.000Z', isCompleted: true, responses: [{ answer: 'Ada' }] },
		{ id: 'p2', submittedAt: 'soon', isCompleted: false },
		{ submittedAt: '2026-02-09T10:00:00.000Z' },
	];
	const results = [
		{ name: '2026-02-10 00:30 · Z9Z97Go', value: 'Z9Z97Go' },
		{ name: '? · p2 (partial)', value: 'p2' },
	];

	it('come page by page, by their times in the time zone of the workflow', async () => {
		expect(await find(searchSubmissions, form, [{ submissions, hasMore: true }], '', '2')).toEqual({
			found: { results, paginationToken: '3' },
			sent: ['GET /forms/GxdRaQ/submissions?filter=all&page=2&limit=50'],
		});
	});

	it('are found by time or ID on the newest ten pages', async () => {
		const page = (id: number) => ({
			submissions: [{ id: `s${id}`, submittedAt: '2026-02-09T10:00:00.000Z' }],
			hasMore: true,
		});
		const pages = Array.from({ length: 12 }, (_, index) => page(index));
		const { found, sent } = await find(searchSubmissions, form, pages, ' 02-09 11:00 · s9');
		expect(found.results.map(({ value }) => value)).toEqual(['s9']);
		expect(sent).toHaveLength(10);
	});
});

describe('folders', () => {
	const folders = [{ id: 'f1', name: 'Shop' }, { id: 'f2', name: '' }, { name: 'without an ID' }];

	it.each([
		['the workspace of the node', { workspaceId: chosen('w1') }],
		['that in which a form is created', { 'additionalFields.workspaceId': chosen('w1', 'id') }],
		['that which was typed in 1.0.0', { 'additionalFields.workspaceId': 'w1' }],
	])('are those of %s', async (_which, fields) => {
		expect(await find(searchFolders, fields, [folders])).toEqual({
			found: {
				results: [
					{ name: 'Shop', value: 'f1' },
					{ name: 'Untitled (f2)', value: 'f2' },
				],
			},
			sent: ['GET /workspaces/w1/folders'],
		});
	});

	it.each([
		[{}, 'No workspace is chosen. Choose a workspace first'],
		[{ workspaceId: chosen('') }, 'No workspace is chosen. Choose a workspace first'],
		[{ workspaceId: chosen('={{ $json.a }}') }, 'The value of "Workspace" is not an ID. Choose a workspace first'],
	])('ask for a workspace first: %j', async (fields, message) => {
		const { context, sent } = editor(fields);
		await expect(searchFolders.call(context)).rejects.toThrow(message);
		expect(sent).toEqual([]);
	});
});

it.each([
	['users', searchUsers, { fullName: ' Ada L ', email: 'ada@example.com' }, 'Ada L (ada@example.com)'],
	['users', searchUsers, { email: 'ada@example.com' }, 'ada@example.com'],
	['users', searchUsers, { fullName: 'Ada L' }, 'Ada L'],
	['users', searchUsers, {}, 'x1'],
	['invites', searchInvites, { email: 'ada@example.com' }, 'ada@example.com'],
	['invites', searchInvites, { email: 7 }, 'x1'],
])('%s of the organization are named by what is known of them', async (list, search, person, name) => {
	const replies = [{ organizationId: 'org1' }, [{ id: 'x1', ...person }, { email: 'no@id.example' }]];
	expect(await find(search, {}, replies)).toEqual({
		found: { results: [{ name, value: 'x1' }] },
		sent: ['GET /users/me', `GET /organizations/org1/${list}`],
	});
});

it('people are those of the organization that is named, found by what is typed', async () => {
	const people = [
		{ id: 'u1', fullName: 'Ada L' },
		{ id: 'u2', fullName: 'Grace H' },
	];
	expect(await find(searchUsers, { organizationId: 'org2' }, [people], 'grace')).toEqual({
		found: { results: [{ name: 'Grace H', value: 'u2' }] },
		sent: ['GET /organizations/org2/users'],
	});
});

it('an account without an organization is asked for one', async () => {
	await expect(find(searchUsers, {}, [{ id: 'u1' }])).rejects.toThrow('Fill in "Organization ID".');
});

it('workspaces are options, too, of which several can be chosen', async () => {
	const { context } = editor({}, [{ items: [{ id: 'w1', name: 'Shop' }, { name: 'without an ID' }] }]);
	expect(await getWorkspaces.call(context)).toEqual([{ name: 'Shop', value: 'w1' }]);
});

it.each<[string, Search, object]>([
	['questions', searchQuestions, form],
	['submissions', searchSubmissions, form],
	['folders', searchFolders, { workspaceId: chosen('w1') }],
	['users', searchUsers, { organizationId: 'org1' }],
	['invites', searchInvites, { organizationId: 'org1' }],
])('%s that Tally refuses: the message says what to do', async (_list, search, fields) => {
	await expect(find(search, { ...fields }, [new Refusal(403)])).rejects.toThrow(
		'The owner of the API key may not do this in Tally. Use the API key of someone who',
	);
});

it.each([searchQuestions, searchSubmissions])('what is in a form asks for a form first', async (search) => {
	await expect(find(search, { formId: chosen('') }, [])).rejects.toThrow(
		'No form is chosen. Choose a form under "Form"',
	);
});
