/*
 * The path of somebody whose n8n nobody can reach, as with `npx n8n` at home, clicked in a real n8n: the test shows
 * what there is, and with polling it works. The stations build on each other.
 */
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { sandboxCredentials } from '../../sandbox/example';
import { owner } from '../../sandbox/n8n';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { until } from '../../sandbox/until';
import { type Sandbox, startSandbox } from '../e2e/sandbox';
import type { Album } from './album';
import type { Editor } from './editor';
import { openVisit, patienceMs, stations, visitorEnv, type Visit } from './visit';

const ada = 'ada@example.com';
const bob = 'bob@example.com';
const cleo = 'cleo@example.com';

let sandbox: Sandbox;
let visit: Visit;
let context: BrowserContext;
let page: Page;
let editor: Editor;
let album: Album;

beforeAll(async () => {
	visit = await openVisit('unreachable');
	({ context, page, editor, album } = visit);
	sandbox = await startSandbox({
		tally: { keepsPartials: true, refuseLocalAddresses: true },
		env: { ...visitorEnv, NODE_OPTIONS: `--require=${join(__dirname, 'hosts.cjs')}` },
	});
	// As far as n8n can see, Tally is on the internet, and n8n is not.
	const draft = sandboxCredentials(sandbox.tally, sandbox.cleverTap).tallyAccountApi;
	const { port } = new URL(sandbox.tally.url);
	const data = { ...draft.data, baseUrl: `http://tally.example:${port}` };
	await sandbox.n8n.client.updateCredential(sandbox.credentials.tallyAccountApi?.id ?? '', { ...draft, data });
}, 600_000);

afterAll(async () => {
	await visit?.close();
	await sandbox?.close();
});

const station = stations(() => visit);

/** Fills in the form on Tally's page, and sends it or goes away. */
async function fillIn(name: string, email: string, then: 'sends it' | 'leaves'): Promise<void> {
	const form = await context.newPage();
	await form.goto(sandbox.tally.formUrl());
	await form.getByLabel("What's your name?").fill(name);
	await form.getByLabel('Your email').fill(email);
	if (then === 'sends it') {
		await form.getByRole('button', { name: 'Send' }).click();
		await form.getByRole('heading', { name: 'Thank you' }).waitFor();
	} else {
		const kept = form.waitForResponse((response) => response.url().includes('/begun'));
		// What was typed is kept when the field is left.
		await form.getByLabel('Phone').focus();
		await kept;
	}
	await form.close();
	await page.bringToFront();
}

/** An example whose trigger checks every three seconds. */
async function example(file: string, options: Record<string, unknown> = {}): Promise<WorkflowDraft> {
	const draft = await sandbox.example(file);
	for (const node of draft.nodes) {
		const parameters = node.parameters as Record<string, unknown>;
		if (node.name !== 'Tally Trigger') continue;
		node.parameters = { ...parameters, options: { ...(parameters.options as object), checkEvery: 0.05, ...options } };
	}
	return draft;
}

async function test(): Promise<void> {
	await editor.mark('trigger-execute-button').click();
}

station('opens the example, and the test says what to do where there is no submission yet', async () => {
	await editor.enter(sandbox.n8n.url, owner);
	const id = await sandbox.n8n.client.createWorkflow(await example('tally-feedback-to-clevertap.json'));
	await page.goto(`${sandbox.n8n.url}/workflow/${id}`);
	await editor.node('Tally Trigger').dblclick();
	await test();
	const toast = page.getByText(/has no submission yet.*can't reach this n8n.*set "Listen By" to Polling/s);
	await toast.first().waitFor();
	await album.keep(page, 'unreachable-nothing-yet');
	await editor.closeNotes();
});

station('shows the newest submission all the same', async () => {
	await fillIn('Ada Example', ada, 'sends it');
	await test();
	await editor.output.getByText(ada).first().waitFor();
	await album.keep(page, 'unreachable-sample');
	expect(sandbox.tally.webhooks()).toEqual([]);
});

station('publishes with polling, and every submission arrives', async () => {
	await editor.mark('parameter-input-listenBy').click();
	await page.getByRole('option', { name: /Polling/ }).waitFor();
	await album.keep(page, 'unreachable-listen-by');
	await page.getByRole('option', { name: /Polling/ }).click();
	await editor.closeNode();
	await editor.mark('workflow-open-publish-modal-button').click();
	await editor.mark('workflow-publish-button').click();
	await editor.mark('workflow-open-publish-modal-button').getByText('Published').waitFor();
	await album.keep(page, 'unreachable-published');
	await page.keyboard.press('Escape');
	const published = Date.now();
	await until('the second of the publishing is over', () => Date.now() > published + 1_000, 5_000);
	await fillIn('Bob Example', bob, 'sends it');
	await sandbox.cleverTap.until(
		({ profiles, events }) =>
			profiles.some(({ identity }) => identity === bob) && events.some(({ identity }) => identity === bob),
		patienceMs,
	);
	expect(sandbox.tally.webhooks()).toEqual([]);
	expect(sandbox.cleverTap.profiles().some(({ identity }) => identity === ada)).toBe(false);
});

station('follows up a form that somebody left', async () => {
	const { client } = sandbox.n8n;
	const id = await client.createWorkflow(await example('follow-up-abandoned-forms.json', { abandonedAfter: 0.05 }));
	await page.goto(`${sandbox.n8n.url}/workflow/${id}`);
	await editor.node('Tally Trigger').dblclick();
	await editor.mark('node-parameters').getByText('on Tally Pro only').waitFor();
	await album.keep(page, 'abandoned-trigger');
	await client.publish(id);
	const published = Date.now();
	await until('the second of the publishing is over', () => Date.now() > published + 1_000, 5_000);
	await fillIn('Cleo Example', cleo, 'leaves');
	await sandbox.cleverTap.until(
		({ events }) => events.some(({ identity, evtName }) => identity === cleo && evtName === 'Form Abandoned'),
		patienceMs,
	);
	expect(sandbox.tally.violations()).toEqual([]);
	expect(sandbox.cleverTap.violations()).toEqual([]);
});
