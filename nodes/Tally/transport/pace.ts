/** At most so many requests in any span of so many milliseconds. */
export interface Limit {
	requests: number;
	inMs: number;
}

/**
 * Tally allows 100 requests a minute (https://developers.tally.so/api-reference/introduction); some are left
 * for others.
 */
export const REQUESTS_PER_MINUTE = 90;

/** A gateway allows 10 requests a second for its whole account (Maton's documentation). */
const GATEWAY: Limit = { requests: 9, inMs: 1_000 };

/** The limits that hold for one run. */
export function limitsOf(requestsPerMinute: number, isThroughGateway: boolean): Limit[] {
	const minute: Limit = { requests: Math.max(1, requestsPerMinute), inMs: 60_000 };
	return isThroughGateway ? [minute, GATEWAY] : [minute];
}

/**
 * How long the next request has to wait.
 *
 * @param sent when requests were sent, in milliseconds, oldest first
 */
export function waitForTurn(sent: readonly number[], now: number, limits: readonly Limit[]): number {
	const waits = limits.map(({ requests, inMs }) => {
		const oldest = sent[sent.length - requests];
		return oldest === undefined ? 0 : oldest + inMs - now;
	});
	return Math.max(0, ...waits);
}
