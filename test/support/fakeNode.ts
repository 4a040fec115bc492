import type { IDataObject, IExecuteFunctions, INode, OnError } from 'n8n-workflow';

export interface FakeNode {
	/** What the user filled in; a function stands for an expression and gives the value of each item. */
	readonly parameters?: Readonly<Record<string, unknown>>;
	readonly items?: readonly IDataObject[];
	readonly onError?: OnError;
	readonly timeZone?: string;
	/** Default 1. */
	readonly typeVersion?: number;
	/** Where n8n has its REST API. */
	readonly restApiUrl?: string;
}

/** Each is in a workflow of its own. */
let workflows = 0;

/** As much of n8n as an operation sees before anything is sent. */
export function fakeNode({
	parameters = {},
	items = [{}],
	onError,
	timeZone = 'UTC',
	typeVersion = 1,
	restApiUrl = 'https://n8n.example.com/rest',
}: FakeNode): IExecuteFunctions {
	const workflow = { id: String(++workflows), name: 'Workflow', active: true };
	const partial = {
		getInputData: () => items.map((json) => ({ json })),
		continueOnFail: () => onError !== undefined && onError !== 'stopWorkflow',
		getNode: () =>
			({ id: '1', name: 'Node', type: 'node', typeVersion, position: [0, 0], parameters: {}, onError }) as INode,
		getWorkflow: () => workflow,
		getMode: () => 'trigger',
		getTimezone: () => timeZone,
		getRestApiUrl: () => restApiUrl,
		getExecutionCancelSignal: () => undefined,
		addExecutionHints: () => undefined,
		getNodeParameter: (
			name: string,
			item: number,
			fallback?: unknown,
			options?: { rawExpressions?: boolean; extractValue?: boolean },
		) => {
			const value = name in parameters ? parameters[name] : fallback;
			if (options?.extractValue && isLocator(value)) return value.value;
			if (typeof value !== 'function') return value;
			return options?.rawExpressions ? '={{ something }}' : (value as (item: number) => unknown)(item);
		},
	};
	return partial as unknown as IExecuteFunctions;
}

/** Whether it is what a resource locator holds: a value, and how it was chosen. */
function isLocator(value: unknown): value is { value: unknown } {
	return typeof value === 'object' && value !== null && '__rl' in value;
}
