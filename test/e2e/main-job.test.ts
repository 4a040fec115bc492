import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { sandboxCredentials } from '../../sandbox/example';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { valueAt } from '../../sandbox/n8n-json';
import { n8nHas } from '../../sandbox/n8n-version';
import { freePort } from '../../sandbox/ports';
import { sampleAnswers } from '../../sandbox/tally/sampleForm';
import { sign } from '../../sandbox/tally/signature';
import { startTally } from '../../sandbox/tally/tally';
import { until } from '../../sandbox/until';
import { openGate } from './gate';
import { type Sandbox, startSandbox } from './sandbox';

jest.setTimeout(60_000);

const exampleFile = 'tally-feedback-to-clevertap.json';
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
}, 300_000);

afterAll(async () => {
	await sandbox?.close();
});

/** The webhook that the local Tally holds; there must be exactly one. */
function onlyWebhook(): { id: string; url: string; secret: string } {
	const [webhook, ...others] = sandbox.tally.webhooks();
	if (!webhook?.signingSecret) throw new Error('Tally holds no webhook with a secret.');
	expect(others).toEqual([]);
	return { id: webhook.id, url: webhook.url, secret: webhook.signingSecret };
}

/** Posts a delivery of one's own making, as anybody on the internet can. */
async function deliver(
	url: string,
	body: string | Uint8Array,
	signature?: string,
	headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<{ status: number; body: string }> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { connection: 'close', ...headers, ...(signature === undefined ? {} : { 'tally-signature': signature }) },
		body: typeof body === 'string' ? body : Buffer.from(body),
	});
	return { status: response.status, body: await response.text() };
}

/** Submits the form, and returns the bytes that Tally sent, once n8n has executed the workflow. */
async function submitAndWait(workflowId: string): Promise<Buffer> {
	const before = (await sandbox.n8n.client.executions(workflowId)).length;
	const { submissionId } = await sandbox.tally.submit();
	await executionsReach(workflowId, before + 1);
	const delivery = sandbox.tally.deliveries().find(({ payload }) => payload.data.submissionId === submissionId);
	return Buffer.from(JSON.stringify(delivery?.payload));
}

async function executionsReach(workflowId: string, count: number): Promise<void> {
	await until(
		`${count} executions have succeeded`,
		async () =>
			(await sandbox.n8n.client.executions(workflowId)).filter(({ status }) => status === 'success').length >= count,
		30_000,
	);
}

describe('the package, as n8n sees it', () => {
	it('brings its nodes under its own name', async () => {
		const types = await sandbox.n8n.client.nodeTypes(sandbox.packageName);
		expect(types.map(({ name }) => name)).toEqual(
			expect.arrayContaining([`${sandbox.packageName}.tallyTrigger`, `${sandbox.packageName}.cleverTap`]),
		);
	});

	it('is listed under Settings, Community Nodes, as loaded', async () => {
		const packages = await sandbox.n8n.client.communityPackages();
		expect(packages).toMatchObject([{ packageName: sandbox.packageName }]);
		expect(valueAt(packages, [0, 'failedLoading'])).not.toBe(true);
	});
});

describe('credential tests', () => {
	const drafts = () => sandboxCredentials(sandbox.tally, sandbox.cleverTap);
	const test = async (type: 'tallyAccountApi' | 'cleverTapAccountApi', change: Record<string, string> = {}) => {
		const draft = drafts()[type];
		return await sandbox.n8n.client.testCredential({ ...draft, data: { ...draft.data, ...change } });
	};

	/** n8n's own words where it does not say those of the credential. */
	const inOurWords = (words: RegExp) => (n8nHas.wordsOfCredentialTests ? words : /check your credentials/);

	it('pass with the right ones', async () => {
		expect(await test('tallyAccountApi')).toEqual({ ok: true, message: expect.any(String) as string });
		expect(await test('cleverTapAccountApi')).toEqual({ ok: true, message: expect.any(String) as string });
	});

	it('store nothing', () => {
		expect(sandbox.cleverTap.profiles()).toEqual([]);
		expect(sandbox.tally.webhooks()).toEqual([]);
	});

	it('say where to get another API key of Tally', async () => {
		const { ok, message } = await test('tallyAccountApi', { apiKey: 'tly-other' });
		expect(ok).toBe(false);
		expect(message).toMatch(inOurWords(/API key.*Settings/));
		expect(message).not.toContain('tly-other');
	});

	it.each([
		['passcode', { passcode: 'other-passcode' }],
		['account of another region', { accountId: 'OTH-ERR-EGI-ON00' }],
	])('say what to compare when the %s is wrong', async (_what, change) => {
		const { ok, message } = await test('cleverTapAccountApi', change);
		expect(ok).toBe(false);
		expect(message).toMatch(inOurWords(/Passcode.*Region.*dashboard/));
		for (const value of Object.values(change)) expect(message).not.toContain(value);
	});

	it('say that something else than Tally answers, such as a login page', async () => {
		const page = createServer((_request, response) => response.writeHead(200).end('<html>Log in</html>'));
		await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
		const address = `127.0.0.1:${(page.address() as AddressInfo).port}`;
		const { ok, message } = await test('tallyAccountApi', { baseUrl: `http://${address}` });
		page.close();
		expect(ok).toBe(false);
		expect(message).toMatch(inOurWords(/answers, but not as Tally’s API/));
	});

	it('fail at a host where nobody answers', async () => {
		const nobody = `http://127.0.0.1:${await freePort()}`;
		expect(await test('cleverTapAccountApi', { customHost: nobody })).toMatchObject({ ok: false });
		expect(await test('tallyAccountApi', { baseUrl: nobody })).toMatchObject({ ok: false });
	});
});

describe('the example workflow', () => {
	let workflowId: string;
	let address: string;

	beforeAll(async () => {
		workflowId = await sandbox.n8n.client.createWorkflow(await sandbox.example(exampleFile));
		await sandbox.n8n.client.publish(workflowId);
		address = onlyWebhook().url;
	}, 90_000);

	it('registers one webhook with a secret for its form', () => {
		const [webhook] = sandbox.tally.webhooks();
		expect(webhook).toMatchObject({ formId: sandbox.tally.formId, isEnabled: true, eventTypes: ['FORM_RESPONSE'] });
		expect(webhook?.url.startsWith(`${sandbox.n8n.url}/webhook/`)).toBe(true);
		expect(webhook?.signingSecret?.length).toBeGreaterThanOrEqual(32);
	});

	it('turns a submission into a profile and an event', async () => {
		const before = Math.floor(Date.now() / 1000);
		await sandbox.tally.submit();
		await sandbox.cleverTap.until(
			({ events, profiles }) => events.length > 0 && profiles[0]?.profileData.Name !== undefined,
			30_000,
		);
		await executionsReach(workflowId, 1);

		expect(sandbox.cleverTap.profiles()).toHaveLength(1);
		expect(sandbox.cleverTap.profiles()[0]).toMatchObject({
			identity: sampleAnswers['Your email'],
			profileData: {
				Name: sampleAnswers["What's your name?"],
				Email: sampleAnswers['Your email'],
				'Last Rating': sampleAnswers['Rate us'],
				Topics: sampleAnswers.Topics,
			},
		});
		expect(sandbox.cleverTap.events()).toHaveLength(1);
		const [event] = sandbox.cleverTap.events();
		expect(event).toMatchObject({
			identity: sampleAnswers['Your email'],
			evtName: 'Feedback Given',
			evtData: {
				'Your email': sampleAnswers['Your email'],
				'Rate us': sampleAnswers['Rate us'],
				Topics: 'Price, Fit, and finish',
				'How was it? - Quality': 'Great',
				utm_source: sampleAnswers.utm_source,
				score: 19,
			},
		});
		expect(event?.ts).toBeGreaterThanOrEqual(before);
		expect(event?.ts).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000));
		expect(sandbox.cleverTap.violations()).toEqual([]);
		expect(sandbox.tally.violations()).toEqual([]);
	});

	it('refuses every delivery that Tally did not sign, and executes none', async () => {
		const genuine = await submitAndWait(workflowId);
		const { secret } = onlyWebhook();
		const before = (await sandbox.n8n.client.executions(workflowId)).length;
		const changed = Buffer.from(genuine);
		const at = changed.indexOf('ada@example.com');
		expect(at).toBeGreaterThan(0);
		changed[at] = 'b'.charCodeAt(0);

		const answers = [
			await deliver(address, changed, sign(genuine, secret)),
			await deliver(address, genuine),
			await deliver(address, genuine, ''),
			await deliver(address, genuine, sign(genuine, 'the secret of another webhook')),
			await deliver(address, genuine, sign(genuine, '')),
		];
		expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);

		// Executions come in the order of deliveries: once the genuine one is there, no other is on its way.
		expect((await deliver(address, genuine, sign(genuine, secret))).status).toBe(202);
		await executionsReach(workflowId, before + 1);
		expect(await sandbox.n8n.client.executions(workflowId)).toHaveLength(before + 1);
	});

	it('answers what is no submission with 4xx, and executes none', async () => {
		const genuine = await submitAndWait(workflowId);
		const { secret } = onlyWebhook();
		const before = (await sandbox.n8n.client.executions(workflowId)).length;
		const json = { 'content-type': 'application/json' };
		const bodies: Array<[body: string | Uint8Array, headers: Record<string, string>]> = [
			['', json],
			['{', json],
			['not json', json],
			['null', json],
			['[]', json],
			['"text"', json],
			['42', json],
			['{}', json],
			['{"eventType":"FORM_RESPONSE"}', json],
			['{"eventType":"FORM_RESPONSE","data":{"formId":"GxdRaQ","fields":"none"}}', json],
			[JSON.stringify({ eventType: 'FORM_RESPONSE', data: null }), json],
			['['.repeat(20_000), json],
			[Uint8Array.from([0xff, 0xfe, 0x00, 0xc3]), json],
			[genuine.subarray(0, genuine.length - 1), json],
			['<submission/>', { 'content-type': 'application/xml' }],
			['<', { 'content-type': 'application/xml' }],
			['a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
			['a=b', { 'content-type': 'multipart/form-data' }],
			['plain', { 'content-type': 'text/plain' }],
			['{}', { 'content-type': 'application/json; charset=nonsense' }],
			['{}', { 'content-type': 'application/json', 'content-encoding': 'nonsense' }],
		];
		const statuses: Array<[body: string, headers: string, signed: number, unsigned: number]> = [];
		for (const [body, headers] of bodies) {
			const signed = await deliver(address, body, sign(Buffer.from(body), secret), headers);
			const unsigned = await deliver(address, body, undefined, headers);
			statuses.push([String(body).slice(0, 40), JSON.stringify(headers), signed.status, unsigned.status]);
		}
		const wrong = statuses.filter(([, , ...both]) => both.some((status) => status < 400 || status > 499));
		expect(wrong).toEqual([]);
		// n8n unpacks bodies before any node sees them, and itself answers 500 to one that can't be: it must start nothing.
		await deliver(address, '{}', undefined, { ...json, 'content-encoding': 'gzip' });

		expect((await deliver(address, genuine, sign(genuine, secret))).status).toBe(202);
		await executionsReach(workflowId, before + 1);
		expect(await sandbox.n8n.client.executions(workflowId)).toHaveLength(before + 1);
	});

	it('leaves no webhook behind when it is unpublished', async () => {
		await sandbox.n8n.client.unpublish(workflowId);
		expect(sandbox.tally.webhooks()).toEqual([]);
		expect((await deliver(address, '{}')).status).toBe(404);
	});
});

describe('Acknowledge: When Finished', () => {
	const gates: Array<() => Promise<void>> = [];
	afterAll(async () => {
		for (const close of gates) await close();
	});

	/** Trigger → HTTP Request, which waits at a gate. */
	async function publishGated() {
		const gate = await openGate();
		gates.push(() => gate.close());
		const example = await sandbox.example(exampleFile);
		const trigger = example.nodes.find(({ type }) => String(type).endsWith('tallyTrigger')) ?? {};
		const workflowId = await sandbox.n8n.client.createWorkflow({
			name: 'Acknowledge when finished',
			nodes: [
				{
					...trigger,
					parameters: { ...(trigger.parameters as object), options: { acknowledge: 'finished' } },
				},
				{
					id: '3b1e8d0c-9d5e-4e57-8a39-5a8d9b1c2f01',
					name: 'Gate',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					position: [400, 0],
					parameters: { url: gate.url, options: {} },
				},
			],
			connections: { 'Tally Trigger': { main: [[{ node: 'Gate', type: 'main', index: 0 }]] } },
		});
		await sandbox.n8n.client.publish(workflowId);
		return { gate, workflowId };
	}

	it('answers Tally after the workflow, and with nothing of the run', async () => {
		const { gate, workflowId } = await publishGated();
		const { submissionId } = await sandbox.tally.submit();
		const delivery = () => sandbox.tally.deliveries().find(({ payload }) => payload.data.submissionId === submissionId);

		const letGo = await gate.knock();
		await until(
			'n8n shows the execution',
			async () => (await sandbox.n8n.client.executions(workflowId)).some(({ status }) => status === 'running'),
			20_000,
		);
		expect(delivery()).toMatchObject({ deliveryStatus: 'QUEUED', statusCode: null });
		letGo(200);
		await until('Tally has its answer', () => delivery()?.deliveryStatus !== 'QUEUED', 20_000);
		expect(delivery()).toMatchObject({ deliveryStatus: 'SUCCEEDED', statusCode: 202 });
		expect(delivery()?.response ?? '').not.toMatch(/ada|@|submission/i);

		await sandbox.n8n.client.unpublish(workflowId);
	});

	it('answers with 500 when the workflow has failed, so that Tally sends it again', async () => {
		const { gate, workflowId } = await publishGated();
		const { submissionId } = await sandbox.tally.submit();
		const delivery = () => sandbox.tally.deliveries().find(({ payload }) => payload.data.submissionId === submissionId);

		(await gate.knock())(503);
		await until('Tally has its answer', () => delivery()?.deliveryStatus !== 'QUEUED', 20_000);
		expect(delivery()).toMatchObject({ deliveryStatus: 'FAILED', statusCode: 500 });
		expect(delivery()?.response ?? '').not.toMatch(/ada|@|submission/i);
		const [execution] = await sandbox.n8n.client.executions(workflowId);
		expect(execution).toMatchObject({ status: 'error' });

		await sandbox.n8n.client.unpublish(workflowId);
	});
});

describe("a trigger that can't be registered", () => {
	/** What the editor shows after "Listen for test event". */
	async function complaint(draft: WorkflowDraft): Promise<string> {
		const workflowId = await sandbox.n8n.client.createWorkflow(draft);
		try {
			await sandbox.n8n.client.listen(workflowId, 'Tally Trigger');
			await sandbox.n8n.client.stopListening(workflowId);
			return '';
		} catch (error) {
			return error instanceof Error ? error.message : String(error);
		}
	}

	const withTrigger = async (change: Record<string, unknown>): Promise<WorkflowDraft> => {
		const example = await sandbox.example(exampleFile);
		return {
			...example,
			nodes: example.nodes.map((node) => (String(node.type).endsWith('tallyTrigger') ? { ...node, ...change } : node)),
		};
	};

	it('names the form that is gone', async () => {
		const gone = await withTrigger({
			parameters: { formId: { __rl: true, mode: 'id', value: 'nGone1' }, options: {} },
		});
		// The reply's message is all that the editor shows.
		expect(await complaint(gone)).toContain('Tally has no form nGone1. ');
		expect(await complaint(gone)).toContain('Choose another form under ');
	});

	it("names WEBHOOK_URL when Tally can't reach this n8n", async () => {
		const strict = await startTally({ refuseLocalAddresses: true });
		try {
			const name = 'Tally that refuses local addresses';
			const id = await sandbox.n8n.client.createCredential({
				...sandboxCredentials(strict, sandbox.cleverTap).tallyAccountApi,
				name,
			});
			const draft = await withTrigger({ credentials: { tallyAccountApi: { id, name } } });
			expect(await complaint(draft)).toContain('WEBHOOK_URL');
			expect(strict.webhooks()).toEqual([]);
		} finally {
			await strict.close();
		}
	});
});

describe('2,500 items of which CleverTap refuses three', () => {
	const bad = [7, 1500, 2499];

	it('go out in three requests, 2,497 go on, and exactly the three are on the error branch', async () => {
		const requestsBefore = sandbox.cleverTap.requests().length;
		const workflowId = await sandbox.n8n.client.createWorkflow({
			name: 'Many profiles',
			nodes: [
				{
					id: '7c2f4a10-0001-4d3c-9a56-0b6e1f2d3c01',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: '7c2f4a10-0002-4d3c-9a56-0b6e1f2d3c02',
					name: 'People',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					position: [200, 0],
					parameters: {
						jsCode: `const bad = ${JSON.stringify(bad)};
return Array.from({ length: 2500 }, (_, n) => ({
	json: { id: 'person-' + n, email: bad.includes(n) ? 'no address' : n + '@example.com' },
}));`,
					},
				},
				{
					id: '7c2f4a10-0003-4d3c-9a56-0b6e1f2d3c03',
					name: 'CleverTap',
					type: `${sandbox.packageName}.cleverTap`,
					typeVersion: 1,
					position: [400, 0],
					onError: 'continueErrorOutput',
					credentials: { cleverTapAccountApi: sandbox.credentials.cleverTapAccountApi },
					parameters: {
						resource: 'profile',
						operation: 'upsert',
						identifyBy: 'identity',
						identifier: '={{ $json.id }}',
						propertiesMode: 'fields',
						properties: {
							assignments: [{ id: 'a1', name: 'Email', value: '={{ $json.email }}', type: 'string' }],
						},
						options: {},
					},
				},
			],
			connections: {
				Start: { main: [[{ node: 'People', type: 'main', index: 0 }]] },
				People: { main: [[{ node: 'CleverTap', type: 'main', index: 0 }]] },
			},
		});
		const execution = await sandbox.n8n.client.finished(
			await sandbox.n8n.client.runManually(workflowId, 'Start'),
			50_000,
		);
		expect({ status: execution.status, error: execution.errorMessage }).toEqual({ status: 'success' });

		const gone = execution.output('CleverTap', 0).map((json) => valueAt(json, ['identity']));
		const refused = execution.output('CleverTap', 1);
		expect(gone).toHaveLength(2497);
		expect(new Set([...gone, ...refused.map((json) => valueAt(json, ['id']))]).size).toBe(2500);
		expect(refused.map((json) => valueAt(json, ['id']))).toEqual(bad.map((n) => `person-${n}`));
		for (const json of refused) {
			expect(JSON.stringify(json)).toContain('515');
			expect(JSON.stringify(json)).toContain('Email is not valid');
		}
		const uploads = sandbox.cleverTap
			.requests()
			.slice(requestsBefore)
			.filter(({ path }) => path.startsWith('/1/upload'));
		expect(uploads.map(({ records }) => records).sort()).toEqual([1000, 1000, 500]);
	});
});
