import { chosen, outcomeOf } from '../../../support/tallyOperation';

const form = { formId: chosen('GxdRaQ') };
const workspace = { workspaceId: chosen('w1') };
const webhook = { webhookId: chosen('h1') };
const folder = { ...workspace, folderId: 'f1' };
const org = { organizationId: 'org1' };

type Said = [message: string, description: string];
const FILL_IN = 'Fill it in, or map a field that every item has.';
const empty = (label: string): Said => [`"${label}" is empty`, FILL_IN];
const ids = (label: string) => `"${label}" takes an ID as Tally gives it: letters and digits, nothing else.`;
const noId = (label: string): Said => [`The value of "${label}" is not an ID`, ids(label)];
const address = (label: string): Said => [`The value of "${label}" is an address`, ids(label)];
const CHOOSE_FORM =
	'Choose a form under "Form": from the list, by the address of the form in the Tally editor, or by its ID.';
const noForm: Said = ['No form is chosen', CHOOSE_FORM];
const notForm: Said = ['The value of "Form" is not a Tally form', CHOOSE_FORM];
const noChange: Said = ['"Update Fields" is empty', 'Add at least one field to change.'];
const noJson = (label: string): Said => [`"${label}" is not valid JSON`, 'Check its brackets, quotes and commas.'];
const noObjects = (label: string): Said => [
	`"${label}" is not a list of objects`,
	'Enter JSON such as [{ … }, { … }].',
];
const noObject: Said = ['"Settings (JSON)" is not a JSON object', 'Enter JSON such as { "isClosed": true }.'];
const noUrl: Said = ['The value of "URL" is not an address', 'Use one such as https://example.com/.'];
const noLimit: Said = ['"Limit" is not a whole number from 1', 'Enter a number such as 50.'];
const noEmail: Said = ['"Emails" holds a value that is not an email address', 'Separate them by commas.'];
const noPeriod: Said = ['The value of "Period" is not one that Tally knows', 'Choose one from the list in "Period".'];
const noDate = (label: string, kind = 'text'): Said => [
	`The value of "${label}" is not a valid date`,
	`It is ${kind}. Use a date such as 2026-02-09, or 2026-02-09T10:00:00Z.`,
];
const noYesNo = (label: string): Said => [
	`The value of "${label}" is neither yes nor no`,
	'Use true or false. Of texts, true, yes, on and 1 are on; false, no, off, 0 and an empty text are off.',
];
const noSpan: Said = ['"From" is later than "To"', 'Exchange the two dates.'];
const AMBIGUOUS = 'a date of which nobody knows which part is the day';
const late = { from: '2026-02-10', to: '2026-02-09' };

it.each<[string, string, object, Said]>([
	['block', 'getAll', {}, noForm],
	['block', 'update', { ...form, blocks: '[{' }, noJson('Blocks (JSON)')],
	['block', 'update', { ...form, blocks: '' }, noJson('Blocks (JSON)')],
	['block', 'update', { ...form, blocks: '{}' }, noObjects('Blocks (JSON)')],
	['block', 'update', { ...form, blocks: [{}, 7] }, noObjects('Blocks (JSON)')],
	['block', 'update', form, ['"Blocks (JSON)" is empty', 'Enter at least one object.']],

	['folder', 'create', { name: 'N' }, empty('Workspace')],
	['folder', 'create', workspace, empty('Name')],
	['folder', 'create', { ...workspace, name: ' ' }, empty('Name')],
	['folder', 'create', { ...workspace, name: ['N'] }, empty('Name')],
	['folder', 'create', { ...workspace, name: 'N', parentId: 'a b' }, noId('Parent Folder')],
	['folder', 'create', { ...workspace, name: 'N', parentId: ['f2'] }, noId('Parent Folder')],
	['folder', 'delete', workspace, empty('Folder')],
	['folder', 'delete', { folderId: 'f1' }, empty('Workspace')],
	['folder', 'delete', { ...workspace, folderId: '../../users/me' }, address('Folder')],
	['folder', 'getAll', { workspaceId: chosen('https://tally.so/w/1', 'id') }, address('Workspace')],
	['folder', 'getAll', { workspaceId: chosen('a:b', 'id') }, address('Workspace')],
	['folder', 'getAll', { ...workspace, limit: 0 }, noLimit],
	['folder', 'getAll', { ...workspace, limit: 1.5 }, noLimit],
	['folder', 'getAll', { ...workspace, limit: 'many' }, noLimit],
	['folder', 'update', { folderId: 'f1' }, empty('Workspace')],
	['folder', 'update', workspace, empty('Folder')],
	['folder', 'update', folder, noChange],
	['folder', 'update', { ...folder, updateFields: { moveToTop: false, name: '' } }, noChange],
	['folder', 'update', { ...folder, updateFields: { parentId: 'a b' } }, noId('Parent Folder')],
	['folder', 'update', { ...folder, updateFields: { parentId: ['f2'] } }, noId('Parent Folder')],

	['form', 'create', {}, empty('Name')],
	['form', 'create', { name: 'N', additionalFields: { blocks: '7' } }, noObjects('Blocks (JSON)')],
	['form', 'create', { name: 'N', additionalFields: { folderId: 'a b' } }, noId('Folder')],
	['form', 'create', { name: 'N', additionalFields: { templateId: 'a b' } }, noId('Template ID')],
	['form', 'create', { name: 'N', additionalFields: { workspaceId: 'a/b' } }, address('Workspace')],
	['form', 'create', { name: 'N', additionalFields: { settings: '[]' } }, noObject],
	['form', 'delete', { formId: chosen(' ') }, noForm],
	['form', 'get', { formId: chosen('my form', 'id') }, notForm],
	['form', 'get', { formId: chosen(7, 'id') }, noForm],
	['form', 'getAll', { filters: { workspaceIds: 'w1, a b' } }, noId('Workspace IDs')],
	['form', 'update', {}, noForm],
	['form', 'update', form, noChange],
	['form', 'update', { ...form, updateFields: { settings: '{' } }, noJson('Settings (JSON)')],
	['form', 'update', { ...form, updateFields: { blocks: '"x' } }, noJson('Blocks (JSON)')],

	['formAnalytics', 'metrics', {}, noForm],
	['formAnalytics', 'visits', { ...form, period: '2d' }, noPeriod],
	['formAnalytics', 'visits', { ...form, period: '' }, empty('Period')],

	['invite', 'create', { ...org, workspaceIds: 'w1' }, empty('Emails')],
	['invite', 'create', { ...org, emails: ' , ; ', workspaceIds: 'w1' }, empty('Emails')],
	['invite', 'create', { ...org, emails: 'a@example.com' }, empty('Workspace IDs')],
	['invite', 'create', { ...org, emails: 'a@example.com', workspaceIds: 'w1, a b' }, noId('Workspace IDs')],
	...['ada', '@example.com', 'ada@', 'a@b@c', 'ada lovelace@example.com', 'a@example.com b'].map(
		(odd): [string, string, object, Said] => [
			'invite',
			'create',
			{ ...org, emails: `a@example.com, ${odd}`, workspaceIds: 'w1' },
			noEmail,
		],
	),
	['invite', 'delete', org, empty('Invite')],
	['invite', 'getAll', { organizationId: 'a b' }, noId('Organization ID')],
	['invite', 'getAll', { organizationId: ['org1'] }, noId('Organization ID')],
	['invite', 'getAll', { ...org, limit: -1 }, noLimit],
	['organizationUser', 'delete', org, empty('User')],
	['organizationUser', 'getAll', { ...org, limit: 0 }, noLimit],

	['question', 'getAll', { formId: chosen('https://example.com/', 'url') }, notForm],
	['question', 'getAll', { ...form, limit: 0 }, noLimit],
	['question', 'update', { questionId: 'q1', title: 'T' }, noForm],
	['question', 'update', { ...form, title: 'T' }, empty('Question')],
	['question', 'update', { ...form, questionId: 'q1' }, empty('Title')],

	['submission', 'delete', { submissionId: 's1' }, noForm],
	['submission', 'delete', form, empty('Submission')],
	['submission', 'get', form, empty('Submission')],
	['submission', 'get', { ...form, submissionId: 's 1' }, noId('Submission')],
	['submission', 'getAll', {}, noForm],
	['submission', 'getAll', { ...form, limit: 0 }, noLimit],
	['submission', 'getAll', { ...form, filters: { from: 'soon' } }, noDate('From')],
	['submission', 'getAll', { ...form, filters: { to: { day: 1 } } }, noDate('To', 'an object')],
	['submission', 'getAll', { ...form, filters: late }, noSpan],
	['submission', 'getAll', { ...form, filters: { afterId: 's 1' } }, noId('After Submission')],

	['webhook', 'create', { url: 'https://example.com/' }, noForm],
	...[
		'',
		'example.com',
		'ftp://example.com',
		'https://',
		'https://exa mple.com',
		'https://[',
		'x https://example.com',
		7,
	].map((url): [string, string, object, Said] => ['webhook', 'create', { ...form, url }, noUrl]),
	['webhook', 'delete', {}, empty('Webhook')],
	['webhook', 'getAll', { filters: { form: 'my form' } }, notForm],
	['webhook', 'getAll', { limit: 0 }, noLimit],
	['webhook', 'getDeliveries', {}, empty('Webhook')],
	['webhook', 'redeliver', {}, noForm],
	['webhook', 'redeliver', { scope: 'webhook' }, empty('Webhook')],
	['webhook', 'redeliver', { ...form, filters: { from: 'soon' } }, noDate('From')],
	['webhook', 'redeliver', { ...form, filters: { to: 'soon' } }, noDate('To')],
	['webhook', 'redeliver', { ...form, filters: { from: '01.12.2026' } }, noDate('From', AMBIGUOUS)],
	['submission', 'getAll', { ...form, filters: { from: '01.12.2026' } }, noDate('From', AMBIGUOUS)],
	...['folder', 'invite', 'organizationUser'].map((resource): [string, string, object, Said] => [
		resource,
		'getAll',
		{ ...workspace, returnAll: 'maybe' },
		noYesNo('Return All'),
	]),
	['form', 'getAll', { returnAll: 'maybe' }, noYesNo('Return All')],
	['form', 'getAll', { filters: { includeTrash: 'maybe' } }, noYesNo('Include Trash')],
	['question', 'getAll', { ...form, returnAll: 'maybe' }, noYesNo('Return All')],
	['question', 'getAll', { ...form, simplify: 'maybe' }, noYesNo('Simplify')],
	['question', 'getAll', { ...form, filters: { includeDeleted: 2 } }, noYesNo('Include Deleted')],
	['submission', 'get', { ...form, submissionId: 's1', simplify: ['yes'] }, noYesNo('Simplify')],
	['submission', 'get', { ...form, submissionId: 's1', options: { includeLinks: 'maybe' } }, noYesNo('Include Links')],
	['submission', 'getAll', { ...form, simplify: 'maybe' }, noYesNo('Simplify')],
	['submission', 'getAll', { ...form, options: { includeUnanswered: 'maybe' } }, noYesNo('Include Unanswered')],
	['webhook', 'getAll', { options: { includeSecrets: 'maybe' } }, noYesNo('Include Secrets')],
	['webhook', 'getDeliveries', { ...webhook, simplify: 'maybe' }, noYesNo('Simplify')],
	['webhook', 'update', { ...webhook, updateFields: { isEnabled: 'maybe' } }, noYesNo('Enabled')],
	['folder', 'update', { ...folder, updateFields: { moveToTop: 'maybe' } }, noYesNo('Move to Top')],
	['webhook', 'redeliver', { ...form, filters: late }, noSpan],
	['webhook', 'redeliver', { ...form, filters: { addressContains: ['a'] } }, empty('Address Contains')],
	[
		'webhook',
		'redeliver',
		{ ...form, scope: 'webhooks' },
		['The value of "Deliveries Of" is not in its list', 'Choose one from the list in "Deliveries Of".'],
	],
	['webhook', 'redeliver', { ...form, limit: 0 }, noLimit],
	['webhook', 'update', { updateFields: { isEnabled: true } }, empty('Webhook')],
	['webhook', 'update', webhook, noChange],
	['webhook', 'update', { ...webhook, updateFields: { signingSecret: '', url: '' } }, noChange],
	['webhook', 'update', { ...webhook, updateFields: { form: 'my form' } }, notForm],
	['webhook', 'update', { ...webhook, updateFields: { url: 'example.com' } }, noUrl],

	['workspace', 'create', {}, empty('Name')],
	['workspace', 'delete', {}, empty('Workspace')],
	['workspace', 'get', {}, empty('Workspace')],
	['workspace', 'getAll', { limit: 0 }, noLimit],
	['workspace', 'update', { name: 'N' }, empty('Workspace')],
	['workspace', 'update', workspace, empty('Name')],
])('%s: %s of %j is refused before anything is asked', async (resource, operation, given, [message, description]) => {
	expect(await outcomeOf([resource, operation], { ...given })).toEqual({ sent: [], error: { message, description } });
});
