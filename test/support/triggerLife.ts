import 'reflect-metadata';

import { inspect } from 'node:util';

import { HookContext, WebhookContext } from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { remember, type Registration } from '../../nodes/Tally/trigger/memory';
import { unseal } from '../../nodes/Tally/trigger/seal';

/** A request as n8n's server hands it to a webhook node: the bytes are read, or will be. */
export interface ArrivedRequest {
	rawBody?: Buffer;
	headers: Record<string, string | string[] | undefined>;
	readRawBody?: () => Promise<void>;
}

/** What the caller was told by the node itself; nothing if the answer was left to n8n. */
export interface DirectAnswer {
	status?: number;
	text?: string;
	type?: string;
	headers?: Record<string, string>;
	isEnded: boolean;
}

interface CredentialType {
	name: string;
	authenticate: (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	) => Promise<IHttpRequestOptions>;
}

export interface TriggerSetup {
	node: INodeType | IVersionedNodeType;
	/** Default 1.1. */
	typeVersion?: number;
	parameters: INodeParameters;
	/** What the user filled in, or the error with which n8n can't hand it out. */
	credential: { type: CredentialType; data: ICredentialDataDecryptedObject | Error };
	/** Where n8n says that it is; default https://n8n.example.com/. */
	n8nUrl?: string;
	workflowId?: string;
	webhookId?: string;
	nodeName?: string;
}

/**
 * The life of one trigger in one workflow: n8n's own contexts around the node, and n8n's own
 * order of calls, attempts included. Static data goes through JSON between calls, as through
 * n8n's database.
 */
export class TriggerLife {
	/** The workflow's static data as the database has it. */
	stored = '{}';

	/** Node parameters may be changed between two publications. */
	parameters: INodeParameters;

	nodeName: string;

	/** What the node wrote to n8n's log, as text. */
	readonly log: string[] = [];

	private readonly origin: string;

	constructor(private readonly setup: TriggerSetup) {
		this.parameters = setup.parameters;
		this.nodeName = setup.nodeName ?? 'Tally Trigger';
		this.origin = (setup.n8nUrl ?? 'https://n8n.example.com').replace(/\/$/, '');
	}

	get productionUrl(): string {
		return `${this.origin}/webhook/${this.webhookId}/webhook`;
	}

	/** Where Tally is answered when the workflow has finished. */
	get finishedUrl(): string {
		return `${this.origin}/webhook/${this.webhookId}/finished`;
	}

	get testUrl(): string {
		return `${this.origin}/webhook-test/${this.webhookId}/webhook`;
	}

	/** What the node remembers for production. */
	get memory(): IDataObject {
		const all = JSON.parse(this.stored) as Record<string, IDataObject>;
		return all[`node:${this.nodeName}`] ?? {};
	}

	/** Remembers a webhook for production, as if it had been registered. */
	store(registration: Omit<Registration, 'url'>, apiKey?: string): void {
		this.stored = this.storedWith({ ...registration, url: this.productionUrl }, apiKey);
	}

	/** Static data in which a webhook is remembered, sealed with the credential's API key. */
	storedWith(registration: Registration, apiKey = this.apiKey ?? ''): string {
		const memory: IDataObject = {};
		remember(memory, registration, apiKey);
		return JSON.stringify({ [`node:${this.nodeName}`]: memory });
	}

	/** The signing secret in it, which the credential's API key opens. */
	get secret(): string | undefined {
		const { sealedSecret } = this.memory;
		return typeof sealedSecret === 'string' ? unseal(sealedSecret, this.apiKey ?? '') : undefined;
	}

	/** Publishes as n8n does: up to five attempts, each failed one followed by `delete`. */
	async publish(): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			const workflow = this.workflow(this.stored);
			try {
				await this.createIfMissing(workflow, false);
				this.stored = JSON.stringify(workflow.staticData);
				return;
			} catch (error) {
				await this.call('delete', workflow, false).catch(() => undefined);
				this.stored = JSON.stringify(workflow.staticData);
				if (attempt === 5) throw error;
			}
		}
	}

	/** Unpublishes as n8n does: three attempts; what the last one threw is only a warning there. */
	async unpublish(): Promise<unknown> {
		let problem: unknown;
		for (let attempt = 1; attempt <= 3; attempt++) {
			const workflow = this.workflow(this.stored);
			try {
				await this.call('delete', workflow, false);
				this.stored = JSON.stringify(workflow.staticData);
				return undefined;
			} catch (error) {
				problem = error;
			}
		}
		return problem;
	}

	/** Listens for a test event; the returned test is ended by `end`, as by event, cancel or time. */
	async listen(): Promise<{
		stored: string;
		receive: (request: ArrivedRequest) => ReturnType<TriggerLife['receive']>;
		end: () => Promise<void>;
	}> {
		const workflow = this.workflow('{}');
		try {
			await this.createIfMissing(workflow, true);
		} catch (error) {
			await this.call('delete', workflow, true);
			throw error;
		}
		const stored = JSON.stringify(workflow.staticData);
		return {
			stored,
			receive: async (request) => await this.receive(request, stored, true),
			end: async () => {
				await this.call('delete', this.workflow(stored), true);
			},
		};
	}

	/** One of the three methods, once, as n8n calls it; static data is kept. */
	async once(method: 'checkExists' | 'create' | 'delete'): Promise<boolean> {
		const workflow = this.workflow(this.stored);
		try {
			return await this.call(method, workflow, false);
		} finally {
			this.stored = JSON.stringify(workflow.staticData);
		}
	}

	/** A request arrives at the trigger's address. */
	async receive(
		request: ArrivedRequest,
		stored = this.stored,
		isTest = false,
	): Promise<{ outcome: IWebhookResponseData; answer: DirectAnswer }> {
		const workflow = this.workflow(stored);
		const answer: DirectAnswer = { isEnded: false };
		const response = {
			setHeader: (name: string, value: string) => ((answer.headers = { ...answer.headers, [name]: value }), response),
			status: (code: number) => ((answer.status = code), response),
			type: (name: string) => ((answer.type = name), response),
			send: (text: string) => ((answer.text = text), response),
			end: () => void (answer.isEnded = true),
		};
		const additionalData = {
			...this.additionalData(),
			httpRequest: { body: {}, params: {}, query: {}, ...request },
			httpResponse: response,
		} as unknown as IWorkflowExecuteAdditionalData;
		const context = new WebhookContext(
			workflow,
			this.nodeOf(workflow),
			additionalData,
			isTest ? 'manual' : 'webhook',
			this.webhookData(workflow, additionalData, isTest),
			[],
			null,
		);
		this.listenTo(context);
		const outcome = await this.node.webhook?.call(context);
		return { outcome: outcome ?? {}, answer };
	}

	/** For contexts that the life of a trigger itself does not need. */
	inContext<T>(use: (workflow: Workflow, node: INode, additionalData: IWorkflowExecuteAdditionalData) => T): T {
		const workflow = this.workflow(this.stored);
		return use(workflow, this.nodeOf(workflow), this.additionalData());
	}

	/** The node in the version that the workflow has. */
	private get node(): INodeType {
		return NodeHelpers.getVersionedNodeType(this.setup.node, this.setup.typeVersion ?? 1.1);
	}

	private get apiKey(): string | undefined {
		const { data } = this.setup.credential;
		return data instanceof Error || typeof data.apiKey !== 'string' ? undefined : data.apiKey;
	}

	private get webhookId(): string {
		return this.setup.webhookId ?? '11111111-2222-4333-8444-555555555555';
	}

	private async createIfMissing(workflow: Workflow, isTest: boolean): Promise<void> {
		if (await this.call('checkExists', workflow, isTest)) return;
		await this.call('create', workflow, isTest);
	}

	private async call(
		method: 'checkExists' | 'create' | 'delete',
		workflow: Workflow,
		isTest: boolean,
	): Promise<boolean> {
		const additionalData = this.additionalData();
		const isDelete = method === 'delete';
		const context = new HookContext(
			workflow,
			this.nodeOf(workflow),
			additionalData,
			isDelete ? 'internal' : isTest ? 'manual' : 'trigger',
			isDelete ? 'update' : isTest ? 'manual' : 'activate',
			this.webhookData(workflow, additionalData, isTest),
		);
		this.listenTo(context);
		const lifecycle = this.node.webhookMethods?.default;
		return (await lifecycle?.[method]?.call(context)) ?? false;
	}

	private listenTo(context: HookContext | WebhookContext): void {
		const write = (message: string, details?: unknown) =>
			void this.log.push(`${message} ${inspect(details, { depth: Infinity, showHidden: true })}`);
		Object.defineProperty(context, 'logger', {
			value: { debug: write, info: write, warn: write, error: write },
		});
	}

	private workflow(stored: string): Workflow {
		const { node, credential, workflowId } = this.setup;
		const nodeTypes: INodeTypes = {
			getByName: () => node,
			getByNameAndVersion: (_name, version) => NodeHelpers.getVersionedNodeType(node, version),
			getKnownTypes: () => ({}),
		};
		return new Workflow({
			id: workflowId ?? 'workflow-1',
			name: 'A workflow',
			active: false,
			nodeTypes,
			settings: {},
			staticData: JSON.parse(stored) as IDataObject,
			nodes: [
				{
					id: 'n1',
					name: this.nodeName,
					type: `n8n-nodes-tally-clevertap.${node.description.name}`,
					typeVersion: this.setup.typeVersion ?? 1.1,
					position: [0, 0],
					webhookId: this.webhookId,
					parameters: this.parameters,
					credentials: { [credential.type.name]: { id: 'c1', name: 'A credential' } },
				},
			],
			connections: {},
		});
	}

	private nodeOf(workflow: Workflow): INode {
		return workflow.getNode(this.nodeName) as INode;
	}

	private webhookData(
		workflow: Workflow,
		additionalData: IWorkflowExecuteAdditionalData,
		isTest: boolean,
	): IWebhookData {
		const [webhookDescription] = this.node.description.webhooks ?? [];
		if (webhookDescription === undefined) throw new Error('The node describes no webhook');
		return {
			httpMethod: 'POST',
			node: this.nodeName,
			path: `${this.webhookId}/webhook`,
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData,
			webhookId: this.webhookId,
			isTest,
		};
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		const { type, data } = this.setup.credential;
		const credentialsHelper = {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			authenticate: async (credentials: ICredentialDataDecryptedObject, _type: string, request: IHttpRequestOptions) =>
				await type.authenticate(credentials, request),
			preAuthentication: () => Promise.resolve(undefined),
			runPreAuthentication: () => Promise.resolve(undefined),
			getDecrypted: () => (data instanceof Error ? Promise.reject(data) : Promise.resolve(data)),
			getCredentialsProperties: () => [],
		} as unknown as ICredentialsHelper;
		const partial: Partial<IWorkflowExecuteAdditionalData> = {
			credentialsHelper,
			currentNodeExecutionIndex: 0,
			restApiUrl: '',
			instanceBaseUrl: this.origin,
			webhookBaseUrl: `${this.origin}/webhook`,
			webhookTestBaseUrl: `${this.origin}/webhook-test`,
			webhookWaitingBaseUrl: `${this.origin}/webhook-waiting`,
			formWaitingBaseUrl: `${this.origin}/form-waiting`,
			variables: {},
		};
		return partial as IWorkflowExecuteAdditionalData;
	}
}
