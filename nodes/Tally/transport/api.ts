import {
	NodeApiError,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestMethods,
	type IN8nHttpFullResponse,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { withoutEcho } from './echo';
import { waitAskedFor } from './patience';
import { explainRefusal, isGatewayRefusal } from './refusals';

/** The contexts of n8n from which Tally can be asked. */
export type TallyCaller = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/** One request; `path` begins with a slash and is relative to the credential's base URL. */
export interface TallyRequest {
	method: IHttpRequestMethods;
	path: string;
	query?: IDataObject;
	body?: IDataObject;
}

/** What came back, whatever its status: Tally's 401 and 404 have meanings of their own. */
export interface TallyReply {
	/** The status of HTTP; 0 if no answer came. */
	status: number;
	body: unknown;
	/** Set if no answer came: where none came from, and why. */
	silence?: { host: string; reason: string };
	/** How long to wait before the next request, where the answer says so. */
	retryAfterMs?: number;
}

/**
 * The dated version of Tally's API that this package is written for. Without the header the
 * answer's shape depends on the day on which the user's key was made (Tally docs, versioning).
 */
const API_VERSION = '2025-02-01';

const TIMEOUT_MS = 30_000;

/** Sends one request and hands back the reply: a refusal, and even silence, is one too. */
export async function askTally(caller: TallyCaller, request: TallyRequest): Promise<TallyReply> {
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
		const retryAfterMs = waitAskedFor(reply.headers['retry-after'], Date.now());
		// A gateway that lacks the connection says 404, which from Tally would mean "gone".
		const isGatewaysOwn = reply.statusCode === 404 && isGatewayRefusal(reply.body);
		const status = isGatewaysOwn ? 400 : reply.statusCode;
		const isYes = status >= 200 && status < 300;
		return {
			status,
			body: isYes ? reply.body : await withoutSent(caller, request, reply.body),
			...(retryAfterMs === undefined ? {} : { retryAfterMs }),
		};
	} catch (error) {
		const silence = { host: hostOf(baseUrl), reason: reasonOf(error) };
		return { status: 0, body: undefined, silence };
	}
}

/**
 * Sends one request and hands back the body of a reply that says yes.
 *
 * @throws NodeApiError that tells what to do, if Tally refuses or can't be reached
 */
export async function callTally(caller: TallyCaller, request: TallyRequest): Promise<unknown> {
	const reply = await askTally(caller, request);
	if (isSuccess(reply)) return reply.body;
	throw refusalError(caller, reply);
}

/** The error for a refusal, in words that tell what to do; it holds nothing of the request. */
export function refusalError(
	caller: TallyCaller,
	reply: TallyReply,
	explanation = explainRefusal(reply),
): NodeApiError {
	return new NodeApiError(caller.getNode(), {}, { ...explanation, httpCode: String(reply.status) });
}

export function isSuccess(reply: TallyReply): boolean {
	return reply.status >= 200 && reply.status < 300;
}

/** The base URL of the credential, without a slash at its end. */
export async function baseUrlOf(caller: TallyCaller): Promise<string> {
	const { baseUrl } = await caller.getCredentials('tallyAccountApi');
	const typed = typeof baseUrl === 'string' ? baseUrl.trim() : '';
	return (typed === '' ? 'https://api.tally.so' : typed).replace(/\/+$/, '');
}

/** The API key of the credential, without blanks at its ends. */
export async function apiKeyOf(caller: TallyCaller): Promise<string> {
	const { apiKey } = await caller.getCredentials('tallyAccountApi');
	return typeof apiKey === 'string' ? apiKey.trim() : '';
}

/** What Tally said of a request, without what the request held. */
async function withoutSent(caller: TallyCaller, { query, body = {} }: TallyRequest, said: unknown): Promise<unknown> {
	const { apiKey, gatewayConnectionId } = await caller.getCredentials('tallyAccountApi');
	const { signingSecret, httpHeaders } = body;
	return withoutEcho(said, [apiKey, gatewayConnectionId, signingSecret, httpHeaders], [query, body]);
}

/** The host alone: an address may hold a password before it. */
function hostOf(address: string): string {
	return URL.canParse(address) ? new URL(address).host : 'its base URL, which is no address';
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
