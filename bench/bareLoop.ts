import { Agent, request } from 'node:http';

const BATCH = 1000;
/** As many as the node has under way unless it is told otherwise. */
const CONCURRENCY = 3;
/** An answer that takes longer, in milliseconds, will never come. */
const TIMEOUT_MS = 300_000;

/** An answer did not come in time. */
export class Unanswered extends Error {}

const agent = new Agent({ keepAlive: true });

/**
 * The least that a program can do: records as JSON, in requests of 1000 with as many under way as the
 * node has. No check of any record, no verdict, no retry.
 *
 * @param recordsOf gives the records from one number to before another.
 */
export async function sendBare(
	count: number,
	recordsOf: (from: number, to: number) => readonly object[],
	origin: string,
): Promise<void> {
	let next = 0;
	const sender = async (): Promise<void> => {
		while (next < count) {
			const batch = recordsOf(next, next + BATCH);
			next += BATCH;
			await post(`${origin}/1/upload`, JSON.stringify({ d: batch }));
		}
	};
	await Promise.all(Array.from({ length: CONCURRENCY }, sender));
}

/** Posts JSON and returns the status and the answer. @throws Unanswered if none comes in time */
export async function post(
	url: string,
	body: string | Buffer,
	headers: Readonly<Record<string, string>> = {},
	timeout = TIMEOUT_MS,
): Promise<{ status: number; text: string }> {
	return await new Promise((resolve, reject) => {
		const sent = request(
			url,
			{
				method: 'POST',
				agent,
				timeout,
				headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
			},
			(response) => {
				let text = '';
				response.setEncoding('utf8');
				response.on('data', (chunk: string) => (text += chunk));
				response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
				response.on('error', reject);
			},
		);
		sent.on('error', reject);
		sent.on('timeout', () => sent.destroy(new Unanswered(`${url} did not answer`)));
		sent.end(body);
	});
}
