import { resources } from '../../../../nodes/Tally/resources/resources';
import { chosen, outcomeOf, Refusal } from '../../../support/tallyOperation';

const form = { formId: chosen('GxdRaQ') };
const workspace = { workspaceId: chosen('w1') };
const webhook = { webhookId: chosen('h1') };
const folder = { ...workspace, folderId: 'f1' };
const org = { organizationId: 'org1' };
const one = { ...form, submissionId: 's1' };
const question = { ...form, questionId: 'q1', title: 'N' };
const hook = { ...form, url: 'https://example.com/' };
const blocks = { ...form, blocks: '[{}]' };
const invite = { ...org, emails: 'a@example.com', workspaceIds: 'w1' };

/** Which field each operation is about, and whether Tally allows it on its Pro plan only. */
const OPERATIONS: Array<[resource: string, operation: string, given: object, field: string | undefined, plan?: 'Pro']> =
	[
		['account', 'get', {}, undefined],
		['block', 'getAll', form, 'Form', 'Pro'],
		['block', 'update', blocks, 'Form', 'Pro'],
		['folder', 'create', { ...workspace, name: 'N' }, 'Workspace', 'Pro'],
		['folder', 'create', { ...workspace, name: 'N', parentId: 'p1' }, 'Workspace" or "Parent Folder ID', 'Pro'],
		['folder', 'delete', folder, 'Folder ID', 'Pro'],
		['folder', 'getAll', workspace, 'Workspace', 'Pro'],
		['folder', 'update', { ...folder, updateFields: { name: 'N' } }, 'Folder ID', 'Pro'],
		['form', 'create', { name: 'N' }, undefined],
		['form', 'create', { name: 'N', additionalFields: { folderId: 'f1' } }, 'Folder ID'],
		['form', 'create', { name: 'N', additionalFields: { templateId: 't1' } }, 'Template ID'],
		[
			'form',
			'create',
			{ name: 'N', additionalFields: { workspaceId: 'w1', folderId: 'f1' } },
			'Folder ID" or "Workspace ID',
		],
		['form', 'create', { name: 'N', additionalFields: { workspaceId: 'w1' } }, 'Workspace ID'],
		['form', 'delete', form, 'Form'],
		['form', 'get', form, 'Form'],
		['form', 'getAll', {}, undefined],
		['form', 'getAll', { filters: { workspaceIds: 'w1' } }, 'Workspace IDs'],
		['form', 'update', { ...form, updateFields: { name: 'N' } }, 'Form'],
		['formAnalytics', 'dimensions', form, 'Form'],
		['formAnalytics', 'dropOff', form, 'Form'],
		['formAnalytics', 'metrics', form, 'Form'],
		['formAnalytics', 'submissions', form, 'Form'],
		['formAnalytics', 'visits', form, 'Form'],
		['invite', 'create', invite, 'Workspace IDs'],
		['invite', 'delete', { ...org, inviteId: 'i1' }, 'Invite ID'],
		['invite', 'getAll', org, 'Organization ID'],
		['organizationUser', 'delete', { ...org, userId: 'u1' }, 'User ID'],
		['organizationUser', 'getAll', org, 'Organization ID'],
		['question', 'getAll', form, 'Form'],
		['question', 'update', question, 'Question ID', 'Pro'],
		['submission', 'delete', one, 'Submission ID'],
		['submission', 'get', one, 'Submission ID'],
		['submission', 'getAll', form, 'Form'],
		['webhook', 'create', hook, 'Form'],
		['webhook', 'delete', webhook, 'Webhook'],
		['webhook', 'getAll', {}, undefined],
		['webhook', 'getDeliveries', webhook, 'Webhook'],
		['webhook', 'redeliver', { ...webhook, scope: 'webhook' }, 'Webhook'],
		['webhook', 'update', { ...webhook, updateFields: { isEnabled: true } }, undefined],
		['workspace', 'create', { name: 'N' }, undefined, 'Pro'],
		['workspace', 'delete', workspace, 'Workspace'],
		['workspace', 'get', workspace, 'Workspace'],
		['workspace', 'getAll', {}, undefined],
		['workspace', 'update', { ...workspace, name: 'N' }, 'Workspace'],
	];

it('tells of every operation', () => {
	const offered = resources.flatMap(({ value, operations }) => operations.map((each) => `${value} ${each.value}`));
	expect([...new Set(OPERATIONS.map(([resource, operation]) => `${resource} ${operation}`))].sort()).toEqual(
		offered.sort(),
	);
});

it.each(OPERATIONS)('%s: %s of what is not there names its field', async (resource, operation, given, field) => {
	const { sent, error } = await outcomeOf([resource, operation], { ...given }, [new Refusal(404)]);
	expect(sent).toHaveLength(1);
	expect(error?.message).toBe(
		field === undefined ? 'Tally’s API was not found at the base URL' : `Tally does not have what "${field}" names`,
	);
});

it.each(OPERATIONS)(
	'%s: %s that a free account may not do says which plan may',
	async (resource, operation, given, ...[field, plan]) => {
		const { error } = await outcomeOf([resource, operation], { ...given }, [
			new Refusal(403),
			{ id: 'u1', subscriptionPlan: 'FREE' },
		]);
		const whose = field === undefined ? 'may not do this in Tally' : `may not use the value of "${field}"`;
		expect(error?.message).toBe(
			plan === undefined ? `The owner of the API key ${whose}` : `Tally allows this on its ${plan} plan only`,
		);
	},
);

// The questions of a form, and the form itself, are two requests; so are a workspace’s change and a look at it.
const shape = { questions: [], submission: {}, submissions: [{ id: 's1' }] };
it.each<[string, string, object, unknown, string | undefined]>([
	['question', 'getAll', form, shape, 'Form'],
	['submission', 'get', one, shape, 'Form'],
	['submission', 'getAll', form, shape, 'Form'],
	['workspace', 'update', { ...workspace, name: 'N' }, undefined, 'Workspace'],
	['webhook', 'update', { ...webhook, updateFields: { isEnabled: true } }, { webhooks: [{ id: 'h1' }] }, 'Webhook'],
	['webhook', 'update', { ...webhook, updateFields: { form: 'GxdRaQ' } }, { webhooks: [{ id: 'h1' }] }, 'Form'],
	['webhook', 'redeliver', { ...form, scope: 'form' }, { webhooks: [{ id: 'h1', formId: 'GxdRaQ' }] }, 'Form'],
	['organizationUser', 'getAll', {}, { organizationId: 'org1' }, undefined],
	['invite', 'getAll', {}, { organizationId: 'org1' }, undefined],
	['webhook', 'redeliver', { scope: 'all' }, { webhooks: [{ id: 'h1', formId: 'GxdRaQ' }] }, undefined],
])('%s: %s names the field of its second request', async (resource, operation, given, reply, field) => {
	const { sent, error } = await outcomeOf([resource, operation], { ...given }, [reply, new Refusal(404)]);
	expect(sent).toHaveLength(2);
	expect(error?.message).toBe(
		field === undefined ? 'Tally does not have what was asked for' : `Tally does not have what "${field}" names`,
	);
});

it.each<[string, string, object, string | undefined]>([
	['block', 'update', blocks, 'Blocks (JSON)'],
	['folder', 'create', { ...workspace, name: 'N' }, 'Name'],
	['form', 'create', { name: 'N' }, 'Name'],
	['form', 'create', { name: 'N', additionalFields: { workspaceId: 'w1', blocks: '[{}]' } }, 'Blocks (JSON)'],
	['workspace', 'create', { name: 'N' }, 'Name'],
	['webhook', 'create', hook, 'Form'],
	['account', 'get', {}, undefined],
])('%s: %s of what Tally does not accept names what is sent', async (resource, operation, given, field) => {
	const { error } = await outcomeOf([resource, operation], { ...given }, [new Refusal(400)]);
	expect(error?.description.includes('The field to look at first')).toBe(field !== undefined);
	if (field !== undefined) expect(error?.description).toContain(`The field to look at first is "${field}".`);
});

it.each([
	['PRO', ' (PRO)'],
	['<a href=//evil.example>Click</a>', ''],
	['ada@example.com', ''],
])('a plan called %j is shown only if Tally has it', async (subscriptionPlan, shown) => {
	const { error } = await outcomeOf(['form', 'get'], form, [new Refusal(401), { id: 'u1', subscriptionPlan }]);
	expect(error?.description).toBe(
		`Either the owner of the key has no access to it in Tally, or the account's plan${shown} does not include it.`,
	);
});
