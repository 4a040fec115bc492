import { ask, type Answer, type Json, type Line } from '../transport/ask';
import { codeIn, errorText, requestAdvice } from '../transport/errorText';
import type { CleverTapRequest } from '../transport/request';
import { refused } from '../upload/verdict';

/** How long CleverTap is given between two questions for the same thing (its own advice). */
export const POLL_MS = 3_000;

/** "Request still in progress, please retry later", with HTTP 200. */
const IN_PROGRESS = 2;

/**
 * Asks, and asks again while CleverTap is still at it; a `fail` in the answer is a refusal.
 *
 * @param isPending what else means that CleverTap is still at it.
 * @param next what to ask then; the same again unless told.
 * @param maxWaitMs how long to wait for one answer in all.
 */
export async function askPatiently(
	request: CleverTapRequest,
	line: Line,
	maxWaitMs: number,
	isPending: (body: Json) => boolean = () => false,
	next: (body: Json) => CleverTapRequest | undefined = () => undefined,
): Promise<Answer> {
	let current = request;
	for (let waited = 0; ; waited += POLL_MS) {
		const answer = await ask(current, line);
		if ('failed' in answer) return answer;
		const { body } = answer;
		const pending = isPending(body);
		if (!pending && !isInProgress(body)) return body.status === 'fail' ? refusal(body) : answer;
		if (waited + POLL_MS > maxWaitMs) return { failed: tooSlow(waited) };
		if (pending) current = next(body) ?? current;
		await line.wait(POLL_MS);
	}
}

function isInProgress(body: Json): boolean {
	return body.status === 'fail' && codeIn(body) === IN_PROGRESS;
}

function refusal(body: Json): Answer {
	const reason = errorText(body) ?? 'CleverTap refused the request without a reason';
	const code = codeIn(body);
	return { failed: refused(reason, requestAdvice(reason, code), code), body };
}

function tooSlow(waitedMs: number) {
	return refused(
		`CleverTap was still preparing the answer after ${Math.round(waitedMs / 1000)} seconds`,
		'Raise "Max Wait" in the options, or ask for fewer days at a time.',
		IN_PROGRESS,
	);
}
