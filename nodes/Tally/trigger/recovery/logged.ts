import { filledText, isRecord } from '../../../shared/guards';
import { isId } from '../../transport/ids';

/** The status with which version 1.2 answers what it takes: proxies, login pages and n8n while it starts say 200. */
export const TAKEN_STATUS = 202;

/**
 * Where a delivery stands, by Tally's log:
 *
 * - `taken`: a trigger of ours has answered it
 * - `runFailed`: n8n started a run of it, and told that the run failed
 * - `notTaken`: nobody of ours has answered
 * - `underWay`: Tally waits for the answer
 */
export type Standing = 'taken' | 'runFailed' | 'notTaken' | 'underWay';

/** An entry of a webhook's delivery log, without what people have answered. */
export interface LoggedDelivery {
	readonly id: string;
	readonly webhookId: string;
	readonly submissionId: string;
	readonly standing: Standing;
	/** Whether an answer came to the last attempt: Tally waits for 10 seconds. */
	readonly isAnswered: boolean;
	/** Whether Tally will send it again of its own accord. */
	readonly isOnLadder: boolean;
	/** How often Tally has sent it. */
	readonly attempts: number;
	/** When Tally last did something about it, in milliseconds since 1970 by Tally's clock. */
	readonly lastAttemptAt: number;
}

/** What n8n answers when the run that it has waited for failed. */
const RUN_FAILED = 'Error in workflow';

/**
 * Reads an entry of `GET /webhooks/{webhookId}/events` (https://developers.tally.so/api-reference).
 *
 *     {id: 'd1', deliveryStatus: 'SUCCEEDED', statusCode: 202, payload: {data: {submissionId: 'Z9Z97Go'}}, …}, 'w1'
 *     → {id: 'd1', webhookId: 'w1', submissionId: 'Z9Z97Go', standing: 'taken', attempts: 1, …}
 *
 * @returns nothing for an entry that names no submission, or that can't be asked for again
 */
export function readLogged(entry: Record<string, unknown>, webhookId: string): LoggedDelivery | undefined {
	const { id, statusCode, retry } = entry;
	const data = isRecord(entry.payload) && isRecord(entry.payload.data) ? entry.payload.data : {};
	const submissionId = filledText(data.submissionId) ?? filledText(data.responseId);
	if (!isId(id) || submissionId === undefined) return undefined;
	const lastAttemptAt = timeOf(entry.updatedAt) ?? timeOf(entry.createdAt) ?? 0;
	return {
		id,
		webhookId,
		submissionId,
		standing: standingOf(entry),
		isAnswered: typeof statusCode === 'number' && statusCode > 0,
		isOnLadder: entry.deliveryStatus === 'FAILED',
		attempts: typeof retry === 'number' && retry > 0 ? retry + 1 : 1,
		lastAttemptAt,
	};
}

function standingOf({ deliveryStatus, statusCode, response }: Record<string, unknown>): Standing {
	if (deliveryStatus === 'QUEUED') return 'underWay';
	const words = typeof response === 'string' ? response.trim() : '';
	if (deliveryStatus === 'SUCCEEDED') {
		// With 200 and nothing else version 1.0.0 of this package answered.
		return statusCode === TAKEN_STATUS || (statusCode === 200 && words === '') ? 'taken' : 'notTaken';
	}
	// The log may not show what was answered: a status of 500 without words is taken for n8n's.
	return statusCode === 500 && (words === '' || words.includes(RUN_FAILED)) ? 'runFailed' : 'notTaken';
}

/** Milliseconds since 1970 of an ISO time, if it is one. */
export function timeOf(iso: unknown): number | undefined {
	const time = typeof iso === 'string' ? Date.parse(iso) : NaN;
	return Number.isNaN(time) ? undefined : time;
}
