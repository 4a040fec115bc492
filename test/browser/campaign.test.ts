/*
 * A CleverTap campaign that shows a Tally form: the snippet that n8n gives stands in a page as an in-app message shows
 * it, people fill in the form in its frame, and each answer is in the profile of the very user, or in none.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { owner } from '../../sandbox/n8n';
import { listAt, textAt } from '../../sandbox/n8n-json';
import { buildForm } from '../../sandbox/tally/sampleForm';
import { until } from '../../sandbox/until';
import { type Sandbox, startSandbox } from '../e2e/sandbox';
import type { Album } from './album';
import type { Editor } from './editor';
import { openVisit, patienceMs, stations, visitorEnv, type Visit } from './visit';

const formId = 'camPaY';
const template = "{{ Profile.Identity | default: '' }}";
const event = 'Campaign Form Answered';

let sandbox: Sandbox;
let visit: Visit;
let context: BrowserContext;
let page: Page;
let editor: Editor;
let album: Album;
let inApps: Server;
/** What the campaign shows, before CleverTap fills it in. */
let snippet = '';
let workflowId: string;

beforeAll(async () => {
	visit = await openVisit('campaign');
	({ context, page, editor, album } = visit);
	sandbox = await startSandbox({ env: visitorEnv });
	sandbox.tally.addForm(
		buildForm(formId, 'How was it?', [
			{ type: 'HIDDEN_FIELDS', title: '', fields: [{ uuid: randomUUID(), name: 'ct_identity' }] },
			{ type: 'RATING', title: 'Rate us', from: 1, to: 5 },
			{ type: 'INPUT_EMAIL', title: 'Your email' },
		]),
	);
	inApps = createServer(({ url = '' }, response) => {
		const identity = new URL(url, 'http://localhost').searchParams.get('identity') ?? '';
		response.setHeader('Content-Type', 'text/html; charset=utf-8').end(messageFor(identity));
	});
	await new Promise<void>((resolve) => inApps.listen(0, '127.0.0.1', resolve));
}, 600_000);

afterAll(async () => {
	await visit?.close();
	inApps?.closeAllConnections();
	inApps?.close();
	await sandbox?.close();
});

/** As CleverTap fills in a template: with the identity as it is, not encoded. Tally is the local one. */
function messageFor(identity: string): string {
	return snippet.replaceAll(template, identity).replaceAll('https://tally.so', sandbox.tally.url);
}

const station = stations(() => visit);

interface Person {
	/** What CleverTap writes in the place of the template. */
	identity: string;
	rating: number;
	email?: string;
}

/** Answers the form in the message; gives the hidden field as Tally has delivered it. */
async function answer({ identity, rating, email }: Person, picture?: string): Promise<string | null> {
	const before = sandbox.tally.deliveries().length;
	const shown = await context.newPage();
	await shown.setViewportSize({ width: 420, height: 760 });
	const { port } = inApps.address() as AddressInfo;
	await shown.goto(`http://127.0.0.1:${port}/?identity=${encodeURIComponent(identity)}`);
	const form = shown.frameLocator('iframe');
	await form.getByRole('button', { name: 'Send' }).waitFor();
	// What iOS lets load inside a message.
	expect(new URL(shown.frames()[1]?.url() ?? '').searchParams.get('playsinline')).toBe('1');
	await form.getByRole('radio', { name: `${rating} of 5` }).check({ force: true });
	if (email !== undefined) await form.getByLabel('Your email').fill(email);
	if (picture !== undefined) await album.keep(shown, picture);
	await form.getByRole('button', { name: 'Send' }).click();
	await form.getByRole('heading', { name: 'Thank you' }).waitFor();
	// The message is still there around it.
	expect(await shown.title()).toBe('How was it?');
	await shown.close();
	const delivery = await until(
		'the submission has been delivered',
		() =>
			sandbox.tally
				.deliveries()
				.slice(before)
				.find(({ deliveryStatus }) => deliveryStatus === 'SUCCEEDED'),
		patienceMs,
	);
	const fields = listAt(delivery.payload, ['data', 'fields']) as Array<{ label: string; value: string | null }>;
	return fields.find(({ label }) => label === 'ct_identity')?.value ?? null;
}

/** What the newest run gave at the error branch, once there have been so many. */
async function leftBehind(runs: number): Promise<unknown> {
	const { client } = sandbox.n8n;
	const newest = await until(
		`${runs} submissions have run`,
		async () => {
			const all = await client.executions(workflowId);
			return all.length >= runs && all[0];
		},
		patienceMs,
	);
	const execution = await client.finished(newest.id);
	expect(execution).toMatchObject({ status: 'success' });
	return execution.output('Not Stored');
}

const stored = () =>
	sandbox.cleverTap.profiles().map(({ identity, profileData }) => [identity, profileData['Last Rating']]);
const eventsOf = (identity: string) =>
	sandbox.cleverTap.events().filter((each) => each.identity === identity && each.evtName === event).length;

station('gets the snippet in the editor: the hidden field from the list, the template as it is typed', async () => {
	const { client } = sandbox.n8n;
	const id = await client.createWorkflow({
		name: 'Snippet',
		nodes: [
			{
				id: randomUUID(),
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: randomUUID(),
				name: 'Get Embed Code',
				type: `${sandbox.packageName}.tally`,
				typeVersion: 1.1,
				position: [260, 0],
				credentials: { tallyAccountApi: sandbox.credentials.tallyAccountApi },
				parameters: {
					resource: 'form',
					operation: 'getEmbedCode',
					formId: { __rl: true, mode: 'list', value: formId, cachedResultName: 'How was it?' },
					embedAs: 'fullPage',
					options: { worksInIos: true },
				},
			},
		],
		connections: { Start: { main: [[{ node: 'Get Embed Code', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await editor.enter(sandbox.n8n.url, owner);
	await page.goto(`${sandbox.n8n.url}/workflow/${id}`);
	await editor.openNode('Get Embed Code');
	await page.getByRole('button', { name: 'Add Hidden Field' }).click();
	await editor.mark('rlc-input').nth(1).click();
	await editor.mark('rlc-item').filter({ hasText: 'ct_identity' }).waitFor();
	await album.keep(page, 'hidden-fields');
	await editor.mark('rlc-item').filter({ hasText: 'ct_identity' }).click();
	await editor.mark('parameter-input-valueIs').click();
	await page.getByRole('option', { name: /^Template/ }).click();
	const value = editor.mark('parameter-input-template').locator('input');
	await value.pressSequentially(template);
	// Elsewhere the editor makes an expression of it, a moment later; here it is there again as it was typed.
	await editor.closeNode();
	await editor.openNode('Get Embed Code');
	expect(await value.inputValue()).toBe(template);
	await editor.mark('node-execute-button').click();
	await editor.output.getByText('https://tally.so/embed/').first().waitFor();
	await album.keep(page, 'embed-code');

	const [newest] = await until(
		'it has run',
		async () => await client.executions(id).then((all) => all[0] && all),
		patienceMs,
	);
	const [output] = (await client.finished(newest?.id ?? '')).output('Get Embed Code');
	expect(output).toMatchObject({
		url: `https://tally.so/embed/${formId}?playsinline=1&ct_identity=${template}`,
		unknownFields: [],
	});
	snippet = textAt(output, ['html']);
});

station('publishes the example', async () => {
	const { client } = sandbox.n8n;
	const draft = await sandbox.example('campaign-form-to-clevertap.json');
	for (const node of draft.nodes) {
		const formOf = { formId: { __rl: true, mode: 'list', value: formId } };
		if (node.name === 'Tally Trigger') node.parameters = { ...(node.parameters as object), ...formOf };
	}
	workflowId = await client.createWorkflow(draft);
	await client.publish(workflowId);
});

station('a user answers in the message: it is that user’s event and profile', async () => {
	// Another address than the one that CleverTap knows makes no other user.
	const known = { identity: 'customer-7', rating: 5, email: 'seven@example.com' };
	expect(await answer(known, 'in-app')).toBe('customer-7');
	expect(await leftBehind(1)).toEqual([]);
	expect(stored()).toEqual([['customer-7', 5]]);
	expect(eventsOf('customer-7')).toBe(1);
});

station('a stranger is known by the email address that was answered', async () => {
	expect(await answer({ identity: '', rating: 4, email: 'new@example.com' })).toBeNull();
	expect(await leftBehind(2)).toEqual([]);
	expect(stored()).toEqual([
		['customer-7', 5],
		['new@example.com', 4],
	]);
	expect(eventsOf('new@example.com')).toBe(1);
});

for (const [who, person] of [
	['who gives no address', { identity: '', rating: 1 }],
	['for whom the template stands for nobody', { identity: 'null', rating: 2 }],
	['for whom the template was not filled in', { identity: template, rating: 3 }],
] as const) {
	station(`a stranger ${who} leaves by the error branch, and shares no profile`, async () => {
		const { length } = await sandbox.n8n.client.executions(workflowId);
		expect(await answer(person)).toBe(person.identity === '' ? null : person.identity);
		expect(await leftBehind(length + 1)).toMatchObject([{ reason: expect.stringContaining('"Identifier"') as string }]);
		expect(stored()).toEqual([
			['customer-7', 5],
			['new@example.com', 4],
		]);
		expect(sandbox.cleverTap.events()).toHaveLength(2);
		expect(sandbox.cleverTap.violations()).toEqual([]);
		expect(sandbox.tally.violations()).toEqual([]);
	});
}
