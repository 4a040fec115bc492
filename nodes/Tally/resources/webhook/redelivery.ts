import type { IDataObject } from 'n8n-workflow';

import { waitOrCancel } from '../../../shared/cancel';
import type { RunClient } from '../../transport/client';
import { isSuccess, type Chosen } from '../../transport/reply';
import type { Span } from '../common/span';
import {
	byAnyAnswer,
	byOwnAnswer,
	hasMark,
	isByTrigger,
	missedOf,
	oldestFirst,
	type ArrivalRule,
	type Missed,
	type Standing,
} from './arrival';
import { bySubmission, readLoggedDelivery, submissionKey, type LoggedDelivery } from './deliveries';
import { readLog, readLogEntries } from './log';
import type { IsOwn } from './ownTriggers';

/** Between two looks at the log; Tally gives a delivery 10 seconds to end. */
const LOOK_AGAIN_MS = 2_000;

/** A webhook whose log is looked through. */
export interface Watched {
	id: string;
	/** Where it sends; nothing if Tally's list does not tell. */
	url?: string;
}

/** Which deliveries to ask for again: those first sent in the span. */
export interface Redelivery extends Span {
	/** What was chosen, to name it in a refusal; nothing if all are meant. */
	chosen?: Chosen;
	webhooks: readonly Watched[];
	/** At most so many; all if it is missing. */
	limit?: number;
	/** How long to wait for the deliveries to end, in milliseconds. */
	waitMs: number;
	/** How this n8n's triggers are told from others; the node's first version does not ask. */
	isOwn?: IsOwn;
}

interface Asked extends Missed {
	/** Why Tally did not take the request; it may still have, where that is not known. */
	refusal?: { reason: string; isCertain: boolean };
}

/**
 * Asks Tally to send again what has not arrived, by the logs of webhooks, the oldest first, and looks how that ended:
 * what stands at "failed" or "dropped", and, at this n8n's triggers, what somebody else has answered.
 *
 * @returns one item for each delivery that was asked for
 */
export async function redeliver(client: RunClient, wanted: Redelivery): Promise<IDataObject[]> {
	const { webhooks, limit, isOwn } = wanted;
	const rules = new Map<string, ArrivalRule>();
	const missed: Missed[] = [];
	for (const webhook of webhooks) {
		const found = await missedAt(client, webhook, wanted);
		rules.set(webhook.id, found.rule);
		missed.push(...found.missed);
	}

	const asked: Asked[] = [];
	for (const one of oldestFirst(missed).slice(0, limit)) {
		// Each of them makes Tally call n8n, and waits for its answer for 10 seconds only.
		await client.spread();
		asked.push(await ask(client, one));
	}

	const standings = await endings(client, asked, rules, wanted);
	const urls = new Map(webhooks.map(({ id, url }) => [id, url]));
	return asked.map((one) => {
		const item = itemFor(one, standings(one.before));
		return isOwn === undefined ? item : { ...item, ...reasonOf(one, urls.get(one.before.webhookId)) };
	});
}

/** What has not arrived at a webhook, of what was first sent in the span, and by which rule. */
async function missedAt(
	client: RunClient,
	{ id, url }: Watched,
	{ chosen, from, to, isOwn }: Redelivery,
): Promise<{ missed: Missed[]; rule: ArrivalRule }> {
	const missedBy = (rule: ArrivalRule, deliveries: readonly LoggedDelivery[]) =>
		missedOf(deliveries, rule).filter(({ before }) => isBetween(before.createdAt, from, to));

	const log = await readLog(client, id, { chosen, from });
	if (isOwn === undefined || !isOwn(url)) return { missed: missedBy(byAnyAnswer, log), rule: byAnyAnswer };

	const rule = byOwnAnswer(isOwn, client.now());
	const missed = missedBy(rule, log);
	const hasOthers = missed.some(({ because }) => because === 'answeredByOther');
	const isMarked = hasMark(log, isOwn) || (hasOthers && (await wasMarked(client, id, log, { chosen, from, isOwn })));
	if (!isMarked) return { missed: missedBy(byAnyAnswer, log), rule: byAnyAnswer };

	// A submission that was sent before the span, too, may have arrived then.
	const oldest = missed.map(({ before }) => before.submittedAt).sort()[0];
	if (from === undefined || oldest === undefined || !(Date.parse(oldest) < Date.parse(from))) return { missed, rule };
	return { missed: missedBy(rule, await readLog(client, id, { chosen, from: oldest })), rule };
}

/**
 * Whether the last answer of the trigger was that of version 1.2. In an outage others may have answered all that was
 * sent since; so the log is read on, to the first entry that is the trigger's.
 */
async function wasMarked(
	client: RunClient,
	webhookId: string,
	sinceThen: readonly LoggedDelivery[],
	{ chosen, from, isOwn }: Pick<Redelivery, 'chosen' | 'from'> & { isOwn: IsOwn },
): Promise<boolean> {
	const isByOwn = (delivery: LoggedDelivery) => isByTrigger(delivery, isOwn);
	if (from === undefined || sinceThen.some(isByOwn)) return false;
	const answered = await readLogEntries(client, webhookId, {
		chosen,
		limit: 1,
		isWanted: (entry) => readLoggedDelivery(entry, webhookId).some(isByOwn),
	});
	return hasMark(
		answered.flatMap((entry) => readLoggedDelivery(entry, webhookId)),
		isOwn,
	);
}

async function ask(client: RunClient, missed: Missed): Promise<Asked> {
	const { webhookId, id } = missed.before;
	const request = {
		method: 'POST' as const,
		path: `/webhooks/${webhookId}/events/${id}`,
		expects: 'anything' as const,
	};
	const reply = await client.ask(request);
	if (isSuccess(reply)) return missed;
	const { message } = await client.refusal(request, reply);
	const isCertain = reply.status >= 400 && reply.status < 500;
	return { ...missed, refusal: { reason: message, isCertain } };
}

/** Where submissions stand once all deliveries have ended, or the time is over. */
async function endings(
	client: RunClient,
	asked: readonly Asked[],
	rules: ReadonlyMap<string, ArrivalRule>,
	{ chosen, waitMs }: Redelivery,
): Promise<(before: LoggedDelivery) => Standing> {
	const now = new Map<string, LoggedDelivery[]>();
	const standing = (before: LoggedDelivery): Standing => {
		const rule = rules.get(before.webhookId) ?? byAnyAnswer;
		return rule.standing(before, now.get(submissionKey(before)) ?? []);
	};

	let pending = asked.filter(({ refusal }) => refusal?.isCertain !== true).map(({ before }) => before);
	for (let waited = 0; pending.length > 0 && waited < waitMs; waited += LOOK_AGAIN_MS) {
		await waitOrCancel(client.context, Math.min(LOOK_AGAIN_MS, waitMs - waited));
		for (const webhookId of new Set(pending.map((delivery) => delivery.webhookId))) {
			// The log is read as far back as the oldest delivery that has not ended.
			const [oldest] = pending
				.filter((delivery) => delivery.webhookId === webhookId)
				.map(({ createdAt }) => createdAt)
				.sort();
			const log = await readLog(client, webhookId, { chosen, from: oldest });
			for (const [key, entries] of bySubmission(log)) now.set(key, entries);
		}
		pending = pending.filter((before) => standing(before).ending === 'pending');
	}
	return standing;
}

function itemFor({ before, refusal }: Asked, { ending, now }: Standing): IDataObject {
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

/** Where the delivery goes, and why it was asked for. */
function reasonOf({ before, because }: Missed, url: string | undefined): IDataObject {
	return {
		webhookUrl: url ?? before.webhookUrl,
		notArrivedBecause: because,
		previousStatusCode: before.statusCode,
	};
}

function isBetween(time: string, from: string | undefined, to: string | undefined): boolean {
	const at = Date.parse(time);
	return !(at < Date.parse(from ?? '')) && !(at > Date.parse(to ?? ''));
}
