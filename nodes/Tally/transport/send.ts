import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { bounded } from '../../shared/deadline';
import { filledText } from '../../shared/guards';
import { networkFailure } from '../../shared/network';
import { hiding, withoutSecretsIn } from '../../shared/redaction';
import { retryAfterMs } from '../../shared/retryAfter';
import { accessOf, type TallyCaller } from './credential';
import { isExpected, isForeignRefusal } from './expected';
import { foreignAnswer, unreached, wordsOf, wrongAddress } from './refusals';
import { isGatewayRefusal, isSuccess, type TallyReply, type TallyRequest } from './reply';

/**
 * The dated version of Tally's API that this package is written for. Without the header the
 * answer's shape depends on the day on which the user's key was made
 * (https://developers.tally.so/api-reference/versioning).
 */
const API_VERSION = '2025-02-01';

/** For all of a request, silence or not. */
const TIMEOUT_MS = 30_000;

/** Members of a request whose values are words of Tally's own. */
const NAMES: ReadonlySet<string> = new Set(['eventTypes', 'filter', 'period', 'status']);

/** A reply, and how sure it is that Tally gave it. */
export interface Sent {
	readonly reply: TallyReply;
	/** `maybe` where a success could be anybody's; the reply counts if Tally is known to be there. */
	readonly isTallys: 'yes' | 'maybe' | 'no';
	/** What to take in place of the reply if it is not Tally's. */
	readonly otherwise: TallyReply;
}

/**
 * Sends one request and hands back the reply, whatever its status, and also where no answer of Tally's came.
 *
 *     {method: 'GET', path: '/users/me', …} → {status: 200, body: {id: 'u1', …}}
 *     the same, Tally out of reach → {status: 0, body: undefined, noAnswer: {message: 'Tally could not be …', …}}
 *
 * @param end when it has to be over in any case
 */
export async function sendRequest(caller: TallyCaller, request: TallyRequest, end?: AbortSignal): Promise<Sent> {
	const { baseUrl, secrets } = await accessOf(caller);
	const address = addressOf(baseUrl);
	if (address === undefined) return failed(wrongAddress());
	const { host } = address;
	const limit = bounded(caller, TIMEOUT_MS, end);
	let response: IN8nHttpFullResponse;
	try {
		limit.signal.throwIfAborted();
		response = (await caller.helpers.httpRequestWithAuthentication.call(limit.caller, 'tallyAccountApi', {
			method: request.method,
			url: `${baseUrl}${request.path}`,
			headers: { Accept: 'application/json', 'tally-version': API_VERSION },
			qs: request.query,
			body: request.body,
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// n8n would take the API key along to wherever a redirect leads.
			disableFollowRedirect: true,
			timeout: TIMEOUT_MS,
			abortSignal: limit.signal,
		})) as IN8nHttpFullResponse;
	} catch (error) {
		return failed(unreached(host, networkFailure(limit.isOver() ? { code: 'ETIMEDOUT' } : error)));
	}
	return readResponse(request, response, host, secrets);
}

function readResponse(
	request: TallyRequest,
	{ statusCode, headers, body }: IN8nHttpFullResponse,
	host: string,
	ofCredential: readonly string[],
): Sent {
	const wait = retryAfterMs(headers['retry-after'], Date.now());
	const retryAfter = wait === undefined ? {} : { retryAfterMs: wait };
	const answer = { status: statusCode, headers, body: body as unknown };
	const otherwise = noAnswer(foreignAnswer(host, statusCode, request.method === 'GET'));
	const { query, body: sent = {} } = request;
	const secrets = [...ofCredential, sent.signingSecret, sent.httpHeaders];
	if (isSuccess(answer)) {
		const date = Date.parse(filledText(headers.date) ?? '');
		const reply = {
			status: statusCode,
			body: withoutSecretsIn(answer.body, secrets),
			...retryAfter,
			...(Number.isNaN(date) ? {} : { date }),
		};
		return { reply, isTallys: isExpected(request.expects, answer), otherwise };
	}
	if (isForeignRefusal(answer)) return { reply: otherwise, isTallys: 'no', otherwise };
	const show = hiding({ secrets, sent: [query, sent], names: NAMES, values: new Set() });
	const words = wordsOf(answer.body, show);
	return {
		reply: {
			// A gateway that lacks the connection says 404, which from Tally would mean "gone".
			status: statusCode === 404 && isGatewayRefusal(answer.body) ? 400 : statusCode,
			body: answer.body,
			...(words === undefined ? {} : { words }),
			...retryAfter,
		},
		isTallys: 'yes',
		otherwise,
	};
}

function noAnswer(why: NonNullable<TallyReply['noAnswer']>): TallyReply {
	return { status: 0, body: undefined, noAnswer: why };
}

function failed(why: NonNullable<TallyReply['noAnswer']>): Sent {
	const reply = noAnswer(why);
	return { reply, isTallys: 'no', otherwise: reply };
}

/** An address to which a path can be added. */
function addressOf(baseUrl: string): URL | undefined {
	if (!URL.canParse(baseUrl)) return undefined;
	const address = new URL(baseUrl);
	const isWeb = address.protocol === 'https:' || address.protocol === 'http:';
	return isWeb && address.search === '' && address.hash === '' ? address : undefined;
}
