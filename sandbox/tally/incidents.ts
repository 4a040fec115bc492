import { setTimeout as wait } from 'node:timers/promises';
import { type ProxyAnswer, proxyPage } from '../proxy';
import type { PostOutcome } from './post';

/**
 * What comes instead of an answer: `refused` (nobody listens), `reset`, `silence`, one of the pages
 * that a proxy answers with (`loginPage` and `emptyBody` come with 200), or any status, body and headers.
 */
export type Outage = 'refused' | Exclude<ProxyAnswer, 'cutShort'>;

/** Something that goes wrong at Tally, or on the way to or from it, until it is over. */
export interface Incident {
	/** What requests to the REST API get; nothing that they ask for is done. `refused` hits the pages, too. */
	api?: Outage;
	/** Only the requests whose method and path begin so, for example `POST /webhooks/`; not for `refused`. */
	at?: string;
	/**
	 * How Tally's attempts to deliver end; the receiver sees none of them. `answerLost`: it takes the
	 * delivery, and its answer never arrives. `forgotten`: Tally makes no delivery of a new submission,
	 * and its log knows of none; retries go on.
	 */
	deliveries?: Outage | 'answerLost' | 'forgotten';
}

/** Where the server listens, to be shut and opened again. */
export interface Door {
	shut(): void;
	open(): Promise<void>;
}

/** The incidents under way. Where several hit the same thing, the one that began last does. */
export class Incidents {
	private underWay: readonly Incident[] = [];

	constructor(private readonly door: Door) {}

	/** @returns ends the incident; to be awaited, since a server needs a moment to listen again */
	begin(incident: Incident): () => Promise<void> {
		const own = { ...incident };
		this.underWay = [own, ...this.underWay];
		if (own.api === 'refused') this.door.shut();
		return async () => {
			if (!this.underWay.includes(own)) return;
			this.underWay = this.underWay.filter((other) => other !== own);
			const isRefused = this.underWay.some(({ api }) => api === 'refused');
			if (own.api === 'refused' && !isRefused) await this.door.open();
		};
	}

	/** @param path with its query */
	ofRequest(method: string, path: string): Outage | undefined {
		const isHit = ({ api, at = '' }: Incident) => api !== undefined && `${method} ${path}`.startsWith(at);
		return this.underWay.find(isHit)?.api;
	}

	ofDeliveries(): Incident['deliveries'] {
		return this.underWay.find(({ deliveries }) => deliveries !== undefined)?.deliveries;
	}
}

/** How a delivery ends that an outage keeps from its receiver. */
export async function outcomeOf(outage: Outage, timeoutMs: number, abort: AbortSignal): Promise<PostOutcome> {
	switch (outage) {
		case 'refused':
			return { statusCode: null, response: 'connect ECONNREFUSED' };
		case 'reset':
			return { statusCode: null, response: 'socket hang up' };
		case 'silence':
			await wait(timeoutMs, undefined, { signal: abort }).catch(() => undefined);
			return { statusCode: null, response: `No answer within ${timeoutMs} ms` };
		default: {
			const { status, body = '' } = proxyPage(outage);
			return { statusCode: status, response: body };
		}
	}
}
