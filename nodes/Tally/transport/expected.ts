import { filledText, isRecord } from '../../shared/guards';

/**
 * What Tally answers where it does what was asked (https://api.tally.so/openapi.json):
 *
 * - `member`: an object that has it, or one of them
 * - `list`: an object with a list of this name, or, as older versions of the API have it, the list alone
 * - `list` alone: a list
 * - `figures`: an object with one of these members; it may have none of them, or be null
 * - `nothing`: status 204; a gateway may make 200 of it
 * - `anything`: any success; its body is not documented
 */
export type Expected =
	| { readonly member: string | readonly string[] }
	| { readonly list: string }
	| { readonly figures: readonly string[] }
	| 'list'
	| 'nothing'
	| 'anything';

/** The head and body of an answer that says success. */
export interface Answer {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	body: unknown;
}

/**
 * Whether an answer is what Tally gives: proxies, login pages and other servers at a wrong base URL say 200, too.
 *
 *     {member: 'id'}, {status: 200, body: {id: 'GxdRaQ'}} → 'yes'       {…, body: '<html>'} → 'no'
 *     'anything', {status: 200, body: ''} → 'maybe': it counts where something else shows that Tally is there
 */
export function isExpected(expected: Expected, answer: Answer): 'yes' | 'maybe' | 'no' {
	const { status, body } = answer;
	if (expected === 'nothing' || expected === 'anything') {
		if (status === 204) return yesIf(isBare(answer));
		return isEmpty(body) || typeof body === 'object' || isJson(typeOf(answer)) ? 'maybe' : 'no';
	}
	if (expected === 'list') return isListAlone(body);
	if ('list' in expected) return isRecord(body) ? yesIf(Array.isArray(body[expected.list])) : isListAlone(body);
	if ('member' in expected) {
		if (!isRecord(body)) return 'no';
		const values = [expected.member].flat().map((name) => (Object.hasOwn(body, name) ? body[name] : undefined));
		return yesIf(values.some((value) => typeof value === 'string' || isRecord(value) || Array.isArray(value)));
	}
	if (isRecord(body) && expected.figures.some((name) => Object.hasOwn(body, name))) return 'yes';
	return isRecord(body) || body === null ? 'maybe' : 'no';
}

/** An empty list may be anybody's. */
function isListAlone(body: unknown): 'yes' | 'maybe' | 'no' {
	if (!Array.isArray(body)) return 'no';
	if (body.length === 0) return 'maybe';
	return yesIf(body.some((entry) => isRecord(entry) && typeof (entry.id ?? entry.uuid) === 'string'));
}

function yesIf(isSo: boolean): 'yes' | 'no' {
	return isSo ? 'yes' : 'no';
}

/** Whether an answer has no body by its head, either: what follows a 204 is not read. */
function isBare({ headers, body }: Answer): boolean {
	const type = typeOf({ headers });
	const length = headers['content-length'];
	return isEmpty(body) && (type === '' || isJson(type)) && (length === undefined || Number(length) === 0);
}

function typeOf({ headers }: Pick<Answer, 'headers'>): string {
	return filledText(headers['content-type']) ?? '';
}

function isEmpty(body: unknown): boolean {
	return body === undefined || body === null || body === '';
}

function isJson(contentType: string): boolean {
	return /^application\/(?:[\w.]+\+)?json\b/i.test(contentType);
}

/** The members by which a refusal in JSON can be told for Tally's, or for its gateway's. */
const OF_REFUSALS = ['message', 'error', 'errors', 'errorType', 'code'];

/**
 * Whether a refusal comes from something that is not Tally: it leads elsewhere, it is a page, it asks to log in at a
 * proxy, it is JSON of another kind. Trouble (429, 5xx) may be told in any form.
 */
export function isForeignRefusal({ status, headers, body }: Answer): boolean {
	if (status < 400 || status === 407) return true;
	if (status === 429 || status >= 500) return false;
	if (isRecord(body)) return Object.keys(body).length > 0 && !OF_REFUSALS.some((name) => Object.hasOwn(body, name));
	if (/html/i.test(typeOf({ headers }))) return true;
	return typeof body === 'string' && body.trimStart().startsWith('<');
}
