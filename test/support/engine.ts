import 'reflect-metadata';

import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
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
}

export interface NodeResult {
	readonly status: IRun['status'];
	/** The node's outputs, the error output last if it has one. */
	readonly outputs: INodeExecutionData[][];
	readonly error?: { readonly message: string; readonly description?: string | null };
	/** All that n8n keeps of the run. */
	readonly run: IRun;
}

/** Hands out the items that a test put in, as a trigger would; n8n calls `execute` with its own `this`. */
function startWith(items: INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: 'Start',
			name: 'start',
			group: ['trigger'],
			version: 1,
			description: '',
			defaults: { name: 'Start' },
			inputs: [],
			outputs: ['main'],
			properties: [],
		},
		execute: () => Promise.resolve([items]),
	};
}

/** Runs one node in n8n's own engine: expressions, pairing of items and error outputs are the real ones. */
export async function runNode({
	node,
	typeVersion = 1,
	parameters,
	items,
	credential,
	onError,
}: NodeRun): Promise<NodeResult> {
	const types: Record<string, INodeType> = { start: startWith(items), node };
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
	const place = (id: string, name: string, type: string, extra: Partial<INode> = {}): INode => ({
		id,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...extra,
	});
	const workflow = new Workflow({
		id: 'workflow',
		name: 'workflow',
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
		nodes: [
			place('1', 'Start', 'start'),
			place('2', 'Node', 'node', {
				typeVersion,
				parameters,
				onError,
				credentials: { [credential.type.name]: { id: '1', name: 'credential' } },
			}),
		],
		connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
	});

	const start = workflow.getNode('Start') as INode;
	const run = await new WorkflowExecute(
		additionalData(credential),
		'trigger',
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: start, data: { main: [[{ json: {} }]] }, source: null }],
			},
		}),
	).processRunExecutionData(workflow);

	const task = run.data.resultData.runData.Node?.[0];
	return {
		status: run.status,
		outputs: (task?.data?.main ?? []).map((output) => output ?? []),
		...(run.data.resultData.error ? { error: run.data.resultData.error } : {}),
		run,
	};
}

/** What n8n itself hands to an execution; its addresses must be valid, or expressions fail. */
function additionalData(credential: TestCredential): IWorkflowExecuteAdditionalData {
	const origin = 'http://127.0.0.1:1';
	const partial: Partial<IWorkflowExecuteAdditionalData> & { hooks: ExecutionLifecycleHooks } = {
		hooks: new ExecutionLifecycleHooks('trigger', '1', {
			id: 'workflow',
			name: 'workflow',
		} as ConstructorParameters<typeof ExecutionLifecycleHooks>[2]),
		executionId: '1',
		credentialsHelper: credentialsHelper(credential),
		currentNodeExecutionIndex: 0,
		restApiUrl: '',
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
