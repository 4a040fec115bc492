import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface LocalGatewayOptions {
	/** Where the requests go. */
	tally: { url: string; apiKey: string };
	/** Default: a free one. */
	port?: number;
	/** The gateway's own key; Tally's never leaves it. Default `gw-sandbox`. */
	apiKey?: string;
	/** Default `conn-tally-1`. */
	connectionId?: string;
	/** More requests in a second are answered with 429; default 10 (Maton's documentation). */
	requestsPerSecond?: number;
}

export interface LocalGateway {
	/** Base URL for a Tally credential: `http://127.0.0.1:PORT/tally`. */
	readonly url: string;
	readonly apiKey: string;
	readonly connectionId: string;
	/** What was passed on to Tally, newest last: method, path with query. */
	passedOn(): readonly string[];
	/** The gateway's own refusals so far, by status, newest last. */
	refused(): readonly number[];
	/** The next request is answered with 500, as when the stored authorization has expired. */
	expireNext(): void;
	close(): Promise<void>;
}

/** Headers that belong to one connection, or that the gateway sets itself. */
const notPassedOn = new Set([
	'host',
	'authorization',
	'maton-connection',
	'connection',
	'content-length',
	'transfer-encoding',
]);

/**
 * A gateway in front of a Tally, after the descriptions of Maton's: its own key, the connection
 * in a header, Tally's paths under `/tally`, and refusals of its own in two shapes.
 */
export async function startGateway(options: LocalGatewayOptions): Promise<LocalGateway> {
	const apiKey = options.apiKey ?? 'gw-sandbox';
	const connectionId = options.connectionId ?? 'conn-tally-1';
	const most = options.requestsPerSecond ?? 10;
	const passedOn: string[] = [];
	const refused: number[] = [];
	const arrived: number[] = [];
	let isExpired = false;

	const app = Fastify({ forceCloseConnections: true, bodyLimit: 32 * 1024 * 1024 });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

	const refuse = async (reply: FastifyReply, status: number, body: unknown): Promise<FastifyReply> => {
		refused.push(status);
		return await reply.code(status).send(body);
	};
	const inside = (message: string, code: number) => ({ error: { message, code } });

	app.all('/tally/*', async (request, reply) => {
		const now = Date.now();
		arrived.push(now);
		if (request.headers.authorization !== `Bearer ${apiKey}`) {
			return await refuse(reply, 401, inside('Invalid API key', 401));
		}
		const asked = request.headers['maton-connection'];
		if (asked === undefined) return await refuse(reply, 400, inside('No connection for tally', 400));
		if (asked !== connectionId) {
			const message = 'Connection not found';
			return await refuse(reply, 404, { message, type: 'Not Found', code: 404 });
		}
		if (arrived.filter((at) => at > now - 1_000).length > most) {
			return await refuse(reply, 429, inside('Too many requests', 429));
		}
		if (isExpired) {
			isExpired = false;
			return await refuse(reply, 500, inside('Internal error', 500));
		}
		return await passOn(request, reply);
	});
	app.setNotFoundHandler(async (_request, reply) => await refuse(reply, 404, inside('Unknown app', 404)));

	const passOn = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
		const path = request.url.replace(/^\/tally/, '');
		passedOn.push(`${request.method} ${path}`);
		const headers = Object.entries(request.headers).flatMap(([name, value]) =>
			notPassedOn.has(name) || value === undefined ? [] : [[name, String(value)] as const],
		);
		const body = request.body;
		const answer = await fetch(options.tally.url + path, {
			method: request.method,
			headers: { ...Object.fromEntries(headers), authorization: `Bearer ${options.tally.apiKey}` },
			...(Buffer.isBuffer(body) && body.length > 0 ? { body: new Uint8Array(body) } : {}),
		});
		const type = answer.headers.get('content-type');
		const wait = answer.headers.get('retry-after');
		if (type !== null) reply.type(type);
		if (wait !== null) reply.header('retry-after', wait);
		return await reply.code(answer.status).send(Buffer.from(await answer.arrayBuffer()));
	};

	await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	const { port } = app.server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/tally`,
		apiKey,
		connectionId,
		passedOn: () => passedOn,
		refused: () => refused,
		expireNext: () => {
			isExpired = true;
		},
		close: async () => await app.close(),
	};
}
