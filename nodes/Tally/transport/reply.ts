import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import { isRecord } from '../../shared/guards';
import type { Expected } from './expected';

/** IDs that were chosen, by the labels of their fields: `{Form: 'GxdRaQ'}`. What was left empty is not named. */
export type Chosen = Readonly<Record<string, string | undefined>>;

/** One request; `path` begins with a slash and is relative to the credential's base URL. */
export interface TallyRequest {
	method: IHttpRequestMethods;
	path: string;
	/** What Tally answers where it does what was asked: nothing else counts as done. */
	expects: Expected;
	query?: IDataObject;
	body?: IDataObject;
	/** What the path leads to, to name it in a refusal. */
	chosen?: Chosen;
	/** Label of the field that the body comes from, if that is another one. */
	bodyField?: string;
	/** The plan without which Tally refuses (seen live 2026-08 on a free account). */
	plan?: 'Pro';
}

/** What an error shows in n8n: one line, and what to do about it. */
export interface Explanation {
	message: string;
	description: string;
}

/** What came back, whatever its status: Tally's 401 and 404 have meanings of their own. */
export interface TallyReply {
	/** The status of HTTP; 0 if no answer of Tally's came. */
	status: number;
	body: unknown;
	/** What Tally says of a refusal, fit to be shown. */
	words?: string;
	/** Set if no answer of Tally's came: why. */
	noAnswer?: NoAnswer;
	/** How long to wait before the next request, where the answer says so. */
	retryAfterMs?: number;
	/** When Tally answered, by its own clock, in milliseconds since 1970. */
	date?: number;
}

export interface NoAnswer extends Explanation {
	/** Whether the request certainly did not reach Tally. */
	certainlyNotSent: boolean;
	/** Whether asking again changes nothing. */
	isLasting: boolean;
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
