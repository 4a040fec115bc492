import {
	NodeOperationError,
	type IExecuteFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';

import { retryAfterMs } from '../../shared/retryAfter';
import { parseKeepingDigits } from './digits';
import { apiOrigin } from './origin';
import { redactReply } from './redactReply';
import type { Reply } from './reply';

const CREDENTIAL = 'cleverTapAccountApi';
/** Long enough for a thousand records over a slow connection; n8n's own default is five minutes. */
const TIMEOUT_MS = 60_000;
/** Failures that happen before the first byte leaves, and may pass. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
/** Failures before the first byte that stay until somebody mends the address or the certificate. */
const NOT_TRUSTED = new Set([
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_INVALID_URL',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

export interface CleverTapRequest {
	readonly method: IHttpRequestMethods;
	/** From the root, such as `/1/upload`; a query in it goes out as it stands, already encoded. */
	readonly path: string;
	readonly body?: object;
	/** Name of a member whose number may be too long for one: it comes as text. */
	readonly keepDigitsOf?: string;
}

/**
 * One request to CleverTap, without any retry. Whatever answers or breaks becomes a `Reply`; nothing
 * of the request, its headers or n8n's own error objects goes further than this function.
 *
 * @throws NodeOperationError when the credential is missing or has no host, or when the execution is cancelled.
 */
export async function cleverTapRequest(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ method, path, body, keepDigitsOf }: CleverTapRequest,
): Promise<Reply> {
	const credential = await context.getCredentials(CREDENTIAL);
	const origin = apiOrigin(credential);
	if (origin === undefined) {
		throw new NodeOperationError(context.getNode(), '"Custom Host" in the CleverTap credential is not a host name', {
			description: 'Open the credential and choose a region, or give a host such as api.clevertap.com.',
		});
	}
	let response: IN8nHttpFullResponse;
	try {
		response = (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
			method,
			url: `${origin}${path}`,
			...asBytes(body),
			json: true,
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			...(keepDigitsOf === undefined ? {} : { encoding: 'text' }),
		})) as IN8nHttpFullResponse;
	} catch (error) {
		const code = errorCode(error);
		if (NOT_TRUSTED.has(code)) return { kind: 'unsent', code, isFinal: true };
		return NOT_REACHED.has(code) ? { kind: 'unsent', code, isFinal: false } : { kind: 'broken', code };
	}
	const waitMs = retryAfterMs(response.headers['retry-after'], Date.now());
	const answer: unknown = keepDigitsOf === undefined ? response.body : parseKeepingDigits(response.body, keepDigitsOf);
	const { accountId, passcode } = credential;
	return {
		kind: 'reply',
		status: response.statusCode,
		body: redactReply(answer, [accountId, passcode], [queryValues(path), body]),
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

/** The system's code, which n8n wraps one or two errors deep; an older n8n drops what it wraps and keeps the code as `httpCode`. */
function errorCode(error: unknown): string {
	for (let inner = error; typeof inner === 'object' && inner !== null;) {
		const { code, httpCode, cause } = inner as { code?: unknown; httpCode?: unknown; cause?: unknown };
		if (typeof code === 'string') return code;
		if (typeof httpCode === 'string' && !/^\d/.test(httpCode)) return httpCode;
		inner = cause;
	}
	return 'no code';
}
