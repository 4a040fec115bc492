import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import type { INodeExecutionData, INodeParameters, WorkflowActivateMode } from 'n8n-workflow';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { startProxy, type LocalProxy } from '../../sandbox/proxy';
import { startTally, type LocalTally, type LocalTallyOptions } from '../../sandbox/tally/tally';
import type { PassingClock } from './passingClock';
import { TriggerLife, type Active } from './triggerLife';

/** In minutes: so often the triggers check here, unless a test says otherwise. */
export const CHECK_EVERY = 0.05;

const CHECK_EVERY_MS = CHECK_EVERY * 60_000;

/** It is quiet when nothing has stirred for so many looks, each after so many real milliseconds. */
const LOOKS = 6;
const LOOK_EVERY_MS = 8;

/** A trigger of an n8n, the workflow that it is in, and what has come to that. */
export class PublishedTrigger {
	/** What deliveries have started runs with. */
	readonly delivered: INodeExecutionData[] = [];

	/** Whether a run that a delivery started succeeds, where Tally waits for it. */
	succeeds: () => boolean = () => true;

	private active: Active | undefined;

	private saved = '';

	constructor(
		private readonly home: TriggerHome,
		readonly life: TriggerLife,
	) {
		// A run is over at once, unless a test says otherwise.
		life.whenEmitted = ({ end }) => end('success');
	}

	/** The submissions for which runs were started, in that order, each time. */
	get ran(): unknown[] {
		return [...this.delivered, ...this.life.emitted.map(({ item }) => item)].map(({ json }) => json.submissionId);
	}

	get emitted(): unknown[] {
		return this.life.emitted.map(({ item }) => item.json.submissionId);
	}

	/** n8n's memory of it, once activated. */
	get inMemory(): Active {
		if (this.active === undefined) throw new Error('It is not published');
		return this.active;
	}

	async publish(mode: WorkflowActivateMode = 'activate'): Promise<void> {
		this.active = await this.life.activate(mode);
		this.saved = this.life.stored;
	}

	/** Whether n8n has the static data as it was when the trigger had started, and would save nothing over it. */
	get isUntouched(): boolean {
		const { active, life, saved } = this;
		if (active === undefined) return true;
		return !active.isChanged() && life.stored === saved && JSON.stringify(active.staticData) === saved;
	}

	async unpublish(): Promise<unknown> {
		const { active } = this;
		this.active = undefined;
		return active === undefined ? await this.life.unpublish() : await this.life.deactivate(active);
	}

	/** n8n is killed: what it knew is gone, and what it was about to do is not done. */
	kill(): void {
		this.active = undefined;
		this.life.node = freshTrigger();
	}

	/** n8n ends; what it knew is gone. */
	async stop(): Promise<void> {
		await this.active?.close();
		this.active = undefined;
	}

	/** n8n starts anew, with what its database has, and with nothing of what the process knew before. */
	async restart(mode: WorkflowActivateMode = 'init'): Promise<void> {
		await this.stop();
		this.life.node = freshTrigger();
		await this.publish(mode);
	}

	/** Checks so often, with so many milliseconds more between them. */
	async checks(times: number, betweenMs = 0): Promise<void> {
		for (let time = 0; time < times; time++) {
			await this.home.clock.pass(betweenMs);
			await this.check();
		}
	}

	/** Lets the time of the next check come, and waits until nothing goes on any more. */
	async check(): Promise<void> {
		await this.home.clock.pass(CHECK_EVERY_MS);
		this.active?.tick();
		await this.home.quiet();
	}
}

/** A local Tally, and an n8n's addresses with what stands before them. */
export class TriggerHome {
	private readonly triggers = new Map<string, PublishedTrigger>();

	private underWay = 0;

	private seen = 0;

	/** What a process of n8n has in memory. */
	private readonly node = freshTrigger();

	private constructor(
		readonly tally: LocalTally,
		readonly clock: PassingClock,
		/** What is in front of n8n, and tells its address. */
		readonly front: LocalProxy,
		private readonly server: Server,
		private readonly isFirst: boolean,
	) {
		server.on('request', (request: IncomingMessage, response: ServerResponse) => {
			this.underWay++;
			response.on('close', () => this.underWay--);
			void this.receive(request, response);
		});
	}

	static async start(clock: PassingClock, options: LocalTallyOptions = {}): Promise<TriggerHome> {
		clock.start();
		// Tally's own repeats would come when a test is over.
		return await TriggerHome.at(await startTally({ retries: 0, ...options }), clock, true);
	}

	/** Another n8n, at an address of its own, at the same Tally. */
	async another(): Promise<TriggerHome> {
		return await TriggerHome.at(this.tally, this.clock, false);
	}

	private static async at(tally: LocalTally, clock: PassingClock, isFirst: boolean): Promise<TriggerHome> {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return new TriggerHome(tally, clock, await startProxy({ target: addressOf(server) }), server, isFirst);
	}

	trigger(
		given: {
			options?: INodeParameters;
			/** Beside the form and the options. */
			parameters?: INodeParameters;
			workflowId?: string;
			typeVersion?: number;
		} = {},
	): PublishedTrigger {
		const { tally } = this;
		const webhookId = `id-of-${given.workflowId ?? 'workflow-1'}`;
		const life = new TriggerLife({
			node: this.node,
			typeVersion: given.typeVersion ?? 1.2,
			parameters: {
				formId: { __rl: true, mode: 'id', value: tally.formId },
				...given.parameters,
				options: { checkEvery: CHECK_EVERY, ...given.options },
			},
			credential: {
				type: new TallyAccountApi(),
				data: { apiKey: tally.apiKey, baseUrl: tally.url, gatewayConnectionId: '' },
			},
			n8nUrl: this.front.url,
			workflowId: given.workflowId,
			webhookId,
		});
		const trigger = new PublishedTrigger(this, life);
		this.triggers.set(webhookId, trigger);
		return trigger;
	}

	/** Whether no check has changed static data of a workflow. */
	get areUntouched(): boolean {
		return [...this.triggers.values()].every(({ isUntouched }) => isUntouched);
	}

	/** Method and path, without the query, of what Tally was asked since this was called last. */
	asked(): string[] {
		const all = this.tally.requests();
		const fresh = all.slice(this.seen).map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);
		this.seen = all.length;
		return fresh;
	}

	/** What changes as long as something goes on. */
	pulse(): string {
		const { tally } = this;
		const requests = tally.requests();
		const open = requests.slice(-50).filter(({ status }) => status === 0).length;
		const log = tally.deliveries();
		const queued = log.filter(({ deliveryStatus }) => deliveryStatus === 'QUEUED').length;
		const runs = [...this.triggers.values()].map(({ ran }) => ran.length);
		return [requests.length, open, log.length, queued, this.underWay, ...runs].join();
	}

	/** Waits until nothing goes on any more. */
	async quiet(): Promise<void> {
		let before = '';
		for (let looks = 0; looks < LOOKS; looks++) {
			await wait(LOOK_EVERY_MS);
			const now = this.pulse();
			if (now !== before) looks = 0;
			before = now;
		}
	}

	async close(): Promise<void> {
		for (const trigger of this.triggers.values()) await trigger.stop();
		this.server.closeAllConnections();
		await Promise.all([this.front.close(), new Promise((resolve) => this.server.close(resolve))]);
		if (this.isFirst) await this.tally.close();
	}

	/** As n8n serves a trigger's address: the status stands in the node's description. */
	private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const [, , webhookId = '', path = ''] = (request.url ?? '').split('/');
		const trigger = this.triggers.get(webhookId);
		if (trigger === undefined) return void response.writeHead(404).end('not registered');
		const { outcome, answer } = await trigger.life.receive({
			rawBody: Buffer.concat(chunks),
			headers: request.headers,
		});
		const [item] = outcome.workflowData?.flat() ?? [];
		if (item === undefined) return void response.writeHead(answer.status ?? 500, answer.headers).end(answer.text);
		trigger.delivered.push(item);
		if (path === 'finished' && !trigger.succeeds()) {
			return void response.writeHead(500).end('{"message":"Error in workflow"}');
		}
		response.writeHead(trigger.life.typeVersion === 1.2 ? 202 : 200).end();
	}
}

function addressOf(server: Server): string {
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The node as a process has it that has just started: it knows nothing of what another one knew. */
function freshTrigger(): TallyTrigger {
	let fresh: TallyTrigger | undefined;
	const workflow = jest.requireMock<object>('n8n-workflow');
	jest.isolateModules(() => {
		// n8n's own part is loaded once.
		jest.doMock('n8n-workflow', () => workflow);
		const { TallyTrigger: Fresh } = jest.requireActual<{ TallyTrigger: typeof TallyTrigger }>(
			'../../nodes/Tally/TallyTrigger.node',
		);
		fresh = new Fresh();
	});
	if (fresh === undefined) throw new Error('The node could not be loaded');
	return fresh;
}
