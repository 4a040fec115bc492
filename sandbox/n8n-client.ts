import { parse as parseFlatted } from 'flatted';
import { listAt, textAt, valueAt } from './n8n-json';
import { n8nHas } from './n8n-version';
import { until } from './until';

/** A credential as n8n takes it: `type` is the credential class's name, `data` its fields. */
export interface CredentialDraft {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** A workflow as the editor exports it. */
export interface WorkflowDraft {
	name: string;
	nodes: ReadonlyArray<Record<string, unknown>>;
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface NodeTypeSummary {
	/** With the package's name before it: `n8n-nodes-tally-clevertap.cleverTap`. */
	name: string;
	displayName: string;
	/** The newest one. */
	version: number;
}

export interface ExecutionSummary {
	id: string;
	status: string;
	mode: string;
	workflowId: string;
}

export interface ExecutionResult extends ExecutionSummary {
	/** What a node gave on one of its outputs, as the items' JSON; all its runs together. */
	output(node: string, output?: number): unknown[];
	/** Whether a node has run, as far as n8n has saved it: older ones save the end before what nodes gave. */
	hasRun: boolean;
	/** The message of the error that ended the execution. */
	errorMessage?: string;
}

/** An answer of n8n that is not a success. */
export class N8nRequestFailed extends Error {
	constructor(
		readonly status: number,
		request: string,
		said: string,
	) {
		super(`n8n answered ${status} to ${request}: ${said}`);
	}
}

const finalStatuses = new Set(['success', 'error', 'crashed', 'canceled']);

function executionSummary(value: unknown): ExecutionSummary {
	return {
		id: textAt(value, ['id']),
		status: textAt(value, ['status']),
		mode: textAt(value, ['mode']),
		workflowId: textAt(value, ['workflowId']),
	};
}

/** What the editor's own calls can do, as far as the demo and the tests need it. */
export class N8nClient {
	private cookie = '';

	constructor(private readonly url: string) {}

	/** One call; returns the `data` of n8n's answer. */
	async call(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			// A connection kept open may be closed by n8n at the moment it is used again.
			headers: { 'content-type': 'application/json', cookie: this.cookie, connection: 'close' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new N8nRequestFailed(response.status, `${method} ${path}`, text.slice(0, 500));
		const cookie = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (cookie) this.cookie = cookie.split(';')[0] ?? '';
		if (text === '') return undefined;
		const answer: unknown = JSON.parse(text);
		return valueAt(answer, ['data']) ?? answer;
	}

	/** Makes the owner, as the editor's first page does, where there is none yet. */
	async setUpOwner(owner: { email: string; password: string; firstName: string; lastName: string }): Promise<void> {
		const settings = await this.call('GET', '/rest/settings');
		if (valueAt(settings, ['userManagement', 'showSetupOnFirstLoad']) === true)
			await this.call('POST', '/rest/owner/setup', owner);
	}

	async login(email: string, password: string): Promise<void> {
		await this.call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** The node types of one package that n8n has loaded; n8n tells of each class of a type apart. */
	async nodeTypes(packageName: string): Promise<NodeTypeSummary[]> {
		const all = await this.call('GET', '/types/nodes.json');
		const newest = new Map<string, NodeTypeSummary>();
		for (const type of listAt(all, [])) {
			const name = textAt(type, ['name']);
			if (!name.startsWith(`${packageName}.`)) continue;
			const version = Math.max(...[valueAt(type, ['version'])].flat().map(Number));
			if (version < (newest.get(name)?.version ?? 0)) continue;
			newest.set(name, { name, displayName: textAt(type, ['displayName']), version });
		}
		return [...newest.values()];
	}

	/** What Settings → Community Nodes shows. */
	async communityPackages(): Promise<unknown[]> {
		return listAt(await this.call('GET', '/rest/community-packages'), []);
	}

	async credentials(): Promise<Array<{ id: string; name: string; type: string }>> {
		return listAt(await this.call('GET', '/rest/credentials'), []).map((entry) => ({
			id: textAt(entry, ['id']),
			name: textAt(entry, ['name']),
			type: textAt(entry, ['type']),
		}));
	}

	/** Creates a credential and returns its id. */
	async createCredential(draft: CredentialDraft): Promise<string> {
		return textAt(await this.call('POST', '/rest/credentials', draft), ['id']);
	}

	async updateCredential(id: string, draft: CredentialDraft): Promise<void> {
		await this.call('PATCH', `/rest/credentials/${id}`, draft);
	}

	/** What the editor shows after "Save" or "Retry" in a credential's window. */
	async testCredential(draft: CredentialDraft & { id?: string }): Promise<{ ok: boolean; message: string }> {
		if (draft.id === undefined && !n8nHas.testOfUnsavedCredential) {
			const id = await this.createCredential(draft);
			return await this.testCredential({ ...draft, id }).finally(
				async () => await this.call('DELETE', `/rest/credentials/${id}`),
			);
		}
		const result = await this.call('POST', '/rest/credentials/test', { credentials: { id: '', ...draft } });
		return { ok: valueAt(result, ['status']) === 'OK', message: textAt(result, ['message']) };
	}

	/**
	 * Creates a workflow, not yet published, and returns its id. Without `pinData` n8n 2.41 would store
	 * null, and executing a single step in the editor would fail on it; an older one asks for `active`.
	 */
	async createWorkflow(draft: WorkflowDraft): Promise<string> {
		return textAt(await this.call('POST', '/rest/workflows', { settings: {}, pinData: {}, active: false, ...draft }), [
			'id',
		]);
	}

	/** The workflow as it is saved, or `undefined` where there is none or it is in the archive. */
	async workflow(id: string): Promise<WorkflowDraft | undefined> {
		try {
			const found = await this.call('GET', `/rest/workflows/${id}`);
			return valueAt(found, ['isArchived']) === true ? undefined : (found as WorkflowDraft);
		} catch (error) {
			if (error instanceof N8nRequestFailed && (error.status === 404 || error.status === 403)) return undefined;
			throw error;
		}
	}

	/** Saves a workflow as it shall be now; what is published stays as it was until `publish`. */
	async updateWorkflow(id: string, draft: Partial<WorkflowDraft>): Promise<void> {
		await this.call('PATCH', `/rest/workflows/${id}?forceSave=true`, draft);
	}

	/**
	 * Publishes the saved version and waits until n8n has activated its triggers.
	 * Throws with the trigger's own message if one could not be.
	 */
	async publish(id: string, timeoutMs = 60_000): Promise<void> {
		const versionId = textAt(await this.call('GET', `/rest/workflows/${id}`), ['versionId']);
		if (!n8nHas.publishing) return await this.setActive(id, true);
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
		if (!n8nHas.publicationStatus) return;
		await until(
			'the workflow is published',
			async () => {
				const state = await this.call('GET', `/rest/workflows/${id}/publication-status`);
				const status = textAt(state, ['status']);
				if (status === 'failed' || status === 'partial') {
					const messages = listAt(state, ['triggers']).map((trigger) => valueAt(trigger, ['errorMessage']));
					throw new Error(`n8n could not publish the workflow: ${messages.filter(Boolean).join('; ')}`);
				}
				return status === 'published' && valueAt(state, ['liveVersionId']) === versionId;
			},
			timeoutMs,
		);
	}

	/** Takes a workflow back and waits until n8n has deactivated its triggers. */
	async unpublish(id: string, timeoutMs = 60_000): Promise<void> {
		if (!n8nHas.publishing) return await this.setActive(id, false);
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
		if (!n8nHas.publicationStatus) return;
		await until(
			'the workflow is not published any more',
			async () =>
				textAt(await this.call('GET', `/rest/workflows/${id}/publication-status`), ['status']) === 'not_published',
			timeoutMs,
		);
	}

	private async setActive(id: string, active: boolean): Promise<void> {
		await this.call('PATCH', `/rest/workflows/${id}`, { active });
	}

	/** The newest executions of a workflow, newest first; at most 100. */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const answer = await this.call('GET', `/rest/executions?filter=${filter}&limit=100`);
		return listAt(answer, ['results']).map(executionSummary);
	}

	/** One execution with what its nodes gave. */
	async execution(id: string): Promise<ExecutionResult> {
		const answer = await this.call('GET', `/rest/executions/${id}`);
		const data: unknown = parseFlatted(textAt(answer, ['data']));
		const errorMessage = valueAt(data, ['resultData', 'error', 'message']);
		return {
			...executionSummary(answer),
			output: (node, output = 0) => {
				const runs = valueAt(data, ['resultData', 'runData', node]);
				return (Array.isArray(runs) ? runs : []).flatMap((taken: unknown) => {
					const items = valueAt(taken, ['data', 'main', output]);
					return Array.isArray(items) ? items.map((item) => valueAt(item, ['json'])) : [];
				});
			},
			hasRun: Object.keys(valueAt(data, ['resultData', 'runData']) ?? {}).length > 0,
			...(typeof errorMessage === 'string' ? { errorMessage } : {}),
		};
	}

	/** Waits until an execution has ended, and what its nodes gave is saved. */
	async finished(id: string, timeoutMs = 60_000): Promise<ExecutionResult> {
		return await until(
			`execution ${id} ends`,
			async () => {
				const execution = await this.execution(id);
				const isOver = finalStatuses.has(execution.status) && (execution.status !== 'success' || execution.hasRun);
				return isOver && execution;
			},
			timeoutMs,
		);
	}

	/** Starts the saved workflow at a trigger that needs no webhook, as the editor's button does; returns the execution's id. */
	async runManually(workflowId: string, trigger: string): Promise<string> {
		return textAt(await this.startAt(workflowId, trigger), ['executionId']);
	}

	/** Makes a webhook trigger wait for a test event, as "Listen for test event" does. */
	async listen(workflowId: string, trigger: string): Promise<void> {
		await this.startAt(workflowId, trigger);
	}

	private async startAt(workflowId: string, trigger: string): Promise<unknown> {
		const workflowData = n8nHas.runOfSavedWorkflow
			? undefined
			: await this.call('GET', `/rest/workflows/${workflowId}`);
		return await this.call('POST', `/rest/workflows/${workflowId}/run`, {
			...(workflowData ? { workflowData } : {}),
			triggerToStartFrom: { name: trigger },
		});
	}

	async stopListening(workflowId: string): Promise<void> {
		await this.call('DELETE', `/rest/test-webhook/${workflowId}`);
	}
}
