/** The organization of the local account; the people in it are made up. */
export const organizationId = 'orgW8d3';

/** The workspace that every account has. */
export const firstWorkspaceId = 'wksA7p1';

export type Plan = 'FREE' | 'PRO' | 'BUSINESS';

export interface User {
	id: string;
	firstName: string;
	lastName: string;
	fullName: string;
	email: string;
	avatarUrl: null;
	organizationId: string;
	isDeleted: boolean;
	hasTwoFactorEnabled: boolean;
	createdAt: string;
	updatedAt: string;
	subscriptionPlan: Plan;
}

export interface Workspace {
	id: string;
	name: string;
	createdByUserId: string;
	createdAt: string;
	updatedAt: string;
}

export interface Folder {
	id: string;
	name: string;
	workspaceId: string;
	parentId: string | null;
	createdByUserId: string;
	createdAt: string;
	updatedAt: string;
}

export interface Invite {
	id: string;
	organizationId: string;
	email: string;
	workspaceIds: string[];
	createdAt: string;
	updatedAt: string;
}

const since = '2025-03-01T09:00:00.000Z';

export function firstWorkspace(): Workspace {
	return {
		id: firstWorkspaceId,
		name: 'My workspace',
		createdByUserId: 'usrK4n9',
		createdAt: since,
		updatedAt: since,
	};
}

/** The owner of the key, and a colleague. */
export function members(plan: Plan): User[] {
	const user = (id: string, firstName: string, lastName: string): User => ({
		id,
		firstName,
		lastName,
		fullName: `${firstName} ${lastName}`,
		email: `${firstName.toLowerCase()}@example.com`,
		avatarUrl: null,
		organizationId,
		isDeleted: false,
		hasTwoFactorEnabled: false,
		createdAt: since,
		updatedAt: since,
		subscriptionPlan: plan,
	});
	const owner = { ...user('usrK4n9', 'Sandbox', 'Owner'), email: 'owner@example.com' };
	return [owner, user('usrC0l3', 'Sandbox', 'Colleague')];
}
