import { resources } from '../../../../nodes/Tally/resources/resources';
import { chosen, outcomeOf, Refusal } from '../../../support/tallyOperation';

const form = { formId: chosen('GxdRaQ') };
const workspace = { workspaceId: chosen('kb3o5R') };
const webhook = { webhookId: chosen('wQ1k7w') };
const folder = { ...workspace, folderId: '3xQ9dL' };
const org = { organizationId: 'atL65s' };
const one = { ...form, submissionId: 'Z9Z97Go' };
const question = { ...form, questionId: 'EKOE2N', title: 'N' };
const hook = { ...form, url: 'https://example.com/' };
const blocks = { ...form, blocks: '[{}]' };
const invite = { ...org, emails: 'a@example.com', workspaceIds: 'kb3o5R' };

/** A field, and what Tally says of its value that is not there. */
type Named = [label: string, nothing: string] | undefined;
const FORM: Named = ['Form', 'no form GxdRaQ'];
const WORKSPACE: Named = ['Workspace', 'no workspace kb3o5R'];
const WEBHOOK: Named = ['Webhook', 'no webhook wQ1k7w'];

/** What each operation is about, and whether Tally allows it on its Pro plan only. */
const OPERATIONS: Array<[resource: string, operation: string, given: object, named: Named, plan?: 'Pro']> = [
	['account', 'get', {}, undefined],
	['block', 'getAll', form, FORM, 'Pro'],
	['block', 'update', blocks, FORM, 'Pro'],
	['folder', 'create', { ...workspace, name: 'N' }, WORKSPACE, 'Pro'],
	[
		'folder',
		'create',
		{ ...workspace, name: 'N', parentId: '7yR2aB' },
		['Workspace" or "Parent Folder', 'no workspace kb3o5R, or no parent folder 7yR2aB'],
		'Pro',
	],
	['folder', 'delete', folder, ['Folder', 'no folder 3xQ9dL'], 'Pro'],
	['folder', 'getAll', workspace, WORKSPACE, 'Pro'],
	['folder', 'update', { ...folder, updateFields: { name: 'N' } }, ['Folder', 'no folder 3xQ9dL'], 'Pro'],
	['form', 'create', { name: 'N' }, undefined],
	['form', 'create', { name: 'N', additionalFields: { folderId: '3xQ9dL' } }, ['Folder', 'no folder 3xQ9dL']],
	['form', 'create', { name: 'N', additionalFields: { templateId: 'mT4q8Z' } }, ['Template ID', 'no template mT4q8Z']],
	[
		'form',
		'create',
		{ name: 'N', additionalFields: { workspaceId: 'kb3o5R', folderId: '3xQ9dL' } },
		['Folder" or "Workspace', 'no folder 3xQ9dL, or no workspace kb3o5R'],
	],
	['form', 'create', { name: 'N', additionalFields: { workspaceId: 'kb3o5R' } }, WORKSPACE],
	['form', 'delete', form, FORM],
	['form', 'get', form, FORM],
	['form', 'getEmbedCode', form, FORM],
	['form', 'getAll', {}, undefined],
	['form', 'getAll', { filters: { workspaceIds: 'kb3o5R' } }, ['Workspace IDs', 'no workspace kb3o5R']],
	['form', 'update', { ...form, updateFields: { name: 'N' } }, FORM],
	['formAnalytics', 'dimensions', form, FORM],
	['formAnalytics', 'dropOff', form, FORM],
	['formAnalytics', 'metrics', form, FORM],
	['formAnalytics', 'submissions', form, FORM],
	['formAnalytics', 'visits', form, FORM],
	['invite', 'create', invite, ['Workspace IDs', 'no workspace kb3o5R']],
	['invite', 'delete', { ...org, inviteId: 'b4K9xQ' }, ['Invite', 'no invite b4K9xQ']],
	['invite', 'getAll', org, ['Organization ID', 'no organization atL65s']],
	['organizationUser', 'delete', { ...org, userId: 'w2Q7mD' }, ['User', 'no user w2Q7mD']],
	['organizationUser', 'getAll', org, ['Organization ID', 'no organization atL65s']],
	['question', 'getAll', form, FORM],
	['question', 'update', question, ['Question', 'no question EKOE2N'], 'Pro'],
	['submission', 'delete', one, ['Submission', 'no submission Z9Z97Go']],
	['submission', 'get', one, ['Submission', 'no submission Z9Z97Go']],
	['submission', 'getAll', form, FORM],
	['webhook', 'create', hook, FORM],
	['webhook', 'delete', webhook, WEBHOOK],
	['webhook', 'getAll', {}, undefined],
	['webhook', 'getDeliveries', webhook, WEBHOOK],
	['webhook', 'redeliver', { ...webhook, scope: 'webhook' }, WEBHOOK],
	['webhook', 'update', { ...webhook, updateFields: { isEnabled: true } }, undefined],
	['workspace', 'create', { name: 'N' }, undefined, 'Pro'],
	['workspace', 'delete', workspace, WORKSPACE],
	['workspace', 'get', workspace, WORKSPACE],
	['workspace', 'getAll', {}, undefined],
	['workspace', 'update', { ...workspace, name: 'N' }, WORKSPACE],
];

it('tells of every operation', () => {
	const offered = resources.flatMap(({ value, operations }) => operations.map((each) => `${value} ${each.value}`));
	expect([...new Set(OPERATIONS.map(([resource, operation]) => `${resource} ${operation}`))].sort()).toEqual(
		offered.sort(),
	);
});

it.each(OPERATIONS)('%s: %s of what is not there names it', async (resource, operation, given, named) => {
	const { sent, error } = await outcomeOf([resource, operation], { ...given }, [new Refusal(404)]);
	expect(sent).toHaveLength(1);
	expect(error?.message).toBe(
		named === undefined ? 'Tally’s API was not found at the base URL' : `Tally has ${named[1]}`,
	);
});

it.each(OPERATIONS)(
	'%s: %s that a free account may not do says which plan may',
	async (resource, operation, given, ...[named, plan]) => {
		const { error } = await outcomeOf([resource, operation], { ...given }, [
			new Refusal(403),
			{ id: 'w2Q7mD', subscriptionPlan: 'FREE' },
		]);
		const whose = named === undefined ? 'may not do this in Tally' : `may not use the value of "${named[0]}"`;
		expect(error?.message).toBe(
			plan === undefined ? `The owner of the API key ${whose}` : `Tally allows this on its ${plan} plan only`,
		);
	},
);

// The questions of a form, and the form itself, are two requests; so are a workspace’s change and a look at it.
const shape = { questions: [], submission: {}, submissions: [{ id: 'Z9Z97Go' }] };
it.each<[string, string, object, unknown, Named]>([
	['question', 'getAll', form, shape, FORM],
	['submission', 'get', one, shape, FORM],
	['submission', 'getAll', form, shape, FORM],
	['workspace', 'update', { ...workspace, name: 'N' }, undefined, WORKSPACE],
	['webhook', 'update', { ...webhook, updateFields: { isEnabled: true } }, { webhooks: [{ id: 'wQ1k7w' }] }, WEBHOOK],
	['webhook', 'update', { ...webhook, updateFields: { form: 'GxdRaQ' } }, { webhooks: [{ id: 'wQ1k7w' }] }, FORM],
	['webhook', 'redeliver', { ...form, scope: 'form' }, { webhooks: [{ id: 'wQ1k7w', formId: 'GxdRaQ' }] }, FORM],
	['organizationUser', 'getAll', {}, { organizationId: 'atL65s' }, undefined],
	['invite', 'getAll', {}, { organizationId: 'atL65s' }, undefined],
	['webhook', 'redeliver', { scope: 'all' }, { webhooks: [{ id: 'wQ1k7w', formId: 'GxdRaQ' }] }, undefined],
])('%s: %s names what its second request is about', async (resource, operation, given, reply, named) => {
	const { sent, error } = await outcomeOf([resource, operation], { ...given }, [reply, new Refusal(404)]);
	expect(sent).toHaveLength(2);
	expect(error?.message).toBe(named === undefined ? 'Tally does not have what was asked for' : `Tally has ${named[1]}`);
});

it.each<[string, string, object, string | undefined]>([
	['block', 'update', blocks, 'Blocks (JSON)'],
	['folder', 'create', { ...workspace, name: 'N' }, 'Name'],
	['form', 'create', { name: 'N' }, 'Name'],
	['form', 'create', { name: 'N', additionalFields: { workspaceId: 'kb3o5R', blocks: '[{}]' } }, 'Blocks (JSON)'],
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
	const { error } = await outcomeOf(['form', 'get'], form, [new Refusal(401), { id: 'w2Q7mD', subscriptionPlan }]);
	expect(error?.description).toBe(
		`Either the owner of the key has no access to it in Tally, or the account's plan${shown} does not include it.`,
	);
});
