import { filledText, isRecord } from '../../../shared/guards';

/** An entry of a webhook's delivery log, as far as it is needed here. */
export interface Delivery {
	id: string;
	webhookId: string;
	/** `null` if the logged body names none. */
	submissionId: string | null;
	formId: string | null;
	/** Tally's word, or another one that it may have by now. */
	status: string;
	statusCode: number | null;
	/** How often it was sent again. */
	retry: number;
	/** ISO 8601: when it was first sent, and when its state last changed. */
	createdAt: string;
	updatedAt: string;
}

/**
 * Reads one entry of `GET /webhooks/{webhookId}/events`; nothing of the answers in it is kept.
 *
 *     {id: 'd1', deliveryStatus: 'FAILED', statusCode: 503, payload: {data: {submissionId: 'Z9Z97Go', …}}, …}, 'w1'
 *     → [{id: 'd1', webhookId: 'w1', submissionId: 'Z9Z97Go', status: 'FAILED', statusCode: 503, …}]
 */
export function readDeliveryEntry(entry: Record<string, unknown>, webhookId: string): Delivery[] {
	const id = filledText(entry.id);
	if (id === undefined) return [];
	const payload = isRecord(entry.payload) ? entry.payload : {};
	const data = isRecord(payload.data) ? payload.data : {};
	const createdAt = filledText(entry.createdAt) ?? '';
	return [
		{
			id,
			webhookId,
			submissionId: filledText(data.submissionId) ?? filledText(data.responseId) ?? null,
			formId: filledText(data.formId) ?? null,
			status: filledText(entry.deliveryStatus) ?? '',
			statusCode: typeof entry.statusCode === 'number' ? entry.statusCode : null,
			retry: typeof entry.retry === 'number' ? entry.retry : 0,
			createdAt,
			updatedAt: filledText(entry.updatedAt) ?? createdAt,
		},
	];
}

/**
 * The latest state of each submission at each webhook: a submission that was sent again may have
 * several entries in the log, of which only the last to change tells where it stands.
 */
export function latestStates(deliveries: readonly Delivery[]): Map<string, Delivery> {
	const latest = new Map<string, Delivery>();
	for (const delivery of deliveries) {
		const key = submissionKey(delivery);
		const known = latest.get(key);
		if (known === undefined || isLater(delivery, known)) latest.set(key, delivery);
	}
	return latest;
}

export function submissionKey({ webhookId, submissionId, id }: Delivery): string {
	return `${webhookId} ${submissionId ?? `delivery ${id}`}`;
}

/** Those that stand at "failed" or "dropped", the oldest first, as they would have come. */
export function undelivered(deliveries: readonly Delivery[]): Delivery[] {
	return [...latestStates(deliveries).values()]
		.filter(({ status }) => status === 'FAILED' || status === 'DROPPED')
		.sort((one, other) => timeOf(one.createdAt) - timeOf(other.createdAt));
}

/** What became of a delivery that was asked for again. */
export type Ending = 'succeeded' | 'failed' | 'pending';

/**
 * How a delivery stands that was asked for again: what is in the log unchanged is pending.
 *
 * @param now the latest state of the same submission at the same webhook
 */
export function endingOf(before: Delivery, now: Delivery | undefined): Ending {
	if (now === undefined || now.status === 'QUEUED') return 'pending';
	if (now.status === 'SUCCEEDED') return 'succeeded';
	const isUnchanged = now.id === before.id && now.updatedAt === before.updatedAt && now.retry === before.retry;
	return isUnchanged ? 'pending' : 'failed';
}

function isLater(one: Delivery, other: Delivery): boolean {
	return (timeOf(one.updatedAt) - timeOf(other.updatedAt) || timeOf(one.createdAt) - timeOf(other.createdAt)) > 0;
}

function timeOf(iso: string): number {
	const time = Date.parse(iso);
	return Number.isNaN(time) ? 0 : time;
}
