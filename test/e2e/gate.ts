import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that keeps a workflow waiting until the test lets it go. */
export interface Gate {
	readonly url: string;
	/** Resolves when a request waits at the gate; its answer is up to the caller. */
	knock(): Promise<(status: number) => void>;
	close(): Promise<void>;
}

export async function openGate(): Promise<Gate> {
	const waiting: ServerResponse[] = [];
	const callers: Array<(response: ServerResponse) => void> = [];
	const server = createServer((request, response) => {
		request.resume();
		const caller = callers.shift();
		if (caller) caller(response);
		else waiting.push(response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		knock: async () => {
			const response = waiting.shift() ?? (await new Promise<ServerResponse>((resolve) => callers.push(resolve)));
			return (status) => response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
