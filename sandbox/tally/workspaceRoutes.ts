import { notFound } from './errors';
import { entityId } from './ids';
import type { Account } from './account';
import type { Folder, Workspace } from './organization';
import { pageOf } from './paging';
import type { Route } from './route';
import { needsPro } from './route';

const named = (body: unknown) => body as { name: string; parentId?: string | null };

/** Workspaces, and the folders in them. */
export function workspaceRoutes(route: Route): void {
	route('GET', '/workspaces', ({ account, query }) => ({
		status: 200,
		body: pageOf(
			account.workspaces.map((workspace) => shown(workspace, account)),
			query,
			10,
		),
	}));

	route('POST', '/workspaces', ({ account, body }) => {
		needsPro(account);
		const workspace: Workspace = {
			id: entityId(),
			name: named(body).name,
			createdByUserId: account.owner.id,
			...times(account),
		};
		account.workspaces.push(workspace);
		return { status: 201, body: shown(workspace, account) };
	});

	route('GET', '/workspaces/:workspaceId', ({ account, params }) => ({
		status: 200,
		body: shown(existing(account, params), account),
	}));

	route('PATCH', '/workspaces/:workspaceId', ({ account, params, body }) => {
		const workspace = existing(account, params);
		workspace.name = named(body).name;
		workspace.updatedAt = account.now().toISOString();
		return { status: 204 };
	});

	route('DELETE', '/workspaces/:workspaceId', ({ account, params }) => {
		const workspace = existing(account, params);
		account.workspaces.splice(account.workspaces.indexOf(workspace), 1);
		for (const form of account.forms) {
			if (form.workspaceId === workspace.id) form.status = 'DELETED';
		}
		return { status: 204 };
	});

	const folders = '/workspaces/:workspaceId/folders';

	route('GET', folders, ({ account, params }) => {
		const { id } = existing(account, params);
		needsPro(account);
		return { status: 200, body: account.folders.filter(({ workspaceId }) => workspaceId === id) };
	});

	route('POST', folders, ({ account, params, body }) => {
		const workspace = existing(account, params);
		needsPro(account);
		const { name, parentId = null } = named(body);
		const folder: Folder = {
			id: entityId(),
			name,
			parentId,
			workspaceId: workspace.id,
			createdByUserId: account.owner.id,
			...times(account),
		};
		account.folders.push(folder);
		return { status: 201, body: folder };
	});

	route('PATCH', `${folders}/:folderId`, ({ account, params, body }) => {
		const folder = existingFolder(account, params);
		Object.assign(folder, body, { updatedAt: account.now().toISOString() });
		return { status: 204 };
	});

	route('DELETE', `${folders}/:folderId`, ({ account, params }) => {
		const folder = existingFolder(account, params);
		account.folders.splice(account.folders.indexOf(folder), 1);
		return { status: 204 };
	});
}

function shown(workspace: Workspace, account: Account): Record<string, unknown> {
	const mine = ({ workspaceId }: { workspaceId: string }) => workspaceId === workspace.id;
	return {
		...workspace,
		index: account.workspaces.indexOf(workspace),
		members: account.members,
		invites: account.invites
			.filter(({ workspaceIds }) => workspaceIds.includes(workspace.id))
			.map(({ id, email, workspaceIds }) => ({ id, email, workspaceIds })),
		folders: account.folders.filter(mine),
	};
}

function times(account: Account): { createdAt: string; updatedAt: string } {
	const now = account.now().toISOString();
	return { createdAt: now, updatedAt: now };
}

function existing(account: Account, params: Record<string, string>): Workspace {
	const workspace = account.workspaces.find(({ id }) => id === params.workspaceId);
	if (!workspace) throw notFound('Workspace');
	return workspace;
}

function existingFolder(account: Account, params: Record<string, string>): Folder {
	const workspace = existing(account, params);
	const folder = account.folders.find(({ id, workspaceId }) => id === params.folderId && workspaceId === workspace.id);
	if (!folder) throw notFound('Folder');
	return folder;
}
