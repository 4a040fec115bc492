import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { retryAfterMs } from '../../shared/retryAfter';
import { baseUrlOf, type TallyCaller } from './credential';
import { redactReply } from './redactReply';
import { isGatewayRefusal, isSuccess, type TallyReply, type TallyRequest } from './reply';

/**
 * The dated version of Tally's API that this package is written for. Without the header the
 * answer's shape depends on the day on which the user's key was made
 * (https://developers.tally.so/api-reference/versioning).
 */
const API_VERSION = '2025-02-01';

const TIMEOUT_MS = 30_000;

/**
 * Sends one request and hands back the reply, whatever its status, and also where no answer came.
 *
 *     {method: 'GET', path: '/users/me'} → {status: 200, body: {id: 'u1', …}}
 *     the same, Tally out of reach → {status: 0, body: undefined, noAnswer: {host: 'api.tally.so', reason: '…'}}
 */
export async function sendRequest(caller: TallyCaller, request: TallyRequest): Promise<TallyReply> {
	const baseUrl = await baseUrlOf(caller);
	try {
		const reply = (await caller.helpers.httpRequestWithAuthentication.call(caller, 'tallyAccountApi', {
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
		})) as IN8nHttpFullResponse;
		const wait = retryAfterMs(reply.headers['retry-after'], Date.now());
		// A gateway that lacks the connection says 404, which from Tally would mean "gone".
		const isGatewaysOwn = reply.statusCode === 404 && isGatewayRefusal(reply.body);
		const status = isGatewaysOwn ? 400 : reply.statusCode;
		return {
			status,
			body: isSuccess({ status }) ? reply.body : await withoutSent(caller, request, reply.body),
			...(wait === undefined ? {} : { retryAfterMs: wait }),
		};
	} catch (error) {
		return { status: 0, body: undefined, noAnswer: { host: hostOf(baseUrl), reason: reasonOf(error) } };
	}
}

/** What Tally said of a request, without what the request held. */
async function withoutSent(caller: TallyCaller, { query, body = {} }: TallyRequest, said: unknown): Promise<unknown> {
	const { apiKey, gatewayConnectionId } = await caller.getCredentials('tallyAccountApi');
	const { signingSecret, httpHeaders } = body;
	return redactReply(said, [apiKey, gatewayConnectionId, signingSecret, httpHeaders], [query, body]);
}

/** The host alone: an address may hold a password before it. */
function hostOf(address: string): string {
	return URL.canParse(address) ? new URL(address).host : 'its base URL, which is not an address';
}

/**
 * The network's own code in words; never the error itself, which holds the API key. An older n8n has lost the
 * cause by now and keeps its code as `httpCode`.
 */
function reasonOf(error: unknown): string {
	const { cause, httpCode } = error as { cause?: { code?: unknown }; httpCode?: unknown };
	switch (cause?.code ?? httpCode) {
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return 'Its name was not found';
		case 'ECONNREFUSED':
			return 'Nothing answers there';
		case 'ECONNABORTED':
		case 'ETIMEDOUT':
			return `There was no answer in ${TIMEOUT_MS / 1000} seconds`;
		default:
			return 'The connection broke before an answer came';
	}
}
