import { ItemError } from '../../shared/itemError';
import { requestAdvice } from '../result/advice';
import { codeIn, errorText } from '../result/errorText';
import { ask, type Json } from '../transport/ask';
import type { CleverTapClient } from '../transport/client';
import type { CleverTapRequest } from '../transport/request';

/** How long CleverTap is given between two questions for the same thing (its own advice). */
export const POLL_MS = 3_000;

const SECOND = 1_000;

/** "Request still in progress, please retry later", with HTTP 200. */
const IN_PROGRESS = 2;

/**
 * Asks, and asks again while CleverTap is still preparing the answer.
 *
 * @param maxWaitMs how long to wait for one answer in all
 * @param isPending what else means that CleverTap is still preparing it
 * @param next what to ask then; the same again unless told
 * @throws ItemError if CleverTap refuses or takes longer; a `fail` in the answer is a refusal
 */
export async function poll(
	client: CleverTapClient,
	request: CleverTapRequest,
	maxWaitMs: number,
	isPending: (body: Json) => boolean = () => false,
	next: (body: Json) => CleverTapRequest | undefined = () => undefined,
): Promise<Json> {
	let current = request;
	// Slow answers count as well, by a clock that never jumps.
	const start = performance.now();
	for (let pauses = 0; ; pauses += POLL_MS) {
		const body = await ask(client, current);
		const pending = isPending(body);
		if (!pending && !isInProgress(body)) {
			if (body.status === 'fail') throw refusal(body);
			return body;
		}
		const waited = Math.max(pauses, Math.round((performance.now() - start) / SECOND) * SECOND);
		if (waited + POLL_MS > maxWaitMs) throw tooSlow(waited);
		if (pending) current = next(body) ?? current;
		await client.wait(POLL_MS);
	}
}

function isInProgress(body: Json): boolean {
	return body.status === 'fail' && codeIn(body) === IN_PROGRESS;
}

function refusal(body: Json): ItemError {
	const reason = errorText(body) ?? 'CleverTap refused the request without a reason';
	const code = codeIn(body);
	return new ItemError(reason, requestAdvice(reason, code), code);
}

function tooSlow(waitedMs: number): ItemError {
	return new ItemError(
		`CleverTap was still preparing the answer after ${Math.round(waitedMs / 1000)} seconds`,
		'Raise "Max Wait" in the options, or ask for fewer days at a time.',
		IN_PROGRESS,
	);
}
