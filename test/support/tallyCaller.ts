import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { fakeNode, type FakeNode } from './fakeNode';

/** What one request meets with; an error is thrown, as n8n does where no answer comes. */
export type Answer = Error | { status: number; body?: unknown; headers?: Record<string, string> };

/** What n8n is handed to be sent, and when. */
export interface Handed extends IHttpRequestOptions {
	at: number;
}

/**
 * n8n with one Tally credential. Requests are noted and answered in order; what is not told is a 204.
 *
 * @param answers a list, or what makes the answer of a request.
 */
export function tallyCaller(
	answers: readonly Answer[] | ((asked: IHttpRequestOptions) => Answer | undefined) = [],
	credential: Readonly<Record<string, unknown>> = { apiKey: 'tly-test' },
	known: FakeNode = {},
): { context: IExecuteFunctions; handed: Handed[]; cancel: () => void } {
	const handed: Handed[] = [];
	const execution = new AbortController();
	const only = (type: string) => {
		if (type !== 'tallyAccountApi') throw new Error(`There is no credential of the type "${type}"`);
	};
	const context = {
		...fakeNode(known),
		getCredentials: (type: string) => {
			only(type);
			return Promise.resolve(credential);
		},
		getExecutionCancelSignal: () => execution.signal,
		helpers: {
			httpRequestWithAuthentication: (type: string, options: IHttpRequestOptions) => {
				only(type);
				const told = typeof answers === 'function' ? answers(options) : answers[handed.length];
				const answer = told ?? { status: 204 };
				handed.push({ ...options, at: Date.now() });
				if (answer instanceof Error) return Promise.reject(answer);
				const { status, body = '', headers = {} } = answer;
				return Promise.resolve({ statusCode: status, headers, body });
			},
		},
	};
	return { context: context as unknown as IExecuteFunctions, handed, cancel: () => execution.abort() };
}
