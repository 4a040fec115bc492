import { post, Unanswered } from './bareLoop';

/** What a number of requests took, from a number of connections. */
export interface Load {
	/** Milliseconds from the first request to the last answer. */
	readonly took: number;
	/** Milliseconds of each request. */
	readonly latencies: number[];
}

/** One request to be sent. */
export interface Request {
	readonly url: string;
	readonly body: Buffer;
	readonly headers: Readonly<Record<string, string>>;
}

export interface Amount {
	readonly connections: number;
	readonly requests: number;
}

/** Sends a body again and again, each connection the next one when the last was answered. */
export async function load(
	url: string,
	body: Buffer,
	headers: Readonly<Record<string, string>>,
	amount: Amount,
): Promise<Load> {
	return await loadEach(() => ({ url, body, headers }), amount);
}

/** As long as Tally waits for an answer, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Of so many requests one may have no answer: n8n in queue mode loses some, and the round then stands out. */
const ONE_IN = 100;

/**
 * Sends requests, each connection the next one when the last was answered.
 *
 * @throws Error if an answer is not 200, or too many do not come: what was refused has no figure.
 */
export async function loadEach(next: () => Request, { connections, requests }: Amount): Promise<Load> {
	const latencies: number[] = [];
	const waiting = Array.from({ length: requests }, next);
	let unanswered = 0;
	const start = performance.now();
	const sender = async (): Promise<void> => {
		for (let request = waiting.pop(); request !== undefined; request = waiting.pop()) {
			const { url, body, headers } = request;
			const sent = performance.now();
			try {
				const { status } = await post(url, body, headers, PATIENCE_MS);
				if (status !== 200) throw new Error(`${url} answered ${status}`);
			} catch (error) {
				if (!(error instanceof Unanswered) || ++unanswered > requests / ONE_IN) throw error;
			}
			latencies.push(performance.now() - sent);
		}
	};
	await Promise.all(Array.from({ length: connections }, sender));
	return { took: performance.now() - start, latencies };
}
