import { readDelivery, type DeliveredSubmission } from '../../../nodes/Tally/submission/delivery';
import { questionsOf } from '../../../nodes/Tally/submission/fields';
import { itemOf, type ItemOptions } from '../../../nodes/Tally/submission/item';

/** A field as Tally sends it (Tally help, webhooks). */
export interface SentField {
	key?: string;
	label?: string | null;
	type: string;
	value?: unknown;
	options?: unknown;
	rows?: unknown;
	columns?: unknown;
}

export const defaults: ItemOptions = {
	answerKeys: 'text',
	includeLinks: false,
	includeUnanswered: false,
	raw: false,
};

/** The body of a delivery with these fields, in today's shape. */
export function bodyWith(fields: readonly SentField[], data: object = {}): Record<string, unknown> {
	return {
		eventId: 'a4cb511e-d513-4fa5-baee-b815d718dfd1',
		eventType: 'FORM_RESPONSE',
		createdAt: '2026-02-09T10:00:00.889Z',
		data: {
			responseId: 'Z9Z97Go',
			submissionId: 'Z9Z97Go',
			respondentId: 'aB3xYz',
			formId: 'GxdRaQ',
			formName: 'Feedback',
			createdAt: '2026-02-09T10:00:00.000Z',
			fields,
			...data,
		},
	};
}

export function bytesOf(body: unknown): Buffer {
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** The submission in a body; a body that is none fails the test. */
export function submissionIn(body: unknown): DeliveredSubmission {
	const delivery = readDelivery(bytesOf(body));
	if (delivery.kind !== 'submission') throw new Error(`The body is ${delivery.kind}`);
	return delivery.submission;
}

/** The item that a body becomes. */
export function itemFrom(body: unknown, options: Partial<ItemOptions> = {}): Record<string, unknown> {
	const submission = submissionIn(body);
	return itemOf(submission, questionsOf(submission.fields), { ...defaults, ...options });
}

/** The answers of a form with these fields. */
export function answersTo(fields: readonly SentField[], options: Partial<ItemOptions> = {}): unknown {
	return itemFrom(bodyWith(fields), options).answers;
}

/** An option list from texts; the id of `Price` is `id-Price`. */
export function choices(...texts: string[]): Array<{ id: string; text: string }> {
	return texts.map((text) => ({ id: `id-${text}`, text }));
}
