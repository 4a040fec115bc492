import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
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

	private constructor(
		readonly tally: LocalTally,
		private readonly server: Server,
	) {}

	static async open(): Promise<Editor> {
		const tally = await startTally({ timeScale: 0 });
		const server = createServer();
		const editor = new Editor(tally, server);
		server.on('request', (request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				void editor.answer(Buffer.concat(chunks), request.headers).then((status) => {
					response.writeHead(status).end();
				});
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return editor;
	}

	async listen(options: object = {}): Promise<void> {
		const life = new TriggerLife({
			node: new TallyTrigger(),
			parameters: { formId: { __rl: true, mode: 'id', value: this.tally.formId }, options: { ...options } },
			credential: {
				type: new TallyAccountApi(),
				data: { apiKey: this.tally.apiKey, baseUrl: this.tally.url },
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

	private async answer(rawBody: Buffer, headers: Record<string, string | string[] | undefined>): Promise<number> {
		if (this.test === undefined) return 404;
		const { outcome, answer } = await this.test.receive({ rawBody, headers });
		const item = outcome.workflowData?.[0]?.[0]?.json;
		if (item === undefined) return answer.status ?? 500;
		if (this.waiting) this.waiting(item);
		else this.arrivals.push(item);
		this.waiting = undefined;
		return 200;
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

it('waits for the form to be submitted where there is nothing yet', async () => {
	await editor.listen();
	const { submissionId } = await editor.tally.submit();
	expect(await editor.item()).toMatchObject({ submissionId });
});
