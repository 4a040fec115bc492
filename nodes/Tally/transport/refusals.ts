import { filledText, isRecord, recordsIn } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import type { NetworkFailure } from '../../shared/network';
import {
	isGatewayRefusal,
	type Chosen,
	type Explanation,
	type NoAnswer,
	type TallyReply,
	type TallyRequest,
} from './reply';

/** The error for a refusal: what happened, what to do, and the status; it holds nothing of the request. */
export function refusalError(
	reply: TallyReply,
	{ message, description }: Explanation = explainRefusal(reply),
): ItemError {
	return new ItemError(message, description, reply.status);
}

/** Plans as Tally calls them; whatever else stands there is not shown. */
const PLAN = /^[A-Z]{2,12}$/;
/** Paths that every account has. */
const ALWAYS_THERE = /^\/(?:forms|users\/me|webhooks|workspaces)$/;
/** Nobody needs to read more of a service's words in an error. */
const MAX_WORDS = 200;
const TALLY_ADDRESS = 'Tally itself is at https://api.tally.so.';
const STATUS_PAGE = "Tally's own state is shown at https://status.tally.so.";

/**
 * Puts a refusal into words for the one who filled in the node's fields.
 *
 * @param account the owner of the key, if Tally knows the key and was asked for the owner
 */
export function explainToUser(
	request: Pick<TallyRequest, 'path' | 'chosen' | 'bodyField' | 'plan'>,
	reply: TallyReply,
	account: Record<string, unknown> | undefined,
): Explanation {
	const { chosen = {}, plan } = request;
	const field = labelsOf(chosen);
	const { bodyField = field } = request;
	const usual = explainRefusal(reply, request.path);
	const named = filledText(account?.subscriptionPlan);
	const own = named !== undefined && PLAN.test(named) ? named : undefined;
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
	if (reply.noAnswer !== undefined || isGatewayRefusal(reply.body)) return usual;
	if (reply.status === 400 && bodyField !== undefined) {
		return { ...usual, description: `${usual.description} The field to look at first is "${bodyField}".` };
	}
	if (field === undefined) return usual;
	switch (reply.status) {
		case 403:
			return { ...usual, message: `The owner of the API key may not use the value of "${field}"` };
		case 404:
			return { ...usual, message: `Tally has ${nothingOf(chosen)}` };
		default:
			return usual;
	}
}

/** The labels of the fields that hold something, as one text: `Workspace" or "Parent Folder`. */
function labelsOf(chosen: Chosen): string | undefined {
	const labels = Object.keys(chosen).filter((label) => chosen[label] !== undefined);
	return labels.length === 0 ? undefined : labels.join('" or "');
}

/** What Tally's IDs look like: six or seven letters and digits, a capital among them that does not begin it. */
const TALLY_ID = /^(?=.+[A-Z])(?=.*[a-z\d])[A-Za-z\d]{6,7}$/;

/**
 * What Tally does not have, by its ID. What does not look like one may be an answer that was mapped to the wrong field:
 * it is not shown.
 *
 *     {Form: 'GxdRaZ'} → 'no form GxdRaZ'    {Form: 'Ada'} → 'no form of this ID'
 *     {'Workspace IDs': 'kb3o5R, wLd0aB'} → 'no workspaces kb3o5R, wLd0aB'
 *     {Workspace: 'kb3o5R', 'Parent Folder': '3xQ9dL'} → 'no workspace kb3o5R, or no parent folder 3xQ9dL'
 */
export function nothingOf(chosen: Chosen): string {
	const missing = Object.entries(chosen).flatMap(([label, id]) => {
		if (id === undefined) return [];
		const ids = id.split(', ');
		const noun = label.replace(/ ID(s?)$/, '$1').toLowerCase();
		const thing = ids.length > 1 ? noun : noun.replace(/s$/, '');
		if (ids.every((each) => TALLY_ID.test(each))) return [`no ${thing} ${id}`];
		return [`no ${thing} of ${ids.length > 1 ? 'these IDs' : 'this ID'}`];
	});
	return missing.join(', or ');
}

/** No connection, or no answer. */
export function unreached(
	host: string,
	{ reasonInWords, certainlyNotSent, isLasting }: Omit<NetworkFailure, 'code'>,
): NoAnswer {
	const reason = reasonInWords.charAt(0).toUpperCase() + reasonInWords.slice(1);
	return {
		message: `Tally could not be reached at ${host}`,
		description: `${reason}. Check this n8n's connection to the internet and the base URL in the Tally credential, then try again. ${STATUS_PAGE}`,
		certainlyNotSent,
		isLasting,
	};
}

/** What is no address is not asked. */
export function wrongAddress(): NoAnswer {
	return {
		message: 'The Base URL in the Tally credential is not a web address',
		description: `It begins with https:// and has no question mark. ${TALLY_ADDRESS}`,
		certainlyNotSent: true,
		isLasting: true,
	};
}

/** Something answered that is not Tally: a proxy, a login page, another server. */
export function foreignAnswer(host: string, status: number, isReading: boolean): NoAnswer {
	const unknown = isReading ? '' : ' Whether Tally did what was asked is not known: look there before trying again.';
	const isProxy = status === 403 || status === 407;
	return {
		message: isProxy
			? `A proxy between this n8n and ${host} refused the request (status ${status})`
			: `What answers at ${host} is not Tally's API`,
		description: isProxy
			? `Tally has not seen the request. Ask who runs this network to let n8n reach ${host}.`
			: `Check the base URL in the Tally credential, and whether a proxy or a login page stands before it. ${TALLY_ADDRESS}${unknown}`,
		certainlyNotSent: isProxy,
		isLasting: true,
	};
}

/**
 * Puts a refusal of Tally into words.
 *
 * The meanings of the statuses are Tally's documentation
 * (https://developers.tally.so/api-reference/introduction); that 401 is also how a plan's limits
 * answer, and that its body may be plain text, was observed live in August 2026.
 *
 *     {status: 404, words: 'Not found', …}
 *     → {message: 'Tally does not have what was asked for', description: 'It may … Tally says: "Not found".'}
 */
export function explainRefusal(reply: TallyReply, path = ''): Explanation {
	const { noAnswer } = reply;
	if (noAnswer !== undefined) return { message: noAnswer.message, description: noAnswer.description };
	if (isGatewayRefusal(reply.body)) return explainGateway(reply.status, reply.words);
	const quoted = quotedWords(reply);
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
	if (reply.status === 404 && ALWAYS_THERE.test(path)) {
		return {
			message: 'Tally’s API was not found at the base URL',
			description: `Check the base URL in the Tally credential. ${TALLY_ADDRESS}${quoted}`,
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
			description: `Try again in a few minutes. ${STATUS_PAGE}${quoted}`,
		};
	}
	return {
		message: 'The answer did not come from Tally',
		description: `Check the base URL in the Tally credential. ${TALLY_ADDRESS}${quoted}`,
	};
}

/** What Tally says of a refusal, to stand behind a sentence. */
export function quotedWords({ words }: TallyReply): string {
	return words === undefined ? '' : ` Tally says: "${words}".`;
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
 *
 * @param show makes them fit to be shown
 */
export function wordsOf(body: unknown, show: (sentence: string) => string): string | undefined {
	const sentence = (value: unknown): string | undefined => {
		const text = filledText(value)?.trim();
		return text !== undefined && text.length <= MAX_WORDS && /^[^<>{}\n]+$/.test(text) ? show(text) : undefined;
	};
	if (typeof body === 'string') return sentence(body);
	if (!isRecord(body)) return undefined;
	const inner = isRecord(body.error) ? body.error.message : body.error;
	return sentence(body.message) ?? sentence(recordsIn(body.errors)[0]?.msg) ?? sentence(inner);
}
