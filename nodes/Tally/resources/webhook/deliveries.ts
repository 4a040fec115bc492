import { filledText, isBlank, isRecord } from '../../../shared/guards';

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

/** An entry with what tells whose answer it logs. */
export interface LoggedDelivery extends Delivery {
	/** Where it was sent; `null` if the log does not say. */
	webhookUrl: string | null;
	/** Whether the answer was a status and nothing else, as far as the log says. */
	isAnswerEmpty: boolean;
	/** ISO 8601: when the form was sent, which is before every delivery of it. */
	submittedAt: string;
}

/** Reads one entry as `readDeliveryEntry` does; of the receiver's answer, too, nothing is kept. */
export function readLoggedDelivery(entry: Record<string, unknown>, webhookId: string): LoggedDelivery[] {
	const payload = isRecord(entry.payload) ? entry.payload : {};
	const data = isRecord(payload.data) ? payload.data : {};
	return readDeliveryEntry(entry, webhookId).map((delivery) => ({
		...delivery,
		webhookUrl: filledText(entry.webhookUrl) ?? null,
		isAnswerEmpty: isBlank(entry.response),
		submittedAt: filledText(data.createdAt) ?? filledText(payload.createdAt) ?? delivery.createdAt,
	}));
}

/**
 * The entries of each submission at each webhook: a submission that was sent again may have
 * several in the log.
 */
export function bySubmission<D extends Delivery>(deliveries: readonly D[]): Map<string, D[]> {
	const groups = new Map<string, D[]>();
	for (const delivery of deliveries) {
		const key = submissionKey(delivery);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [delivery]);
		else group.push(delivery);
	}
	return groups;
}

export function submissionKey({ webhookId, submissionId, id }: Delivery): string {
	return `${webhookId} ${submissionId ?? `delivery ${id}`}`;
}

/** The entry that was the last to change; nothing where there is none. */
export function latestOf<D extends Delivery>(entries: readonly D[]): D | undefined {
	let latest: D | undefined;
	for (const entry of entries) if (latest === undefined || isLater(entry, latest)) latest = entry;
	return latest;
}

function isLater(one: Delivery, other: Delivery): boolean {
	return (timeOf(one.updatedAt) - timeOf(other.updatedAt) || timeOf(one.createdAt) - timeOf(other.createdAt)) > 0;
}

/** A time in milliseconds since 1970; 0 for what is none. */
export function timeOf(iso: string): number {
	const time = Date.parse(iso);
	return Number.isNaN(time) ? 0 : time;
}
