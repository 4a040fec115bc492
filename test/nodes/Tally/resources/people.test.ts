import type { IDataObject } from 'n8n-workflow';

import { chosen, outcomeOf, Refusal, type Sent } from '../../../support/tallyOperation';

const me = { id: 'u1', organizationId: 'org1', authorizationToken: 'opens all', hasPassword: true };
const user = { id: 'u1', organizationId: 'org1', hasPassword: true };
const asks: Sent = ['GET /users/me'];
const both = { workspaceId: chosen('w1') };
const space = { id: 'w1', name: 'Shop', members: [me], invites: [] };
const shown = { ...space, members: [user] };
const people = { emails: 'a@example.com; ada@example.com', workspaceIds: 'w1, w2' };
const invited = { workspaceIds: ['w1', 'w2'], emails: 'a@example.com, ada@example.com' };
const listed = (ids: string[], hasMore = false) => ({ items: ids.map((id) => ({ ...space, id })), hasMore });
const many = Array.from({ length: 51 }, (_, number) => ({ id: `i${number}` }));

it.each<[string, [string, string], object, unknown[], Sent[], IDataObject[]]>([
	['the owner of the key, without what opens the account', ['account', 'get'], {}, [me], [asks], [user]],

	[
		'people of the own organization',
		['organizationUser', 'getAll'],
		{},
		[me, [me, 7]],
		[asks, ['GET /organizations/org1/users']],
		[user],
	],
	[
		'people of another one',
		['organizationUser', 'getAll'],
		{ organizationId: ' org2 ', limit: 1 },
		[[me, { id: 'u2' }]],
		[['GET /organizations/org2/users']],
		[user],
	],
	[
		'people of one whose ID is a number',
		['organizationUser', 'getAll'],
		{ organizationId: 7 },
		[[]],
		[['GET /organizations/7/users']],
		[],
	],
	[
		'people of the own one where that is blank',
		['organizationUser', 'getAll'],
		{ organizationId: ' ' },
		[me, []],
		[asks, ['GET /organizations/org1/users']],
		[],
	],
	[
		'a person',
		['organizationUser', 'delete'],
		{ userId: ' u2' },
		[me],
		[asks, ['DELETE /organizations/org1/users/u2']],
		[{ deleted: true, userId: 'u2' }],
	],
	[
		'a person of another organization',
		['organizationUser', 'delete'],
		{ userId: 'u2', organizationId: 'org2' },
		[],
		[['DELETE /organizations/org2/users/u2']],
		[{ deleted: true, userId: 'u2' }],
	],

	['invites', ['invite', 'getAll'], {}, [me, many], [asks, ['GET /organizations/org1/invites']], many.slice(0, 50)],
	[
		'all invites',
		['invite', 'getAll'],
		{ returnAll: true, organizationId: 'org2' },
		[many],
		[['GET /organizations/org2/invites']],
		many,
	],
	[
		'an invite',
		['invite', 'delete'],
		{ inviteId: 'i1' },
		[me],
		[asks, ['DELETE /organizations/org1/invites/i1']],
		[{ deleted: true, inviteId: 'i1' }],
	],
	[
		'what Tally says of one',
		['invite', 'create'],
		people,
		[me, { id: 'i1' }],
		[asks, ['POST /organizations/org1/invites', invited]],
		[{ id: 'i1' }],
	],
	[
		'what Tally says of each',
		['invite', 'create'],
		people,
		[me, [{ id: 'i1' }, { id: 'i2' }]],
		[asks, ['POST /organizations/org1/invites', invited]],
		[{ id: 'i1' }, { id: 'i2' }],
	],
	[
		'whom Tally says nothing of',
		['invite', 'create'],
		{ ...people, organizationId: 'org2' },
		[[]],
		[['POST /organizations/org2/invites', invited]],
		invited.emails.split(', ').map((email) => ({ invited: true, email, workspaceIds: ['w1', 'w2'] })),
	],
	[
		'people and workspaces in lists',
		['invite', 'create'],
		{ emails: [' a@example.com ', 'ada@example.com', ''], workspaceIds: ['w1', 'w2'], organizationId: 'org2' },
		[{ id: 'i1' }],
		[['POST /organizations/org2/invites', invited]],
		[{ id: 'i1' }],
	],

	['a workspace, without what opens accounts', ['workspace', 'get'], both, [space], [['GET /workspaces/w1']], [shown]],
	[
		'one that is made',
		['workspace', 'create'],
		{ name: ' Shop ' },
		[space],
		[['POST /workspaces', { name: 'Shop' }]],
		[shown],
	],
	[
		'one that has another name',
		['workspace', 'update'],
		{ ...both, name: 'Shop' },
		[undefined, space],
		[['PATCH /workspaces/w1', { name: 'Shop' }], ['GET /workspaces/w1']],
		[shown],
	],
	[
		'one that is gone',
		['workspace', 'delete'],
		both,
		[],
		[['DELETE /workspaces/w1']],
		[{ deleted: true, workspaceId: 'w1' }],
	],
	[
		'workspaces up to a limit',
		['workspace', 'getAll'],
		{ limit: 1 },
		[listed(['w1', 'w2'], true)],
		[['GET /workspaces?page=1']],
		[shown],
	],
	[
		'all workspaces',
		['workspace', 'getAll'],
		{ returnAll: true },
		[listed(['w1'], true), listed(['w1', 'w2'])],
		[['GET /workspaces?page=1'], ['GET /workspaces?page=2']],
		[shown, { ...shown, id: 'w2' }],
	],
])('%s: %s', async (_what, operation, given, replies, sent, items) => {
	expect(await outcomeOf(operation, { ...given }, replies)).toStrictEqual({ sent, items });
});

const unsaid = {
	message: 'Tally does not say which organization the API key belongs to',
	description: 'Fill in "Organization ID".',
};
it.each<[string, unknown[], object]>([
	['is not said', [{ id: 'u1' }], unsaid],
	['would lead elsewhere', [{ organizationId: '../x' }], unsaid],
	[
		'nobody can tell for a bad key',
		[new Refusal(401), new Refusal(401)],
		{ message: 'Tally does not accept the API key' },
	],
])('an organization that %s', async (_what, replies, error) => {
	expect(await outcomeOf(['invite', 'getAll'], {}, replies)).toMatchObject({ sent: [asks], error });
});
