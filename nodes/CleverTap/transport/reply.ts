import { isRecord } from '../../shared/guards';

/** How one request to CleverTap ended. */
export type Reply =
	/** An answer, whatever its status; `body` is parsed JSON, or the text where it is none. */
	| {
			readonly kind: 'reply';
			readonly status: number;
			readonly body: unknown;
			/** What `Retry-After` asks for. */
			readonly retryAfterMs?: number;
	  }
	/** The request certainly never left; `isFinal` where trying again changes nothing. */
	| ({ readonly kind: 'unsent'; readonly isFinal: boolean } & Failure & Silence)
	/** Time-out, reset and the like: it may have arrived. */
	| ({ readonly kind: 'broken' } & Failure & Silence);

interface Failure {
	readonly code: string;
	/** Why, as the end of a sentence. */
	readonly reason?: string;
}

interface Silence {
	readonly status?: undefined;
	readonly body?: undefined;
	readonly retryAfterMs?: undefined;
}

/** The members by which a refusal in JSON can be told for CleverTap's. */
const OF_REFUSALS = ['status', 'error', 'code'];

/**
 * Whether something answered that is not CleverTap: its API never redirects, and says in JSON why it refuses.
 * What stands before CleverTap as well may say in any form that there is trouble (429, 5xx), that a request is too
 * large (413) or that it is no good (400 without a word).
 *
 *     403 '<html>…' → true        403 {status: 'fail', error: 'Invalid Credentials'} → false
 */
export function isForeign(reply: Reply): boolean {
	if (reply.kind !== 'reply') return false;
	const { status, body } = reply;
	if (status < 300 || status === 413 || status === 429 || status >= 500) return false;
	if (status < 400 || status === 407) return true;
	if (isRecord(body)) return !OF_REFUSALS.some((name) => Object.hasOwn(body, name));
	return status !== 400 || (body !== '' && body !== undefined && body !== null);
}
