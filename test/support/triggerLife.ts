import 'reflect-metadata';

import { inspect } from 'node:util';

import { HookContext, TriggerContext, WebhookContext } from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
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
	type ITriggerFunctions,
	type IVersionedNodeType,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
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

/** A run that the trigger has started by itself. */
export interface Emitted {
	readonly item: INodeExecutionData;
	/** n8n starts no second run with the same one. */
	readonly key: string | undefined;
	/** Ends the run, as n8n tells it. */
	readonly end: (status: 'success' | 'error') => void;
	/** What becomes of it where n8n could not start it. */
	readonly refuse: () => void;
}

/** A trigger that n8n has activated, with what it keeps of it in memory. */
export interface Active {
	/** n8n's cron, at the second at which it calls the trigger. */
	tick(): void;
	/** When it does, as the trigger has asked for; none where there are no checks. */
	readonly crons: readonly string[];
	/** The static data in memory: n8n saves it with the next run of the trigger's own, if it was changed. */
	readonly staticData: IDataObject;
	isChanged(): boolean;
	/** Ends what goes on in memory, as n8n does where it unpublishes or stops. */
	close(): Promise<void>;
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

	/** The version of the node that the workflow has. */
	typeVersion: number;

	/** The node as this process of n8n has it. */
	node: INodeType | IVersionedNodeType;

	/** What the node wrote to n8n's log, as text. */
	readonly log: string[] = [];

	/** The same without what is no trouble. */
	readonly warnings: string[] = [];

	/** The runs that the trigger has started by itself. */
	readonly emitted: Emitted[] = [];

	/** Called for each of them; n8n has begun it then. */
	whenEmitted: (emitted: Emitted) => void = () => undefined;

	/** Whether n8n starts no second run with the same key, as since 2.41. */
	knowsKeys = true;

	private readonly keys = new Set<string>();

	private origin: string;

	constructor(private readonly setup: TriggerSetup) {
		this.node = setup.node;
		this.parameters = setup.parameters;
		this.typeVersion = setup.typeVersion ?? 1.1;
		this.nodeName = setup.nodeName ?? 'Tally Trigger';
		this.origin = (setup.n8nUrl ?? 'https://n8n.example.com').replace(/\/$/, '');
	}

	/** n8n is reached elsewhere from now on. */
	moveTo(n8nUrl: string): void {
		this.origin = n8nUrl.replace(/\/$/, '');
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

	/**
	 * Activates a node that has `trigger()`, too, as n8n does: the hooks and `trigger()` side by side, with one workflow in
	 * memory, whose static data is saved afterwards.
	 */
	async activate(activation: WorkflowActivateMode = 'activate'): Promise<Active> {
		const workflow = this.workflow(this.stored);
		const crons: string[] = [];
		const ticks: Array<(at: Date) => void> = [];
		const context = new TriggerContext(
			workflow,
			this.nodeOf(workflow),
			this.additionalData(),
			'trigger',
			activation,
			(data, _response, done, key) => this.emit(workflow, data, done, key),
			undefined,
			undefined,
			{
				registerCron: ({ expression }, onTick) => {
					crons.push(expression);
					ticks.push(onTick);
				},
			},
		);
		this.listenTo(context);
		const [hooks, started] = await Promise.allSettled([
			this.register(workflow, activation),
			this.nodeType.trigger?.call(context),
		]);
		const close = async () => {
			ticks.length = 0;
			if (started.status === 'fulfilled') await started.value?.closeFunction?.();
		};
		this.save(workflow);
		if (hooks.status === 'rejected' || started.status === 'rejected') {
			await close();
			throw hooks.status === 'rejected' ? hooks.reason : (started as PromiseRejectedResult).reason;
		}
		return {
			tick: () => {
				for (const onTick of ticks) onTick(new Date());
			},
			crons,
			staticData: workflow.staticData,
			isChanged: () => workflow.staticData.__dataChanged === true,
			close,
		};
	}

	/** Ends an activated trigger, as n8n does where somebody unpublishes it: hook and memory side by side. */
	async deactivate(active: Active): Promise<unknown> {
		const [problem] = await Promise.all([this.unpublish(), active.close()]);
		return problem;
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
		const outcome = (await this.nodeType.webhook?.call(context)) ?? {};
		// What starts a run n8n does not save.
		if (!isTest && outcome.workflowData === undefined) this.save(workflow);
		return { outcome, answer };
	}

	/** For contexts that the life of a trigger itself does not need. */
	inContext<T>(use: (workflow: Workflow, node: INode, additionalData: IWorkflowExecuteAdditionalData) => T): T {
		const workflow = this.workflow(this.stored);
		return use(workflow, this.nodeOf(workflow), this.additionalData());
	}

	/** The node in the version that the workflow has. */
	private get nodeType(): INodeType {
		return NodeHelpers.getVersionedNodeType(this.node, this.typeVersion);
	}

	private get apiKey(): string | undefined {
		const { data } = this.setup.credential;
		return data instanceof Error || typeof data.apiKey !== 'string' ? undefined : data.apiKey;
	}

	private get webhookId(): string {
		return this.setup.webhookId ?? '11111111-2222-4333-8444-555555555555';
	}

	/** Up to five attempts, each failed one followed by `delete`. */
	private async register(workflow: Workflow, activation: WorkflowActivateMode): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await this.createIfMissing(workflow, false, activation);
			} catch (error) {
				await this.call('delete', workflow, false).catch(() => undefined);
				this.save(workflow);
				if (attempt === 5) throw error;
			}
		}
	}

	/** As n8n saves static data: whole, and only if something was changed. */
	private save(workflow: Workflow): void {
		if (workflow.staticData.__dataChanged !== true) return;
		this.stored = JSON.stringify(workflow.staticData);
		Object.assign(workflow.staticData, { __dataChanged: false });
	}

	/** As n8n's `emit`: a key that was used before starts nothing. */
	private emit(
		workflow: Workflow,
		data: INodeExecutionData[][],
		done: Parameters<ITriggerFunctions['emit']>[2],
		key: string | undefined,
	): void {
		this.save(workflow);
		if (key !== undefined && this.knowsKeys && this.keys.has(key)) {
			return void done?.resolve(undefined as unknown as IRun);
		}
		if (key !== undefined) this.keys.add(key);
		const [item] = data.flat();
		if (item === undefined) throw new Error('A run without an item');
		const emitted: Emitted = {
			item,
			key,
			end: (status) => done?.resolve({ status, data: { resultData: {} } } as IRun),
			refuse: () => {
				if (key !== undefined) this.keys.delete(key);
				done?.reject(new Error('The run could not be started'));
			},
		};
		this.emitted.push(emitted);
		this.whenEmitted(emitted);
	}

	private async createIfMissing(workflow: Workflow, isTest: boolean, activation?: WorkflowActivateMode): Promise<void> {
		if (await this.call('checkExists', workflow, isTest, activation)) return;
		await this.call('create', workflow, isTest, activation);
	}

	private async call(
		method: 'checkExists' | 'create' | 'delete',
		workflow: Workflow,
		isTest: boolean,
		activation: WorkflowActivateMode = 'activate',
	): Promise<boolean> {
		const additionalData = this.additionalData();
		const isDelete = method === 'delete';
		const context = new HookContext(
			workflow,
			this.nodeOf(workflow),
			additionalData,
			isDelete ? 'internal' : isTest ? 'manual' : 'trigger',
			isDelete ? 'update' : isTest ? 'manual' : activation,
			this.webhookData(workflow, additionalData, isTest),
		);
		this.listenTo(context);
		const lifecycle = this.nodeType.webhookMethods?.default;
		return (await lifecycle?.[method]?.call(context)) ?? false;
	}

	private listenTo(context: HookContext | TriggerContext | WebhookContext): void {
		const write = (message: string, details?: unknown) =>
			void this.log.push(`${message} ${inspect(details, { depth: Infinity, showHidden: true })}`);
		const warn = (message: string, details?: unknown) => {
			this.warnings.push(message);
			write(message, details);
		};
		Object.defineProperty(context, 'logger', {
			value: { debug: write, info: write, warn, error: warn },
		});
	}

	private workflow(stored: string): Workflow {
		const { node } = this;
		const { credential, workflowId } = this.setup;
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
					typeVersion: this.typeVersion,
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
		const [webhookDescription] = this.nodeType.description.webhooks ?? [];
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
