import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A load balancer as it stands before several webhook processes. */
export interface RoundRobin {
	readonly url: string;
	/** Who takes the requests, in turns; addresses of this machine. */
	serve(urls: readonly string[]): void;
	close(): Promise<void>;
}

/** Passes each request on as it came; 502 where the one whose turn it is does not answer. */
export async function startRoundRobin(): Promise<RoundRobin> {
	let behind: readonly string[] = [];
	let turn = 0;
	const server = createServer((incoming, outgoing) => {
		const next = behind[turn++ % Math.max(behind.length, 1)];
		const unanswered = (): void => {
			if (outgoing.headersSent) outgoing.destroy();
			else outgoing.writeHead(502).end();
		};
		if (next === undefined) return unanswered();
		const { method, headers, url } = incoming;
		const passed = send(new URL(url ?? '/', next), { method, headers, agent: false }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.on('error', unanswered);
			answer.pipe(outgoing);
		});
		passed.on('error', unanswered);
		outgoing.on('close', () => passed.destroy());
		incoming.pipe(passed);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		serve: (urls) => {
			behind = urls;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
