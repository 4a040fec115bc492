import {
	NodeOperationError,
	type IExecuteFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';

import { bounded } from '../../shared/deadline';
import { networkFailure } from '../../shared/network';
import { retryAfterMs } from '../../shared/retryAfter';
import { parseKeepingDigits } from './digits';
import { apiOrigin } from './origin';
import { redactReply } from './redactReply';
import type { Reply } from './reply';

const CREDENTIAL = 'cleverTapAccountApi';
/** For all of a request: long enough for a thousand records over a slow connection. */
const TIMEOUT_MS = 60_000;

export interface CleverTapRequest {
	readonly method: IHttpRequestMethods;
	/** From the root, such as `/1/upload`; a query in it goes out as it stands, already encoded. */
	readonly path: string;
	readonly body?: object;
	/** Name of a member whose number may be too long for one: it comes as text. */
	readonly keepDigitsOf?: string;
	/** For all of the request, where CleverTap is known to take longer than usual. */
	readonly timeoutMs?: number;
	/** Values that no error may show, whatever their members are called. */
	readonly hides?: readonly unknown[];
}

/**
 * One request to CleverTap, without any retry. Whatever answers or breaks becomes a `Reply`; nothing
 * of the request, its headers or n8n's own error objects goes further than this function.
 *
 * @throws NodeOperationError when the credential is missing or has no host, or when the execution is cancelled.
 */
export async function cleverTapRequest(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ method, path, body, keepDigitsOf, timeoutMs = TIMEOUT_MS, hides = [] }: CleverTapRequest,
): Promise<Reply> {
	const credential = await context.getCredentials(CREDENTIAL);
	const origin = apiOrigin(credential);
	if (origin === undefined) {
		throw new NodeOperationError(context.getNode(), '"Custom Host" in the CleverTap credential is not a host name', {
			description: 'Open the credential and choose a region, or give a host such as api.clevertap.com.',
		});
	}
	const limit = bounded(context, timeoutMs);
	let response: IN8nHttpFullResponse;
	try {
		response = (await context.helpers.httpRequestWithAuthentication.call(limit.caller, CREDENTIAL, {
			method,
			url: `${origin}${path}`,
			...asBytes(body),
			json: true,
			timeout: timeoutMs,
			abortSignal: limit.signal,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			...(keepDigitsOf === undefined ? {} : { encoding: 'text' }),
		})) as IN8nHttpFullResponse;
	} catch (error) {
		const failure = networkFailure(limit.isOver() ? { code: 'ETIMEDOUT' } : error);
		const { certainlyNotSent, isLasting, code, reasonInWords: reason } = failure;
		return certainlyNotSent ? { kind: 'unsent', code, reason, isFinal: isLasting } : { kind: 'broken', code, reason };
	}
	const waitMs = retryAfterMs(response.headers['retry-after'], Date.now());
	const answer: unknown = keepDigitsOf === undefined ? response.body : parseKeepingDigits(response.body, keepDigitsOf);
	const { accountId, passcode } = credential;
	return {
		kind: 'reply',
		status: response.statusCode,
		body: redactReply(answer, { accountId, passcode, sent: [queryValues(path), body, ...hides] }),
		...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
	};
}

/** What stands in the query of a path, decoded. */
function queryValues(path: string): string[] {
	return [...new URLSearchParams(path.replace(/^[^?]*/, '')).values()];
}

/**
 * JSON as bytes: what n8n was given to send can stay in memory for long after the request, and a
 * thousand records as objects take several times as much.
 */
function asBytes(body: object | undefined): Pick<IHttpRequestOptions, 'body' | 'headers'> {
	if (body === undefined) return {};
	return { body: Buffer.from(JSON.stringify(body)), headers: { 'Content-Type': 'application/json' } };
}
