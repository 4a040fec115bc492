import fc from 'fast-check';

import { anyCharacters, like, oddJson } from './json';

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

const anyStatus = fc.oneof(
	fc.constantFrom(200, 200, 201, 204, 302, 400, 401, 403, 404, 409, 413, 429, 500, 502, 503),
	fc.integer({ min: 100, max: 599 }),
);
const anyBody = fc.oneof(
	oddJson,
	fc.constantFrom('', '<html><body>Bad gateway</body></html>', 'Unauthorized', '{"status":"success"', 'null'),
	fc.record(
		{ error: oddJson, message: oddJson, code: oddJson, status: oddJson, errors: fc.array(oddJson, { maxLength: 2 }) },
		{ requiredKeys: [] },
	),
);
const anyHeaders = fc.oneof(
	fc.constant({}),
	fc.record({
		'retry-after': fc.constantFrom<unknown>(
			'0',
			'3',
			'-1',
			'1e9',
			'1e999',
			'Wed, 09 Feb 2028 10:00:00 GMT',
			'soon',
			['1'],
			7,
		),
	}),
);
const noAnswer = fc
	.constantFrom('ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'ECONNABORTED', 'CERT_HAS_EXPIRED', '')
	.map((code) => Object.assign(new Error('No answer'), { cause: { code } }));

/** What may come back to a request instead of the usual reply; an error where nothing does. */
function replyLike(status: number, text: string): fc.Arbitrary<HttpReply | Error> {
	const reply = (statusCode: fc.Arbitrary<number>, body: fc.Arbitrary<unknown>, headers = fc.constant({})) =>
		fc.record({ statusCode, headers, body });
	const usualStatus = fc.constant(status);
	const usualBody = fc.constant(asBody(text));
	const changed = text === '' ? usualBody : like(text);
	const cut = fc
		.tuple(fc.nat(Math.max(0, text.length - 1)), anyCharacters)
		.map(([at, more]) => asBody(text.slice(0, at) + more));
	return fc.oneof(
		{ weight: 3, arbitrary: reply(usualStatus, usualBody) },
		{ weight: 8, arbitrary: reply(usualStatus, changed) },
		{ weight: 1, arbitrary: reply(usualStatus, cut) },
		{ weight: 2, arbitrary: reply(anyStatus, anyBody, anyHeaders) },
		{ weight: 1, arbitrary: reply(anyStatus, usualBody) },
		{ weight: 1, arbitrary: noAnswer },
	);
}

/** JSON where the body is JSON, its text where it is not, as n8n's request helper reads it. */
function asBody(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** What becomes of the requests of a run. */
export interface Replies {
	/** After so many the same ones come again: a service that always errs in the same way is met too. */
	readonly turns: number;
	readonly draw: fc.GeneratorValue;
}

export const replies: fc.Arbitrary<Replies> = fc.record({ turns: fc.integer({ min: 1, max: 6 }), draw: fc.gen() });

/** Gives the reply to the next request by what the usual one would be; throws as n8n does where no answer comes. */
export function inTurn({ turns, draw }: Replies): (usual: Recorded) => HttpReply {
	const drawn = new Map<string, HttpReply | Error>();
	let requests = 0;
	return ({ status, text }) => {
		const key = `${requests++ % turns} ${status} ${text}`;
		const reply = drawn.get(key) ?? draw(replyLike, status, text);
		drawn.set(key, reply);
		if (reply instanceof Error) throw reply;
		return reply;
	};
}
