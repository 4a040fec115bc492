import { createServer, request as sendRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

interface Page {
	status: number;
	headers?: Record<string, string>;
	body?: string;
}

/** Where the redirects lead: a page of the proxy's own, whatever it answers elsewhere. */
const loginPath = '/proxy-login';

function html(status: number, title: string, text: string): Page {
	const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>\n`;
	return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

const redirect = (status: number): Page => {
	const page = html(status, 'Moved', 'The page is elsewhere.');
	return { ...page, headers: { ...page.headers, location: loginPath } };
};

const pages = {
	/** 200 with a form to sign in. */
	loginPage: html(200, 'Sign in', 'Sign in to your company to go on.'),
	/** 200 with nothing. */
	emptyBody: { status: 200 },
	/** 302 to a login page. */
	loginRedirect: redirect(302),
	/** 301, as from http to https. */
	moved: redirect(301),
	/** 407 of a company's proxy. */
	proxyAuthentication: html(407, 'Proxy Authentication Required', 'This proxy does not know you.'),
	/** 403 of a company's filter. */
	forbidden: html(403, 'Access Denied', 'Your organization does not allow this site.'),
	/** 502: nothing sensible came from behind the proxy. */
	badGateway: html(502, 'Bad Gateway', 'The server behind this one did not answer rightly.'),
	/** 503 of a load balancer. */
	unavailable: html(503, 'Service Unavailable', 'No server is available.'),
	/** 200 with JSON that is the proxy's own. */
	foreignJson: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"portal":"sign-in"}' },
} satisfies Record<string, Page>;

const breakdowns = [
	/** The connection is reset before the request is read. */
	'reset',
	/** The request is passed on; the connection breaks in the middle of its answer. */
	'cutShort',
	/** No answer ever; the request is not passed on. */
	'silence',
] as const;

/** The names of everything that can be in front of a service, but for `refused`. */
export const proxyAnswers = [...(Object.keys(pages) as Array<keyof typeof pages>), ...breakdowns];

/** What comes instead of the service's answer: one of `proxyAnswers`, or any page. */
export type ProxyAnswer = (typeof proxyAnswers)[number] | Page;

/** The page that an answer stands for; a broken connection has none. */
export function proxyPage(answer: Exclude<ProxyAnswer, (typeof breakdowns)[number]>): Required<Page> {
	return { headers: {}, body: '', ...(typeof answer === 'string' ? pages[answer] : answer) };
}

export interface LocalProxyOptions {
	/** The service behind it, for example the `url` of a local Tally; until there is one, connections are broken off. */
	target?: string;
	/** Default: a free one. */
	port?: number;
}

export interface ProxiedRequest {
	method: string;
	/** With its query. */
	path: string;
	/** `passedOn`, or what was answered instead. */
	became: 'passedOn' | ProxyAnswer;
}

export interface LocalProxy {
	/** http://127.0.0.1:PORT, in place of the service's own address. */
	readonly url: string;
	/** Every request that was read, oldest first, but for those to the login page. */
	requests(): readonly ProxiedRequest[];
	/** What is behind it from now on; its own address stays. */
	passTo(target: string): void;
	/** The next `times` requests get this answer, by default all of them until `passOn`. */
	answerWith(answer: ProxyAnswer, times?: number): void;
	/** Nobody listens at the address any more (ECONNREFUSED) until `passOn`. */
	refuse(): Promise<void>;
	/** Requests go to the service again. */
	passOn(): Promise<void>;
	close(): Promise<void>;
}

/**
 * Starts a proxy on 127.0.0.1 in front of a local Tally, CleverTap or n8n. It passes everything on
 * until it is told to answer itself, as company proxies, load balancers and login pages do.
 */
export async function startProxy({ target, port = 0 }: LocalProxyOptions): Promise<LocalProxy> {
	let behind = target;
	const requests: ProxiedRequest[] = [];
	let instead: { answer: ProxyAnswer; left: number } | undefined;

	const next = (): ProxyAnswer | undefined => {
		if (instead === undefined || instead.left <= 0) return undefined;
		instead.left -= 1;
		return instead.answer;
	};

	const server = createServer((request, response) => {
		const { method = '', url = '' } = request;
		if (url === loginPath) return void sendPage(request, response, pages.loginPage);
		const answer = next();
		requests.push({ method, path: url, became: answer ?? 'passedOn' });
		if (answer === undefined) return void passRequest(behind, request, response);
		if (answer === 'reset') return void request.socket.resetAndDestroy();
		if (answer === 'cutShort') return void passRequest(behind, request, response, true);
		if (answer === 'silence') return;
		sendPage(request, response, proxyPage(answer));
	});
	server.on('connection', (socket: Socket) => {
		socket.on('error', () => undefined);
		if (instead?.answer === 'reset' && next() !== undefined) socket.resetAndDestroy();
	});

	const listen = async (at: number): Promise<void> =>
		await new Promise((resolve, reject) => {
			server.once('error', reject);
			server.listen(at, '127.0.0.1', resolve);
		});
	const unlisten = async (): Promise<void> => {
		if (!server.listening) return;
		await new Promise<void>((resolve) => {
			server.close(() => resolve());
			server.closeAllConnections();
		});
	};

	await listen(port);
	const own = (server.address() as AddressInfo).port;

	return {
		url: `http://127.0.0.1:${own}`,
		requests: () => requests,
		passTo: (url) => {
			behind = url;
		},
		answerWith: (answer, times = Infinity) => {
			instead = { answer, left: times };
		},
		refuse: unlisten,
		passOn: async () => {
			instead = undefined;
			if (!server.listening) await listen(own);
		},
		close: unlisten,
	};
}

function sendPage(request: IncomingMessage, response: ServerResponse, { status, headers, body = '' }: Page): void {
	// The rest of a body that nobody reads would hold up a client that is still sending.
	request.resume();
	response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
	response.end(body);
}

function passRequest(
	target: string | undefined,
	request: IncomingMessage,
	response: ServerResponse,
	cutShort = false,
): void {
	if (target === undefined) return void response.destroy();
	const { protocol, host } = new URL(target);
	const url = new URL(request.url ?? '/', target);
	url.protocol = protocol;
	url.host = host;
	// A connection of its own: one kept open would break the first request after the service's restart.
	const forward = sendRequest(url, { method: request.method, headers: { ...request.headers, host }, agent: false });
	forward.on('error', () => response.destroy());
	response.on('close', () => forward.destroy());
	forward.on('response', (answer) => {
		answer.on('error', () => response.destroy());
		response.writeHead(answer.statusCode ?? 502, answer.headers);
		if (!cutShort) return void answer.pipe(response);
		// The head and one byte reach the client, which then waits for the rest.
		response.flushHeaders();
		answer.once('data', (chunk: Buffer) => response.write(chunk.subarray(0, 1), () => response.destroy()));
		answer.once('end', () => response.destroy());
	});
	request.pipe(forward);
}
