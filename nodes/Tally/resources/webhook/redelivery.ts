import type { IDataObject } from 'n8n-workflow';

import { waitOrCancel } from '../../../shared/cancel';
import type { RunClient } from '../../transport/client';
import { isSuccess } from '../../transport/reply';
import type { Span } from '../common/span';
import { endingOf, latestStates, submissionKey, undelivered, type Delivery } from './deliveries';
import { readLog } from './log';

/** Between two looks at the log; Tally gives a delivery 10 seconds to end. */
const LOOK_AGAIN_MS = 2_000;

/** Which deliveries to ask for again: those first sent in the span. */
export interface Redelivery extends Span {
	/** Label of the field by which the webhooks were chosen; none if all are meant. */
	field?: string;
	webhookIds: readonly string[];
	/** At most so many; all if it is missing. */
	limit?: number;
	/** How long to wait for the deliveries to end, in milliseconds. */
	waitMs: number;
}

interface Asked {
	before: Delivery;
	/** Why Tally did not take the request; it may still have, where that is not known. */
	refusal?: { reason: string; isCertain: boolean };
}

/**
 * Asks Tally to send again what stands at "failed" or "dropped" in the logs of webhooks, the
 * oldest first, and looks how that ended.
 *
 * @returns one item for each delivery that was asked for
 */
export async function redeliver(
	client: RunClient,
	{ field, webhookIds, from, to, limit, waitMs }: Redelivery,
): Promise<IDataObject[]> {
	const logs: Delivery[][] = [];
	for (const webhookId of webhookIds) logs.push(await readLog(client, webhookId, { field, from }));
	const wanted = undelivered(logs.flat())
		.filter(({ createdAt }) => isBetween(createdAt, from, to))
		.slice(0, limit);

	const asked: Asked[] = [];
	for (const before of wanted) {
		// Each of them makes Tally call n8n, and waits for its answer for 10 seconds only.
		await client.spread();
		asked.push(await ask(client, before));
	}

	const now = await endings(client, asked, { field, waitMs });
	return asked.map((one) => itemFor(one, now.get(submissionKey(one.before))));
}

async function ask(client: RunClient, before: Delivery): Promise<Asked> {
	const request = {
		method: 'POST' as const,
		path: `/webhooks/${before.webhookId}/events/${before.id}`,
		expects: 'anything' as const,
	};
	const reply = await client.ask(request);
	if (isSuccess(reply)) return { before };
	const { message } = await client.refusal(request, reply);
	const isCertain = reply.status >= 400 && reply.status < 500;
	return { before, refusal: { reason: message, isCertain } };
}

/** Where the submissions stand once all deliveries have ended, or the time is over. */
async function endings(
	client: RunClient,
	asked: readonly Asked[],
	{ field, waitMs }: Pick<Redelivery, 'field' | 'waitMs'>,
): Promise<Map<string, Delivery>> {
	let pending = asked.filter(({ refusal }) => refusal?.isCertain !== true).map(({ before }) => before);
	const now = new Map<string, Delivery>();
	for (let waited = 0; pending.length > 0 && waited < waitMs; waited += LOOK_AGAIN_MS) {
		await waitOrCancel(client.context, Math.min(LOOK_AGAIN_MS, waitMs - waited));
		for (const webhookId of new Set(pending.map((delivery) => delivery.webhookId))) {
			// The log is read as far back as the oldest delivery that has not ended.
			const [oldest] = pending
				.filter((delivery) => delivery.webhookId === webhookId)
				.map(({ createdAt }) => createdAt)
				.sort();
			const states = latestStates(await readLog(client, webhookId, { field, from: oldest }));
			for (const [key, state] of states) now.set(key, state);
		}
		pending = pending.filter((before) => endingOf(before, now.get(submissionKey(before))) === 'pending');
	}
	return now;
}

function itemFor({ before, refusal }: Asked, now: Delivery | undefined): IDataObject {
	const ending = endingOf(before, now);
	const isRefused = refusal !== undefined && (refusal.isCertain || ending === 'pending');
	return {
		submissionId: before.submissionId,
		formId: before.formId,
		webhookId: before.webhookId,
		deliveryId: before.id,
		firstSentAt: before.createdAt,
		was: before.status.toLowerCase(),
		outcome: isRefused ? (refusal.isCertain ? 'refused' : 'unknown') : ending,
		statusCode: isRefused || ending === 'pending' ? null : (now?.statusCode ?? null),
		...(isRefused ? { reason: refusal.reason } : {}),
	};
}

function isBetween(time: string, from: string | undefined, to: string | undefined): boolean {
	const at = Date.parse(time);
	return !(at < Date.parse(from ?? '')) && !(at > Date.parse(to ?? ''));
}
