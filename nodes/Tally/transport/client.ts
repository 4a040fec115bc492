import type { IExecuteFunctions } from 'n8n-workflow';

import { throwIfCancelled, waitOrCancel } from '../../shared/cancel';
import { isRecord } from '../../shared/guards';
import type { ItemError } from '../../shared/itemError';
import { isThroughGateway, type TallyCaller } from './credential';
import { limitsOf, REQUESTS_PER_MINUTE, waitForTurn, type Limit } from './pace';
import { explainToUser, refusalError } from './refusals';
import { isSuccess, type TallyReply, type TallyRequest } from './reply';
import { waitBeforeRetry } from './retry';
import { sendRequest } from './send';

/** Asks Tally, each request once and at once: for hooks and lists, on which n8n or somebody in the editor waits. */
export class TallyClient {
	constructor(readonly context: TallyCaller) {}

	/** The reply, whatever its status. */
	async ask(request: TallyRequest): Promise<TallyReply> {
		return await sendRequest(this.context, request);
	}

	/**
	 * The body of a reply, unless Tally refuses.
	 *
	 * @throws ItemError that says what to do
	 */
	async call(request: TallyRequest): Promise<unknown> {
		const reply = await this.ask(request);
		if (isSuccess(reply)) return reply.body;
		throw await this.refusal(request, reply);
	}

	/** Why Tally refused, in words that say what to do. */
	refusal(_request: TallyRequest, reply: TallyReply): Promise<ItemError> {
		return Promise.resolve(refusalError(reply));
	}

	/**
	 * The owner of the API key.
	 *
	 * @throws ItemError if Tally does not know the key, or can't answer now
	 */
	async account(): Promise<Record<string, unknown>> {
		const reply = await this.askForAccount();
		if (!isSuccess(reply)) throw refusalError(reply);
		return isRecord(reply.body) ? reply.body : {};
	}

	protected async askForAccount(): Promise<TallyReply> {
		return await this.ask({ method: 'GET', path: '/users/me' });
	}
}

/**
 * The client of one run: keeps under Tally's limit of requests, waits where Tally says so, asks
 * again where that does no harm, and explains refusals to the one who filled in the node.
 */
export class RunClient extends TallyClient {
	/** When requests were sent, in milliseconds, oldest first. */
	private readonly sent: number[] = [];

	private readonly known = new Map<string, unknown>();

	private limits: Limit[] | undefined;

	/** @param requestsPerMinute as many as the user wants this run to make at most */
	constructor(
		override readonly context: IExecuteFunctions,
		private readonly requestsPerMinute = REQUESTS_PER_MINUTE,
	) {
		super(context);
	}

	/**
	 * The reply, whatever its status, once no waiting can make it better.
	 *
	 * @throws NodeOperationError when the execution is cancelled
	 */
	override async ask(request: TallyRequest): Promise<TallyReply> {
		for (let attempt = 1; ; attempt++) {
			await this.takeTurn();
			const reply = await super.ask(request);
			// To an aborted request no answer came.
			throwIfCancelled(this.context);
			const wait = waitBeforeRetry(attempt, request.method === 'GET', reply, Math.random());
			if (wait === undefined) return reply;
			await waitOrCancel(this.context, wait);
		}
	}

	/** Names the field, too. 401 is Tally's answer to a bad key, and to what the plan does not include. */
	override async refusal(request: TallyRequest, reply: TallyReply): Promise<ItemError> {
		const mayBePlan = reply.status === 401 || (reply.status === 403 && request.plan !== undefined);
		const owner = mayBePlan ? await this.askForAccount() : undefined;
		const account = owner !== undefined && isSuccess(owner) && isRecord(owner.body) ? owner.body : undefined;
		return refusalError(reply, explainToUser(request, reply, account));
	}

	/** What `read` gives, read once in a run. What failed may succeed for the next item. */
	async once<T>(name: string, read: () => Promise<T>): Promise<T> {
		if (!this.known.has(name)) this.known.set(name, await read());
		return this.known.get(name) as T;
	}

	/**
	 * Waits until the next request is due if they are spread evenly over the minute: for requests
	 * that set off work elsewhere, which a burst of them would overwhelm.
	 */
	async spread(): Promise<void> {
		const due = (this.sent.at(-1) ?? 0) + 60_000 / this.requestsPerMinute;
		await waitOrCancel(this.context, due - Date.now());
	}

	protected override async askForAccount(): Promise<TallyReply> {
		return await this.once('account', async () => await super.askForAccount());
	}

	private async takeTurn(): Promise<void> {
		this.limits ??= limitsOf(this.requestsPerMinute, await isThroughGateway(this.context));
		await waitOrCancel(this.context, waitForTurn(this.sent, Date.now(), this.limits));
		this.sent.push(Date.now());
	}
}
