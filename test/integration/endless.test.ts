import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { errorsOf, runOperation, subjects } from '../mock/everyOperation';

// Waiting between attempts is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

/** A service that begins an answer, and sends a byte now and then: n8n never finds it silent. */
let server: Server;
let url: string;
const open = new Set<NodeJS.Timeout>();
beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume();
		response.writeHead(200, { 'content-type': 'application/json' });
		const drip = setInterval(() => response.write(' '), 20);
		open.add(drip);
		response.on('close', () => {
			clearInterval(drip);
			open.delete(drip);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});
afterEach(() => jest.restoreAllMocks());

const limits: number[] = [];
beforeEach(() => {
	limits.length = 0;
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
		limits.push(milliseconds);
		return timeout(100);
	});
});

const cases = subjects.flatMap((subject) =>
	subject.operations
		.filter(([resource, name]) =>
			['form get', 'form delete', 'profile upsert', 'profile get'].includes(`${resource} ${name}`),
		)
		.map((operation) => [subject.service, `${operation[0]}: ${operation[1]}`, subject, operation] as const),
);

it.each(cases)(
	'%s, %s: an answer that never ends is given up, and its connection closed',
	async (service, _name, subject, operation) => {
		const result = await runOperation(subject, operation, url);
		const said = { tally: /^Tally could not be reached/, clevertap: /ETIMEDOUT/ }[service];
		expect(errorsOf(result)).toEqual([expect.stringMatching(said)]);
		expect(new Set(limits)).toEqual(new Set([service === 'tally' ? 30_000 : 60_000]));
		expect(result.outputs.slice(0, -1).flat()).toEqual([]);
		while (open.size > 0) await new Promise((resolve) => setImmediate(resolve));
	},
);
