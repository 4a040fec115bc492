import type { IDataObject } from 'n8n-workflow';

import { chosen, outcomeOf, type Sent } from '../../../support/tallyOperation';

const shop = { workspaceId: chosen('wksA7p1') };
const folder = { ...shop, folderId: 'f1' };
const FOLDERS = '/workspaces/wksA7p1/folders';
const made = { id: 'f1', name: 'Old', workspaceId: 'wksA7p1', parentId: null };

it.each<[string, string, object, unknown[], Sent[], IDataObject[]]>([
	[
		'creates one by its name',
		'create',
		{ ...shop, name: ' Old ' },
		[made],
		[[`POST ${FOLDERS}`, { name: 'Old' }]],
		[made],
	],
	[
		'in no folder if its parent is blank',
		'create',
		{ ...shop, name: 'Old', parentId: ' ' },
		[made],
		[[`POST ${FOLDERS}`, { name: 'Old' }]],
		[made],
	],
	[
		'in another one',
		'create',
		{ ...shop, name: 'Old', parentId: ' f2 ' },
		[made],
		[[`POST ${FOLDERS}`, { name: 'Old', parentId: 'f2' }]],
		[made],
	],
	[
		'in another one whose ID is a number',
		'create',
		{ ...shop, name: 'Old', parentId: 7 },
		[made],
		[[`POST ${FOLDERS}`, { name: 'Old', parentId: '7' }]],
		[made],
	],
	[
		'in a workspace by its ID',
		'create',
		{ workspaceId: chosen(' wksA7p1', 'id'), name: 7 },
		[made],
		[[`POST ${FOLDERS}`, { name: '7' }]],
		[made],
	],
	[
		'deletes one',
		'delete',
		folder,
		[],
		[[`DELETE ${FOLDERS}/f1`]],
		[{ deleted: true, folderId: 'f1', workspaceId: 'wksA7p1' }],
	],
	['lists them', 'getAll', shop, [[made, 7, { id: 'f2' }]], [[`GET ${FOLDERS}`]], [made, { id: 'f2' }]],
	['up to a limit', 'getAll', { ...shop, limit: 1 }, [[made, { id: 'f2' }]], [[`GET ${FOLDERS}`]], [made]],
	['none', 'getAll', shop, [[]], [[`GET ${FOLDERS}`]], []],
	[
		'renames one',
		'update',
		{ ...folder, updateFields: { name: 'Older', parentId: '' } },
		[],
		[[`PATCH ${FOLDERS}/f1`, { name: 'Older' }]],
		[{ updated: true, id: 'f1', workspaceId: 'wksA7p1', name: 'Older' }],
	],
	[
		'moves one, and outputs what Tally says of it',
		'update',
		{ ...folder, updateFields: { parentId: ' f2 ', moveToTop: false } },
		[{ ...made, parentId: 'f2' }],
		[[`PATCH ${FOLDERS}/f1`, { parentId: 'f2' }]],
		[{ updated: true, ...made, parentId: 'f2' }],
	],
	[
		'moves one to the top',
		'update',
		{ ...folder, updateFields: { moveToTop: true, parentId: 'f2' } },
		[],
		[[`PATCH ${FOLDERS}/f1`, { parentId: null }]],
		[{ updated: true, id: 'f1', workspaceId: 'wksA7p1', parentId: null }],
	],
])('%s: %s', async (_what, operation, given, replies, sent, items) => {
	expect(await outcomeOf(['folder', operation], { ...given }, replies)).toStrictEqual({ sent, items });
});

it('lists all of them', async () => {
	const all = Array.from({ length: 51 }, (_, number) => ({ id: `f${number}` }));
	expect((await outcomeOf(['folder', 'getAll'], { ...shop, returnAll: true }, [all])).items).toEqual(all);
	expect((await outcomeOf(['folder', 'getAll'], shop, [all])).items).toHaveLength(50);
});
