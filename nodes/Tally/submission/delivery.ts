import { filledText, isRecord, recordsIn } from '../../shared/guards';

/** One field of a delivery, as far as it could be read; what is odd in it is left as it came. */
export interface DeliveredField {
	key: string;
	/** The question's text, trimmed; empty if it has none. */
	label: string;
	type: string;
	value: unknown;
	options?: unknown;
	rows?: unknown;
	columns?: unknown;
}

/** A submission as a webhook brings it (https://tally.so/help/webhooks). */
export interface DeliveredSubmission {
	eventId: string | null;
	submissionId: string;
	respondentId: string | null;
	formId: string;
	formName: string | null;
	/** ISO 8601, UTC, as Tally writes it. */
	submittedAt: string | null;
	/** False of a sample of our own alone: Tally delivers what is completed. */
	isCompleted: boolean;
	/** ISO 8601, UTC; of one that is not completed. */
	updatedAt?: string;
	previewUrl: string | null;
	pdfUrl: string | null;
	fields: DeliveredField[];
	/** The whole body as Tally sent it. */
	payload: Record<string, unknown>;
}

export type Delivery =
	{ kind: 'submission'; submission: DeliveredSubmission } | { kind: 'unknownEvent' } | { kind: 'notTally' };

/**
 * Reads a delivery from the bytes that were signed, so that what is checked is what is used.
 *
 *     '{"eventType": "FORM_RESPONSE", "data": {"submissionId": "Z9Z97Go", "formId": "GxdRaQ", "fields": [], …}}'
 *     → {kind: 'submission', submission: {submissionId: 'Z9Z97Go', formId: 'GxdRaQ', fields: [], …}}
 *
 * Tally's own test deliveries have no `eventType`, and deliveries of 2021 no `submissionId`
 * (both seen in captured deliveries): neither is a reason to refuse.
 */
export function readDelivery(bytes: Uint8Array): Delivery {
	const payload = jsonIn(bytes);
	if (!isRecord(payload)) return { kind: 'notTally' };

	const eventType = filledText(payload.eventType);
	if (eventType !== undefined && eventType !== 'FORM_RESPONSE') return { kind: 'unknownEvent' };

	const { data } = payload;
	if (!isRecord(data)) return { kind: 'notTally' };
	const formId = filledText(data.formId);
	const submissionId = filledText(data.submissionId) ?? filledText(data.responseId);
	if (formId === undefined || submissionId === undefined || !Array.isArray(data.fields)) {
		return { kind: 'notTally' };
	}

	return {
		kind: 'submission',
		submission: {
			eventId: filledText(payload.eventId) ?? null,
			submissionId,
			respondentId: filledText(data.respondentId) ?? null,
			formId,
			formName: filledText(data.formName)?.trim() ?? null,
			submittedAt: filledText(data.createdAt) ?? filledText(payload.createdAt) ?? null,
			isCompleted: data.isCompleted !== false,
			...(data.isCompleted === false ? { updatedAt: filledText(data.updatedAt) } : {}),
			previewUrl: filledText(data.submissionPreviewUrl) ?? null,
			pdfUrl: filledText(data.submissionPdfUrl) ?? null,
			fields: recordsIn(data.fields).map(readField),
			payload,
		},
	};
}

/** What a body says in JSON; nothing where it says none. */
export function jsonIn(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
	} catch {
		// What is not JSON is not from Tally.
	}
	return undefined;
}

function readField(field: Record<string, unknown>, index: number): DeliveredField {
	const label = typeof field.label === 'string' ? field.label.trim() : '';
	return {
		key: filledText(field.key) ?? `field_${index + 1}`,
		label,
		type: filledText(field.type) ?? '',
		value: field.value,
		options: field.options,
		rows: field.rows,
		columns: field.columns,
	};
}
