import type { LoggedDelivery } from '../../../../../nodes/Tally/resources/webhook/deliveries';

/** The address of a Tally Trigger of the n8n of these tests. */
export const OWN = 'https://n8n.example.com/webhook/5f0c3a52-93c1-4a8e-9a55-0d1f2c3b4a5e/webhook';
export const OTHERS = 'https://hooks.example.net/catch/1/abc/';

export const isOwn = (address: unknown): boolean => address === OWN;

/** A delivery to a trigger of ours whose state changed at a minute of the hour; its answer has a body. */
export function logged(id: string, status: string, minute: number, more: Partial<LoggedDelivery> = {}): LoggedDelivery {
	const at = `2026-02-09T10:${String(minute).padStart(2, '0')}:00.000Z`;
	return {
		id,
		webhookId: 'w1',
		submissionId: 's1',
		formId: 'GxdRaQ',
		status,
		statusCode: null,
		retry: 0,
		createdAt: at,
		updatedAt: at,
		webhookUrl: OWN,
		isAnswerEmpty: false,
		submittedAt: at,
		...more,
	};
}
