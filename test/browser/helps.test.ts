/* Where the editor helps: what is found by typing, where Docs lead, what notes and lists say, what can be chosen. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { owner } from '../../sandbox/n8n';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { type Sandbox, startSandbox } from '../e2e/sandbox';
import type { Album } from './album';
import type { Editor } from './editor';
import { openVisit, patienceMs, visitorEnv, type Visit } from './visit';

jest.setTimeout(10 * patienceMs);

let sandbox: Sandbox;
let visit: Visit;
let page: Page;
let editor: Editor;
let album: Album;

beforeAll(async () => {
	visit = await openVisit('helps');
	({ page, editor, album } = visit);
	sandbox = await startSandbox({ env: visitorEnv });
	await editor.enter(sandbox.n8n.url, owner);
}, 600_000);

afterEach(async () => {
	await album.keep(page, String(expect.getState().currentTestName).toLowerCase().replace(/\W+/g, '-').slice(0, 60));
});

afterAll(async () => {
	await visit?.close();
	await sandbox?.close();
});

type Node = WorkflowDraft['nodes'][number];

/** Opens a workflow of these nodes, one after the other, in the editor. */
async function open(...nodes: Array<Partial<Node> & { name: string; type: string }>): Promise<string> {
	const placed = nodes.map((node, index) => ({
		id: randomUUID(),
		typeVersion: 1,
		position: [200 * index, 0],
		parameters: {},
		...node,
	}));
	const connections = Object.fromEntries(
		placed
			.slice(1)
			.map(({ name }, index) => [String(placed[index]?.name), { main: [[{ node: name, type: 'main', index: 0 }]] }]),
	);
	const id = await sandbox.n8n.client.createWorkflow({
		name: 'Helps',
		nodes: placed,
		connections,
		settings: { executionOrder: 'v1' },
	});
	await page.goto(`${sandbox.n8n.url}/workflow/${id}`);
	await editor.node(String(placed[0]?.name)).first().waitFor();
	return id;
}

const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
const ofTally = () => ({ credentials: { tallyAccountApi: sandbox.credentials.tallyAccountApi } });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

it('finds the nodes by the words that people type', async () => {
	await open(start);
	await editor.mark('canvas-handle-plus').click();
	for (const [typed, found] of [
		['clever tap', 'CleverTap'],
		['push notification', 'CleverTap'],
		['track event', 'CleverTap'],
		['form submission', 'Tally'],
		['survey', 'Tally'],
	] as const) {
		await editor.search(typed, found);
	}
});

it.each([
	['cleverTap', 'CleverTap', 'usage.md#clevertap'],
	['tally', 'Tally', 'usage.md#tally'],
])('leads from the Docs of %s to ours', async (type, name, page_) => {
	await open(start, { name, type: `${sandbox.packageName}.${type}`, typeVersion: type === 'tally' ? 1.1 : 2 });
	await editor.openNode(name);
	const docs = editor.mark('ndv').getByRole('link', { name: 'Docs' });
	expect(await docs.getAttribute('href')).toMatch(new RegExp(`^https://github\\.com/.*/docs/${page_}$`));
});

it('says what to do where a test or publishing is in vain', async () => {
	const trigger = { name: 'Tally Trigger', type: `${sandbox.packageName}.tallyTrigger`, typeVersion: 1.2 };
	await open({
		...trigger,
		...ofTally(),
		webhookId: randomUUID(),
		parameters: { formId: byId('nGone1'), options: {} },
	});
	await editor.openNode('Tally Trigger');
	await editor.mark('trigger-execute-button').click();
	const note = page.locator('.el-notification').filter({ hasText: 'Tally has no form nGone1' });
	await note.waitFor();
	expect(await note.innerText()).toContain('Choose another form under "Form", or another Tally credential.');
	await editor.closeNode();
	await editor.closeNotes();

	await editor.mark('workflow-open-publish-modal-button').click();
	await editor.mark('workflow-publish-button').click();
	const said = page.getByText('Tally has no form nGone1').first();
	await said.waitFor();
	expect(await said.innerText()).toContain('Choose another form under "Form"');
});

it('says in a list why there is nothing to choose', async () => {
	const { cleverTap, n8n } = sandbox;
	const name = 'CleverTap with a wrong passcode';
	const data = { accountId: cleverTap.accountId, passcode: 'wrong', region: 'custom', customHost: cleverTap.url };
	const id = await n8n.client.createCredential({ name, type: 'cleverTapAccountApi', data });
	await open(start, {
		name: 'Events',
		type: `${sandbox.packageName}.cleverTap`,
		typeVersion: 2,
		credentials: { cleverTapAccountApi: { id, name } },
		parameters: { resource: 'event', operation: 'getAll' },
	});
	await editor.openNode('Events');
	await editor.mark('resource-locator-eventName').getByTestId('rlc-input').click();
	const error = editor.mark('rlc-error-container');
	await error.waitFor();
	expect(await error.innerText()).toMatch(/Open the CleverTap credential.*choose "By Name" and type the name\./s);
});

it('opens a node of 1.0.0, where the ID was typed, and offers the list for it', async () => {
	const { submissionId } = await sandbox.tally.submit({ 'Your email': 'ada@example.com' });
	await open(start, {
		name: 'Submission',
		type: `${sandbox.packageName}.tally`,
		...ofTally(),
		parameters: {
			resource: 'submission',
			operation: 'get',
			formId: byId(sandbox.tally.formId),
			submissionId,
			options: {},
		},
	});
	await editor.openNode('Submission');
	const locator = editor.mark('resource-locator-submissionId');
	// n8n shows a text without a way of choosing.
	expect(await locator.getByTestId('rlc-input').inputValue()).toBe(submissionId);
	await editor.mark('node-execute-button').click();
	await editor.output.getByText('ada@example.com').first().waitFor();

	await locator.getByTestId('rlc-mode-selector').click();
	await page.getByRole('option', { name: 'From list' }).click();
	await editor.chooseFromList('submissionId', submissionId);
	const chosen = await locator.getByTestId('rlc-input').inputValue();
	expect(chosen).toMatch(new RegExp(`^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2} · ${submissionId}$`));
	await editor.mark('node-execute-button').click();
	await editor.output.getByTestId('node-run-status-success').waitFor();
});

it('says why a list that was read is empty', async () => {
	await open(start, {
		name: 'Partial Submissions',
		type: `${sandbox.packageName}.tally`,
		typeVersion: 1.1,
		...ofTally(),
		parameters: {
			resource: 'submission',
			operation: 'getAll',
			formId: byId(sandbox.tally.formId),
			filters: { status: 'partial' },
		},
	});
	await editor.openNode('Partial Submissions');
	await editor.mark('node-execute-button').click();
	await editor.output.getByText('No submission was found.').waitFor();
});
