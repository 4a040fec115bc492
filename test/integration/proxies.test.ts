import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { DataDeduplicationService } from 'n8n-core';
import fc from 'fast-check';

import { proxyAnswers, startProxy, type LocalProxy, type ProxyAnswer } from '../../sandbox/proxy';
import { errorsOf, runOperation, subjects, type Operation, type Subject } from '../mock/everyOperation';

// Waiting between attempts is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

jest.setTimeout(240_000);

beforeAll(async () => {
	// Every key of Upload Once is new to it.
	await DataDeduplicationService.init({
		checkProcessedAndRecord: (items) => Promise.resolve({ new: items, processed: [] }),
		removeProcessed: () => Promise.resolve(),
		clearAllProcessedItems: () => Promise.resolve(),
		getProcessedDataCount: () => Promise.resolve(0),
	});
});

const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html' };

/** What stands in front of a service may answer; `silence` is only as long as the request's end. */
const answers: ReadonlyArray<readonly [what: string, answer: ProxyAnswer]> = [
	...proxyAnswers.filter((answer) => answer !== 'silence').map((answer) => [answer, answer] as const),
	...[200, 201, 202].flatMap((status) => [
		[`${status} with a page`, { status, headers: html, body: '<html>OK</html>' }] as const,
		[`${status} with nothing`, { status }] as const,
		[`${status} with text`, { status, headers: { 'content-type': 'text/plain' }, body: 'OK' }] as const,
		[`${status} with an empty object`, { status, headers: json, body: '{}' }] as const,
		[`${status} with an empty list`, { status, headers: json, body: '[]' }] as const,
		[`${status} with a list`, { status, headers: json, body: '[{"portal":"sign-in"}]' }] as const,
		[`${status} with null`, { status, headers: json, body: 'null' }] as const,
		[`${status} with true`, { status, headers: json, body: 'true' }] as const,
		[`${status} with a number`, { status, headers: json, body: '1' }] as const,
		[`${status} with "success"`, { status, headers: json, body: '"success"' }] as const,
		[`${status} with bytes`, { status, body: '\u0000\u0001\ufffd' }] as const,
	]),
	['204 with a page', { status: 204, headers: html, body: '<html>OK</html>' }],
	['204 with text', { status: 204, body: 'OK' }],
	['401 in HTML', { status: 401, headers: html, body: '<html>Who are you?</html>' }],
	['404 in HTML', { status: 404, headers: html, body: '<html>Nothing here</html>' }],
	['403 with JSON of its own', { status: 403, headers: json, body: '{"portal":"sign-in"}' }],
];

/** What an operation gives that it should not, where something else than the service answers. */
async function wronglyGiven(
	subject: Subject,
	operation: Operation,
	url: string,
	isReversed: boolean,
	mayBlameKey = false,
): Promise<string[]> {
	const result = await runOperation(subject, operation, url, isReversed);
	const errors = errorsOf(result);
	const given = result.outputs.slice(0, -1).flat();
	return [
		...given.map(({ json: item }) => `gives ${JSON.stringify(item)}`),
		...(errors.length === 0 ? ['says nothing of it'] : []),
		...(mayBlameKey ? [] : errors.filter((error) => /API key|passcode|account id/i.test(error))),
	];
}

describe.each(subjects)('Where a proxy answers, not $service', (subject) => {
	let proxy: LocalProxy;
	beforeAll(async () => {
		proxy = await startProxy({ target: 'http://127.0.0.1:9' });
	});
	afterAll(async () => await proxy.close());

	it.each(subject.operations)('%s: %s never calls it a success', async (...operation) => {
		const wrong: string[] = [];
		for (const [index, [what, answer]] of answers.entries()) {
			proxy.answerWith(answer);
			// Upload Once would not even send: both ways for uploads.
			const ways = operation[1] === 'upload' ? [false, true] : [index % 2 === 1];
			const found: string[] = [];
			for (const isReversed of ways) found.push(...(await wronglyGiven(subject, operation, proxy.url, isReversed)));
			wrong.push(...found.map((each) => `${what}: ${each}`));
		}
		expect(proxy.requests().length).toBeGreaterThan(0);
		expect(wrong).toEqual([]);
	});
});

/** One operation for each kind of answer. */
const KINDS: Readonly<Record<Subject['service'], readonly string[]>> = {
	tally: ['form get', 'form getAll', 'folder getAll', 'formAnalytics metrics', 'form delete', 'block update'],
	clevertap: ['profile upsert', 'event upload', 'profile get', 'profile delete', 'profile count', 'event getAll'],
};

describe.each(subjects)('Whatever bytes come instead of $service', (subject) => {
	let server: Server;
	let answer: (response: ServerResponse) => void;
	let url: string;
	beforeAll(async () => {
		server = createServer((request, response) => {
			request.resume();
			answer(response);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	const kinds = subject.operations.filter(([resource, name]) => KINDS[subject.service].includes(`${resource} ${name}`));

	it('has one operation for each kind of answer', () => {
		expect(kinds).toHaveLength(KINDS[subject.service].length);
	});

	it.each(kinds)('%s: %s never calls them a success', async (...operation) => {
		const bytes = fc.oneof(
			fc.uint8Array({ maxLength: 200 }),
			fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text)),
			fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
		);
		await fc.assert(
			fc.asyncProperty(
				bytes,
				fc.constantFrom(200, 201, 202, 301, 302, 401, 403, 404, 407, 502),
				fc.constantFrom('application/json', 'text/html', 'text/plain', 'application/octet-stream'),
				async (body, status, type) => {
					answer = (response) => void response.writeHead(status, { 'content-type': type }).end(body);
					// A 401 in text may be the service's own.
					expect(await wronglyGiven(subject, operation, url, false, true)).toEqual([]);
				},
			),
			{ numRuns: 30 },
		);
	});
});
