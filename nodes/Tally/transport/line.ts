import type { IExecuteFunctions, NodeApiError } from 'n8n-workflow';

import { filledText, isRecord } from '../narrowing';
import { askTally, isSuccess, refusalError, type TallyReply, type TallyRequest } from './api';
import { limitsOf, REQUESTS_PER_MINUTE, waitForTurn, type Limit } from './pace';
import { stopIfCancelled, waitBeforeRetry, waitOrStop } from './patience';
import { explainRefusal, type Explanation } from './refusals';

/** A request whose refusal can be explained to the one who filled in the node. */
export interface Ask extends TallyRequest {
	/** Label of the field that says what is asked for. */
	field?: string;
	/** The plan without which Tally refuses (Tally pricing; seen live 2026-08 on a free account). */
	plan?: 'Pro';
}

/**
 * One run's connection to Tally: keeps under Tally's limit of requests, waits where Tally says
 * so, asks again where that does no harm, and explains refusals.
 */
export class Line {
	private readonly sent: number[] = [];

	private readonly memory = new Map<string, Promise<unknown>>();

	private limits: Limit[] | undefined;

	/** @param requestsPerMinute as many as the user wants this run to make at most */
	constructor(
		readonly context: IExecuteFunctions,
		private readonly requestsPerMinute = REQUESTS_PER_MINUTE,
	) {}

	/** The reply, whatever its status, once no waiting can make it better. */
	async ask(request: TallyRequest): Promise<TallyReply> {
		for (let attempt = 1; ; attempt++) {
			await this.takeTurn();
			const reply = await askTally(this.context, request);
			// An aborted request looks like silence.
			stopIfCancelled(this.context);
			const wait = waitBeforeRetry(attempt, request.method === 'GET', reply, Math.random());
			if (wait === undefined) return reply;
			await waitOrStop(this.context, wait);
		}
	}

	/**
	 * The body of a reply that says yes.
	 *
	 * @throws NodeApiError that names the field and says what to do
	 */
	async call(request: Ask): Promise<unknown> {
		const reply = await this.ask(request);
		if (isSuccess(reply)) return reply.body;
		throw await this.refusal(request, reply);
	}

	/** Why Tally refused: 401 is its answer to a bad key, and to what the plan does not include. */
	async refusal(request: Ask, reply: TallyReply): Promise<NodeApiError> {
		const mayBePlan = reply.status === 401 || (reply.status === 403 && request.plan !== undefined);
		const account = mayBePlan ? await this.account() : undefined;
		return refusalError(this.context, reply, explain(request, reply, account));
	}

	/**
	 * The owner of the key, asked for once.
	 *
	 * @returns `undefined` if Tally does not know the key, or can't answer
	 */
	async account(): Promise<Record<string, unknown> | undefined> {
		return await this.once('account', async () => {
			const reply = await this.ask({ method: 'GET', path: '/users/me' });
			return isSuccess(reply) && isRecord(reply.body) ? reply.body : undefined;
		});
	}

	/** What `read` gives, read once in a run. */
	async once<T>(name: string, read: () => Promise<T>): Promise<T> {
		const known = this.memory.get(name) as Promise<T> | undefined;
		if (known !== undefined) return await known;
		const reading = read();
		this.memory.set(name, reading);
		try {
			return await reading;
		} finally {
			// What failed may succeed for the next item.
			reading.catch(() => this.memory.delete(name));
		}
	}

	/**
	 * Waits until the next request is due if they are spread evenly over the minute: for requests
	 * that set off work elsewhere, which a burst of them would overwhelm.
	 */
	async spread(): Promise<void> {
		const due = (this.sent.at(-1) ?? 0) + 60_000 / this.requestsPerMinute;
		await waitOrStop(this.context, due - Date.now());
	}

	private async takeTurn(): Promise<void> {
		this.limits ??= limitsOf(this.requestsPerMinute, await isThroughGateway(this.context));
		await waitOrStop(this.context, waitForTurn(this.sent, Date.now(), this.limits));
		this.sent.push(Date.now());
	}
}

async function isThroughGateway(context: IExecuteFunctions): Promise<boolean> {
	const { gatewayConnectionId } = await context.getCredentials('tallyAccountApi');
	return typeof gatewayConnectionId === 'string' && gatewayConnectionId.trim() !== '';
}

function explain({ field, plan }: Ask, reply: TallyReply, account: Record<string, unknown> | undefined): Explanation {
	const usual = explainRefusal(reply);
	const own = filledText(account?.subscriptionPlan);
	const mayLackPlan = own === 'FREE' || (own === undefined && reply.status === 401);
	if (account !== undefined && plan !== undefined && mayLackPlan) {
		return {
			message: `Tally allows this on its ${plan} plan only`,
			description: `The plan of this account is ${own ?? 'another one'}. Upgrade it in Tally, or use the API key of an account that has ${plan}.`,
		};
	}
	if (account !== undefined && reply.status === 401) {
		return {
			message: `Tally knows the API key, but does not allow this${field === undefined ? '' : ` with the value of "${field}"`}`,
			description: `Either the owner of the key has no access to it in Tally, or the account's plan${own === undefined ? '' : ` (${own})`} does not include it.`,
		};
	}
	if (field === undefined || reply.silence !== undefined) return usual;
	switch (reply.status) {
		case 400:
			return { ...usual, description: `${usual.description} The field to look at first is "${field}".` };
		case 403:
			return { ...usual, message: `The owner of the API key may not use the value of "${field}"` };
		case 404:
			return { ...usual, message: `Tally does not have what "${field}" names` };
		default:
			return usual;
	}
}
