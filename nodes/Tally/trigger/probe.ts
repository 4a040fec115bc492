import { randomBytes } from 'node:crypto';

import { sleep, type IHookFunctions, type IN8nHttpFullResponse, type ITriggerFunctions } from 'n8n-workflow';

import { filledText, isRecord } from '../../shared/guards';
import { jsonIn } from '../submission/delivery';
import { isSameAddress } from '../transport/addresses';
import { isSignedBy, mayBeSignature, signatureOf } from './signature';

/** Whoever is there answers at once. */
const MAX_MS = 5_000;

const AGAIN_AFTER_MS = 2_000;

/** A proof is 44 characters long; more of an answer is not read. */
const MAX_ANSWER = 100;

/** Where the proof of an answer stands that n8n itself gives. */
export const PROOF_HEADER = 'tally-trigger-proof';

/**
 * Who is at an address: a trigger of ours that has the webhook's secret, somebody or nobody else, or something that is
 * in trouble and may be a trigger of ours in a minute.
 */
export type Resident = 'ours' | 'nobodyOfOurs' | 'unclear';

/** A question that only the holder of the secret can ask, and only the trigger at this address answers. */
interface Probe {
	nonce: string;
	url: string;
}

/**
 * Asks who is at an address. The question is signed as Tally signs and is no submission: it starts nothing anywhere.
 * Who passes it on to another trigger of ours learns nothing: a trigger answers only for its own address.
 */
export async function residentAt(
	context: IHookFunctions | ITriggerFunctions,
	url: string,
	secret: string,
): Promise<Resident> {
	const probe: Probe = { nonce: randomBytes(16).toString('hex'), url };
	const body = JSON.stringify({ tallyTriggerProbe: probe });
	let reply = await postSigned(context, url, body, secret);
	if (reply === undefined) {
		// A connection may break by accident.
		await sleep(AGAIN_AFTER_MS);
		reply = await postSigned(context, url, body, secret);
	}
	if (reply === undefined) return 'nobodyOfOurs';
	if (isProof(secret, statementOf(probe), reply.text)) return 'ours';
	return reply.status === 429 || reply.status >= 500 ? 'unclear' : 'nobodyOfOurs';
}

/**
 * The answer to a probe, which proves that its giver has the secret; nothing for any other body, and for a probe of
 * an address that is not one of these.
 *
 * @param body whose signature was found to be right
 */
export function answerToProbe(body: Uint8Array, secret: string, addresses: readonly string[]): string | undefined {
	const probe = probeIn(body);
	if (probe === undefined || !addresses.some((own) => isSameAddress(own, probe.url))) return undefined;
	return proofOf(secret, statementOf(probe));
}

/** The proof that a signed request has arrived: it takes the secret, and the request's own signature. */
export function proofOfArrival(secret: string, signature: string): string {
	return proofOf(secret, `arrived ${signature}`);
}

export function isProofOfArrival(secret: string, signature: string, given: unknown): boolean {
	return isProof(secret, `arrived ${signature}`, given);
}

/** What came back from an address. */
export interface Reply {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	/** How the body begins. */
	text: string;
}

/** Posts a body as Tally does; no redirect is followed. Nothing if no answer came in this time. */
export async function postSigned(
	context: IHookFunctions | ITriggerFunctions,
	url: string,
	body: string,
	secret: string,
	milliseconds = MAX_MS,
): Promise<Reply | undefined> {
	const timeUp = AbortSignal.timeout(milliseconds);
	try {
		const {
			statusCode,
			headers,
			body: answer,
		} = (await context.helpers.httpRequest({
			method: 'POST',
			url,
			headers: { 'Content-Type': 'application/json', 'Tally-Signature': signatureOf(Buffer.from(body), secret) },
			body,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: timeUp,
		})) as IN8nHttpFullResponse;
		return { status: statusCode, headers, text: await beginningOf(answer) };
	} catch {
		return undefined;
	}
}

async function beginningOf(body: unknown): Promise<string> {
	let text = '';
	for await (const chunk of body as AsyncIterable<Uint8Array>) {
		text += Buffer.from(chunk).toString('latin1');
		// The rest is not read: leaving the loop ends the connection.
		if (text.length > MAX_ANSWER) break;
	}
	return text;
}

function probeIn(body: Uint8Array): Probe | undefined {
	const sent = jsonIn(body);
	const probe = isRecord(sent) ? sent.tallyTriggerProbe : undefined;
	const nonce = isRecord(probe) ? filledText(probe.nonce) : undefined;
	const url = isRecord(probe) ? filledText(probe.url) : undefined;
	return nonce === undefined || url === undefined ? undefined : { nonce, url };
}

function statementOf({ nonce, url }: Probe): string {
	return `probe ${nonce} ${url}`;
}

/** With a key of its own: no proof is ever the signature of a delivery. */
function proofOf(secret: string, statement: string): string {
	return signatureOf(Buffer.from(statement), proofKeyOf(secret));
}

function isProof(secret: string, statement: string, given: unknown): boolean {
	return mayBeSignature(given) && isSignedBy(proofKeyOf(secret), Buffer.from(statement), given);
}

function proofKeyOf(secret: string): string {
	return signatureOf(Buffer.from('key of the proofs of a trigger'), secret);
}
