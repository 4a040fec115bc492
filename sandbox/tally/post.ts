import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface PostOutcome {
	/** null when no answer came: refused, reset or too late. */
	statusCode: number | null;
	/** The start of the answer's body, or why there was none. */
	response: string;
}

const kept = 2_000;

/**
 * Posts a body once, on a connection of its own, without following redirects. Never rejects.
 *
 * @param timeoutMs for the whole exchange, in milliseconds
 */
export async function post(
	url: string,
	headers: Record<string, string>,
	body: Buffer,
	timeoutMs: number,
	abort: AbortSignal,
): Promise<PostOutcome> {
	const late = AbortSignal.timeout(timeoutMs);
	return await new Promise((resolve) => {
		const failed = (error: Error): void =>
			resolve({
				statusCode: null,
				response: late.aborted ? `No answer within ${timeoutMs} ms` : error.message,
			});
		try {
			const request = (url.startsWith('https:') ? httpsRequest : httpRequest)(
				url,
				{
					method: 'POST',
					headers: { ...headers, 'Content-Length': String(body.length) },
					agent: false,
					signal: AbortSignal.any([late, abort]),
				},
				(answer) => {
					let text = '';
					answer.setEncoding('utf8');
					answer.on('data', (chunk: string) => {
						if (text.length < kept) text = (text + chunk).slice(0, kept);
					});
					answer.on('end', () => resolve({ statusCode: answer.statusCode ?? null, response: text }));
					answer.on('error', failed);
				},
			);
			request.on('error', failed);
			request.end(body);
		} catch (error) {
			failed(error instanceof Error ? error : new Error('The address is not one'));
		}
	});
}
