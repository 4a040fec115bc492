import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { describeBreak, loadContract } from '../../sandbox/contract';
import type { TestCredential } from './engine';

/** A request as it arrived. */
export interface Seen {
	readonly method: string;
	readonly path: string;
	/** What stands behind the question mark, exactly as it came over the line. */
	readonly query: string;
	readonly body: unknown;
}

export interface Scripted {
	readonly status?: number;
	/** JSON, or a text that goes out as it stands. */
	readonly body: unknown;
}

export interface ScriptedCleverTap {
	readonly credential: TestCredential;
	readonly seen: readonly Seen[];
	/** In which ways requests broke the API description. */
	readonly breaks: readonly string[];
	close(): Promise<void>;
}

/** A CleverTap on 127.0.0.1 that answers as the test says and checks every request it gets. */
export async function scriptCleverTap(answer: (request: Seen, number: number) => Scripted): Promise<ScriptedCleverTap> {
	const contract = await loadContract('clevertap.yaml');
	const seen: Seen[] = [];
	const breaks: string[] = [];

	const server = createServer((request, response) => {
		void text(request).then((received) => {
			const [path = '', query = ''] = (request.url ?? '').split('?');
			const method = request.method ?? '';
			const body: unknown = received === '' ? undefined : JSON.parse(received);
			const operation = contract.operationId(method, path);
			const found =
				operation === undefined
					? ['is not in the API description']
					: contract
							.requestBreaks(operation, {
								method,
								path,
								query: Object.fromEntries(new URLSearchParams(query)),
								headers: request.headers as Record<string, string>,
								...(body === undefined ? {} : { body }),
							})
							.map(describeBreak);
			breaks.push(...found.map((line) => `${method} ${path} ${line}`));

			seen.push({ method, path, query, body });
			const { status = 200, body: reply } = answer(seen.at(-1) as Seen, seen.length);
			response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
			response.end(typeof reply === 'string' ? reply : JSON.stringify(reply));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	return {
		credential: {
			type: new CleverTapAccountApi(),
			data: { accountId: 'TEST-1', passcode: 'open sesame', region: 'custom', customHost: origin },
		},
		seen,
		breaks,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
