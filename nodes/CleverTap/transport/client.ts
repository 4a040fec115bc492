import type { IExecuteFunctions } from 'n8n-workflow';

import { throwIfCancelled, waitOrCancel } from '../../shared/cancel';
import { isForeign, type Reply } from './reply';
import { cleverTapRequest, type CleverTapRequest } from './request';
import { CREDENTIAL_REFUSED } from './retry';

/** What asking CleverTap needs from outside: the network, the clock and chance. */
export interface CleverTapClient {
	/** @throws when the execution is cancelled. */
	request(request: CleverTapRequest): Promise<Reply>;
	/** @throws when the execution is cancelled meanwhile. */
	wait(milliseconds: number): Promise<void>;
	/** Whether somebody runs the workflow by hand, and waits. */
	readonly isManual?: boolean;
	/** From 0 up to 1. */
	random(): number;
}

/** The real network and the real clock; both end when the execution is cancelled. */
export function networkClient(context: IExecuteFunctions): CleverTapClient {
	return {
		request: async (request) => {
			throwIfCancelled(context);
			return await cleverTapRequest(context, request);
		},
		wait: async (milliseconds) => await waitOrCancel(context, milliseconds),
		isManual: context.getMode() === 'manual',
		random: () => Math.random(),
	};
}

/** The same client, which sends nothing more once CleverTap has refused its credentials, and repeats that refusal. */
export function closedByRefusedCredentials(client: CleverTapClient): CleverTapClient {
	let refusal: Reply | undefined;
	return {
		request: async (request) => {
			if (refusal !== undefined) return refusal;
			const reply = await client.request(request);
			if (CREDENTIAL_REFUSED.has(reply.status ?? 0) && !isForeign(reply)) refusal = reply;
			return reply;
		},
		wait: async (milliseconds) => await client.wait(milliseconds),
		isManual: client.isManual,
		random: () => client.random(),
	};
}
