import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

import { parse as parseFlatted } from 'flatted';

import { sandboxCredentials } from '../../sandbox/example';
import { startGateway } from '../../sandbox/gateway/gateway';
import { listAt, textAt, valueAt } from '../../sandbox/n8n-json';
import { n8nProgram } from '../../sandbox/n8n-version';
import { sampleAnswers } from '../../sandbox/tally/sampleForm';
import { sign } from '../../sandbox/tally/signature';
import { until } from '../../sandbox/until';
import { foundIn, person, secrets } from '../support/marked';
import { type Sandbox, startSandbox } from './sandbox';

jest.setTimeout(120_000);

const who = person(1);
const answers = {
	...sampleAnswers,
	"What's your name?": who.name,
	'Your email': who.email,
	Phone: who.phone,
	'Anything else?': who.comment,
	utm_source: `${who.comment} ${who.word} ${who.age}`,
};

let sandbox: Sandbox;
let workflowId: string;
/** The key of n8n's public API, as an administrator gives it out for backups. */
let apiKey: string;
/** What must be nowhere: keys, the secret that was drawn, and the links that open submissions. */
let hidden: string[];

beforeAll(async () => {
	sandbox = await startSandbox({
		tally: { apiKey: secrets.apiKey, timeScale: 0 },
		cleverTap: { passcode: secrets.passcode },
		env: { N8N_LOG_LEVEL: 'debug' },
	});
	const { client } = sandbox.n8n;
	workflowId = await client.createWorkflow(await sandbox.example('tally-feedback-to-clevertap.json'));
	await client.publish(workflowId);
	const scopes = ['workflow:read', 'workflow:list', 'execution:read', 'execution:list'];
	apiKey = textAt(await client.call('POST', '/rest/api-keys', { label: 'Backups', expiresAt: null, scopes }), [
		'rawApiKey',
	]);
}, 300_000);

afterAll(async () => {
	await sandbox?.close();
});

const url = () => sandbox.tally.webhooks()[0]?.url ?? '';
const signingSecret = () => sandbox.tally.webhooks()[0]?.signingSecret ?? '';

/** The token in a link that opens a whole submission. */
const tokenOf = (link: string) => new URL(link).searchParams.get('accessToken') ?? '';

async function ended(status: string, count: number): Promise<void> {
	await until(
		`${count} executions: ${status}`,
		async () =>
			(await sandbox.n8n.client.executions(workflowId)).filter((execution) => execution.status === status).length >=
			count,
		60_000,
	);
}

/** A call of n8n's public API. */
async function publicly(path: string): Promise<unknown> {
	const response = await fetch(`${sandbox.n8n.url}/api/v1${path}`, {
		headers: { 'X-N8N-API-KEY': apiKey, connection: 'close' },
	});
	expect(response.status).toBe(200);
	return await response.json();
}

/** What `n8n export:workflow` writes, into a backup for instance. */
async function exported(): Promise<string> {
	const { PATH } = process.env;
	const { stdout } = await promisify(execFile)(
		process.execPath,
		[n8nProgram, 'export:workflow', `--id=${workflowId}`],
		{
			env: { PATH, N8N_USER_FOLDER: sandbox.n8n.userFolder },
		},
	);
	return stdout;
}

describe('a good run, a failed one and a forged delivery', () => {
	beforeAll(async () => {
		const { tally, cleverTap } = sandbox;
		await tally.submit(answers);
		await ended('success', 1);

		// CleverTap repeats what it was sent.
		const error = `Passcode ${secrets.passcode} of ${who.email} (${who.name})`;
		cleverTap.failNext({ status: 400, body: { status: 'fail', code: 400, error } });
		await tally.submit(answers);
		await ended('error', 1);
		// The run of the example has failed, so Tally sends that submission again.
		await ended('success', 2);

		const [{ payload } = { payload: undefined }] = tally.deliveries();
		if (payload === undefined) throw new Error('Tally has delivered nothing.');
		const body = JSON.stringify(payload);
		for (const signature of [
			sign(Buffer.from(body), 'a guess'),
			sign(Buffer.from(`${body} `), signingSecret()),
			'none',
		]) {
			const headers = { 'content-type': 'application/json', 'tally-signature': signature, connection: 'close' };
			expect((await fetch(url(), { method: 'POST', headers, body })).status).toBe(401);
		}
		hidden = [
			secrets.apiKey,
			secrets.passcode,
			signingSecret(),
			...tally
				.deliveries()
				.flatMap(({ payload: { data } }) => [tokenOf(data.submissionPreviewUrl), tokenOf(data.submissionPdfUrl)]),
		];
		expect(hidden.filter((text) => text.length < 16)).toEqual([]);
	});

	it('leave no secret and no answer in n8n’s log, at its most talkative', () => {
		const log = readFileSync(sandbox.n8n.logFile, 'utf8');
		expect(log).toContain('debug');
		expect(log).toContain('Workflow execution finished with error');
		expect(log).toContain('Tally Trigger refused a delivery');
		expect(foundIn(log, [...hidden, ...who.marks])).toEqual([]);
	});

	it('leave no secret in their executions, and no answer in errors', async () => {
		const executions = await sandbox.n8n.client.executions(workflowId);
		expect(executions.map(({ status }) => status).sort()).toEqual(['error', 'success', 'success']);
		for (const { id, status } of executions) {
			const data: unknown = parseFlatted(
				textAt(await sandbox.n8n.client.call('GET', `/rest/executions/${id}`), ['data']),
			);
			expect(foundIn(data, hidden)).toEqual([]);
			expect(foundIn(data, who.marks)).toHaveLength(who.marks.length);
			const runs = Object.values(valueAt(data, ['resultData', 'runData']) as Record<string, unknown[]>).flat();
			const errors = [valueAt(data, ['resultData', 'error']), ...runs.map((taken) => valueAt(taken, ['error']))];
			expect(errors.filter((error) => error !== undefined).length > 0).toBe(status === 'error');
			expect(foundIn(errors, [...hidden, ...who.marks])).toEqual([]);
		}
		expect(foundIn(await publicly('/executions?includeData=true'), hidden)).toEqual([]);
	});

	it('leave no secret in what n8n shows or exports of the workflow', async () => {
		const { client } = sandbox.n8n;
		const one = await client.call('GET', `/rest/workflows/${workflowId}`);
		const version = textAt(one, ['versionId']);
		const shown: Record<string, unknown> = {
			'the editor’s workflow': one,
			'the editor’s list': await client.call('GET', '/rest/workflows'),
			'a version of its history': await client.call(
				'GET',
				`/rest/workflow-history/workflow/${workflowId}/version/${version}`,
			),
			'the public API’s workflow': await publicly(`/workflows/${workflowId}`),
			'the public API’s list': await publicly('/workflows'),
			'an export': await exported(),
		};
		expect(foundIn(Object.values(shown), [...hidden, ...who.marks])).toEqual([]);

		// This is where static data is shown, sealed; and nothing else is in it.
		const showing = Object.entries(shown).filter(([, what]) => JSON.stringify(what).includes('sealedSecret'));
		expect(showing.map(([name]) => name)).toEqual([
			'the editor’s workflow',
			'the public API’s workflow',
			'the public API’s list',
			'an export',
		]);
		const { webhookId, formId } = { webhookId: sandbox.tally.webhooks()[0]?.id, formId: sandbox.tally.formId };
		expect(valueAt(one, ['staticData'])).toEqual({
			'node:Tally Trigger': {
				isTest: false,
				webhookId,
				formId,
				url: url(),
				sealedSecret: expect.any(String) as string,
				settledUntil: expect.any(Number) as number,
				settledForm: formId,
				settledClock: 'Tally',
			},
		});
	});

	it('leave no key in what n8n shows of credentials', async () => {
		const { client } = sandbox.n8n;
		const ids = (await client.credentials()).map(({ id }) => id);
		const shown = await Promise.all(
			ids.map(async (id) => await client.call('GET', `/rest/credentials/${id}?includeData=true`)),
		);
		expect(listAt(shown, []).length).toBeGreaterThanOrEqual(2);
		expect(foundIn(shown, hidden)).toEqual([]);
	});
});

describe('an API key that is replaced while the workflow is published', () => {
	it('opens no seal, and no submission is refused for it', async () => {
		const { tally, n8n, credentials } = sandbox;
		// A gateway has a key of its own, as a new key of the same account would be.
		const gateway = await startGateway({ tally });
		const before = (await n8n.client.executions(workflowId)).filter(({ status }) => status === 'success').length;
		const { id } = credentials.tallyAccountApi ?? { id: '' };
		const draft = sandboxCredentials(tally, sandbox.cleverTap).tallyAccountApi;
		const data = { apiKey: gateway.apiKey, baseUrl: gateway.url, gatewayConnectionId: gateway.connectionId };
		try {
			// What n8n has in its memory of the seal would do, too; a new one is not there yet.
			await n8n.client.unpublish(workflowId);
			await n8n.client.publish(workflowId);
			await n8n.client.updateCredential(id, { ...draft, data });
			await tally.submit(answers);
			await ended('success', before + 1);
			await tally.submit(answers);
			await ended('success', before + 2);
			expect(gateway.passedOn().filter((request) => request.startsWith('GET /webhooks'))).toHaveLength(1);
			expect(readFileSync(n8n.logFile, 'utf8')).toContain('its signing secret, because the API key');
		} finally {
			await n8n.client.updateCredential(id, draft);
			await gateway.close();
		}
	});
});

describe('a service that redirects', () => {
	const servers: Server[] = [];
	const strangers: string[] = [];

	async function serve(answer: (path: string) => Record<string, string>): Promise<string> {
		const server = createServer((request, response) => {
			strangers.push(JSON.stringify([request.url, request.headers]));
			response.writeHead(302, answer(request.url ?? '')).end();
		});
		servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	afterAll(async () => {
		for (const server of servers) await new Promise((resolve) => server.close(resolve));
	});

	it('does not make a credential’s test hand the key to somebody else', async () => {
		const drafts = sandboxCredentials(sandbox.tally, sandbox.cleverTap);
		const stranger = await serve(() => ({}));
		const redirecting = await serve((path) => ({ location: `${stranger}${path}` }));
		for (const [type, data] of [
			['tallyAccountApi', { baseUrl: redirecting }],
			['cleverTapAccountApi', { customHost: redirecting }],
		] as const) {
			strangers.length = 0;
			const draft = drafts[type];
			const { ok } = await sandbox.n8n.client.testCredential({ ...draft, data: { ...draft.data, ...data } });
			expect(ok).toBe(false);
			expect(strangers).toHaveLength(1);
		}
	});
});
