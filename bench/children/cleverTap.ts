import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

import { work } from './child';

/** What a server was sent since it was last asked. */
export interface Received {
	records: number;
	bytes: number;
	requests: number;
}

const RECORD = Buffer.from('"type":"');

/**
 * CleverTaps that take everything, each after its own time, in a process of their own: what they do
 * must not count for those who send. `GET /received` tells what came since it was last asked.
 */
work(async (delays: readonly number[]) => {
	const origins: Record<number, string> = {};
	for (const delay of delays) origins[delay] = await listen(delay);
	return origins;
});

async function listen(delayMs: number): Promise<string> {
	let received: Received = { records: 0, bytes: 0, requests: 0 };
	const server = createServer((request, response) => {
		void buffer(request).then(async (body) => {
			const isQuestion = request.method === 'GET';
			const answer = isQuestion ? received : { status: 'success', processed: recordsIn(body), unprocessed: [] };
			if (isQuestion) {
				received = { records: 0, bytes: 0, requests: 0 };
			} else {
				received.records += recordsIn(body);
				received.bytes += body.length;
				received.requests++;
				await wait(delayMs);
			}
			response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' });
			response.end(JSON.stringify(answer));
		});
	});
	// A client that keeps its connection must not find it closed between two of its runs.
	server.keepAliveTimeout = 600_000;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Counted, not parsed: the records are the benchmark's own. */
function recordsIn(body: Buffer): number {
	let count = 0;
	for (let at = body.indexOf(RECORD); at >= 0; at = body.indexOf(RECORD, at + RECORD.length)) count++;
	return count;
}
