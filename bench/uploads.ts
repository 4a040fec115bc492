import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A CleverTap for uploads of one record. */
export interface Uploads {
	readonly origin: string;
	close(): Promise<void>;
}

/** @param take gets what was uploaded, and what answers that all is well. */
export async function startUploads(take: (body: string, answer: () => void) => void): Promise<Uploads> {
	const server = createServer((request, response) => {
		void text(request).then((body) =>
			take(body, () => {
				response.writeHead(200, { 'content-type': 'application/json' });
				response.end(JSON.stringify({ status: 'success', processed: 1, unprocessed: [] }));
			}),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
