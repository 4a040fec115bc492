import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { throwIfCancelled, waitOrCancel } from '../../shared/cancel';
import { isRecord } from '../../shared/guards';
import type { ItemError } from '../../shared/itemError';
import { isThroughGateway, type TallyCaller } from './credential';
import { limitsOf, REQUESTS_PER_MINUTE, waitForTurn, type Limit } from './pace';
import { explainRefusal, explainToUser, refusalError } from './refusals';
import { isSuccess, type TallyReply, type TallyRequest } from './reply';
import { waitBeforeRetry } from './retry';
import { sendRequest } from './send';

const ACCOUNT: TallyRequest = { method: 'GET', path: '/users/me', expects: { member: ['id', 'organizationId'] } };

/** A hook or a list in the editor is over by then, whatever Tally does: n8n or somebody waits for it. */
const MAX_MS = 60_000;
/** Pages that are read at once; between later ones is a pause, since Tally counts requests by the minute. */
const PAGES_AT_ONCE = 20;
const PAUSE_BETWEEN_PAGES_MS = 600;

/** Asks Tally, each request once and at once: for hooks and lists, on which n8n or somebody in the editor waits. */
export class TallyClient {
	/** No list that somebody chooses from is longer. */
	readonly maxPages: number = 100;

	/** Whether something came back that only Tally says. */
	private hasSeenTally = false;

	/** How far Tally's clock is ahead of this machine's, in milliseconds, as its last answer showed. */
	private aheadMs = 0;

	/** @param end when all that is asked with this client must be over: a minute from now unless told, null for never */
	constructor(
		readonly context: TallyCaller,
		private readonly end: AbortSignal | null = AbortSignal.timeout(MAX_MS),
	) {}

	/** The reply, whatever its status; a success only if it is Tally's. */
	async ask(request: TallyRequest): Promise<TallyReply> {
		const { reply, isTallys, otherwise } = await sendRequest(this.context, request, this.endOf(request));
		if (!isSuccess(reply)) return reply;
		if (isTallys === 'no') return otherwise;
		if (isTallys === 'maybe' && !this.hasSeenTally) {
			const owner = await this.askForAccount();
			if (!isSuccess(owner)) return otherwise;
		}
		if (reply.date !== undefined) this.aheadMs = reply.date - Date.now();
		// Anybody says 204.
		if (isTallys === 'yes' && request.expects !== 'nothing') this.hasSeenTally = true;
		return reply;
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
	refusal(request: TallyRequest, reply: TallyReply): Promise<ItemError> {
		return Promise.resolve(refusalError(reply, explainRefusal(reply, request.path)));
	}

	/**
	 * The owner of the API key.
	 *
	 * @throws ItemError if Tally does not know the key, or can't answer now
	 */
	async account(): Promise<Record<string, unknown>> {
		const reply = await this.askForAccount();
		if (!isSuccess(reply)) throw refusalError(reply, explainRefusal(reply, ACCOUNT.path));
		return isRecord(reply.body) ? reply.body : {};
	}

	/** The time by Tally's clock, in milliseconds since 1970; by this machine's as long as Tally has not answered. */
	now(): number {
		return Date.now() + this.aheadMs;
	}

	/** Called before a page of a list is read, from 1: keeps a list that does not end from being a flood. */
	async beforePage(number: number): Promise<void> {
		if (number > PAGES_AT_ONCE) await sleep(PAUSE_BETWEEN_PAGES_MS);
	}

	/** When a request has to be over in any case. */
	protected endOf(request: TallyRequest): AbortSignal | undefined;
	protected endOf(): AbortSignal | undefined {
		return this.end ?? undefined;
	}

	protected async askForAccount(): Promise<TallyReply> {
		return await this.ask(ACCOUNT);
	}
}

/**
 * The client of one run: keeps under Tally's limit of requests, waits where Tally says so, asks
 * again where that does no harm, and explains refusals to the one who filled in the node.
 */
export class RunClient extends TallyClient {
	/** More pages than any list has, and hours of reading. */
	override readonly maxPages = 10_000;

	/** When requests were sent, in milliseconds of a clock that never jumps, oldest first. */
	private readonly sent: number[] = [];

	private readonly known = new Map<string, unknown>();

	private limits: Limit[] | undefined;

	/** @param requestsPerMinute as many as the user wants this run to make at most */
	constructor(
		override readonly context: IExecuteFunctions,
		private readonly requestsPerMinute = REQUESTS_PER_MINUTE,
	) {
		super(context, null);
	}

	/**
	 * The reply, whatever its status, once no waiting can make it better.
	 *
	 * @throws NodeOperationError when the execution is cancelled
	 */
	override async ask(request: TallyRequest): Promise<TallyReply> {
		const isReading = request.method === 'GET';
		const isManual = this.context.getMode() === 'manual';
		for (let attempt = 1; ; attempt++) {
			await this.takeTurn();
			const reply = await super.ask(request);
			// To an aborted request no answer came.
			throwIfCancelled(this.context);
			const wait = waitBeforeRetry({ attempt, isReading, isManual }, reply, Math.random());
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
		const due = (this.sent.at(-1) ?? -Infinity) + 60_000 / this.requestsPerMinute;
		await waitOrCancel(this.context, due - performance.now());
	}

	override async beforePage(): Promise<void> {
		// It keeps to its pace anyway.
	}

	protected override async askForAccount(): Promise<TallyReply> {
		return await this.once('account', async () => await super.askForAccount());
	}

	private async takeTurn(): Promise<void> {
		this.limits ??= limitsOf(this.requestsPerMinute, await isThroughGateway(this.context));
		await waitOrCancel(this.context, waitForTurn(this.sent, performance.now(), this.limits));
		this.sent.push(performance.now());
	}
}
