import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived, whole. */
export interface Arrived {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly text: string;
	readonly body: unknown;
}

/** What is answered instead, in the worst way: with everything that was sent. */
export interface Fault {
	readonly name: string;
	/** No answer ever comes. */
	readonly isSilent?: boolean;
	answer(request: Arrived, response: ServerResponse): void;
}

export interface FaultyService {
	readonly url: string;
	readonly requests: readonly Arrived[];
	/** Begins anew: from the request with this number on, counted from 1, the fault is the answer. */
	restart(fault?: Fault, from?: number): void;
	close(): Promise<void>;
}

/** A service on 127.0.0.1 that says yes to everything, until a fault is set. */
export async function startFaultyService(yes: (request: Arrived) => unknown): Promise<FaultyService> {
	const requests: Arrived[] = [];
	let current: { fault?: Fault; from: number } = { from: 1 };
	const server = createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const text = Buffer.concat(chunks).toString('utf8');
			const { method = '', url = '', headers } = incoming;
			const body: unknown = text === '' ? undefined : JSON.parse(text);
			const request = { method, path: url, headers, text, body };
			requests.push(request);
			if (current.fault && requests.length >= current.from) current.fault.answer(request, response);
			else sendUsual(response, yes(request));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		restart: (fault, from = 1) => {
			requests.length = 0;
			current = { ...(fault ? { fault } : {}), from };
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** What there is nothing to say of is done: 204. */
function sendUsual(response: ServerResponse, body: unknown): void {
	if (body === undefined) response.writeHead(204).end();
	else sendJson(response, 200, body);
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
	response
		.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0', ...headers })
		.end(JSON.stringify(body));
}

/** Every text of a request's body. */
export function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The headers with which the requests are signed. */
const SIGNATURES = ['authorization', 'maton-connection', 'x-clevertap-passcode', 'x-clevertap-account-id'];

/** Every sign of a text as an address may write it. */
const everySign = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');

/** A secret as it may stand in an answer, but is not easily seen. */
const disguises: ReadonlyArray<(secret: string) => string> = [
	everySign,
	encodeURIComponent,
	(secret) => secret.toUpperCase(),
	(secret) => Buffer.from(secret).toString('base64'),
	(secret) => Buffer.from(`account:${secret}`).toString('base64'),
];

/** Every text and number of a request's body. */
function valuesIn(value: unknown): string[] {
	if (typeof value === 'number') return [String(value)];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : textsIn(value);
}

let turn = 0;
/** What a careless service says, each time something else: a short line with a secret, or with a value. */
function nextLine({ headers, body, path }: Arrived): string {
	const signed = SIGNATURES.flatMap((name) => headers[name] ?? []).map((value) => String(value).replace('Bearer ', ''));
	const keys = signed.flatMap((value) => [
		`Header not accepted: ${value}`,
		...disguises.map((disguise) => `Header not accepted: ${disguise(value)}`),
		`key${value}is\r\n\u001b[31mnot\u2028accepted <a href=//evil.example>here</a>`,
	]);
	const values = valuesIn(body)
		.filter((text) => text.length <= 150)
		.flatMap((value) => [
			`Value not accepted: ${value}, nor "${value}"`,
			`${value.toUpperCase()}\r\n\u001b[31m(${everySign(value)})\u2028<b>${value}</b>`,
		]);
	const lines = turn % 2 === 0 ? keys : [...values, `Address not accepted: ${decodeURIComponent(path)}`];
	return lines[Math.floor(turn++ / 2) % lines.length] ?? '';
}

/** In every place where either service puts its words, with what goes with it. */
function wordsOf(request: Arrived, text: string): object {
	const error = `${text}. Skipped record number : 1`;
	return {
		status: 'fail',
		message: text,
		error: text,
		errors: [{ msg: text }],
		processed: 0,
		unprocessed: [{ status: 'fail', code: 515, error, record: request.body }],
		headers: request.headers,
		sent: request.body,
	};
}

const whole = ({ method, path, headers, text }: Arrived): string =>
	`${method} ${path} ${JSON.stringify(headers)} ${text}`;

const statusFault = (status: number): Fault => ({
	name: `${status} with a line of what was sent`,
	answer: (request, response) => sendJson(response, status, wordsOf(request, nextLine(request))),
});

/** @param elsewhere where a redirect leads: another server, which must not learn anything */
export function faultsOf(elsewhere: string): Fault[] {
	return [
		...[400, 401, 403, 404, 413, 422, 429, 500, 503].map(statusFault),
		{
			name: '400 with all that was sent',
			answer: (request, response) => sendJson(response, 400, wordsOf(request, whole(request))),
		},
		{
			name: '500 with all that was sent, as text',
			answer: (request, response) => void response.writeHead(500, { 'content-type': 'text/plain' }).end(whole(request)),
		},
		{
			name: '401 with the header as text',
			answer: (request, response) =>
				void response.writeHead(401, { 'content-type': 'text/plain' }).end(nextLine(request)),
		},
		{
			name: 'a gateway’s refusal with what was sent',
			answer: (request, response) => sendJson(response, 403, { error: { code: 403, message: nextLine(request) } }),
		},
		{
			name: '200 that is no JSON',
			answer: (request, response) =>
				void response.writeHead(200, { 'content-type': 'text/html' }).end(`<p>${whole(request)}`),
		},
		{ name: '200 with nothing', answer: (_request, response) => void response.writeHead(200).end() },
		{ name: 'a reset', answer: (_request, response) => void response.socket?.resetAndDestroy() },
		{
			name: 'half an answer',
			answer: (request, response) => {
				response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
				response.write(`{"message": ${JSON.stringify(whole(request)).slice(0, -1)}`, () => response.destroy());
			},
		},
		{ name: 'no answer in time', isSilent: true, answer: () => undefined },
		...[302, 307].map((status): Fault => ({
			name: `a redirect to somewhere else (${status})`,
			answer: (_request, response) => void response.writeHead(status, { location: `${elsewhere}/collect` }).end(),
		})),
	];
}

/** How CleverTap refuses, with HTTP 200: all of a request, or a part of it. */
export const refusalsIn200: readonly Fault[] = [
	{
		name: '200 that refuses with what was sent',
		answer: (request, response) => sendJson(response, 200, wordsOf(request, nextLine(request))),
	},
	{
		name: '200 that refuses a part of it',
		answer: (request, response) =>
			sendJson(response, 200, { ...wordsOf(request, nextLine(request)), status: 'partial', processed: 1 }),
	},
];
