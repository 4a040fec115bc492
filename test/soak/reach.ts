import { N8nRequestFailed } from '../../sandbox/n8n-client';
import { until } from '../../sandbox/until';

/** What n8n answers while its database does not answer it in time, as on a busy machine. */
const UNREACHED = 503;
const PATIENCE_MS = 120_000;

/** Asks again for as long as n8n can't reach its database. */
export async function reached<T>(ask: () => Promise<T>): Promise<T> {
	const { answer } = await until(
		'n8n reaches its database',
		async () => {
			try {
				return { answer: await ask() };
			} catch (error) {
				if (error instanceof N8nRequestFailed && error.status === UNREACHED) return undefined;
				throw error;
			}
		},
		PATIENCE_MS,
	);
	return answer;
}

/** Posts JSON to a webhook of n8n and gives the status of the answer. */
export async function post(url: string, body: string, signature?: string): Promise<number> {
	return await reached(async () => {
		const response = await fetch(url, {
			method: 'POST',
			headers: {
				connection: 'close',
				'content-type': 'application/json',
				...(signature === undefined ? {} : { 'tally-signature': signature }),
			},
			body,
		});
		const said = await response.text();
		if (response.status === UNREACHED) throw new N8nRequestFailed(response.status, 'a webhook', said);
		return response.status;
	});
}
