import { post } from './bareLoop';

/** What a number of requests took, from a number of connections. */
export interface Load {
	/** Milliseconds from the first request to the last answer. */
	readonly took: number;
	/** Milliseconds of each request. */
	readonly latencies: number[];
}

/**
 * Sends a body again and again, each connection the next one when the last was answered.
 *
 * @throws Error if an answer is not 200: what was refused has no figure.
 */
export async function load(
	url: string,
	body: Buffer,
	headers: Readonly<Record<string, string>>,
	{ connections, requests }: { connections: number; requests: number },
): Promise<Load> {
	const latencies: number[] = [];
	let left = requests;
	const start = performance.now();
	const sender = async (): Promise<void> => {
		while (left-- > 0) {
			const sent = performance.now();
			const { status } = await post(url, body, headers);
			if (status !== 200) throw new Error(`${url} answered ${status}`);
			latencies.push(performance.now() - sent);
		}
	};
	await Promise.all(Array.from({ length: connections }, sender));
	return { took: performance.now() - start, latencies };
}
