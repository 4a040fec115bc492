import {
	NodeHelpers,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeParameters,
} from 'n8n-workflow';

import { Tally } from '../../nodes/Tally/Tally.node';
import type { FakeNode } from './fakeNode';
import { tallyCaller, type Answer } from './tallyCaller';

const node = new Tally();

/** Method, path and query of a request, and its body if it had one. */
export type Sent = [request: string, body?: unknown];

/** Tally says no. */
export class Refusal {
	constructor(
		readonly status: number,
		readonly body: unknown = { message: 'No.' },
	) {}
}

export interface Outcome {
	sent: Sent[];
	items?: IDataObject[];
	error?: { message: string; description: string };
}

/** How a parameter looks when its value was chosen, from the list unless said otherwise. */
export function chosen(value: unknown, mode = 'list'): { __rl: true; mode: string; value: unknown } {
	return { __rl: true, mode, value };
}

/** A node whose requests are noted, and answered in order; what is not told is a 204. */
export function nodeAsking(
	known: FakeNode,
	replies: readonly unknown[] = [],
): { context: IExecuteFunctions; sent: Sent[] } {
	const sent: Sent[] = [];
	const answer = ({ url, method, qs = {}, body }: IHttpRequestOptions): Answer | undefined => {
		const query = new URLSearchParams(qs as Record<string, string>).toString();
		const mark = url.includes('?') ? '&' : '?';
		const request = `${method} ${url.replace('https://api.tally.so', '')}${query === '' ? '' : `${mark}${query}`}`;
		const reply = replies[sent.length];
		// What only shows that Tally is there belongs to no operation.
		if (reply === undefined && url.endsWith('/users/me')) return { status: 200, body: { id: 'u1' } };
		sent.push(body === undefined ? [request] : [request, body]);
		if (reply === undefined)
			return method === 'GET' && url.endsWith('/events') ? { status: 200, body: { events: [] } } : reply;
		if (reply instanceof Refusal) return reply;
		return { status: 200, body: reply };
	};
	return { context: tallyCaller(answer, undefined, known).context, sent };
}

/** The parameters as n8n has them: what is not filled in is as in a new node, what is not shown is gone. */
function completed(given: Record<string, unknown>, typeVersion: number): INodeParameters {
	const { properties } = node.description;
	const parameters = given as INodeParameters;
	return NodeHelpers.getNodeParameters(properties, parameters, true, false, { typeVersion }, node.description) ?? {};
}

/** What one operation asks Tally for with these parameters, and what comes of it; version 1 of the node unless told. */
export async function outcomeOf(
	[resource, operation]: readonly [resource: string, operation: string],
	given: Record<string, unknown>,
	replies: readonly unknown[] = [],
	typeVersion = 1,
): Promise<Outcome> {
	const parameters = completed({ resource, operation, ...given }, typeVersion);
	const { context, sent } = nodeAsking({ parameters, typeVersion }, replies);
	try {
		const [output = []] = await node.execute.call(context);
		return { sent, items: output.map(({ json }) => json) };
	} catch (reason) {
		const { message, description } = reason as { message: string; description: string };
		return { sent, error: { message, description } };
	}
}
