import { filledText, isRecord, recordsIn } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { isGatewayRefusal, type TallyReply, type TallyRequest } from './reply';

/** What an error shows in n8n: one line, and what to do about it. */
export interface Explanation {
	message: string;
	description: string;
}

/** The error for a refusal: what happened, what to do, and the status; it holds nothing of the request. */
export function refusalError(
	reply: TallyReply,
	{ message, description }: Explanation = explainRefusal(reply),
): ItemError {
	return new ItemError(message, description, reply.status);
}

/**
 * Puts a refusal into words for the one who filled in the node's fields.
 *
 * @param account the owner of the key, if Tally knows the key and was asked for the owner
 */
export function explainToUser(
	{ field, plan }: Pick<TallyRequest, 'field' | 'plan'>,
	reply: TallyReply,
	account: Record<string, unknown> | undefined,
): Explanation {
	const usual = explainRefusal(reply);
	const own = filledText(account?.subscriptionPlan);
	const mayLackPlan = own === 'FREE' || (own === undefined && reply.status === 401);
	if (account !== undefined && plan !== undefined && mayLackPlan) {
		return {
			message: `Tally allows this on its ${plan} plan only`,
			description: `The plan of this account is ${own ?? 'another one'}. Upgrade it in Tally, or use the API key of an account that has ${plan}.`,
		};
	}
	if (account !== undefined && reply.status === 401) {
		return {
			message: `Tally knows the API key, but does not allow this${field === undefined ? '' : ` with the value of "${field}"`}`,
			description: `Either the owner of the key has no access to it in Tally, or the account's plan${own === undefined ? '' : ` (${own})`} does not include it.`,
		};
	}
	if (field === undefined || reply.noAnswer !== undefined) return usual;
	switch (reply.status) {
		case 400:
			return { ...usual, description: `${usual.description} The field to look at first is "${field}".` };
		case 403:
			return { ...usual, message: `The owner of the API key may not use the value of "${field}"` };
		case 404:
			return { ...usual, message: `Tally does not have what "${field}" names` };
		default:
			return usual;
	}
}

/**
 * Puts a refusal of Tally into words.
 *
 * The meanings of the statuses are Tally's documentation
 * (https://developers.tally.so/api-reference/introduction); that 401 is also how a plan's limits
 * answer, and that its body may be plain text, was observed live in August 2026.
 *
 *     {status: 404, body: {message: 'Not found'}}
 *     → {message: 'Tally does not have what was asked for', description: 'It may … Tally says: "Not found".'}
 */
export function explainRefusal(reply: TallyReply): Explanation {
	if (reply.noAnswer !== undefined) {
		const { host, reason } = reply.noAnswer;
		return {
			message: `Tally could not be reached at ${host}`,
			description: `${reason}. Check this n8n's connection to the internet and the base URL in the Tally credential, then try again. Tally's own state is shown at https://status.tally.so.`,
		};
	}
	const said = wordsOf(reply.body);
	if (isGatewayRefusal(reply.body)) return explainGateway(reply.status, said);
	const quoted = said === undefined ? '' : ` Tally says: "${said}".`;
	if (reply.status === 400) {
		return {
			message: 'Tally did not accept the request',
			description: `Check the fields of this node.${quoted}`,
		};
	}
	if (reply.status === 401) {
		return {
			message: 'Tally does not accept the API key',
			description: `Open the Tally credential and test it. If the test passes, this call needs another Tally plan.${quoted}`,
		};
	}
	if (reply.status === 403) {
		return {
			message: 'The owner of the API key may not do this in Tally',
			description: `Use the API key of someone who can edit the form and its workspace in Tally.${quoted}`,
		};
	}
	if (reply.status === 404) {
		return {
			message: 'Tally does not have what was asked for',
			description: `It may have been deleted or moved to the trash, or it belongs to another account.${quoted}`,
		};
	}
	if (reply.status === 429) {
		return {
			message: 'Tally allows 100 requests a minute and has had more',
			description: `Wait a minute and try again.${quoted}`,
		};
	}
	if (reply.status >= 500) {
		return {
			message: `Tally is not working at the moment (status ${reply.status})`,
			description: `Try again in a few minutes. Tally's own state is shown at https://status.tally.so.${quoted}`,
		};
	}
	return {
		message: 'The answer did not come from Tally',
		description: `Check the base URL in the Tally credential; Tally itself is at https://api.tally.so.${quoted}`,
	};
}

/** What a gateway's own refusals mean (Maton's documentation, errors). */
function explainGateway(status: number, said: string | undefined): Explanation {
	const quoted = said === undefined ? '' : ` The gateway says: "${said}".`;
	const inCredential = (advice: string) => `Open the Tally credential and check ${advice}.${quoted}`;
	if (status === 400 || status === 404) {
		return {
			message: 'The gateway has no such connection to Tally',
			description: inCredential('its Gateway Connection ID and the path in its Base URL'),
		};
	}
	if (status === 401 || status === 403) {
		return {
			message: 'The gateway does not accept the API key',
			description: inCredential("its API Key: behind a gateway it is the gateway's, not Tally's"),
		};
	}
	if (status === 429) {
		return {
			message: 'The gateway has had too many requests',
			description: `Wait a minute and try again.${quoted}`,
		};
	}
	return {
		message: `The gateway could not ask Tally (status ${status})`,
		description: `Its stored authorization has often expired then: make a new connection at the gateway and put its ID into the Tally credential.${quoted}`,
	};
}

/**
 * Tally's own words: `message`, or the first of `errors[].msg`; a gateway's `error.message`.
 * Pages of proxies, JSON in a text and long bodies are left out.
 */
function wordsOf(body: unknown): string | undefined {
	if (typeof body === 'string') return shortSentence(body);
	if (!isRecord(body)) return undefined;
	const inner = isRecord(body.error) ? body.error.message : body.error;
	return shortSentence(body.message) ?? shortSentence(recordsIn(body.errors)[0]?.msg) ?? shortSentence(inner);
}

function shortSentence(value: unknown): string | undefined {
	const text = filledText(value)?.trim();
	return text !== undefined && text.length <= 200 && /^[^<>{}\n]+$/.test(text) ? text : undefined;
}
