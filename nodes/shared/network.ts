export interface NetworkFailure {
	/** Whether no byte of the request can have reached the service: it is safe to send it again. */
	readonly certainlyNotSent: boolean;
	/** Whether it stays so until somebody mends an address or a certificate: another attempt is no use. */
	readonly isLasting: boolean;
	/** The system's code, such as `ECONNREFUSED`; `no code` where there is none. */
	readonly code: string;
	/** Why, as the end of a sentence: `api.tally.so can't be reached: nothing answers there`. */
	readonly reasonInWords: string;
}

type Verdict = Omit<NetworkFailure, 'code'>;

const notSent = (reasonInWords: string): Verdict => ({ certainlyNotSent: true, isLasting: false, reasonInWords });
const lasting = (reasonInWords: string): Verdict => ({ certainlyNotSent: true, isLasting: true, reasonInWords });
const unknown = (reasonInWords: string): Verdict => ({ certainlyNotSent: false, isLasting: false, reasonInWords });

const NAME_NOT_FOUND = notSent('its name was not found');
const NO_WAY = 'no way leads there from this network';
const NO_SECURE_CONNECTION = 'no secure connection could be agreed on';
const NOT_TRUSTED = lasting('its certificate is not trusted');
const INVALID_ADDRESS = lasting('its address is not valid');
const NO_CONNECTION_IN_TIME = 'no connection was made in time';
const NO_ANSWER_IN_TIME = unknown('no answer came in time');
const BROKEN = unknown('the connection broke before an answer came');

/** Codes that mean the same whatever call failed (Node.js and libuv error codes; OpenSSL's verify errors). */
const BY_CODE: Readonly<Record<string, Verdict>> = {
	ECONNREFUSED: notSent('nothing answers there'),
	EADDRNOTAVAIL: notSent('this machine has no free address or port for a connection'),
	ENOTFOUND: NAME_NOT_FOUND,
	ENODATA: NAME_NOT_FOUND,
	ESERVFAIL: NAME_NOT_FOUND,
	UND_ERR_CONNECT_TIMEOUT: notSent(NO_CONNECTION_IN_TIME),
	ERR_INVALID_URL: INVALID_ADDRESS,
	ERR_INVALID_PROTOCOL: INVALID_ADDRESS,
	ERR_UNESCAPED_CHARACTERS: INVALID_ADDRESS,
	CERT_HAS_EXPIRED: lasting('its certificate has expired'),
	CERT_NOT_YET_VALID: lasting('its certificate is not valid yet; this machine’s clock may be wrong'),
	ERR_TLS_CERT_ALTNAME_INVALID: lasting('its certificate belongs to another host'),
	ECONNABORTED: NO_ANSWER_IN_TIME,
	ETIMEDOUT: NO_ANSWER_IN_TIME,
	ESOCKETTIMEDOUT: NO_ANSWER_IN_TIME,
	UND_ERR_HEADERS_TIMEOUT: NO_ANSWER_IN_TIME,
	UND_ERR_BODY_TIMEOUT: NO_ANSWER_IN_TIME,
};
/** Codes that say more only where a connection was to be made: an open one can end with them, too. */
const WHILE_CONNECTING: Readonly<Record<string, string>> = {
	EHOSTUNREACH: NO_WAY,
	ENETUNREACH: NO_WAY,
	EHOSTDOWN: NO_WAY,
	ENETDOWN: NO_WAY,
	ETIMEDOUT: NO_CONNECTION_IN_TIME,
	EACCES: 'this machine does not allow the connection',
	EPERM: 'this machine does not allow the connection',
};
const CERTIFICATE =
	/^(?:CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_(?:CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED)/;
const TLS = /^(?:EPROTO$|ERR_SSL_|ERR_TLS_)/;
/** TLS failures of a connection that may have carried the request. */
const TLS_IN_USE = /bad.record.mac|decryption.failed|unexpected.eof|close.notify|application.data/i;
/** What answers there does not speak TLS at all. */
const NO_TLS_THERE = /wrong.version.number|packet.length.too.long|http.request/i;
/** Node.js, and the agent that n8n uses behind a proxy, give these failures no code of their own. */
const BEFORE_CONNECTION = /before secure TLS connection was established|before receiving CONNECT response/;
/** n8n's own protection against requests to inner networks. */
const BLOCKED_BY_N8N = /^SsrfBlocked/;

/** n8n wraps one error in the next, twice as a rule. */
const MAX_DEPTH = 10;

/**
 * What a failed request means, for what n8n's `httpRequest` throws when no answer came: whether the service may
 * have got the request.
 *
 * `connect EHOSTUNREACH`, a name that is not found, a certificate that is refused: nothing was sent. A reset or a
 * time-out of an open connection: nobody knows. Of several attempts at once (an AggregateError), all must be
 * certain. The error itself, which holds the request's headers, goes no further.
 */
export function networkFailure(error: unknown): NetworkFailure {
	// The innermost error is the system's own; what wraps it repeats its code at best.
	const links = chain(error).reverse();
	const cause = links.find((link) => codeOf(link) !== undefined || attemptsOf(link).length > 0) ?? links[0];
	const code = (cause === undefined ? undefined : codeOf(cause)) ?? 'no code';
	const blocked = links.some((link) => BLOCKED_BY_N8N.test(textOf(link.name)));
	if (blocked) return { code, ...lasting('n8n does not allow requests to its address') };
	const attempts = cause === undefined ? [] : attemptsOf(cause).map(networkFailure);
	const [first] = attempts;
	if (first === undefined) return { code, ...verdict(code, cause ?? {}) };
	const certain = attempts.every((attempt) => attempt.certainlyNotSent);
	return {
		code: code === 'no code' ? first.code : code,
		certainlyNotSent: certain,
		isLasting: attempts.every((attempt) => attempt.isLasting),
		reasonInWords: (certain ? first : (attempts.find((attempt) => !attempt.certainlyNotSent) ?? first)).reasonInWords,
	};
}

type Link = Readonly<Record<string, unknown>>;

function chain(error: unknown): Link[] {
	const links: Link[] = [];
	for (let inner = error; isObject(inner) && links.length < MAX_DEPTH; inner = inner.cause) links.push(inner);
	return links;
}

function isObject(value: unknown): value is Link {
	return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** An older n8n drops what it wraps and keeps the code as `httpCode`. */
function codeOf({ code, httpCode }: Link): string | undefined {
	if (typeof code === 'string') return code;
	return typeof httpCode === 'string' && !/^\d*$/.test(httpCode) ? httpCode : undefined;
}

/** The errors of each address of the host that was tried. */
function attemptsOf(link: Link): Link[] {
	const errors: unknown[] = Array.isArray(link.errors) ? link.errors : [];
	return errors.filter(isObject).filter((attempt) => attempt !== link);
}

/** The error's texts: an n8n that replaces the message keeps the one before. */
function messagesOf({ message, messages }: Link): string[] {
	return [message, ...(Array.isArray(messages) ? (messages as unknown[]) : [])].map(textOf);
}

function verdict(code: string, cause: Link): Verdict {
	const messages = messagesOf(cause);
	const says = (pattern: RegExp): boolean => messages.some((message) => pattern.test(message));
	const isConnecting = cause.syscall === 'connect' || messages.some((text) => text.startsWith(`connect ${code}`));
	if (isConnecting) return notSent(WHILE_CONNECTING[code] ?? BY_CODE[code]?.reasonInWords ?? NO_CONNECTION_IN_TIME);
	if (says(BEFORE_CONNECTION)) return notSent(NO_SECURE_CONNECTION);
	if (says(/^Unsupported protocol/)) return INVALID_ADDRESS;
	const known = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
	if (known !== undefined) return known;
	if (code.startsWith('EAI_') || /^(?:getaddrinfo|query)/.test(textOf(cause.syscall))) return NAME_NOT_FOUND;
	if (CERTIFICATE.test(code)) return NOT_TRUSTED;
	if (!TLS.test(code) || TLS_IN_USE.test(code) || says(TLS_IN_USE)) return BROKEN;
	return NO_TLS_THERE.test(code) || says(NO_TLS_THERE) ? lasting(NO_SECURE_CONNECTION) : notSent(NO_SECURE_CONNECTION);
}
