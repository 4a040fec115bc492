import type { FastifyRequest } from 'fastify';
import type { PlainRequest } from './contract';

/** What the OpenAPI check needs of a request. */
export function plainRequest(request: FastifyRequest, body: unknown): PlainRequest {
	const url = new URL(request.url, 'http://sandbox');
	const query: Record<string, string | string[]> = {};
	for (const name of new Set(url.searchParams.keys())) {
		const values = url.searchParams.getAll(name);
		query[name] = values.length === 1 ? (values[0] ?? '') : values;
	}
	const headers = Object.entries(request.headers).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, value] as const],
	);
	return {
		method: request.method,
		path: url.pathname,
		query,
		headers: Object.fromEntries(headers),
		...(body === undefined ? {} : { body }),
	};
}
