import { ItemError } from '../../shared/itemError';
import { requestAdvice } from '../result/advice';
import { codeIn, errorText } from '../result/errorText';
import { HARMLESS_ADVICE, toAnswer, type Json } from './ask';
import type { CleverTapClient } from './client';
import type { CleverTapRequest } from './request';
import { NOT_SENT } from './retry';
import { sendRequest, type Advice } from './send';

const UNKNOWN_ADVICE =
	'The outcome is unknown: CleverTap may have done it, and people may have got a message. The node does not ask again, in no mode. Look in CleverTap before you run it again for this item.';

/** What to do about a request that reaches people, or that may not be done twice for another reason. */
export const ONCE_ADVICE: Advice = {
	later: 'Nothing was sent. Run the node again later.',
	unreached: HARMLESS_ADVICE.unreached,
	unknown: UNKNOWN_ADVICE,
	unreadable: UNKNOWN_ADVICE,
	refused: (reason) => requestAdvice(reason),
};

/** "Request still in progress, please retry later": it was taken, and what became of it is not known. */
const IN_PROGRESS = 2;

/**
 * What CleverTap says to a request that goes out once: yes, or no with its words. `undefined` where that can't be told,
 * as after trouble of its own.
 */
export function yesOrNo(body: unknown): Json | undefined {
	const answer = toAnswer(body);
	if (answer === undefined || codeIn(answer) === IN_PROGRESS) return undefined;
	return answer.status === 'success' || answer.status === 'fail' ? answer : undefined;
}

/** A no, as an item's error. */
export function refusal(answer: Json): ItemError {
	const reason = errorText(answer) ?? 'CleverTap refused the request without a reason';
	const code = codeIn(answer);
	return new ItemError(reason, requestAdvice(reason, code), code);
}

/**
 * Sends a request that must not be done twice. It goes out again only where it was certainly not taken: no connection
 * came about, or CleverTap had too many requests (429).
 *
 * @param read what an answer says; `undefined` if that can't be told
 * @throws ItemError if CleverTap refuses, or if there is no answer; uncertain where it may be done
 */
export async function askOnce(
	client: CleverTapClient,
	request: CleverTapRequest,
	read: (body: unknown) => Json | undefined = yesOrNo,
): Promise<Json> {
	const answer = await sendRequest(client, request, { repeat: 'never', busy: NOT_SENT, advice: ONCE_ADVICE, read });
	if (answer.status === 'fail') throw refusal(answer);
	return answer;
}
