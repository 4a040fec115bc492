import type { IExecuteFunctions } from 'n8n-workflow';

import { isPlainObject } from '../properties/flatten';
import { refused, unknown, type Failed } from '../upload/verdict';
import { codeIn, errorText, requestAdvice } from './errorText';
import { stopIfCancelled, waitOrStop } from './patience';
import type { Reply } from './reply';
import { cleverTapRequest, type CleverTapRequest } from './request';
import {
	CREDENTIAL_ADVICE,
	CREDENTIAL_REFUSED,
	MAX_ATTEMPTS,
	NOT_NOW,
	pause,
	UNTRUSTED_ADVICE,
	WRONG_ADDRESS_ADVICE,
} from './retry';

export type Json = Readonly<Record<string, unknown>>;

/** What CleverTap said, or why it said nothing that can be used. */
export type Answer =
	| { readonly body: Json }
	/** `body` where a refusal came with one. */
	| { readonly failed: Failed; readonly body?: Json };

/** What asking needs from outside, so that it can be told without a network or a clock. */
export interface Line {
	request(request: CleverTapRequest): Promise<Reply>;
	/** @throws when the execution is cancelled meanwhile. */
	wait(milliseconds: number): Promise<void>;
	/** From 0 up to 1. */
	random(): number;
}

const UNREACHED_ADVICE = 'Check that this n8n can reach CleverTap’s host, and Region in the CleverTap credential.';
const AGAIN_ADVICE = 'Run the node again later: asking twice does no harm.';

/** CleverTap's word for trouble of its own, in a body that may come with HTTP 200. */
const SERVER_TROUBLE = 500;

/**
 * Sends one request that may be repeated, until CleverTap gives an answer in JSON or refuses it for
 * good. A `fail` with HTTP 200 is an answer: only its reader knows what it means.
 */
export async function ask(request: CleverTapRequest, line: Line): Promise<Answer> {
	for (let attempt = 1; ; attempt++) {
		const reply = await line.request(request);
		const { status = 0 } = reply;
		const body = isPlainObject(reply.body) ? reply.body : undefined;
		if (status < 300 && body && !isServerTrouble(body)) return { body };
		if (status >= 400 && status < 500 && !NOT_NOW.has(status)) {
			const reason = errorText(body) ?? `CleverTap answered HTTP ${status}`;
			const failed = refused(reason, adviceFor(status, reason), status);
			return { failed, ...(body ? { body } : {}) };
		}
		const isFinal = reply.kind === 'unsent' && reply.isFinal;
		if (isFinal || attempt >= MAX_ATTEMPTS) return { failed: givenUp(reply, attempt) };
		await line.wait(pause(attempt, reply, line.random()));
	}
}

/** The real network and the real clock; both end when the execution is cancelled. */
export function networkLine(this: IExecuteFunctions): Line {
	return {
		request: async (request) => {
			stopIfCancelled.call(this);
			return await cleverTapRequest.call(this, request);
		},
		wait: async (milliseconds) => await waitOrStop.call(this, milliseconds),
		random: () => Math.random(),
	};
}

function isServerTrouble(body: Json): boolean {
	return body.status === 'fail' && codeIn(body) === SERVER_TROUBLE;
}

function adviceFor(status: number, reason: string): string {
	if (CREDENTIAL_REFUSED.has(status)) return CREDENTIAL_ADVICE;
	return status === 400 ? requestAdvice(reason) : WRONG_ADDRESS_ADVICE;
}

function givenUp(reply: Reply, attempts: number): Failed {
	if (reply.kind === 'unsent') {
		const advice = reply.isFinal ? UNTRUSTED_ADVICE : UNREACHED_ADVICE;
		return refused(`CleverTap could not be reached (${reply.code})`, advice);
	}
	if (reply.kind === 'broken') {
		return unknown(`The connection broke before CleverTap answered (${reply.code})`, AGAIN_ADVICE);
	}
	const { status, body } = reply;
	const text = errorText(body);
	if (NOT_NOW.has(status)) {
		const reason = `CleverTap was too busy ${attempts} times: ${text ?? `HTTP ${status}`}`;
		return refused(reason, AGAIN_ADVICE, status);
	}
	if (status >= 300 || text !== undefined) {
		const reason = `CleverTap had trouble of its own: ${text ?? `HTTP ${status}`}`;
		return unknown(reason, AGAIN_ADVICE, status);
	}
	return body === '' || body === undefined || body === null
		? unknown('CleverTap answered with nothing, as it does at a wrong address', UNREACHED_ADVICE)
		: unknown('CleverTap’s answer could not be read', UNREACHED_ADVICE);
}
