import type { IDataObject, IExecuteFunctions, IGetNodeParameterOptions, NodeExecutionHint } from 'n8n-workflow';

import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { fakeNode } from './fakeNode';

const node = new CleverTap();

/** What an item's expressions give, by the name of the parameter. */
export type Given = Readonly<Record<string, unknown>>;

/** Method, path and query of a request, and its body if it had one. */
export type Sent = [request: string, body?: unknown];

export interface Outcome {
	sent: Sent[];
	/** What the output panel shows; missing where it shows nothing. */
	hints?: string[];
	/** In the order of the items; those that failed have `error` and `details`. */
	items: IDataObject[];
}

interface Options {
	url: string;
	method: string;
	body?: Buffer;
	encoding?: string;
}

/** CleverTap says no to a request as a whole. */
export class Refusal {
	constructor(
		readonly status: number,
		readonly error: string,
	) {}
}

/** The output of an item that was refused before anything was sent for it. */
export function refusal(reason: string, advice: string): IDataObject {
	return { error: reason, details: { status: 'refused', reason, advice } };
}

/**
 * What one operation asks CleverTap for, and what becomes of each item. What no item gives is not
 * in the node. CleverTap gives the replies in their order, and takes everything else.
 */
export async function outcomeOf(
	[resource, operation]: readonly [resource: string, operation: string],
	given: readonly Given[],
	replies: readonly unknown[] = [],
	typeVersion = 1,
): Promise<Outcome> {
	const sent: Sent[] = [];
	const items = given.map((parameters) => fakeNode({ parameters: { ...parameters, resource, operation } }));
	const answer = ({ url, method, body, encoding }: Options) => {
		const request = `${method} ${url.replace('https://in1.api.clevertap.com', '')}`;
		const reply = replies[sent.length] ?? { status: 'success' };
		sent.push(body === undefined ? [request] : [request, JSON.parse(body.toString())]);
		const refused = reply instanceof Refusal;
		const said = refused ? { status: 'fail', error: reply.error } : reply;
		return Promise.resolve({
			statusCode: refused ? reply.status : 200,
			headers: {},
			body: encoding === 'text' ? JSON.stringify(said) : said,
		});
	};
	const marks = new Set<string>();
	const hints: string[] = [];
	const context = {
		...fakeNode({ items: given.map(() => ({})), onError: 'continueErrorOutput', typeVersion }),
		getNodeParameter: (name: string, item: number, fallback?: unknown, options?: IGetNodeParameterOptions): unknown => {
			if (options?.rawExpressions)
				return given.some((parameters) => name in parameters) ? '={{ something }}' : fallback;
			return items[item]?.getNodeParameter(name, item, fallback, options);
		},
		getCredentials: () => Promise.resolve({ accountId: 'TEST-1', passcode: 'open sesame', region: 'in1' }),
		getExecutionCancelSignal: () => undefined,
		addExecutionHints: (...shown: NodeExecutionHint[]) => void hints.push(...shown.map(({ message }) => message)),
		helpers: {
			httpRequestWithAuthentication: (_type: string, options: Options) => answer(options),
			checkProcessedAndRecord: (wanted: string[]) => {
				const processed = wanted.filter((mark) => marks.has(mark));
				wanted.forEach((mark) => marks.add(mark));
				return Promise.resolve({ new: wanted.filter((mark) => !processed.includes(mark)), processed });
			},
			removeProcessed: (wanted: string[]) => {
				wanted.forEach((mark) => marks.delete(mark));
				return Promise.resolve();
			},
		},
	};
	const [output = []] = await node.execute.call(context as unknown as IExecuteFunctions);
	return { sent, items: output.map(({ json }) => json), ...(hints.length > 0 ? { hints } : {}) };
}
