import type { ITriggerFunctions } from 'n8n-workflow';

import { pause } from '../../shared/pause';
import { TallyClient } from './client';
import { waitForTurn, type Limit } from './pace';
import type { TallyReply, TallyRequest } from './reply';
import { waitBeforeRetry } from './retry';

/** The requests of all triggers that share an account, and of one n8n: Tally allows 100 a minute, for everybody. */
export class Turns {
	/** When requests were sent, in milliseconds of a clock that never jumps, oldest first. */
	private readonly sent: number[] = [];

	private last: Promise<void> = Promise.resolve();

	constructor(private readonly limits: readonly Limit[]) {}

	/** Waits until a further request keeps under the limits; who asked first comes first. */
	async take(end: AbortSignal): Promise<void> {
		const before = this.last;
		const turn = (async () => {
			await before;
			await pause(waitForTurn(this.sent, performance.now(), this.limits), end);
			if (end.aborted) return;
			this.sent.push(performance.now());
			if (this.sent.length > MAX_KEPT) this.sent.splice(0, this.sent.length - MAX_KEPT);
		})();
		this.last = turn;
		await turn;
	}
}

/** More than any limit looks back. */
const MAX_KEPT = 1_000;

/** The client of what nobody waits for: keeps to the pace of its account, waits where Tally says so, asks again. */
export class BackgroundClient extends TallyClient {
	override readonly maxPages = 10_000;

	constructor(
		override readonly context: ITriggerFunctions,
		private readonly turns: Turns,
		private readonly closed: AbortSignal,
	) {
		super(context, null);
	}

	/** The reply, whatever its status, once no waiting can make it better; at once when all is to end. */
	override async ask(request: TallyRequest): Promise<TallyReply> {
		const isReading = request.method === 'GET';
		for (let attempt = 1; ; attempt++) {
			await this.turns.take(this.closed);
			if (this.closed.aborted) return ENDED;
			const reply = await super.ask(request);
			const wait = waitBeforeRetry({ attempt, isReading, isManual: false }, reply, Math.random());
			if (wait === undefined) return reply;
			await pause(wait, this.closed);
		}
	}

	override async beforePage(): Promise<void> {
		// It keeps to its pace anyway.
	}

	/** What changes something is not cut off: nobody would know what became of it. */
	protected override endOf({ method }: TallyRequest): AbortSignal | undefined {
		return method === 'GET' ? this.closed : undefined;
	}
}

/** What is not asked any more. */
const ENDED: TallyReply = {
	status: 0,
	body: undefined,
	noAnswer: {
		message: 'Tally was not asked: the trigger was switched off',
		description: 'Publish the workflow again.',
		certainlyNotSent: true,
		isLasting: true,
	},
};
