import { isRecord } from '../../shared/guards';
import { requestAdvice } from '../result/advice';
import { codeIn } from '../result/errorText';
import type { CleverTapClient } from './client';
import type { CleverTapRequest } from './request';
import { sendRequest, type Advice } from './send';

export type Json = Readonly<Record<string, unknown>>;

const UNREACHED_ADVICE = 'Check that this n8n can reach CleverTap’s host, and Region in the CleverTap credential.';
const AGAIN_ADVICE = 'Run the node again later: asking twice does no harm.';

/** What to do about a request that may be repeated. */
export const HARMLESS_ADVICE: Advice = {
	later: AGAIN_ADVICE,
	unreached: UNREACHED_ADVICE,
	unknown: AGAIN_ADVICE,
	unreadable: UNREACHED_ADVICE,
	refused: (reason) => requestAdvice(reason),
};

/** CleverTap's word for trouble of its own, in a body that may come with HTTP 200. */
const SERVER_TROUBLE = 500;

/**
 * Sends one request that may be repeated, until CleverTap gives an answer in JSON or refuses it for
 * good. A `fail` with HTTP 200 is an answer: only its reader knows what it means.
 *
 * @throws RequestError where there is no answer
 */
export async function ask(client: CleverTapClient, request: CleverTapRequest): Promise<Json> {
	return await sendRequest(client, request, { repeat: 'harmless', advice: HARMLESS_ADVICE, read: toAnswer });
}

/** An object that is no word of trouble on CleverTap's side. */
export function toAnswer(body: unknown): Json | undefined {
	if (!isRecord(body)) return undefined;
	return body.status === 'fail' && codeIn(body) === SERVER_TROUBLE ? undefined : body;
}

/** An ID in an answer, as text: `17` and `'17'` → `'17'`; nothing for whatever is neither. */
export function idText(value: unknown): string | undefined {
	return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}
