import type { IExecuteFunctions, IHttpRequestOptions, INode, INodeExecutionData } from 'n8n-workflow';

import type { HttpReply } from './replies';

/** What a request carries. */
export function bodyOf({ body }: IHttpRequestOptions): unknown {
	return Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : body;
}

export const PASSCODE = 'never-shown';
export const ORIGIN = 'https://in1.api.clevertap.com';

export const node: INode = {
	id: 'n1',
	name: 'CleverTap',
	type: 'n8n-nodes-tally-clevertap.cleverTap',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

export interface Parameters {
	readonly resource: string;
	readonly operation: string;
	readonly [parameter: string]: unknown;
}

/** What n8n's engine gives for a parameter: a field of the item for `={{ $json.field }}`, else what was typed. */
function evaluated(typed: unknown, json: object): unknown {
	const field = typeof typed === 'string' ? /^=\{\{ \$json\.(\w+) \}\}$/.exec(typed)?.[1] : undefined;
	if (field === undefined) return typed;
	return Object.hasOwn(json, field) ? (json as Record<string, unknown>)[field] : undefined;
}

/** Where n8n stands, as far as the node asks for it. */
export function contextOf(
	parameters: Parameters,
	items: readonly INodeExecutionData[],
	answer: (request: IHttpRequestOptions) => Promise<HttpReply>,
	onError: INode['onError'] = undefined,
	typeVersion = 1,
): IExecuteFunctions {
	const partial = {
		getNode: () => ({ ...node, onError, typeVersion }),
		getWorkflow: () => ({ id: 'wf1', name: 'Feedback', active: true }),
		getInputData: () => items,
		getNodeParameter: (name: string, item: number, fallback: unknown, options?: { rawExpressions?: boolean }) => {
			const steps = name.split(/[.[\]]+/).filter((step) => step !== '');
			const typed = steps.reduce<unknown>(
				(held, step) =>
					typeof held === 'object' && held !== null ? (held as Record<string, unknown>)[step] : undefined,
				parameters,
			);
			const value = options?.rawExpressions === true ? typed : evaluated(typed, items[item]?.json ?? {});
			return value ?? fallback;
		},
		getCredentials: () => Promise.resolve({ accountId: 'ACC-1', passcode: PASSCODE, region: 'in1' }),
		getMode: () => 'trigger',
		getTimezone: () => 'Europe/Brussels',
		getExecutionCancelSignal: () => undefined,
		addExecutionHints: () => undefined,
		continueOnFail: () => onError !== undefined,
		logger: { warn: () => undefined },
		helpers: {
			httpRequestWithAuthentication: async (_type: string, request: IHttpRequestOptions) => await answer(request),
			checkProcessedAndRecord: () => Promise.resolve({ new: [], processed: [] }),
			removeProcessed: () => Promise.resolve(),
		},
	};
	return partial as unknown as IExecuteFunctions;
}
