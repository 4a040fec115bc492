import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { resources } from '../../nodes/Tally/resources/resources';
import { formOfBlocks } from '../../sandbox/tally/blockForms';
import { blocksOf } from '../../sandbox/tally/blocks';
import { buildForm } from '../../sandbox/tally/sampleForm';
import { startTally, type LocalTally } from '../../sandbox/tally/tally';
import { byId, itemsOf, runTally, type TallyRun } from '../support/tallyRun';

// Waiting is minutes long; what is waited for is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

jest.setTimeout(60_000);

let tally: LocalTally;

beforeEach(async () => {
	tally = await startTally({ plan: 'PRO' });
});
afterEach(async () => {
	await tally.close();
});
/** Every request that the node makes is checked against the API description. */
const expectNoViolation = () => expect(tally.violations()).toEqual([]);

const webhookUrl = 'https://n8n.example.com/webhook/abc';
const run = async (resource: string, operation: string, more: object = {}) =>
	await itemsOf(tally, { resource, operation, ...more });
const one = async (resource: string, operation: string, more: object = {}) => {
	const items = await run(resource, operation, more);
	expect(items).toHaveLength(1);
	return items[0] as Record<string, unknown> & { id: string };
};
const form = () => ({ formId: byId(tally.formId) });
const workspace = (id: string) => ({ workspaceId: byId(id) });
const webhook = (id: string) => ({ webhookId: byId(id) });
const complaint = async (run: TallyRun, plan: LocalTally = tally) => (await runTally(plan, run)).error;

describe('the whole API', () => {
	/** Everything that the node can do, once, in an order in which each step finds what it needs. */
	async function everything(): Promise<string[]> {
		const done: string[] = [];
		const step = async (resource: string, operation: string, more: object = {}) => {
			done.push(`${resource} ${operation}`);
			return await run(resource, operation, more);
		};
		const { submissionId } = await tally.submit();
		await step('account', 'get');
		await step('submission', 'getAll', form());
		await step('submission', 'get', { ...form(), submissionId });
		for (const figures of ['metrics', 'visits', 'submissions', 'dimensions', 'dropOff']) {
			await step('formAnalytics', figures, { ...form(), period: '7d' });
		}
		await step('submission', 'delete', { ...form(), submissionId });
		const [question] = await step('question', 'getAll', { ...form(), returnAll: true });
		await step('question', 'update', { ...form(), questionId: question?.id, title: 'Source' });
		const blocks = await step('block', 'getAll', form());
		await step('block', 'update', { ...form(), blocks: JSON.stringify(blocks) });

		const [space] = await step('workspace', 'create', { name: 'Shop' });
		const shop = workspace(String(space?.id));
		await step('workspace', 'getAll');
		await step('workspace', 'get', shop);
		await step('workspace', 'update', { ...shop, name: 'Shops' });
		const [folder] = await step('folder', 'create', { ...shop, name: 'Old' });
		await step('folder', 'getAll', shop);
		await step('folder', 'update', { ...shop, folderId: folder?.id, updateFields: { name: 'Older', moveToTop: true } });
		await step('folder', 'delete', { ...shop, folderId: folder?.id });
		const people = await step('organizationUser', 'getAll');
		await step('invite', 'create', { emails: 'a@example.com; b@example.com', workspaceIds: space?.id });
		const [invite] = await step('invite', 'getAll');
		await step('invite', 'delete', { inviteId: invite?.id });
		await step('organizationUser', 'delete', { userId: people[1]?.id });

		const [made] = await step('form', 'create', { name: 'Survey', additionalFields: { workspaceId: space?.id } });
		const survey = { formId: byId(String(made?.id)) };
		await step('form', 'get', survey);
		await step('form', 'getEmbedCode', survey);
		await step('form', 'getAll', { filters: { workspaceIds: space?.id } });
		await step('form', 'update', { ...survey, updateFields: { name: 'Surveys' } });
		await step('form', 'delete', survey);
		await step('workspace', 'delete', shop);

		const [hook] = await step('webhook', 'create', { ...form(), url: `${tally.url}/nobody` });
		const target = webhook(String(hook?.id));
		await step('webhook', 'getAll');
		await step('webhook', 'update', { ...target, updateFields: { isEnabled: true } });
		await tally.submit({});
		await eventually(() => tally.deliveries()[0]?.deliveryStatus === 'FAILED');
		await step('webhook', 'getDeliveries', target);
		await step('webhook', 'redeliver', { ...target, scope: 'webhook', options: { waitForOutcome: 0 } });
		await step('webhook', 'delete', target);
		return done;
	}

	it('is reached, every operation of the description by one of the node’s', async () => {
		const description = parse(readFileSync(join(__dirname, '../../sandbox/openapi/tally.yaml'), 'utf8')) as {
			paths: Record<string, Record<string, { operationId?: string }>>;
		};
		const described = Object.values(description.paths).flatMap((path) =>
			Object.values(path).flatMap(({ operationId }) => operationId ?? []),
		);
		const done = await everything();
		expectNoViolation();
		expect(new Set(tally.requests().map(({ operationId }) => operationId))).toEqual(new Set(described));
		expect(described).toHaveLength(38);
		const offered = resources.flatMap(({ value, operations }) => operations.map((each) => `${value} ${each.value}`));
		expect(done.sort()).toEqual(offered.sort());
	});
});

/** Resolves once something that goes on by itself has come about. */
async function eventually(test: () => boolean): Promise<void> {
	while (!test()) await new Promise((resolve) => setImmediate(resolve));
}

describe('Account', () => {
	it('never outputs what opens the account', async () => {
		const me = await one('account', 'get');
		expect(me).toMatchObject({ id: 'usrK4n9', organizationId: 'orgW8d3', subscriptionPlan: 'PRO' });
		expect(JSON.stringify(me)).not.toMatch(/token/i);
	});
});

describe('Form', () => {
	it('is created with its name as its title', async () => {
		const made = await one('form', 'create', {
			name: 'Q&A <1>',
			additionalFields: { status: 'PUBLISHED', settings: '{"isClosed":true}' },
		});
		expect(made).toMatchObject({ name: 'Q&A <1>', status: 'PUBLISHED' });
		expect(await one('form', 'get', { formId: byId(made.id) })).toMatchObject({
			settings: { isClosed: true },
			blocks: [{ type: 'FORM_TITLE', payload: { html: 'Q&amp;A &lt;1&gt;' } }],
		});
	});

	it('is created of blocks that have a title already', async () => {
		const blocks = blocksOf(buildForm('x', 'Own title', [{ type: 'INPUT_TEXT', title: 'Name' }]));
		const { id } = await one('form', 'create', { name: 'Other', additionalFields: { blocks: JSON.stringify(blocks) } });
		expect(formOfBlocks(id, blocks).name).toBe('Own title');
		expect((await one('form', 'get', { formId: byId(id) })).blocks).toHaveLength(blocks.length);
	});

	it('is listed without the trash, by workspace, over all pages', async () => {
		for (let index = 0; index < 501; index++) tally.addForm(buildForm(`form${index}`, `Form ${index}`, []));
		tally.trashForm('form7');
		const ids = (await run('form', 'getAll', { returnAll: true })).map(({ id }) => id);
		expect(new Set(ids).size).toBe(501);
		expect(ids).not.toContain('form7');
		expect(await run('form', 'getAll', { returnAll: true, filters: { includeTrash: true } })).toHaveLength(502);
		expect(await run('form', 'getAll', { filters: { workspaceIds: 'none1, none2' } })).toEqual([]);
		expect(await run('form', 'getAll', { limit: 3 })).toHaveLength(3);
		expectNoViolation();
	});
});

describe('Question: Get Many', () => {
	it('joins in options, rows and columns', async () => {
		const questions = await run('question', 'getAll', { ...form(), returnAll: true });
		const named = (title: string) => questions.find((question) => question.title === title);
		expect(questions).toHaveLength(21);
		expect(named('Topics')).toMatchObject({
			type: 'CHECKBOXES',
			options: [{ text: 'Price' }, { text: 'Fit, and finish' }, { text: 'Service' }],
		});
		expect(named('How was it?')).toMatchObject({
			rows: [{ text: 'Quality' }, { text: 'Speed' }, { text: 'Packaging' }],
			columns: [{ text: 'Poor' }, { text: 'Fair' }, { text: 'Great' }],
		});
		expect(questions[0]).toMatchObject({
			type: 'HIDDEN_FIELDS',
			title: null,
			fields: [{ name: 'utm_source' }, { name: 'utm_campaign' }],
		});
		expect(named('Phone')).not.toHaveProperty('options');
		expect(await run('question', 'getAll', { ...form(), simplify: false, limit: 2 })).toMatchObject([
			{ isTitleModifiedByUser: false },
			{},
		]);
	});
});

describe('Webhook', () => {
	const more = { signingSecret: 'top secret', headers: { header: [{ name: 'X-Key', value: 'opens' }] } };

	it('never outputs secrets unless they are asked for', async () => {
		const made = await one('webhook', 'create', { ...form(), url: webhookUrl, additionalFields: more });
		const changed = await one('webhook', 'update', { ...webhook(made.id), updateFields: { url: `${webhookUrl}/2` } });
		const [listed] = await run('webhook', 'getAll');
		for (const shown of [made, changed, listed]) {
			expect(shown).toMatchObject({ isSigned: true, httpHeaders: [{ name: 'X-Key' }] });
			expect(JSON.stringify(shown)).not.toMatch(/top secret|opens/);
		}
		const [whole] = await run('webhook', 'getAll', { options: { includeSecrets: true } });
		expect(whole).toMatchObject({ signingSecret: 'top secret', httpHeaders: [{ name: 'X-Key', value: 'opens' }] });
	});

	it('keeps what an update does not name', async () => {
		const { id } = await one('webhook', 'create', { ...form(), url: webhookUrl, additionalFields: more });
		await one('webhook', 'update', { ...webhook(id), updateFields: { isEnabled: false } });
		expect(tally.webhooks()[0]).toMatchObject({
			...{ signingSecret: 'top secret', url: webhookUrl },
			isEnabled: false,
			httpHeaders: [{ name: 'X-Key', value: 'opens' }],
		});
		expectNoViolation();
	});

	it.each([0, 1, 99, 100, 101])('lists all of %i, and those of one form', async (count) => {
		tally.addForm(buildForm('other1', 'Other', []));
		for (let index = 0; index < count; index++) {
			await one('webhook', 'create', {
				formId: byId(index === 3 ? 'other1' : tally.formId),
				url: `${webhookUrl}/${index}`,
			});
		}
		const all = await run('webhook', 'getAll', { returnAll: true });
		expect(new Set(all.map(({ id }) => id)).size).toBe(count);
		expect(await run('webhook', 'getAll', { filters: { form: 'https://tally.so/forms/other1/edit' } })).toHaveLength(
			count > 3 ? 1 : 0,
		);
	});
});

describe('lists without pages', () => {
	it('are cut to the limit', async () => {
		const { id } = await one('workspace', 'create', { name: 'Shop' });
		for (const name of ['A', 'B', 'C']) await one('folder', 'create', { ...workspace(id), name });
		expect(await run('folder', 'getAll', { ...workspace(id), limit: 2 })).toHaveLength(2);
		expect(await run('folder', 'getAll', { ...workspace(id), returnAll: true })).toHaveLength(3);
	});
});

describe('Form Analytics', () => {
	it('has one item for each span of time, and something where there is nothing', async () => {
		await expect(one('formAnalytics', 'dropOff', form())).resolves.toEqual({
			stats: null,
			dataAvailableSince: null,
			data: [],
		});
		await tally.submit();
		expect(await one('formAnalytics', 'visits', form())).toEqual({
			time: expect.any(String) as string,
			totalVisits: 1,
		});
		expect(await one('formAnalytics', 'submissions', form())).toMatchObject({ totalSubmissions: 1 });
		expect(await one('formAnalytics', 'metrics', form())).toMatchObject({ visits: 1 });
	});
});

describe('a refusal', () => {
	it.each<[string, TallyRun]>([
		['workspace', { resource: 'workspace', operation: 'create', name: 'Shop' }],
		['folder', { resource: 'folder', operation: 'getAll', workspaceId: byId('wksA7p1') }],
		['block', { resource: 'block', operation: 'getAll', formId: byId('GxdRaQ') }],
	])('for want of a plan says which: %s', async (_what, parameters) => {
		const free = await startTally();
		try {
			expect(await complaint(parameters, free)).toMatchObject({
				message: 'Tally allows this on its Pro plan only',
				description: expect.stringContaining('The plan of this account is FREE.') as string,
			});
		} finally {
			await free.close();
		}
	});

	it('of a bad key is told apart, and of no webhook yet', async () => {
		expect(await run('webhook', 'getAll')).toEqual([]);
		expect(await run('webhook', 'redeliver', { scope: 'all' })).toEqual([]);
		const { error } = await runTally(
			{ url: tally.url, apiKey: 'tly-wrong' },
			{ resource: 'webhook', operation: 'getAll' },
		);
		expect(error?.message).toBe('Tally does not accept the API key');
		expect(JSON.stringify(error)).not.toContain('tly-wrong');
	});

	it('of anything else, though the key is good, says so', async () => {
		tally.failNext({ status: 401, body: 'Unauthorized' });
		expect(await complaint({ resource: 'form', operation: 'get', ...form() })).toMatchObject({
			message: 'Tally knows the API key, but does not allow this with the value of "Form"',
		});
	});

	const uploads: Array<[string, TallyRun, string]> = [
		[
			'a workspace without rights',
			{ resource: 'organizationUser', operation: 'getAll', organizationId: 'other1' },
			'The owner of the API key may not use the value of "Organization ID"',
		],
		[
			'a workspace that is gone',
			{ resource: 'workspace', operation: 'get', workspaceId: byId('nGone1') },
			'Tally has no workspace nGone1',
		],
		[
			'a workspace that is an address',
			{ resource: 'workspace', operation: 'get', workspaceId: byId('https://tally.so/w/1') },
			'The value of "Workspace" is an address',
		],
		[
			'an empty list',
			{ resource: 'invite', operation: 'create', emails: '={{ [] }}', workspaceIds: 'wksA7p1' },
			'"Emails" is empty',
		],
		[
			'another empty list',
			{ resource: 'invite', operation: 'create', emails: 'a@example.com', workspaceIds: '={{ " , " }}' },
			'"Workspace IDs" is empty',
		],
		[
			'no email',
			{ resource: 'invite', operation: 'create', emails: 'ada', workspaceIds: 'wksA7p1' },
			'"Emails" holds a value that is not an email address',
		],
		[
			'a workspace nobody knows',
			{ resource: 'invite', operation: 'create', emails: 'a@example.com', workspaceIds: 'nGone1' },
			'Tally did not accept the request',
		],
		[
			'invalid JSON',
			{ resource: 'block', operation: 'update', formId: byId('GxdRaQ'), blocks: '[{' },
			'"Blocks (JSON)" is not valid JSON',
		],
		[
			'an empty list of blocks',
			{ resource: 'block', operation: 'update', formId: byId('GxdRaQ'), blocks: '[]' },
			'"Blocks (JSON)" is empty',
		],
		[
			'blocks that are none',
			{ resource: 'block', operation: 'update', formId: byId('GxdRaQ'), blocks: '{"a":1}' },
			'"Blocks (JSON)" is not a list of objects',
		],
		[
			'settings that are none',
			{ resource: 'form', operation: 'update', formId: byId('GxdRaQ'), updateFields: { settings: '7' } },
			'"Settings (JSON)" is not a JSON object',
		],
		[
			'nothing to change',
			{ resource: 'form', operation: 'update', formId: byId('GxdRaQ') },
			'"Update Fields" is empty',
		],
		[
			'nothing to change of a webhook',
			{ resource: 'webhook', operation: 'update', webhookId: byId('w1') },
			'"Update Fields" is empty',
		],
		[
			'nothing to change of a folder',
			{ resource: 'folder', operation: 'update', workspaceId: byId('w1'), folderId: 'f1' },
			'"Update Fields" is empty',
		],
		[
			'a webhook that is gone',
			{ resource: 'webhook', operation: 'update', webhookId: byId('nGone1'), updateFields: { isEnabled: true } },
			'Tally has no webhook nGone1',
		],
		[
			'an address that is none',
			{ resource: 'webhook', operation: 'create', formId: byId('GxdRaQ'), url: 'n8n.example.com' },
			'The value of "URL" is not an address',
		],
		[
			'a period that is none',
			{ resource: 'formAnalytics', operation: 'metrics', formId: byId('GxdRaQ'), period: '={{ "2d" }}' },
			'The value of "Period" is not one that Tally knows',
		],
		[
			'a span that ends before it begins',
			{ resource: 'webhook', operation: 'redeliver', scope: 'all', filters: { from: '2026-02-02', to: '2026-02-01' } },
			'"From" is later than "To"',
		],
	];
	it.each(uploads)('names the field: %s', async (_what, parameters, message) => {
		const error = await complaint(parameters);
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/\w/);
	});
});

describe('transport', () => {
	const get: TallyRun = { resource: 'form', operation: 'get', formId: byId('GxdRaQ') };
	const write: TallyRun = {
		resource: 'form',
		operation: 'update',
		formId: byId('GxdRaQ'),
		updateFields: { name: 'New' },
	};

	it.each([
		['too many requests, twice, when reading', get, [429, 429], 3],
		['too many requests when writing', write, [429], 2],
		['trouble when reading', get, [500, 502, 503], 4],
	])('goes on after %s', async (_what, parameters, statuses, requests) => {
		for (const status of statuses) tally.failNext({ status, headers: { 'retry-after': '1' } });
		expect(await itemsOf(tally, parameters)).toHaveLength(1);
		expect(tally.requests()).toHaveLength(requests);
	});

	it('does not repeat a write of which nobody knows what it did', async () => {
		tally.failNext({ status: 500 });
		expect(await complaint(write)).toMatchObject({ message: 'Tally is not working at the moment (status 500)' });
		expect(tally.requests()).toHaveLength(1);
	});

	it('gives up in the end, and says why', async () => {
		for (let index = 0; index < 5; index++) tally.failNext({ status: 429 });
		expect(await complaint(get)).toMatchObject({ message: 'Tally allows 100 requests a minute and has had more' });
		expect(tally.requests()).toHaveLength(5);
		const gone = { url: 'http://127.0.0.1:1', apiKey: 'tly-sandbox' };
		expect((await runTally(gone, get)).error?.message).toBe('Tally could not be reached at 127.0.0.1:1');
	});

	it('reads a form once in a run, however many items there are', async () => {
		const ids = await Promise.all([1, 2, 3].map(async () => (await tally.submit()).submissionId));
		await itemsOf(
			tally,
			{ resource: 'submission', operation: 'get', ...form(), submissionId: '={{ $json.id }}' },
			ids.map((id) => ({ json: { id } })),
		);
		expect(tally.requests()).toHaveLength(4);
	});
});
