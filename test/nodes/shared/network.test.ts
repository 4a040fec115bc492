import { request as requestOverHttp } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { createServer, type Server } from 'node:net';

import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

import { networkFailure } from '../../../nodes/shared/network';

const NODE: INode = { id: '1', name: 'Test', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} };

interface Raw {
	readonly code?: string;
	readonly syscall?: string;
	readonly message?: string;
}

function raw({ message = 'failed', ...members }: Raw): Error {
	return Object.assign(new Error(message), members);
}

/** As n8n's `httpRequest` throws: its own error around one of axios around the system's. */
function wrapped(cause: Error & { code?: string }): Error {
	const ofAxios = Object.assign(new Error(cause.message, { cause }), { code: cause.code, config: { headers: {} } });
	return new NodeApiError(NODE, ofAxios as unknown as JsonObject);
}

/** As an older n8n keeps it. */
function flattened({ code, message = 'failed' }: Raw): object {
	return Object.assign(new Error('The service is offline'), { httpCode: code, messages: [message] });
}

const CONNECT = 'connect';
const SSL = 'write EPROTO 40AD:error:0A00010B:SSL routines:tls_validate_record_header';

describe.each<[string, (given: Raw) => unknown]>([
	['as the system throws it', raw],
	['as n8n wraps it', (given) => wrapped(raw(given))],
])('what certainly was not sent, %s', (_how, make) => {
	it.each<[Raw, boolean, string]>([
		[{ code: 'ECONNREFUSED', syscall: CONNECT }, false, 'nothing answers there'],
		[{ code: 'EHOSTUNREACH', syscall: CONNECT }, false, 'no way leads there from this network'],
		[{ code: 'ENETUNREACH', syscall: CONNECT }, false, 'no way leads there from this network'],
		[{ code: 'ETIMEDOUT', syscall: CONNECT }, false, 'no connection was made in time'],
		[{ code: 'EADDRNOTAVAIL', syscall: CONNECT }, false, 'this machine has no free address or port for a connection'],
		[{ code: 'EACCES', syscall: CONNECT }, false, 'this machine does not allow the connection'],
		[{ code: 'ECONNRESET', syscall: CONNECT }, false, 'no connection was made in time'],
		[{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, false, 'its name was not found'],
		[{ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, false, 'its name was not found'],
		[{ code: 'EAI_FAIL' }, false, 'its name was not found'],
		[{ code: 'ESERVFAIL', syscall: 'queryA' }, false, 'its name was not found'],
		[{ code: 'EREFUSED', syscall: 'queryAaaa' }, false, 'its name was not found'],
		[{ code: 'CERT_HAS_EXPIRED' }, true, 'its certificate has expired'],
		[{ code: 'CERT_REVOKED' }, true, 'its certificate is not trusted'],
		[{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, true, 'its certificate is not trusted'],
		[{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, true, 'its certificate is not trusted'],
		[{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, true, 'its certificate is not trusted'],
		[{ code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }, true, 'its certificate is not trusted'],
		[{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, true, 'its certificate belongs to another host'],
		[{ code: 'ERR_TLS_HANDSHAKE_TIMEOUT' }, false, 'no secure connection could be agreed on'],
		[
			{ code: 'EPROTO', syscall: 'write', message: `${SSL}:wrong version number` },
			true,
			'no secure connection could be agreed on',
		],
		[
			{ code: 'EPROTO', syscall: 'write', message: `${SSL}:sslv3 alert handshake failure` },
			false,
			'no secure connection could be agreed on',
		],
		[{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, true, 'no secure connection could be agreed on'],
		[{ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }, false, 'no secure connection could be agreed on'],
		[
			{
				code: 'ECONNRESET',
				message: 'Client network socket disconnected before secure TLS connection was established',
			},
			false,
			'no secure connection could be agreed on',
		],
		[{ code: 'ERR_INVALID_URL' }, true, 'its address is not valid'],
		[{ code: 'ERR_BAD_REQUEST', message: 'Unsupported protocol ftp:' }, true, 'its address is not valid'],
		[{ code: 'UND_ERR_CONNECT_TIMEOUT' }, false, 'no connection was made in time'],
	])('%j', (given, isLasting, reasonInWords) => {
		expect(networkFailure(make(given))).toEqual({ certainlyNotSent: true, isLasting, code: given.code, reasonInWords });
	});
});

describe.each<[string, (given: Raw) => unknown]>([
	['as the system throws it', raw],
	['as n8n wraps it', (given) => wrapped(raw(given))],
	['as an older n8n keeps it', flattened],
])('what may have been sent, %s', (_how, make) => {
	it.each<[Raw, string]>([
		[{ code: 'ECONNRESET', syscall: 'read' }, 'the connection broke before an answer came'],
		[{ code: 'ECONNRESET', message: 'socket hang up' }, 'the connection broke before an answer came'],
		[{ code: 'EPIPE', syscall: 'write' }, 'the connection broke before an answer came'],
		[
			{ code: 'EHOSTUNREACH', syscall: 'read', message: 'read EHOSTUNREACH' },
			'the connection broke before an answer came',
		],
		[{ code: 'ECONNABORTED', message: 'timeout of 60000ms exceeded' }, 'no answer came in time'],
		[{ code: 'ETIMEDOUT', syscall: 'read', message: 'read ETIMEDOUT' }, 'no answer came in time'],
		[{ code: 'ETIMEDOUT', message: 'timeout of 60000ms exceeded' }, 'no answer came in time'],
		[{ code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' }, 'the connection broke before an answer came'],
		[{ code: 'EPROTO', message: `${SSL}:bad record mac` }, 'the connection broke before an answer came'],
		[{ code: 'ERR_SSL_UNEXPECTED_EOF_WHILE_READING' }, 'the connection broke before an answer came'],
		[{ code: 'ERR_BAD_RESPONSE' }, 'the connection broke before an answer came'],
		[{ code: 'ERR_CANCELED' }, 'the connection broke before an answer came'],
		[{ code: 'HPE_INVALID_CONSTANT' }, 'the connection broke before an answer came'],
	])('%j', (given, reasonInWords) => {
		expect(networkFailure(make(given))).toEqual({
			certainlyNotSent: false,
			isLasting: false,
			code: given.code,
			reasonInWords,
		});
	});
});

it.each<[Raw, boolean]>([
	[{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:1' }, true],
	[{ code: 'EHOSTUNREACH', message: 'connect EHOSTUNREACH 10.0.0.1:443' }, true],
	[{ code: 'ETIMEDOUT', message: 'connect ETIMEDOUT 10.0.0.1:443' }, true],
	[{ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND api.tally.so' }, true],
	[{ code: 'EHOSTUNREACH' }, false],
	[{ code: 'ETIMEDOUT' }, false],
])('an older n8n’s %j: certain is %j', (given, certainlyNotSent) => {
	expect(networkFailure(flattened(given))).toMatchObject({ certainlyNotSent, code: given.code });
});

describe('several addresses of one host', () => {
	const refused = raw({ code: 'ECONNREFUSED', syscall: CONNECT });
	const unreachable = raw({ code: 'ENETUNREACH', syscall: CONNECT });
	const reset = raw({ code: 'ECONNRESET', syscall: 'read' });
	const all = (errors: Error[], code?: string): Error =>
		Object.assign(new AggregateError(errors), code ? { code } : {});

	it.each<[string, Error, boolean, string]>([
		['none was reached', all([unreachable, refused], 'ECONNREFUSED'), true, 'ECONNREFUSED'],
		['none was reached, without a code of its own', all([unreachable, refused]), true, 'ENETUNREACH'],
		['one broke later', all([refused, reset], 'ECONNREFUSED'), false, 'ECONNREFUSED'],
		['nothing is known of any', all([], 'ETIMEDOUT'), false, 'ETIMEDOUT'],
	])('%s', (_what, error, certainlyNotSent, code) => {
		expect(networkFailure(error)).toMatchObject({ certainlyNotSent, code });
		expect(networkFailure(wrapped(error))).toMatchObject({ certainlyNotSent, code });
	});
});

it('knows an address that n8n does not allow', () => {
	const blocked = Object.assign(new Error('blocked'), { name: 'SsrfBlockedIpError' });
	expect(networkFailure(wrapped(blocked))).toMatchObject({
		certainlyNotSent: true,
		isLasting: true,
		reasonInWords: 'n8n does not allow requests to its address',
	});
});

it('takes no code for a member of an object', () => {
	expect(networkFailure(raw({ code: 'toString' }))).toMatchObject({ certainlyNotSent: false, code: 'toString' });
});

it('counts as unknown what says nothing', () => {
	const circle: { cause?: unknown } = {};
	circle.cause = circle;
	for (const error of [undefined, null, 'ECONNREFUSED', {}, new Error('?'), { code: 5 }, { httpCode: '502' }, circle]) {
		expect(networkFailure(error)).toEqual({
			certainlyNotSent: false,
			isLasting: false,
			code: 'no code',
			reasonInWords: 'the connection broke before an answer came',
		});
	}
});

describe('real connections', () => {
	let server: Server;
	let port: number;

	beforeAll(async () => {
		server = createServer((socket) => socket.on('data', () => socket.destroy()).on('error', () => {}));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		port = typeof address === 'object' && address !== null ? address.port : 0;
	});

	afterAll(async () => await new Promise((resolve) => server.close(resolve)));

	const failureOf = async (url: string) =>
		await new Promise((resolve) => {
			const fail = (error: Error): void => resolve(networkFailure(wrapped(error)));
			try {
				const send = url.startsWith('https') ? requestOverTls : requestOverHttp;
				send(new URL(url), { method: 'POST' }, resolve).on('error', fail).end('x');
			} catch (error) {
				fail(error as Error);
			}
		});

	it('one that breaks behind the request', async () => {
		expect(await failureOf(`http://127.0.0.1:${port}/`)).toMatchObject({ certainlyNotSent: false, code: 'ECONNRESET' });
	});

	it('one that breaks before TLS is agreed on', async () => {
		expect(await failureOf(`https://127.0.0.1:${port}/`)).toMatchObject({ certainlyNotSent: true, isLasting: false });
	});

	it('one to an address that is none', async () => {
		expect(await failureOf('http://a b/')).toMatchObject({ certainlyNotSent: true, isLasting: true });
	});

	it('one that nobody takes', async () => {
		const closed = createServer();
		await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
		const address = closed.address();
		await new Promise((resolve) => closed.close(resolve));
		const free = typeof address === 'object' && address !== null ? address.port : 0;
		expect(await failureOf(`http://127.0.0.1:${free}/`)).toMatchObject({
			certainlyNotSent: true,
			code: 'ECONNREFUSED',
		});
	});
});
