import 'reflect-metadata';

import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
	type OnError,
} from 'n8n-workflow';

type Sign = (credentials: ICredentialDataDecryptedObject, request: IHttpRequestOptions) => Promise<IHttpRequestOptions>;

/** A credential type as n8n knows it, with what a user filled in. */
export interface TestCredential {
	readonly type: { readonly name: string; readonly authenticate: Sign };
	readonly data: ICredentialDataDecryptedObject;
}

export interface NodeRun {
	readonly node: INodeType;
	/** Default 1, what workflows of the first release have. */
	readonly typeVersion?: number;
	readonly parameters: INodeParameters;
	readonly items: INodeExecutionData[];
	readonly credential: TestCredential;
	readonly onError?: OnError;
	/** How often n8n tries the node, with Retry On Fail on; off without. */
	readonly tries?: number;
	/** How often the node runs in the execution, each time with the same items; once without. */
	readonly rounds?: number;
	/** Who started it: somebody in the editor, or a trigger (without). */
	readonly mode?: 'manual' | 'trigger';
	/** The address at which this n8n is reached; nobody's without. */
	readonly n8nUrl?: string;
}

export interface NodeResult {
	readonly status: IRun['status'];
	/** The node's outputs, the error output last if it has one. */
	readonly outputs: INodeExecutionData[][];
	readonly error?: { readonly message: string; readonly description?: string | null };
	/** What the editor shows above the output. */
	readonly hints: readonly NodeExecutionHint[];
	/** All that n8n keeps of the run. */
	readonly run: IRun;
}

/** Hands out the items that a test put in, as a trigger would; n8n calls `execute` with its own `this`. */
function startWith(items: INodeExecutionData[], rounds: number): INodeType {
	const outputs = Array.from({ length: rounds }, () => 'main' as const);
	return {
		description: {
			displayName: 'Start',
			name: 'start',
			group: ['trigger'],
			version: 1,
			description: '',
			defaults: { name: 'Start' },
			inputs: [],
			outputs,
			properties: [],
		},
		execute: () => Promise.resolve(outputs.map(() => items)),
	};
}

/** Runs one node in n8n's own engine: expressions, pairing of items and error outputs are the real ones. */
export async function runNode({ items, rounds = 1, ...given }: NodeRun): Promise<NodeResult> {
	const run = await execute(given, {
		types: { start: startWith(items, rounds), node: given.node },
		nodes: [place('1', 'Start', 'start'), placed(given)],
		connections: {
			Start: { main: Array.from({ length: rounds }, () => [{ node: 'Node', type: 'main', index: 0 }]) },
		},
	});
	const task = run.data.resultData.runData.Node?.[0];
	return {
		status: run.status,
		outputs: (task?.data?.main ?? []).map((output) => output ?? []),
		...(run.data.resultData.error ? { error: run.data.resultData.error } : {}),
		hints: task?.hints ?? [],
		run,
	};
}

/**
 * Runs a node as the tool of an AI agent, which calls it with these arguments one after the other.
 *
 * @returns what the agent hears of each call, be it a failure
 */
export async function runTool(
	{ node, ...given }: Omit<NodeRun, 'items' | 'rounds'>,
	calls: readonly IDataObject[],
): Promise<string[]> {
	const heard: string[] = [];
	const agent: INodeType = {
		description: { ...startWith([], 1).description, displayName: 'Agent', inputs: ['main', 'ai_tool'] },
		async execute() {
			const [tool] = (await this.getInputConnectionData('ai_tool', 0)) as Array<{
				invoke(args: IDataObject): Promise<string>;
			}>;
			for (const call of calls) heard.push(await tool!.invoke(call).catch((error: Error) => error.message));
			return [[]];
		},
	};
	const tool = Object.assign(Object.create(node) as INodeType, {
		description: { ...node.description, inputs: [], outputs: ['ai_tool' as const] },
	});
	await execute(given, {
		types: { start: startWith([{ json: {} }], 1), agent, node: tool },
		nodes: [place('1', 'Start', 'start'), place('3', 'Agent', 'agent'), placed({ node, ...given })],
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			Node: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
	});
	return heard;
}

/** Starts a workflow at its first node, and waits until it has ended. */
async function execute(
	{ credential, mode = 'trigger', n8nUrl }: Pick<NodeRun, 'credential' | 'mode' | 'n8nUrl'>,
	{ types, nodes, connections }: { types: Record<string, INodeType>; nodes: INode[]; connections: IConnections },
): Promise<IRun> {
	const find = (name: string) => {
		const type = types[name];
		if (!type) throw new Error(`no node type ${name}`);
		return type;
	};
	const nodeTypes: INodeTypes = {
		getByName: find,
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(find(name), version),
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: 'workflow',
		name: 'workflow',
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
		nodes,
		connections,
	});
	const start = workflow.getNode('Start') as INode;
	return await new WorkflowExecute(
		additionalData(credential, n8nUrl),
		mode,
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: start, data: { main: [[{ json: {} }]] }, source: null }],
			},
		}),
	).processRunExecutionData(workflow);
}

function place(id: string, name: string, type: string, extra: Partial<INode> = {}): INode {
	return { id, name, type, typeVersion: 1, position: [0, 0], parameters: {}, ...extra };
}

/** The node that is tested, as its user has set it. */
function placed({ typeVersion = 1, parameters, onError, tries, credential }: Omit<NodeRun, 'items'>): INode {
	return place('2', 'Node', 'node', {
		typeVersion,
		parameters,
		onError,
		...(tries === undefined ? {} : { retryOnFail: true, maxTries: tries, waitBetweenTries: 1 }),
		credentials: { [credential.type.name]: { id: '1', name: 'credential' } },
	});
}

/** What n8n itself hands to an execution; its addresses must be valid, or expressions fail. */
function additionalData(credential: TestCredential, origin = 'http://127.0.0.1:1'): IWorkflowExecuteAdditionalData {
	const partial: Partial<IWorkflowExecuteAdditionalData> & { hooks: ExecutionLifecycleHooks } = {
		hooks: new ExecutionLifecycleHooks('trigger', '1', {
			id: 'workflow',
			name: 'workflow',
		} as ConstructorParameters<typeof ExecutionLifecycleHooks>[2]),
		executionId: '1',
		credentialsHelper: credentialsHelper(credential),
		currentNodeExecutionIndex: 0,
		restApiUrl: `${origin}/rest`,
		instanceBaseUrl: origin,
		webhookBaseUrl: `${origin}/webhook`,
		webhookTestBaseUrl: `${origin}/webhook-test`,
		webhookWaitingBaseUrl: `${origin}/webhook-waiting`,
		formWaitingBaseUrl: `${origin}/form-waiting`,
		variables: {},
		setExecutionStatus: () => undefined,
		logAiEvent: () => undefined,
	};
	return partial as IWorkflowExecuteAdditionalData;
}

/** Decrypts nothing and signs requests the way the credential's class says. */
function credentialsHelper({ type, data }: TestCredential): ICredentialsHelper {
	const partial = {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		authenticate: (credentials: ICredentialDataDecryptedObject, _type: string, request: IHttpRequestOptions) =>
			type.authenticate(credentials, request),
		preAuthentication: () => Promise.resolve(undefined),
		runPreAuthentication: () => Promise.resolve(undefined),
		getCredentials: () => Promise.resolve({}),
		getDecrypted: () => Promise.resolve(data),
		updateCredentials: () => Promise.resolve(),
		updateCredentialsOauthTokenData: () => Promise.resolve(),
		getCredentialsProperties: () => [],
	};
	return partial as unknown as ICredentialsHelper;
}
