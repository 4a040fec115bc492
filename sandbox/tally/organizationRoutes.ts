import { TallyRefusal, invalid, notFound } from './errors';
import { entityId } from './ids';
import { organizationId } from './organization';
import type { Route } from './route';

/** The people of an organization, and who is invited to it. */
export function organizationRoutes(route: Route): void {
	const root = '/organizations/:organizationId';
	const mustBeOurs = (params: Record<string, string>): void => {
		if (params.organizationId !== organizationId) {
			throw new TallyRefusal(403, 'Forbidden', 'FORBIDDEN');
		}
	};

	route('GET', `${root}/users`, ({ account, params }) => {
		mustBeOurs(params);
		return { status: 200, body: account.members };
	});

	route('DELETE', `${root}/users/:userId`, ({ account, params }) => {
		mustBeOurs(params);
		const index = account.members.findIndex(({ id }) => id === params.userId);
		if (index < 0) throw notFound('User');
		account.members.splice(index, 1);
		return { status: 204 };
	});

	route('GET', `${root}/invites`, ({ account, params }) => {
		mustBeOurs(params);
		return {
			status: 200,
			body: account.invites.map(({ id, organizationId: organization, email, createdAt, updatedAt }) => ({
				id,
				organizationId: organization,
				email,
				createdAt,
				updatedAt,
			})),
		};
	});

	route('POST', `${root}/invites`, ({ account, params, body }) => {
		mustBeOurs(params);
		const { workspaceIds, emails } = body as { workspaceIds: string[]; emails: string };
		const unknown = workspaceIds.filter((id) => !account.workspaces.some((known) => known.id === id));
		if (unknown.length > 0) throw invalid(['workspaceIds names an unknown workspace']);
		const now = account.now().toISOString();
		const made = emails
			.split(/[,;]/)
			.map((email) => email.trim())
			.map((email) => ({
				id: entityId(),
				organizationId,
				email,
				workspaceIds,
				createdAt: now,
				updatedAt: now,
			}));
		account.invites.push(...made);
		return { status: 201 };
	});

	route('DELETE', `${root}/invites/:inviteId`, ({ account, params }) => {
		mustBeOurs(params);
		const index = account.invites.findIndex(({ id }) => id === params.inviteId);
		if (index < 0) throw notFound('Invite');
		account.invites.splice(index, 1);
		return { status: 204 };
	});
}
