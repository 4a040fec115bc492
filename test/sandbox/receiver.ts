import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	headers: IncomingHttpHeaders;
	body: Buffer;
}

export interface Receiver {
	readonly url: string;
	readonly received: Received[];
	/** Statuses of the next answers; `never` leaves one without an answer. Then 200. */
	answers: Array<number | 'never'>;
	close(): Promise<void>;
}

/** Something that takes webhook deliveries and keeps them. */
export async function startReceiver(): Promise<Receiver> {
	const received: Received[] = [];
	const receiver = { url: '', received, answers: [] as Receiver['answers'] };
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({ headers: request.headers, body: Buffer.concat(chunks) });
			const status = receiver.answers.shift() ?? 200;
			if (status === 'never') return;
			response.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {});
			response.end(`answer ${status}`);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
	return Object.assign(receiver, {
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	});
}
