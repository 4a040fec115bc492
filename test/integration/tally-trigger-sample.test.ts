import dns from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import type { TextsAs } from '../../sandbox/tally/form';
import { consentsAnswers, consentsForm } from '../../sandbox/tally/sampleForm';
import { startTally, type LocalTally } from '../../sandbox/tally/tally';
import { TriggerLife } from '../support/triggerLife';

type Test = Awaited<ReturnType<TriggerLife['listen']>>;

/**
 * The local Tally, and an n8n that knows one test address: it answers 404 until it listens, as
 * n8n does, and hands what arrives to the trigger.
 */
class Editor {
	private test: Test | undefined;

	private readonly arrivals: IDataObject[] = [];

	private waiting: ((item: IDataObject) => void) | undefined;

	/** The statuses of all that was posted, in order. */
	readonly answers: number[] = [];

	/** What answers a request of another kind: n8n itself, or something before it. */
	inFront: 'n8n' | 'loginPage' = 'n8n';

	private constructor(
		readonly tally: LocalTally,
		private readonly server: Server,
	) {}

	static async open(): Promise<Editor> {
		const tally = await startTally({ timeScale: 0 });
		const server = createServer();
		const editor = new Editor(tally, server);
		server.on('request', (request, response) => {
			if (request.method !== 'POST') {
				const isN8n = editor.inFront === 'n8n';
				response.writeHead(isN8n ? 404 : 200, { 'Content-Type': isN8n ? 'application/json' : 'text/html' });
				response.end(isN8n ? '{"code":404,"message":"This webhook is not registered"}' : '<p>Log in</p>');
				return;
			}
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				void editor.answer(Buffer.concat(chunks), request.headers).then(({ status, headers }) => {
					editor.answers.push(status);
					response.writeHead(status, headers).end();
				});
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return editor;
	}

	async listen(
		options: object = {},
		formId = this.tally.formId,
		{
			typeVersion,
			tallyHost,
			...parameters
		}: { typeVersion?: number; tallyHost?: string; [name: string]: unknown } = {},
	): Promise<void> {
		const baseUrl = new URL(this.tally.url);
		if (tallyHost !== undefined) baseUrl.hostname = tallyHost;
		const life = new TriggerLife({
			node: new TallyTrigger(),
			typeVersion,
			parameters: {
				formId: { __rl: true, mode: 'id', value: formId },
				...(parameters as INodeParameters),
				options: { ...options },
			},
			credential: {
				type: new TallyAccountApi(),
				data: { apiKey: this.tally.apiKey, baseUrl: baseUrl.origin },
			},
			n8nUrl: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
		});
		this.test = await life.listen();
	}

	/** The item of the first submission that the test gets; the test ends with it, as n8n's. */
	async item(): Promise<IDataObject> {
		const arrived = this.arrivals.shift();
		const item = arrived ?? (await new Promise<IDataObject>((resolve) => (this.waiting = resolve)));
		const test = this.test;
		this.test = undefined;
		await test?.end();
		return item;
	}

	async close(): Promise<void> {
		await this.tally.close();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async answer(
		rawBody: Buffer,
		headers: Record<string, string | string[] | undefined>,
	): Promise<{ status: number; headers?: Record<string, string> }> {
		if (this.test === undefined) return { status: 404 };
		const { outcome, answer } = await this.test.receive({ rawBody, headers });
		const item = outcome.workflowData?.[0]?.[0]?.json;
		if (item === undefined) return { status: answer.status ?? 500 };
		if (this.waiting) this.waiting(item);
		else this.arrivals.push(item);
		this.waiting = undefined;
		return { status: 200, headers: answer.headers };
	}
}

// The local Tally and n8n take their time on a busy machine.
jest.setTimeout(30_000);

let editor: Editor;
beforeEach(async () => {
	editor = await Editor.open();
});
afterEach(async () => await editor.close());

it('starts a test with the newest submission, in the shape in which Tally delivers it', async () => {
	await editor.listen({ testWith: 'next', includeUnanswered: true, includeLinks: true });
	await editor.tally.submit();
	const delivered = await editor.item();
	expect(Object.keys(delivered.answers as object).length).toBeGreaterThan(15);

	await editor.listen({ includeUnanswered: true, includeLinks: true });
	const sample = await editor.item();
	expect(sample.eventId).toBe(`sample-${delivered.submissionId as string}`);
	expect({ ...sample, eventId: '' }).toEqual({ ...delivered, eventId: '' });
	expect(editor.tally.webhooks()).toEqual([]);
	expect(editor.tally.violations()).toEqual([]);
});

it('names answers of a sample as those of a delivery where most questions are unanswered', async () => {
	await editor.listen({ testWith: 'next', includeUnanswered: true });
	await editor.tally.submit({});
	const delivered = await editor.item();
	await editor.listen({ includeUnanswered: true });
	const sample = await editor.item();
	expect({ ...sample, eventId: '' }).toEqual({ ...delivered, eventId: '' });
});

it.each<TextsAs>(['text', 'html', 'safeHTMLSchema'])(
	'names rows, picks and what has no text as deliveries do, texts as %s',
	async (textsAs) => {
		const form = { ...consentsForm('cons01'), textsAs };
		editor.tally.addForm(form);
		await editor.listen({ testWith: 'next' }, form.id);
		await editor.tally.submit(consentsAnswers(form), form.id);
		const delivered = await editor.item();
		await editor.listen({}, form.id);
		const sample = await editor.item();
		expect(sample.answers).toEqual(delivered.answers);
		expect(sample.answers).toMatchObject({
			'Untitled checkboxes field (2)': ['Send me news'],
			Allergies: ['Nuts', 'Shellfish'],
			'Rate us': { Speed: 'Very good', 'Price of delivery': 'Poor' },
		});
	},
);

it('is content with its own answer', async () => {
	await editor.tally.submit();
	await editor.listen();
	await editor.item();
	expect(editor.answers).toEqual([200]);
});

it('waits for the form to be submitted where there is nothing yet', async () => {
	await editor.listen();
	const { submissionId } = await editor.tally.submit();
	expect(await editor.item()).toMatchObject({ submissionId });
});

describe('Where Tally is on the internet and this n8n is not', () => {
	const here = { typeVersion: 1.2, tallyHost: 'tally.example' };

	beforeEach(() => {
		const { lookup } = dns;
		jest
			.spyOn(dns, 'lookup')
			.mockImplementation((host: string, ...rest: unknown[]) =>
				(lookup as (...args: unknown[]) => unknown)(host === 'tally.example' ? '127.0.0.1' : host, ...rest),
			);
	});
	afterEach(() => jest.restoreAllMocks());

	it.each([
		['by webhook', {}],
		['by polling', { listenBy: 'polling' }],
		['both kinds', { events: ['abandoned', 'completed'] }],
	])('a test shows the newest submission all the same: %s', async (_how, parameters) => {
		await editor.tally.submit();
		const { submissionId } = await editor.tally.submit({});
		editor.tally.begin({ 'Your email': 'ada@example.com' });
		await editor.listen({}, undefined, { ...here, ...parameters });
		expect(await editor.item()).toMatchObject({ submissionId, isCompleted: true });
		expect(editor.tally.webhooks()).toEqual([]);
		expect(editor.tally.requests().some(({ path }) => path.startsWith('/webhooks'))).toBe(false);
	});

	it.each([
		['alone', { events: ['abandoned'] }],
		['beside completed ones, of which there is none', { events: ['abandoned', 'completed'], listenBy: 'polling' }],
	])('a test shows what was begun last, where that is wanted: %s', async (_how, parameters) => {
		editor.tally.begin({ 'Your email': 'grace@example.com' });
		const { submissionId } = editor.tally.begin({ 'Your email': 'ada@example.com' });
		editor.tally.goOn(submissionId, { 'Your email': 'ada@example.org' });
		editor.tally.behave({ clockAheadMs: 5_000 });
		editor.tally.goOn(submissionId, { 'Your email': 'ada@example.net' });
		await editor.listen({}, undefined, { ...here, ...parameters });
		expect(await editor.item()).toMatchObject({
			submissionId,
			isCompleted: false,
			answers: { 'Your email': 'ada@example.net' },
			updatedAt: expect.stringMatching(/Z$/) as string,
		});
	});

	it.each([
		['by webhook', {}, ["can't reach this n8n", 'fill it in and send it', 'set "Listen By" to Polling', 'WEBHOOK_URL']],
		['by polling', { listenBy: 'polling' }, ['has no submission yet', 'fill it in and send it']],
		['what was abandoned', { events: ['abandoned'] }, ['begun and not sent', 'partial submissions', 'Tally Pro']],
	])('a test says in its message that there is none yet, and what to do: %s', async (_how, parameters, words) => {
		const refused: unknown = await editor
			.listen({}, undefined, { ...here, ...parameters })
			.catch((error: unknown) => error);
		for (const word of words) expect((refused as Error).message).toContain(word);
	});

	it('a test says where n8n does not reach itself', async () => {
		await editor.tally.submit();
		editor.inFront = 'loginPage';
		const refused: unknown = await editor.listen({}, undefined, here).catch((error: unknown) => error);
		expect((refused as Error).message).toMatch(/does not reach itself at .*N8N_EDITOR_BASE_URL.*pin data/s);
	});

	it('a test says that a next submission would not arrive', async () => {
		await editor.tally.submit();
		const refused: unknown = await editor
			.listen({ testWith: 'next' }, undefined, here)
			.catch((error: unknown) => error);
		expect((refused as Error).message).toMatch(/can't reach.*"Test With".*Newest Submission/s);
	});
});
