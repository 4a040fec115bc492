import type { Json } from './record';

/** A request that carries the right credentials and is as the API description says. */
export interface Call {
	query: Record<string, string | undefined>;
	/** What stands behind the question mark, as it came over the line. */
	rawQuery: string;
	body: Json;
	/** The body whatever it is: of one call it is a list. */
	json: unknown;
}

export interface Answered {
	/** Default 200. */
	status?: number;
	/** JSON, or a text that goes out as it stands. */
	body: unknown;
}

/** Adds one route of the API. */
export type AddRoute = (method: 'GET' | 'POST', path: string, handle: (call: Call) => Answered) => void;

export const success = (body: Json = {}): Answered => ({ body: { status: 'success', ...body } });

/** CleverTap's refusals with HTTP 200; `code` is left out where it is not known. */
export const fail = (error: string, code?: number): Answered => ({
	body: { status: 'fail', error, ...(code === undefined ? {} : { code }) },
});
