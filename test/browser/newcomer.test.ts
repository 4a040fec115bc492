/*
 * The path of somebody who has never seen these nodes, clicked in a real n8n: from the login to a published
 * workflow, and back. The stations build on each other. A picture of each is kept in .cache/browser.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { filledExample } from '../../sandbox/example';
import { owner } from '../../sandbox/n8n';
import { sampleAnswers } from '../../sandbox/tally/sampleForm';
import { until } from '../../sandbox/until';
import { type Sandbox, startSandbox } from '../e2e/sandbox';
import type { Album } from './album';
import type { Editor } from './editor';
import { openVisit, patienceMs, stations, visitorEnv, type Visit } from './visit';

const ada = { name: 'Ada Example', email: 'ada@example.com', phone: '+14155550123' };
/** CleverTap refuses a phone number without its country. */
const bob = { name: 'Bob Example', email: 'bob@example.com', phone: '0415 555 0123' };
const cleo = { name: 'Cleo Example', email: 'cleo@example.com', phone: '+14155550125' };

let sandbox: Sandbox;
let visit: Visit;
let context: BrowserContext;
let page: Page;
let editor: Editor;
let album: Album;

beforeAll(async () => {
	visit = await openVisit('newcomer');
	({ context, page, editor, album } = visit);
	sandbox = await startSandbox({ env: visitorEnv });
	for (const { id } of await sandbox.n8n.client.credentials()) {
		await sandbox.n8n.client.call('DELETE', `/rest/credentials/${id}`);
	}
}, 600_000);

afterAll(async () => {
	await visit?.close();
	await sandbox?.close();
});

const station = stations(() => visit);

/** Fills in the form on Tally's page and sends it, as a respondent. */
async function submit(person: typeof ada, picture?: string): Promise<void> {
	const form = await context.newPage();
	await form.goto(sandbox.tally.formUrl());
	await form.getByLabel("What's your name?").fill(person.name);
	await form.getByLabel('Your email').fill(person.email);
	await form.getByLabel('Phone').fill(person.phone);
	await form.getByRole('checkbox', { name: 'Price' }).check();
	if (picture !== undefined) await album.keep(form, picture);
	await form.getByRole('button', { name: 'Send' }).click();
	await form.getByRole('heading', { name: 'Thank you' }).waitFor();
	await form.close();
}

/** What CleverTap's page shows, once it shows that person. */
async function seeOnCleverTapsPage(person: typeof ada, picture: string): Promise<void> {
	const shown = await context.newPage();
	await shown.goto(sandbox.cleverTap.pageUrl());
	await shown.getByRole('heading', { name: person.name }).waitFor();
	await album.keep(shown, picture);
	await shown.close();
}

const profileOf = (person: typeof ada) =>
	sandbox.cleverTap.profiles().find(({ identity }) => identity === person.email)?.profileData;

station('logs in', async () => {
	await editor.logIn(sandbox.n8n.url, owner.email, owner.password);
	await album.keep(page, 'login');
	await editor.mark('form-submit-button').click();
	await editor.mark('new-workflow-card').waitFor();
});

station('finds the trigger by typing "tally"', async () => {
	await editor.mark('new-workflow-card').click();
	await editor.mark('canvas-add-button').click();
	await editor.search('tally', 'Tally');
	await album.keep(page, 'search-tally');
	await editor.found('Tally').click();
	await page.getByText('On form submission').waitFor();
	await album.keep(page, 'tally-details');
	await page.getByText('On form submission').click();
	await editor.mark('node-credentials-empty-state').waitFor();
	await album.keep(page, 'trigger-empty');
});

station('is told what is wrong with a Tally API key, and gets it right', async () => {
	await editor.mark('node-credentials-empty-state').getByRole('button').first().click();
	await editor.credential.getByTestId('parameter-input-apiKey').waitFor();
	await album.keep(page, 'tally-credential-empty');
	// Whoever asks Tally itself sees no more than the key.
	expect(await editor.credential.getByText('Base URL').count()).toBe(0);
	await editor.credential.getByTestId('parameter-input-useGateway').click();
	await editor.fillCredential({ apiKey: 'tly-wrong', baseUrl: sandbox.tally.url });
	// What is switched off and not emptied counts, and stays in sight.
	await editor.credential.getByTestId('parameter-input-useGateway').click();
	await editor.credential.getByText('Still in use, though "Use a Gateway" is off').waitFor();
	await album.keep(page, 'tally-credential-gateway');
	await editor.credential.getByTestId('parameter-input-useGateway').click();
	await editor.saveCredential();
	expect(await editor.complaint()).toMatch(/API key.*create a new one in Tally under Settings/s);
	await album.keep(page, 'tally-credential-wrong');
	await editor.fillCredential({ apiKey: sandbox.tally.apiKey });
	await editor.saveCredential();
	await editor.credentialWorks();
});

station('picks the form from the list', async () => {
	await editor.mark('rlc-input').click();
	await editor.mark('rlc-item').filter({ hasText: 'Feedback' }).waitFor();
	await album.keep(page, 'form-list');
	await editor.mark('rlc-item').filter({ hasText: 'Feedback' }).click();
	await editor.mark('trigger-execute-button').waitFor();
	await album.keep(page, 'trigger-ready');
	await album.publish(page, 'trigger');
});

station('listens, submits the form, and reads the answers by their questions', async () => {
	await editor.mark('trigger-execute-button').click();
	await until('Tally holds the test webhook', () => sandbox.tally.webhooks().length === 1, patienceMs);
	await page.getByRole('button', { name: 'Stop Listening' }).first().waitFor();
	await album.keep(page, 'trigger-listening');
	await submit(ada, 'form');
	await page.bringToFront();
	await editor.output.getByText(ada.email).first().waitFor();
	await album.keep(page, 'trigger-output-table');
	await editor.output.getByTestId('radio-button-schema').click();
	await editor.output.locator('[data-name="Your email"]').waitFor();
	const shown = await editor.output.innerText();
	for (const text of ["What's your name?", ada.name, 'Your email', ada.email, 'Phone', ada.phone, 'Topics', 'Price']) {
		expect(shown).toContain(text);
	}
	await album.keep(page, 'trigger-output-schema');
	await until('the test webhook is gone', () => sandbox.tally.webhooks().length === 0, patienceMs);
});

station('finds the other node by typing "clevertap"', async () => {
	await editor.closeNode();
	await editor.mark('canvas-handle-plus').click();
	await editor.search('clevertap', 'CleverTap');
	await album.keep(page, 'search-clevertap');
	await editor.found('CleverTap').click();
	await editor.found('Create or update profile').waitFor();
	await album.keep(page, 'clevertap-actions');
	await editor.found('Create or update profile').click();
	await editor.mark('node-credentials-empty-state').waitFor();
	await album.keep(page, 'profile-empty');
});

station('is told what is wrong with a CleverTap passcode, and gets it right', async () => {
	await editor.mark('node-credentials-empty-state').getByRole('button').first().click();
	await editor.credential.getByTestId('parameter-input-region').waitFor();
	await album.keep(page, 'clevertap-credential-empty');
	await editor.fillCredential({ accountId: sandbox.cleverTap.accountId, passcode: 'wrong-passcode' });
	await editor.saveCredential();
	await page.getByText('The field "region" is mandatory').waitFor();
	await album.keep(page, 'clevertap-region-missing');
	await editor.closeNotes();
	await editor.credential.getByTestId('parameter-input-region').click();
	await page.getByRole('option', { name: /Custom Host/ }).waitFor();
	await album.keep(page, 'clevertap-regions');
	await page.getByRole('option', { name: /Custom Host/ }).click();
	await editor.fillCredential({ customHost: sandbox.cleverTap.url });
	await editor.saveCredential();
	expect(await editor.complaint()).toMatch(/Passcode.*Region.*dashboard/s);
	await album.keep(page, 'clevertap-credential-wrong');
	await editor.fillCredential({ passcode: sandbox.cleverTap.passcode });
	await editor.saveCredential();
	await editor.credentialWorks();
});

station('is told under which name a field goes out that is dragged in', async () => {
	const from = editor.mark('parameter-input-propertiesMode');
	await from.click();
	await page.getByRole('option', { name: /Fields Below/ }).click();
	await page.getByText('A field that you drag in goes out under its question').waitFor();
	await album.keep(page, 'profile-fields');
	await from.click();
	await page.getByRole('option', { name: /Map Each Property/ }).click();
	await editor.mapped('Email').waitFor();
});

station('drags answers onto CleverTap’s properties', async () => {
	await editor.drag(editor.field('Your email'), editor.mark('parameter-input-identifier'));
	await editor.mark('parameter-expression-preview-identifier').getByText(ada.email).waitFor();

	const answers = [
		["What's your name?", 'Name', ada.name],
		['Your email', 'Email', ada.email],
		['Phone', 'Phone', ada.phone],
	] as const;
	for (const [question, property, value] of answers) {
		await editor.drag(editor.field(question), editor.mapped(property));
		await editor.mark('resource-mapper-container').getByText(value).waitFor();
	}
	await album.keep(page, 'profile-dragged');

	// One that is not shown from the start, of which some are picked from a list.
	await editor.mark('add-fields-select').getByRole('button').click();
	await page.getByRole('menuitem', { name: 'MSG-email' }).waitFor();
	await album.keep(page, 'profile-properties');
	await page.getByRole('menuitem', { name: 'MSG-email' }).click();
	await editor.mapped('MSG-email').click();
	await page.getByRole('option', { name: 'Yes' }).click();

	// What CleverTap has no property for: the new one has the question's name.
	await editor.drag(editor.field('Topics'), editor.mark('drop-area'));
	await editor.property(0).getByText('Price').waitFor();
	await album.keep(page, 'profile-mapped');
});

station('executes the step and sees the record at CleverTap', async () => {
	await editor.mark('node-execute-button').click();
	await editor.output.getByText('accepted').waitFor();
	await editor.output.getByText('This run has stored 1 profile in CleverTap.').waitFor();
	await editor.closeNotes();
	await album.keep(page, 'profile-output');
	expect(profileOf(ada)).toEqual({
		Name: ada.name,
		Phone: ada.phone,
		Email: ada.email,
		'MSG-email': true,
		Topics: ['Price'],
	});
	await seeOnCleverTapsPage(ada, 'clevertap-page');
	await page.bringToFront();

	await editor.mark('parameter-input-resource').scrollIntoViewIfNeeded();
	await album.publish(page, 'profile');
});

station('reads why a record was refused, and leads it to the error branch', async () => {
	await editor.closeNode();
	await submit(bob);
	await page.bringToFront();
	await editor.mark('execute-workflow-button').click();
	await page.getByText('Problem in node').waitFor();
	await album.keep(page, 'refused-canvas');
	await editor.node('Create or update profile').dblclick();
	await editor.mark('node-error-message').waitFor();
	expect(await editor.output.innerText()).toMatch(/Phone number is not valid.*country code/s);
	await album.keep(page, 'refused-message');

	await editor.mark('tab-settings').click();
	await editor.mark('parameter-input-onError').click();
	await page.getByRole('option', { name: /using error output/ }).click();
	await editor.closeNode();
	await editor.mark('canvas-handle-plus').last().click();
	await editor.search('no operation', 'No Operation');
	await editor.found('No Operation').click();
	await editor.closeNode();
	await editor.closeNotes();
	await editor.mark('execute-workflow-button').click();
	await page.getByText('Workflow executed successfully').waitFor();
	await editor.closeNotes();
	await editor.mark('zoom-to-fit').click();
	await album.keep(page, 'error-branch');
	await album.publish(page, 'error-branch');
	expect(profileOf(bob)).toBeUndefined();
});

station('publishes, and every submission arrives', async () => {
	await editor.mark('workflow-open-publish-modal-button').click();
	await editor.mark('workflow-publish-button').waitFor();
	await album.keep(page, 'publish');
	await editor.mark('workflow-publish-button').click();
	await until('Tally holds the webhook', () => sandbox.tally.webhooks().length === 1, patienceMs);
	await editor.mark('workflow-open-publish-modal-button').getByText('Published').waitFor();
	await album.keep(page, 'published');
	await page.keyboard.press('Escape');
	await submit(cleo);
	await sandbox.cleverTap.until(
		({ profiles }) =>
			profiles.some(({ identity, profileData }) => identity === cleo.email && profileData.Name === cleo.name),
		patienceMs,
	);
	await seeOnCleverTapsPage(cleo, 'clevertap-page-again');
	await page.bringToFront();
});

station('unpublishes, and Tally keeps no webhook', async () => {
	await editor.mark('version-menu-button').click();
	await editor.mark('version-menu-item-unpublish').click();
	await page.getByRole('dialog').getByRole('button', { name: 'Unpublish' }).waitFor();
	await album.keep(page, 'unpublish');
	await page.getByRole('dialog').getByRole('button', { name: 'Unpublish' }).click();
	await until('Tally holds no webhook', () => sandbox.tally.webhooks().length === 0, patienceMs);
});

station('opens the example and runs it', async () => {
	const { client } = sandbox.n8n;
	const credentials = Object.fromEntries(
		(await client.credentials()).map(({ id, name, type }) => [type, { id, name }]),
	);
	const draft = await filledExample('tally-feedback-to-clevertap.json', {
		formId: sandbox.tally.formId,
		formName: 'Feedback',
		credentials,
	});
	const id = await client.createWorkflow(draft);
	await sandbox.tally.submit(sampleAnswers);
	await page.goto(`${sandbox.n8n.url}/workflow/${id}`);
	await editor.node('Upload Event').waitFor();
	await editor.mark('execute-workflow-button').click();
	await page.getByText('Workflow executed successfully').waitFor();
	await editor.closeNotes();
	await editor.mark('zoom-to-fit').click();
	await album.keep(page, 'example');
	await album.publish(page, 'workflow');
	expect(sandbox.cleverTap.events()).toEqual([
		expect.objectContaining({ identity: ada.email, evtName: 'Feedback Given' }),
	]);
	expect(sandbox.cleverTap.violations()).toEqual([]);
	expect(sandbox.tally.violations()).toEqual([]);
});
