import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import { isRecord } from '../../shared/guards';

/** One request; `path` begins with a slash and is relative to the credential's base URL. */
export interface TallyRequest {
	method: IHttpRequestMethods;
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** Label of the field that says what is asked for, to name it in a refusal. */
	field?: string;
	/** The plan without which Tally refuses (seen live 2026-08 on a free account). */
	plan?: 'Pro';
}

/** What came back, whatever its status: Tally's 401 and 404 have meanings of their own. */
export interface TallyReply {
	/** The status of HTTP; 0 if no answer came. */
	status: number;
	body: unknown;
	/** Set if no answer came: where none came from, and why. */
	noAnswer?: { host: string; reason: string };
	/** How long to wait before the next request, where the answer says so. */
	retryAfterMs?: number;
}

export function isSuccess({ status }: { status: number }): boolean {
	return status >= 200 && status < 300;
}

/**
 * Whether a gateway in front of Tally refused, not Tally: it names a numeric `code`, inside
 * `error` or beside `message`, where Tally has `errorType` (both shapes seen in descriptions of
 * Maton's gateway).
 */
export function isGatewayRefusal(body: unknown): boolean {
	if (!isRecord(body)) return false;
	return typeof body.code === 'number' || (isRecord(body.error) && 'code' in body.error);
}
