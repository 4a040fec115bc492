import fc from 'fast-check';

import { anyCharacters, edited, edits, oddJson, type Edit } from './edits';

/** What a service answers when all is well. */
export interface Recorded {
	readonly status: number;
	/** JSON, or nothing. */
	readonly text: string;
}

/** What n8n's request helper hands back. */
export interface HttpReply {
	readonly statusCode: number;
	readonly headers: Record<string, unknown>;
	readonly body: unknown;
}

/** What becomes of one request. */
export type Incident =
	| { readonly kind: 'usual' }
	| { readonly kind: 'changed'; readonly changes: readonly Edit[] }
	| { readonly kind: 'cut'; readonly at: number; readonly put: string }
	| { readonly kind: 'other'; readonly status: number; readonly body: unknown; readonly retryAfter?: unknown }
	| { readonly kind: 'usual with another status'; readonly status: number }
	| { readonly kind: 'silence'; readonly code: string };

const status = fc.oneof(
	fc.constantFrom(200, 200, 201, 204, 302, 400, 401, 403, 404, 409, 413, 429, 500, 502, 503),
	fc.integer({ min: 100, max: 599 }),
);
const body = fc.oneof(
	oddJson,
	fc.constantFrom('', '<html><body>Bad gateway</body></html>', 'Unauthorized', '{"status":"success"', 'null'),
	fc.record(
		{ error: oddJson, message: oddJson, code: oddJson, status: oddJson, errors: fc.array(oddJson, { maxLength: 2 }) },
		{ requiredKeys: [] },
	),
);
const retryAfter = fc.constantFrom<unknown>(
	undefined,
	'0',
	'3',
	'-1',
	'1e9',
	'1e999',
	'Wed, 09 Feb 2028 10:00:00 GMT',
	'soon',
	['1'],
	7,
);

export const incident: fc.Arbitrary<Incident> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant<Incident>({ kind: 'usual' }) },
	{ weight: 8, arbitrary: fc.record({ kind: fc.constant('changed' as const), changes: edits }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), put: anyCharacters }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('other' as const), status, body, retryAfter }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('usual with another status' as const), status }) },
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('silence' as const),
			code: fc.constantFrom('ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'ECONNABORTED', 'CERT_HAS_EXPIRED', ''),
		}),
	},
);

/**
 * What n8n's request helper makes of it: JSON where the body is JSON, its text where it is not.
 *
 * @throws as n8n does where no answer came
 */
export function replyTo(met: Incident, usual: Recorded): HttpReply {
	const reply = (statusCode: number, body: unknown, headers = {}): HttpReply => ({ statusCode, headers, body });
	switch (met.kind) {
		case 'usual':
			return reply(usual.status, asBody(usual.text));
		case 'changed':
			return reply(usual.status, usual.text === '' ? '' : edited(usual.text, met.changes));
		case 'cut': {
			const { length } = usual.text;
			const at = length === 0 ? 0 : met.at % length;
			return reply(usual.status, asBody(usual.text.slice(0, at) + met.put));
		}
		case 'other':
			return reply(met.status, met.body, met.retryAfter === undefined ? {} : { 'retry-after': met.retryAfter });
		case 'usual with another status':
			return reply(met.status, asBody(usual.text));
		case 'silence':
			throw Object.assign(new Error('No answer'), { cause: { code: met.code } });
	}
}

function asBody(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
